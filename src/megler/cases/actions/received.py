"""The policy as it came from the carrier, checked part by part against what was to be issued."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import (
    check_version,
    happened,
    in_hand,
    moment,
    put_down,
    requirements_of,
)
from megler.cases.actions.people import owner_name
from megler.cases.models import Case, CaseDocument, IssuedPolicy, PolicyDifference
from megler.cases.rules.beneficiaries import Named
from megler.cases.rules.policy_check import Difference, Settled, Terms, differences
from megler.cases.rules.words import Status
from megler.vocabulary.problems import Problem, Refused


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy as somebody or a message read it; what is empty was not read and is not compared."""

    number: str
    insured: str = ""
    owner: str = ""
    beneficiaries: tuple[Named, ...] = ()
    face_amount: Decimal | None = None
    class_name: str = ""
    premium: Decimal | None = None
    mode: str = ""
    term_years: int | None = None
    policy_on: date | None = None
    document: CaseDocument | None = field(default=None, compare=False)


def expected_of(case: Case) -> Terms:
    """What was to be issued: as approved, or as applied for where nothing else was approved."""

    def either(name: str) -> Any:
        approved = getattr(case, f"{name}_approved")
        return getattr(case, f"{name}_applied") if approved in {None, ""} else approved

    return Terms(
        number=case.policy_number,
        insured=case.client.name,
        owner=owner_name(case),
        beneficiaries=tuple(one.to_named() for one in case.beneficiaries.all()),
        face_amount=either("face_amount"),
        class_name=either("class"),
        premium=either("premium"),
        mode=either("mode"),
        term_years=either("term_years"),
    )


def record_policy(
    person: Doer,
    case: Case,
    read: Policy,
    *,
    version: int | None = None,
    at: datetime | None = None,
) -> IssuedPolicy:
    """Record the policy that came; every difference is put up to be accepted or sent back.

    A corrected policy replaces the one before: only its own differences count then.
    """
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        if held.status not in {Status.ISSUED, Status.DELIVERED}:
            raise Refused(Problem("policy_nothing", held.reference, str(held.status)))
        check_version(held, version)
        if read.document is not None and read.document.case_id != held.pk:
            raise Refused(Problem("document_not_here", "document", str(read.document)))
        accepted = _accepted(held)
        kept = _keep(person, held, read, at)
        found = differences(expected_of(held), _terms(read))
        rows = PolicyDifference.objects.bulk_create(_row(kept, one, accepted) for one in found)
        held.differences_open = sum(row.state == Settled.OPEN for row in rows)
        held.differences_returned = 0
        put_down(held, at, requirements_of(held))
        told = {"policy_number": kept.policy_number, "differences": str(len(found))}
        happened(person.actor(), held, "case.policy_received", told, at)
    return kept


def _accepted(held: Case) -> dict[tuple[str, str], PolicyDifference]:
    """What was accepted of the policy before, by part and what stood there."""
    last = held.policies.first()
    rows = last.differences.filter(state=Settled.ACCEPTED.value) if last else []
    return {(row.part, row.found): row for row in rows}


def _row(
    kept: IssuedPolicy, one: Difference, accepted: dict[tuple[str, str], PolicyDifference]
) -> PolicyDifference:
    """A difference to be settled; what was accepted before, and is still so, stays accepted."""
    row = PolicyDifference(policy=kept, part=one.part.value, expected=one.expected, found=one.found)
    if before := accepted.get((one.part.value, one.found)):
        row.state, row.reason = before.state, before.reason
        row.settled_at, row.settled_by = before.settled_at, before.settled_by
    return row


def _keep(person: Doer, held: Case, read: Policy, at: datetime) -> IssuedPolicy:
    last = held.policies.order_by("-position").values_list("position", flat=True).first() or 0
    return held.policies.create(
        position=last + 1,
        policy_number=" ".join(read.number.split())[:40] or held.policy_number,
        policy_on=read.policy_on,
        class_issued=read.class_name[:100],
        face_amount=read.face_amount,
        premium=read.premium,
        mode=read.mode,
        term_years=read.term_years,
        people={
            "insured": read.insured,
            "owner": read.owner,
            "beneficiaries": [one.as_told() for one in read.beneficiaries],
        },
        document=read.document,
        received_at=at,
        by_name=person.name,
    )


def _terms(read: Policy) -> Terms:
    return Terms(
        number=read.number,
        insured=read.insured,
        owner=read.owner,
        beneficiaries=read.beneficiaries,
        face_amount=read.face_amount,
        class_name=read.class_name,
        premium=read.premium,
        mode=read.mode,
        term_years=read.term_years,
    )


def settle_difference(
    person: Doer,
    difference: PolicyDifference,
    to: Settled,
    reason: str,
    at: datetime | None = None,
) -> PolicyDifference:
    """Accept a difference, or send the policy back because of it; always with the reason. Once."""
    at = moment(at)
    if not reason.strip():
        raise Refused(Problem("case_reason_missing", "reason"))
    with transaction.atomic():
        held = in_hand(person, difference.policy.case, Can.WORK_CASES)
        last = held.policies.first()
        if last is None or last.pk != difference.policy_id:
            raise Refused(Problem("nothing_here", "difference"))
        fresh = last.differences.get(pk=difference.pk)
        if fresh.state != Settled.OPEN or to is Settled.OPEN:
            where, found = str(fresh.get_part_display()), str(fresh.get_state_display())
            raise Refused(Problem("policy_settled", where, found))
        fresh.state, fresh.reason = to.value, reason.strip()
        fresh.settled_at, fresh.settled_by = at, person.name
        fresh.save()
        states = list(last.differences.values_list("state", flat=True))
        held.differences_open = states.count(Settled.OPEN.value)
        held.differences_returned = states.count(Settled.RETURNED.value)
        put_down(held, at, requirements_of(held))
        told = {"part": fresh.part, "difference": str(fresh.pk)}
        happened(person.actor(), held, f"case.difference_{to.value}", told, at)
    return fresh
