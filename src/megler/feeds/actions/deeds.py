"""A difference as deeds upon its case: those that go in bulk, and those that go by an action each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from megler.accounts.encryption import digest
from megler.cases.actions import carrier, hearing, policy, requirements
from megler.cases.actions.carrier import Offer
from megler.cases.actions.doers import Doer
from megler.cases.actions.many import IN_BULK, Deed, Raising
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import Act as RequirementAct
from megler.cases.rules.status import Act
from megler.cases.rules.words import Channel, Decision
from megler.feeds.models import Change
from megler.feeds.rules.feeding import Difference, Step
from megler.feeds.rules.records import Record
from megler.feeds.rules.requiring import RequirementMove
from megler.feeds.rules.terms import SETS, said_whole, told_terms
from megler.feeds.rules.words import Told
from megler.vocabulary.codes import Mode


@dataclass(frozen=True, slots=True)
class ToldBy:
    """Which carrier says it, and as of when."""

    name: str
    as_of: datetime


def digest_of(words: str) -> str:
    """What tells whether words are the same, and nothing of what they say."""
    return digest(words.encode())[:32]


def heard_words(record: Record, as_of: datetime) -> dict[str, Any]:
    """The carrier's own words, when and by what channel, as a case keeps them."""
    return {
        "carrier_words": said_whole(record) or None,
        "carrier_said_at": as_of,
        "carrier_channel": Channel.FEED.value,
    }


def deeds_of(case: Case, difference: Difference, record: Record, by: ToldBy) -> list[Deed]:
    """What is done in bulk upon a difference that is taken over; nothing for what goes by actions."""
    match difference.told:
        case Told.COMMENT:
            said = heard_words(record, by.as_of)
            return [Deed(verb="case.carrier_said", changes=said, told={"channel": "feed"})]
        case Told.POLICY_NUMBER:
            number = record.policy_number
            told = {"policy_number": number}
            return [Deed(verb="case.policy_numbered", changes=dict(told), told=told)]
        case Told.OFFER:
            terms = told_terms(difference.after)
            return [Deed(verb="case.terms_changed", changes=typed(terms), told=terms)]
        case Told.STATUS:
            steps = [step for step in difference.steps if step.act in IN_BULK]
            return [_deed(case, step, record, by) for step in steps]
    return []


def _deed(case: Case, step: Step, record: Record, by: ToldBy) -> Deed:
    changes: dict[str, Any] = heard_words(record, by.as_of)
    told: dict[str, Any] = {"channel": Channel.FEED.value}
    if step.act is Act.RECORD_DECISION and step.said.decision:
        decision = step.said.decision
        kept = carrier.NOTHING_OFFERED
        if decision in carrier.OFFERS:
            kept = carrier.offered(case, offer_of(step.offer))
        changes |= {**kept, "decided_at": by.as_of}
        told |= {"decision": decision.value}
        told |= {k: str(v) for k, v in kept.items() if v not in {None, ""}}
    if step.act is Act.RECORD_ISSUE:
        changes["issued_at"] = by.as_of
        told["policy_number"] = step.said.policy_number
    return Deed(step.act, step.said, changes, told)


def typed(terms: Mapping[str, str]) -> dict[str, Any]:
    """Parts of an offer as a case keeps them."""
    numbers = {"face_amount_approved", "premium_approved"}
    return {name: Decimal(v) if name in numbers else v for name, v in terms.items()}


def offer_of(terms: Mapping[str, str]) -> Offer:
    """What a decision would issue."""
    found = typed(terms)
    mode = found.get("mode_approved")
    return Offer(
        class_approved=found.get("class_approved", ""),
        premium_approved=found.get("premium_approved"),
        face_amount_approved=found.get("face_amount_approved"),
        mode_approved=Mode(mode) if mode else None,
    )


def raises(difference: Difference) -> bool:
    """Whether a difference puts up a requirement that is not here."""
    return difference.requirement is not None and not difference.requirement.requirement


def raisings_of(difference: Difference, by: ToldBy) -> list[Raising]:
    """The requirement that a difference puts up."""
    move = difference.requirement
    if move is None or move.requirement:
        return []
    return [Raising(move.kind, _detail(move), by.name)]


def _detail(move: RequirementMove) -> str:
    return ": ".join(part for part in (move.words, move.detail) if part)


def has_rest(difference: Difference) -> bool:
    """Whether something of a difference goes by an action of its own."""
    steps = any(step.act not in IN_BULK for step in difference.steps)
    return steps or bool(difference.requirement and difference.requirement.acts)


def do_rest(
    doer: Doer,
    case: Case,
    difference: Difference,
    record: Record,
    at: datetime,
    *,
    made: Requirement | None = None,
) -> None:
    """What of a difference goes by an action each; `made` is the requirement just put up. Raises `Refused`."""
    for step in difference.steps:
        if step.act not in IN_BULK:
            do_step(doer, case, step, record, at)
    move = difference.requirement
    if move and move.requirement and move.acts:
        requirement = Requirement.objects.select_related("case").get(pk=move.requirement)
        do_requirement(doer, requirement, move.acts, move.words, at)
    elif move and made:
        do_requirement(doer, made, move.acts, move.words, at)


def do_step(doer: Doer, case: Case, step: Step, record: Record, at: datetime) -> None:
    """One act by the action of its name. Raises `Refused`."""
    match step.act:
        case Act.RECORD_RECEIVED:
            carrier.record_received_by_carrier(doer, case, at=at)
        case Act.RECORD_IN_UNDERWRITING:
            carrier.record_in_underwriting(doer, case, at=at)
        case Act.RECORD_DECISION:
            carrier.record_decision(
                doer, case, step.said.decision or Decision.APPROVED, offer=offer_of(step.offer),
                words=said_whole(record), channel=Channel.FEED, at=at,
            )  # fmt: skip
        case Act.RECORD_ISSUE:
            policy.record_issue(doer, case, step.said.policy_number, at=at)
        case Act.RECORD_FIRST_PREMIUM:
            policy.record_first_premium(doer, case, record.paid_on, at=at)
        case Act.PLACE:
            policy.place(doer, case, at=at)
        case Act.CLOSE if step.said.closing:
            policy.close(doer, case, step.said.closing, said_whole(record) or record.status, at=at)


def do_requirement(
    doer: Doer, requirement: Requirement, acts: Iterable[RequirementAct], words: str, at: datetime
) -> None:
    """Acts upon a requirement by the actions of their names. Raises `Refused`."""
    for act in acts:
        match act:
            case RequirementAct.ARRIVE:
                requirements.record_arrival(doer, requirement, at=at)
            case RequirementAct.SEND:
                requirements.send_requirement_to_carrier(doer, requirement, at=at)
            case RequirementAct.ACCEPT:
                requirements.accept_requirement(doer, requirement, at=at)
            case RequirementAct.WAIVE:
                requirements.waive_requirement(doer, requirement, words, at=at)
            case RequirementAct.REJECT:
                requirements.reject_requirement(doer, requirement, words, at=at)
        requirement = Requirement.objects.select_related("case").get(pk=requirement.pk)


def take_plain(doer: Doer, case: Case, change: Change, record: Record, at: datetime) -> bool:
    """A change that is no act, taken over by hand; whether it is one."""
    if change.told == Told.POLICY_NUMBER:
        told = {"policy_number": record.policy_number}
        hearing.take_over(doer, case, "case.policy_numbered", told, told, at=at)
    elif change.told == Told.OFFER:
        terms = told_terms(change.after)
        hearing.take_over(doer, case, "case.terms_changed", typed(terms), dict(terms), at=at)
    elif change.told == Told.COMMENT:
        said = heard_words(record, change.as_of)
        hearing.take_over(doer, case, "case.carrier_said", said, {"channel": "feed"}, at=at)
    else:
        return False
    return True


def keep_fields(
    change: Change,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    raised: Iterable[Requirement],
) -> None:
    """Keep in a change what undoing it needs."""
    if change.state != "applied" or not before:
        return
    names = SETS.get(Told(change.told), ())
    changed = {name for name in names if before.get(name) != after.get(name)}
    kept: list[UUID] = []
    if change.told == Told.STATUS:
        kept = [one.pk for one in raised if one.raised_by.get("code") == "policy_issued"]
        if "issued_at" in changed:
            changed.add("policy_number")
    stands = {"status", "decision", "outcome"} if change.told == Told.STATUS else set()
    change.fields = {
        "before": {name: before.get(name) for name in sorted(changed)},
        "after": {name: after.get(name) for name in sorted(changed | stands)},
        "raised": [str(pk) for pk in kept],
    }
