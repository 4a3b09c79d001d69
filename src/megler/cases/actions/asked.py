"""Somebody was asked for requirements: the next time to ask is set, and the case remembers it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.duties import follow_up_is_done
from megler.cases.actions.holding import happened, in_hand, moment, requirements_of
from megler.cases.actions.raising import asking
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import Act, allowed, follow_up_on
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused


def record_asked(
    doer: Doer,
    case: Case,
    requirements: Sequence[Requirement],
    whom: str,
    at: datetime | None = None,
) -> None:
    """`whom` was asked for these requirements of a case. Raises `Refused` when one came in meanwhile."""
    at = moment(at)
    wanted = {one.pk for one in requirements}
    with transaction.atomic():
        held = in_hand(doer, case, Can.WORK_CASES)
        found = [one for one in requirements_of(held) if one.pk in wanted]
        settled = [one for one in found if Act.ARRIVE not in allowed(one.to_facts())]
        if settled or len(found) < len(wanted):
            where = str(settled[0]) if settled else held.reference
            raise Refused(Problem("paper_ask_changed", f"{held.reference}: {where}"))
        today = timezone.localtime(at).date()
        for one in found:
            days = asking(held, RequirementKind(one.kind)).follow_up_days
            one.follow_up_on = follow_up_on(one.to_facts(), today, days)
            one.save(update_fields=["follow_up_on"])
            follow_up_is_done(doer.actor(), one, at)
            told = {"kind": one.kind, "requirement": str(one.pk), "whom": whom, "staff_only": True}
            happened(doer.actor(), held, "requirement.asked", told, at)
