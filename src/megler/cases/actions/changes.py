"""Changes to a working case: product, amount, class, beneficiaries, owner, agent of record.

`preview` says what a change would open again, `change` makes it; both ask the same rule, so what was
shown is what happens. The portal and the API call `change` with a `Change` and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.cases import names
from megler.cases.actions.agents import change_agent
from megler.cases.actions.calling import Terms, called_under, detail_of, raised_by
from megler.cases.actions.carrier import NOTHING_OFFERED
from megler.cases.actions.change_reading import Read, read
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import (
    check_version,
    facts_of,
    happened,
    in_hand,
    moment,
    put_down,
    requirements_of,
    take,
)
from megler.cases.actions.letters import tell_agent
from megler.cases.actions.parties import write_beneficiaries
from megler.cases.actions.people import owner_name, replace_owner
from megler.cases.actions.pricing import premium_on
from megler.cases.actions.raising import raise_requirement
from megler.cases.actions.replacing import replaces
from megler.cases.models import Case, CaseChange, Requirement
from megler.cases.rules.changes import (
    OF_TERMS,
    Asked,
    Change,
    ChangeFacts,
    ChangeKind,
    Effect,
    Opens,
    case_after,
    change_problems,
    effect_of,
)
from megler.cases.rules.kinds import Stage
from megler.cases.rules.requirements import State
from megler.cases.rules.status import CaseFacts
from megler.cases.rules.words import Decision, Status
from megler.clients.rules.people import ClientKind, full_name
from megler.journal.rules.actors import SYSTEM
from megler.underwriting.rules.requirements import Requirement as Called
from megler.vocabulary.codes import Line, RequirementKind
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import add_task, finish_tasks_about
from megler.work.rules.calendar import add_business_days

_WITH_POLICY = frozenset({Status.DECIDED, Status.ISSUED, Status.DELIVERED})


@dataclass(frozen=True)
class Preview:
    """What a change would do: `effect` of the rule, with the rows it is about, before and after."""

    read: Read
    effect: Effect
    before: Mapping[str, str]
    after: Mapping[str, str]
    called: tuple[Called, ...] = ()
    unneeded: list[Requirement] = field(default_factory=list)
    status: Status = Status.SUBMITTED
    price: Decimal | None = None


def preview(person: Doer, case: Case, wanted: Change, at: datetime | None = None) -> Preview:
    """What a change would open again, without making it. Raises `Refused` where it cannot be made."""
    at = moment(at)
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", case.reference))
    if isinstance(person, User) and not Case.objects.visible_to(person).filter(pk=case.pk).exists():
        raise Refused(Problem("nothing_here", "case"))
    seen = _preview(case, requirements_of(case), wanted, at)
    if Opens.QUOTE not in seen.effect.opens or "premium" in seen.read.values:
        return seen
    price = premium_on(case, seen.read.product, seen.read.values, seen.read.on)
    return replace(seen, price=price)


def change(
    person: Doer,
    case: Case,
    wanted: Change,
    *,
    version: int | None = None,
    at: datetime | None = None,
) -> CaseChange:
    """Make a change: what it opens again is opened, journalled and kept with before and after.

    The same `wanted.request` again returns the change that was made. Raises `Refused`.
    """
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        if wanted.request and (made := held.changes.filter(request=wanted.request).first()):
            return made
        check_version(held, version)
        requirements = requirements_of(held)
        seen = _preview(held, requirements, wanted, at)
        kept = _keep(person, held, seen, at)
        take(held, case_after(seen.effect, facts_of(held, requirements)), at)
        _write(person, held, seen, at)
        _raise(held, kept, seen, at)
        put_down(held, at, list(held.requirements.all()))
        told: dict[str, Any] = {"change": wanted.kind.value, "id": str(kept.pk)}
        happened(person.actor(), held, "case.changed", told, at)
        tell_agent(held, "case.changed", person.pk, told, at)
        _put_up(held, kept, seen, at)
    return kept


def record_carrier_told(person: Doer, kept: CaseChange, at: datetime | None = None) -> CaseChange:
    """The carrier was told of a change; a second time changes nothing."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, kept.case, Can.WORK_CASES)
        fresh = held.changes.select_for_update(no_key=True).get(pk=kept.pk)
        if fresh.carrier_told_at is None and fresh.tells_carrier:
            fresh.carrier_told_at, fresh.carrier_told_by = at, person.name
            fresh.save(update_fields=["carrier_told_at", "carrier_told_by"])
            told = {"change": fresh.kind, "id": str(fresh.pk)}
            happened(person.actor(), held, "case.change_told", told, at)
            finish_tasks_about(person.actor(), ("case_change", fresh.pk), at)
    return fresh


def _preview(held: Case, requirements: list[Requirement], wanted: Change, at: datetime) -> Preview:
    on = timezone.localtime(at).date()
    rough = ChangeFacts(Status(held.status), Decision(held.decision) if held.decision else None)
    if problems := change_problems(wanted, rough):
        raise Refused([_worded(problem, held) for problem in problems])
    told = read(held, wanted, on)
    called = _called(held, told) if wanted.kind in OF_TERMS else []
    facts = ChangeFacts(
        status=Status(held.status),
        decision=rough.decision,
        line=_line(told.product.line),
        replaces=replaces(held),
        requirements=tuple(
            Asked(str(r.pk), RequirementKind(r.kind), State(r.state), _is_guides(r))
            for r in requirements
        ),
        called=tuple(one.kind for one in called or []),
        guide_known=called is not None,
        to_organisation=told.owner is not None and told.owner.kind == ClientKind.ORGANISATION,
    )
    effect = effect_of(wanted.kind, facts)
    before, after = _beside(held, told)
    if before == after:
        raise Refused(Problem("change_nothing", wanted.kind.value))
    return Preview(
        told,
        effect,
        before,
        after,
        called=tuple(one for one in called or [] if one.kind in effect.added),
        unneeded=[r for r in requirements if str(r.pk) in effect.unneeded],
        status=case_after(effect, CaseFacts(Status(held.status))).status,
    )


def _is_guides(requirement: Requirement) -> bool:
    told: dict[str, Any] = requirement.raised_by
    return told.get("by") == "guide"


def _line(code: str) -> Line | None:
    return Line(code) if code in set(Line) else None


def _called(held: Case, told: Read) -> list[Called] | None:
    amount = told.values.get("face_amount", held.face_amount_applied)
    return called_under(held.application, Terms(told.product, amount), told.on)


def _worded(problem: Problem, held: Case) -> Problem:
    """A problem of the rule with the words that people use; its code stays."""
    if problem.code not in {"change_not_open", "change_after_delivery"}:
        return problem
    what, status = str(names.CHANGE[ChangeKind(problem.where)]), str(held.get_status_display())
    return Problem(problem.code, held.reference, status, what)


_APPLIED = {"face_amount": "face_amount_applied", "class": "class_applied",
            "premium": "premium_applied", "term_years": "term_years_applied"}  # fmt: skip


def _beside(held: Case, told: Read) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was and what is to be, as plain data; the same keys on both sides."""
    if told.agent is not None:
        was = {"agent": held.agent.name, "npn": held.agent.npn}
        return was, {"agent": told.agent.name, "npn": told.agent.npn}
    if told.owner is not None:
        return {"owner": owner_name(held)}, {"owner": full_name(told.owner)}
    if told.change.kind is ChangeKind.BENEFICIARY:
        rows = [one.to_named().as_told() for one in held.beneficiaries.all()]
        return {"beneficiaries": rows}, {
            "beneficiaries": [one.as_told() for one in told.beneficiaries]
        }
    before = {key: _text(getattr(held, _APPLIED[key])) for key in told.values}
    after = {key: _text(value) for key, value in told.values.items()}
    if told.change.kind is ChangeKind.PRODUCT:
        return {"product": held.product.name, **before}, {"product": told.product.name, **after}
    return before, after


def _text(value: object) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _keep(person: Doer, held: Case, seen: Preview, at: datetime) -> CaseChange:
    wanted = seen.read.change
    return held.changes.create(
        kind=wanted.kind.value,
        before=seen.before,
        after=seen.after,
        because=wanted.because.strip() or None,
        opened=[one.value for one in seen.effect.opens],
        request=wanted.request[:64],
        holds_from=seen.read.on,
        by=person if isinstance(person, User) else None,
        by_name=person.name,
        at=at,
        tells_carrier=seen.effect.tells_carrier,
    )


def _write(person: Doer, held: Case, seen: Preview, at: datetime) -> None:
    """The new values onto the case in hand, which the caller saves."""
    told = seen.read
    if told.agent is not None:
        change_agent(person, held, told.agent, at)
    elif told.owner is not None:
        replace_owner(person.actor(), held, told.owner, at)
    elif told.change.kind is ChangeKind.BENEFICIARY:
        write_beneficiaries(held, told.beneficiaries)
    else:
        held.product = told.product
        for key, value in told.values.items():
            setattr(held, _APPLIED[key], value)
    if Opens.GOOD_ORDER in seen.effect.opens:
        held.good_order_at = None
    if Opens.DECISION in seen.effect.opens:
        for name, empty in NOTHING_OFFERED.items():
            setattr(held, name, empty)
        held.offer_answered_at = None
        held.differences_open = held.differences_returned = 0


def _raise(held: Case, kept: CaseChange, seen: Preview, at: datetime) -> None:
    """Put up what is needed now, and mark what the guide no longer calls for."""
    by_kind = {one.kind: one for one in seen.called}
    stage = _stage(held)
    for kind in seen.effect.added:
        called = by_kind.get(kind)
        if called is not None:
            told, detail, valid = raised_by(called), detail_of(called), called.valid_days
            raise_requirement(held, kind, told, at, detail=detail, valid_days=valid)
            continue
        told = {"by": "change", "change": kept.kind, "id": str(kept.pk)}
        in_force = stage is Stage.OWNER_SERVICE and kind is RequirementKind.AMENDMENT
        paper = RequirementKind.CHANGE_FORM if in_force else kind
        raise_requirement(held, paper, told, at, stage=stage)
    unneeded = [one.pk for one in seen.unneeded]
    held.requirements.filter(pk__in=unneeded).update(unneeded_since=at)
    again = held.requirements.filter(kind__in=[one.value for one in seen.effect.kept])
    again.exclude(unneeded_since=None).update(unneeded_since=None)


def _stage(held: Case) -> Stage:
    """Before what the papers of a change are needed, where the case is now."""
    if held.status == Status.IN_FORCE:
        return Stage.OWNER_SERVICE
    return Stage.DELIVERY if held.status in _WITH_POLICY else Stage.UNDERWRITING


def _put_up(held: Case, kept: CaseChange, seen: Preview, at: datetime) -> None:
    """What people must do because of a change: tell the carrier, and look at suitability again."""
    due = add_business_days(timezone.localtime(at).date(), 1)
    told = {"case": held.reference}
    for opened, about, title in (
        (Opens.CARRIER, "case_change", gettext_noop("Tell the carrier of the change (%(case)s)")),
        (
            Opens.SUITABILITY,
            "case_suitability",
            gettext_noop("Look at suitability again (%(case)s)"),
        ),
        (
            Opens.QUOTE,
            "case_price",
            gettext_noop("Agree the new premium with the agent (%(case)s)"),
        ),
    ):
        if opened in seen.effect.opens:
            url = reverse("case_changes", args=[held.pk])
            add_task(
                SYSTEM, title, (about, kept.pk), due,
                role=Role.CASE_MANAGER, url=url, told=told, at=at,
            )  # fmt: skip
