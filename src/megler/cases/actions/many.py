"""Acts upon many cases at once, by the same rules, in a few statements: for what comes in files."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field

from megler.carriers.models import Product
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import VERBS, facts_of, stand, take, worded
from megler.cases.actions.letters import Change, tell_agents
from megler.cases.actions.raising import know_rules, new_requirement
from megler.cases.actions.spells import change_hands
from megler.cases.models import Case, Requirement
from megler.cases.rules.moments import CaseHappened
from megler.cases.rules.requirements import delivery_requirements
from megler.cases.rules.status import NOTHING_SAID, Act, Said, move
from megler.cases.rules.words import Decision
from megler.journal.models import Entry
from megler.journal.rules.actors import Actor
from megler.licensing.models import Agent
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused

IN_BULK = frozenset(
    {
        Act.RECORD_RECEIVED,
        Act.RECORD_IN_UNDERWRITING,
        Act.RECORD_DECISION,
        Act.RECORD_ISSUE,
    }
)
"""Acts that need nothing beside the case, its requirements, the journal and the agent's letter."""

_SAVED = (
    "status", "status_since", "decision", "outcome", "policy_number", "closed_from", "holder",
    "holder_since", "next_step", "changed_at", "words", "version", "carrier_words",
    "carrier_said_at", "carrier_channel", "decided_at", "issued_at", "class_approved",
    "premium_approved", "face_amount_approved", "mode_approved", "term_years_approved",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """One act upon a case, or (`act` None) a change that moves nothing, under a verb of its own."""

    act: Act | None = None
    said: Said = NOTHING_SAID
    changes: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Raising:
    """A requirement to put up: what, which one, and who asks for it."""

    kind: RequirementKind
    detail: str
    asked_by: str


@dataclass(slots=True)
class Work:
    """A case in hand with all its requirements, and what is done with it; `raised` comes of it."""

    case: Case
    requirements: list[Requirement]
    deeds: list[Deed] = field(default_factory=list)
    raisings: list[Raising] = field(default_factory=list)
    raised: list[Requirement] = field(default_factory=list)
    was_held_by: str = ""


def in_hand_many(case_ids: Iterable[UUID]) -> dict[UUID, Work]:
    """These cases, locked until the transaction ends, with their requirements, oldest first."""
    wanted = list(case_ids)
    found = Case.objects.select_related("client").filter(pk__in=wanted).order_by("pk")
    held = list(found.select_for_update(of=("self",), no_key=True))
    products = Product.objects.select_related("carrier").in_bulk({c.product_id for c in held})
    agents = Agent.objects.select_related("user").in_bulk({case.agent_id for case in held})
    for case in held:  # few are shared by many: each is made once
        case.product, case.agent = products[case.product_id], agents[case.agent_id]
        if case.product.carrier_id == case.carrier_id:
            case.carrier = case.product.carrier
    works = {case.pk: Work(case, [], was_held_by=case.holder) for case in held}
    for requirement in Requirement.objects.filter(case__in=wanted).order_by("raised_at", "kind"):
        if requirement.case_id in works:
            works[requirement.case_id].requirements.append(requirement)
    return works


def carry_out_many(doer: Doer, works: Sequence[Work], at: datetime) -> list[CaseHappened]:
    """Do what each work says, in the caller's transaction; returns what happened, in order.

    The doer's rights were settled before. The caller hands on what happened: see `hand_on`.
    Raises `Refused` when an act cannot be done; the rules say so before.
    """
    entries: list[tuple[Work, Entry]] = []
    know_rules(work.case for work in works)
    changes: list[Change] = []
    actor = doer.actor()
    for work in works:
        for verb, told in _done(work, at):
            entries.append((work, _entry(actor, work.case, verb, told, at)))
            changes.append(Change(work.case, verb, doer.pk, told, at))
    changed = [work for work in works if work.deeds or work.raisings]
    _save([work.case for work in changed])
    Requirement.objects.bulk_create([one for work in changed for one in work.raised])
    _hand_over(changed, at)
    Entry.objects.bulk_create([entry for _work, entry in entries], batch_size=1000)
    tell_agents(changes)
    return [
        CaseHappened(work.case.pk, e.verb, e.data, at, e.actor_id, e.actor_name, e.pk)
        for work, e in entries
    ]


def _done(work: Work, at: datetime) -> Iterable[tuple[str, dict[str, Any]]]:
    """Do a work's deeds upon its case, nothing saved; each verb with what it told, once done."""
    case = work.case
    for deed in work.deeds:
        if deed.act is not None:
            after, problems = move(facts_of(case, work.requirements), deed.act, deed.said)
            if problems:
                raise Refused([worded(problem, case, deed.act) for problem in problems])
            take(case, after, at)
        for name, value in deed.changes.items():
            setattr(case, name, value)
        if deed.act is Act.RECORD_ISSUE:
            for kind in delivery_requirements(Decision(case.decision)):
                why = {"by": "rule", "code": "policy_issued"}
                _raised(work, new_requirement(case, kind, why, at))
        stand(case, at, work.requirements)
        yield deed.verb or VERBS[deed.act or Act.SUBMIT], deed.told
    for raising in work.raisings:
        why = {"by": "hand", "name": raising.asked_by}
        made = new_requirement(case, raising.kind, why, at, detail=raising.detail)
        _raised(work, made)
        stand(case, at, work.requirements)
        yield "requirement.added", {"kind": made.kind, "requirement": str(made.pk)}


def _raised(work: Work, made: Requirement) -> None:
    work.raised.append(made)
    work.requirements.append(made)


def _entry(actor: Actor, case: Case, verb: str, told: dict[str, Any], at: datetime) -> Entry:
    return Entry(
        at=at,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_kind=actor.kind,
        address=actor.address,
        verb=verb,
        subject_type="case",
        subject_id=str(case.pk),
        data=told,
    )


def _hand_over(works: Iterable[Work], at: datetime) -> None:
    """Write down who has the cases from now on, where that changed."""
    by_holder: dict[str, list[UUID]] = defaultdict(list)
    for work in works:
        if work.case.holder != work.was_held_by:
            by_holder[work.case.holder].append(work.case.pk)
    for holder, cases in by_holder.items():
        change_hands(cases, holder, at)


def _save(cases: Sequence[Case]) -> None:
    """Save what acts change of many cases in one statement."""
    if not cases:
        return
    fields: list[Field[Any, Any]] = [Case._meta.get_field(name) for name in _SAVED]  # type: ignore[misc]
    columns = [
        [f.get_db_prep_save(f.pre_save(case, add=False), connection) for case in cases]
        for f in fields
    ]
    types = [(f.db_type(connection) or "").partition("(")[0] for f in fields]
    names = ", ".join(f'"{f.column}" = given."{f.column}"' for f in fields)
    given = ", ".join(f'"{f.column}"' for f in fields)
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE cases_case SET {names} FROM unnest(%s::uuid[], {arrays}) "  # noqa: S608
            f"AS given(id, {given}) WHERE cases_case.id = given.id",
            [[case.pk for case in cases], *columns],
        )
