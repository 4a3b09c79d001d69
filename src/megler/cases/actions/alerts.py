"""Alerts: what everyone who opens a case must see, until its day or until somebody ends it."""

from datetime import date, datetime

from django.db import transaction

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import happened, in_hand, moment
from megler.cases.models import Case, CaseAlert
from megler.cases.rules.alerts import Severity
from megler.vocabulary.problems import Problem, Refused

TEXT_MAX = 500
"""Characters of an alert."""


def raise_alert(
    doer: Doer,
    case: Case,
    text: str,
    severity: Severity = Severity.ATTENTION,
    *,
    until: date | None = None,
    for_agent: bool = False,
    rule: str = "",
    at: datetime | None = None,
) -> CaseAlert:
    """Raise an alert on a case. A rule's alert that stands is kept, not doubled.

    `until`: its last day. The text stays out of the journal.
    """
    at = moment(at)
    text = " ".join(text.split())[:TEXT_MAX]
    if not text:
        raise Refused(Problem("alert_empty", "text"))
    with transaction.atomic():
        held = in_hand(doer, case, Can.WORK_CASES)
        standing = held.alerts.filter(rule=rule, ended_at=None).first() if rule else None
        if standing is not None:
            return standing
        raised = held.alerts.create(
            text=text,
            severity=severity.value,
            until=until,
            for_agent=for_agent,
            rule=rule,
            by_name=doer.name,
            raised_at=at,
        )
        told = {"alert": str(raised.pk), "severity": severity.value, "staff_only": not for_agent}
        happened(doer.actor(), held, "case.alert_raised", told, at)
    return raised


def end_alert(doer: Doer, alert: CaseAlert, at: datetime | None = None) -> CaseAlert:
    """End an alert; it is kept with who ended it. Raises `Refused` when it has ended."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(doer, alert.case, Can.WORK_CASES)
        fresh = held.alerts.select_for_update(no_key=True).get(pk=alert.pk)
        if fresh.ended_at is not None:
            raise Refused(Problem("alert_over", held.reference))
        fresh.ended_at, fresh.ended_by = at, doer.name
        fresh.save(update_fields=["ended_at", "ended_by"])
        told = {"alert": str(fresh.pk), "staff_only": not fresh.for_agent}
        happened(doer.actor(), held, "case.alert_ended", told, at)
    return fresh
