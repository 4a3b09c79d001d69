"""What follows from what a carrier says of a case: the acts that lead there, or a proposal and why.

A carrier's word takes a case forward only: what is further along wins, whichever file came first;
of two decisions the one said later. A step back is proposed, never taken. So the same files in any
order end alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from megler.cases.rules.status import NOTHING_SAID, Act, CaseFacts, Closing, Said, closings, move
from megler.cases.rules.words import APPROVALS, AT_CARRIER, REFUSALS, Decision, Status
from megler.feeds.rules.records import Record
from megler.feeds.rules.requiring import Asked, RequirementMove, moves_of
from megler.feeds.rules.values import number_key
from megler.feeds.rules.words import DECIDES, OFFERED, Field, Meaning, Told, Way, plain
from megler.vocabulary.problems import Reason

_RANK = {
    Status.SENT_TO_CARRIER: 0,
    Status.RECEIVED_BY_CARRIER: 1,
    Status.IN_UNDERWRITING: 2,
    Status.DECIDED: 3,
    Status.ISSUED: 4,
    Status.DELIVERED: 5,
    Status.IN_FORCE: 6,
}
_MEANT_RANK = {
    Meaning.RECEIVED: 1,
    Meaning.IN_UNDERWRITING: 2,
    **dict.fromkeys(DECIDES, 3),
    Meaning.ISSUED: 4,
    Meaning.IN_FORCE: 6,
}
_CLOSES = {
    Meaning.WITHDRAWN: Closing.WITHDRAWN,
    Meaning.NOT_TAKEN: Closing.NOT_TAKEN,
    Meaning.LAPSED: Closing.LAPSED,
    Meaning.SURRENDERED: Closing.SURRENDERED,
}
_WITH_US = frozenset({Status.SUBMITTED, Status.AGENCY_REVIEW, Status.RETURNED})
DECISION = "decision"
"""As what a decision is remembered: of two the later stands, whatever was said after both."""
_OFFERS = {Decision.APPROVED, Decision.OTHER_THAN_APPLIED, Decision.COUNTER_OFFER}


@dataclass(frozen=True, slots=True)
class Heard:
    """What a carrier said of one thing last, and when; `requirement` is ours, of a requirement."""

    value: str
    at: datetime
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class CaseNow:
    """A case as a record is held against it; `applied` and `approved` by `Field`, as text."""

    facts: CaseFacts
    applied: Mapping[str, str] = field(default_factory=dict)
    approved: Mapping[str, str] = field(default_factory=dict)
    requirements: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One act upon a case with what comes with it; `offer` is what a decision would issue."""

    act: Act
    said: Said = NOTHING_SAID
    offer: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the carrier says otherwise than it stands here.

    `way` is what becomes of it: taken over by `steps` or `requirement`, or proposed, with `why`.
    `heard_as` is under which name it is remembered as heard.
    """

    told: Told
    heard_as: str
    before: str
    after: str
    way: Way
    steps: tuple[Step, ...] = ()
    requirement: RequirementMove | None = None
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, and what is now known to have been heard, by name."""

    differences: tuple[Difference, ...]
    heard: Mapping[str, Heard]


def compare(
    now: CaseNow,
    record: Record,
    heard: Mapping[str, Heard],
    ways: Mapping[str, str],
    as_of: datetime,
) -> Comparison:
    """Everything that a record of `as_of` says otherwise than the case stands, and what follows.

    What was heard before in the same words makes no difference again: what somebody refused stays
    refused until the carrier says something else.
    """
    found: list[Difference] = []
    known = dict(heard)
    for difference, value in _told(now, record, known, ways, as_of):
        before = known.get(difference.heard_as)
        if before is None or as_of >= before.at:
            ours = difference.requirement.requirement if difference.requirement else ""
            known[difference.heard_as] = Heard(value, as_of, ours)
        if difference.way is not Way.LEAVE and difference.before != difference.after:
            found.append(difference)
    for name, value in _said(record):
        if name not in known or as_of > known[name].at:
            kept = known[name].requirement if name in known else ""
            known[name] = Heard(value, as_of, kept)
    return Comparison(tuple(found), known)


def _said(record: Record) -> Iterator[tuple[str, str]]:
    """Everything a record says, by the name under which it is remembered."""
    if record.meaning:
        yield Told.STATUS, _status_value(record)
    if record.meaning in DECIDES:
        yield DECISION, _status_value(record)
    if record.policy_number:
        yield Told.POLICY_NUMBER, record.keys.policy
    if record.offer:
        yield Told.OFFER, _offer_value(record.offer)
    if record.paid_on:
        yield Told.FIRST_PREMIUM, record.paid_on.isoformat()


def _status_value(record: Record) -> str:
    return f"{record.meaning}:{plain(record.status)}"


def _offer_value(offer: Mapping[str, str]) -> str:
    return "|".join(f"{name}={offer[name]}" for name in sorted(offer))


def _told(
    now: CaseNow,
    record: Record,
    heard: Mapping[str, Heard],
    ways: Mapping[str, str],
    as_of: datetime,
) -> Iterator[tuple[Difference, str]]:
    def is_news(name: str, value: str) -> bool:
        before = heard.get(name)
        return before is None or (as_of >= before.at and value != before.value)

    def way(told: Told) -> Way:
        return Way(ways.get(told, Way.PROPOSE))

    if record.keys.policy and is_news(Told.POLICY_NUMBER, record.keys.policy):
        difference = _numbered(now, record, way(Told.POLICY_NUMBER))
        if difference:
            yield difference, record.keys.policy
    if record.meaning and record.meaning is not Meaning.NOTHING:
        value, before = _status_value(record), heard.get(Told.STATUS)
        is_older = before is not None and as_of < before.at
        decided = record.meaning in DECIDES and now.facts.status is Status.DECIDED
        is_later = is_news(Told.STATUS, value) or (decided and is_news(DECISION, value))
        if is_later or (is_older and _is_further(now, record.meaning)):
            refused = heard.get(DECISION)
            after_refusal = refused is not None and as_of < refused.at
            for difference in _status(now, record, way(Told.STATUS), way(Told.OFFER)):
                yield _asked_first(now, difference, is_older=after_refusal), value
    value = _offer_value(record.offer)
    if record.offer and is_news(Told.OFFER, value):
        difference = _terms(now, record, way(Told.OFFER))
        if difference:
            yield difference, value
    if record.paid_on and is_news(Told.FIRST_PREMIUM, record.paid_on.isoformat()):
        difference = _premium(now, record, way(Told.FIRST_PREMIUM))
        if difference:
            yield difference, record.paid_on.isoformat()
    yield from _requirements(now, record, heard, way(Told.REQUIREMENTS), as_of)


def _asked_first(now: CaseNow, difference: Difference, *, is_older: bool) -> Difference:
    """An older word is not taken over a newer refusal, though it is further along: somebody is asked."""
    if not is_older or now.facts.decision not in REFUSALS:
        return difference
    why = difference.why or Reason("feed_newer_refusal")
    return replace(difference, way=_proposed(difference.way), why=why)


def _is_further(now: CaseNow, meaning: Meaning) -> bool:
    return _MEANT_RANK.get(meaning, -1) > _RANK.get(now.facts.status, 99)


def _numbered(now: CaseNow, record: Record, way: Way) -> Difference | None:
    have = now.facts.policy_number
    if number_key(have) == record.keys.policy:
        return None
    why = None
    if have and now.facts.status not in AT_CARRIER | _WITH_US | {Status.DECIDED}:
        way, why = _proposed(way), Reason("feed_other_policy", {"policy": have})
    return Difference(
        Told.POLICY_NUMBER, Told.POLICY_NUMBER, have, record.policy_number, way, why=why
    )


def _proposed(way: Way) -> Way:
    return way if way is Way.LEAVE else Way.PROPOSE


def _status(now: CaseNow, record: Record, way: Way, offer_way: Way) -> Iterator[Difference]:
    """Where the carrier says the case is; as far as it goes, and the rest proposed with the reason."""
    meaning = record.meaning or Meaning.NOTHING
    before, after = _stands(now.facts), meaning.value
    if _is_there(now.facts, meaning):
        return
    offer = differing(now.applied, record.offer)
    steps, why = steps_to(now.facts, meaning, record, offer)
    if offer and offer_way is not Way.OVERWRITE and _decides(steps):
        why = Reason("feed_offer_differs", {"offer": _offer_value(offer)})
    elif why and why.code == "feed_stops" and steps and way is Way.OVERWRITE:
        reached = _stands(_after(now.facts, steps))
        yield Difference(Told.STATUS, Told.STATUS, before, reached, way, steps)
        before, steps = reached, ()
    way = _proposed(way) if why else way
    yield Difference(Told.STATUS, Told.STATUS, before, after, way, steps, why=why)


def _after(facts: CaseFacts, steps: Sequence[Step]) -> CaseFacts:
    for step in steps:
        facts, _problems = move(facts, step.act, step.said)
    return facts


def _decides(steps: Sequence[Step]) -> bool:
    return any(step.act is Act.RECORD_DECISION and step.said.decision in _OFFERS for step in steps)


def _stands(facts: CaseFacts) -> str:
    """Where a case stands in the words of `Meaning`, or our own where it has none."""
    if facts.status is Status.DECIDED and facts.decision:
        return facts.decision.value
    return {
        Status.RECEIVED_BY_CARRIER: Meaning.RECEIVED.value,
        Status.DELIVERED: Meaning.ISSUED.value,
    }.get(facts.status, facts.status.value)


def _is_there(facts: CaseFacts, meaning: Meaning) -> bool:
    """Whether the case is already where the carrier says, or beyond it on the same way."""
    if facts.status is Status.CLOSED:
        closed = str(facts.outcome or facts.decision or "")
        return closed == meaning.value
    if meaning in DECIDES:
        decided = facts.decision
        if decided is Decision.OTHER_THAN_APPLIED and meaning is Meaning.APPROVED:
            return True
        return decided is DECIDES[meaning] and facts.status in {
            Status.DECIDED, Status.ISSUED, Status.DELIVERED, Status.IN_FORCE,
        }  # fmt: skip
    if meaning is Meaning.ISSUED:
        return facts.status in {Status.ISSUED, Status.DELIVERED}
    return _stands(facts) == meaning.value


def differing(applied: Mapping[str, str], offer: Mapping[str, str]) -> dict[str, str]:
    """The parts of an offer that are not as applied for; classes by their plain words."""
    found = {}
    for name in OFFERED:
        said, was = offer.get(name, ""), applied.get(name, "")
        if said and was and not same_value(name, said, was):
            found[name.value] = said
    return found


def same_value(name: str, one: str, other: str) -> bool:
    """Whether two values of an offer's part are the same, however they are written.

    >>> same_value("face_amount_approved", "500000.00", "500000")
    True
    """
    if name in {Field.FACE_AMOUNT, Field.PREMIUM}:
        return Decimal(one) == Decimal(other)
    return plain(one) == plain(other)


def steps_to(
    facts: CaseFacts, meaning: Meaning, record: Record, offer: Mapping[str, str] = {}
) -> tuple[tuple[Step, ...], Reason | None]:
    """The acts that lead where the carrier says the case is, or as far as they go and why no further.

    >>> from megler.feeds.rules.records import Keys
    >>> said = Record(1, Keys())
    >>> steps, why = steps_to(CaseFacts(Status.SENT_TO_CARRIER), Meaning.APPROVED, said)
    >>> [str(step.act) for step in steps], why
    (['record_decision'], None)
    """
    if facts.status is Status.CLOSED:
        return (), Reason("feed_case_closed")
    if facts.status in _WITH_US:
        return (), Reason("feed_case_with_us")
    if meaning in _CLOSES or (meaning is Meaning.INCOMPLETE and facts.status is Status.ISSUED):
        closing = _CLOSES.get(meaning, Closing.NOT_TAKEN)
        if closing not in closings(facts):
            return (), Reason("feed_no_way", {"status": facts.status.value})
        return (Step(Act.CLOSE, Said(closing=closing)),), Reason("feed_closes")
    if _MEANT_RANK[meaning] < _RANK[facts.status]:
        return (), Reason("feed_backwards", {"status": facts.status.value})
    return _walk(facts, tuple(_wanted(facts, meaning, record, offer)))


def _wanted(
    facts: CaseFacts, meaning: Meaning, record: Record, offer: Mapping[str, str]
) -> Iterator[Step]:
    """The acts on the way, whether or not the case is ready for them."""
    if meaning is Meaning.RECEIVED:
        yield Step(Act.RECORD_RECEIVED)
    elif meaning is Meaning.IN_UNDERWRITING:
        yield Step(Act.RECORD_IN_UNDERWRITING)
    elif meaning in DECIDES:
        yield _decision(DECIDES[meaning], offer)
    else:
        undecided = facts.status is Status.DECIDED and facts.decision not in APPROVALS
        if facts.status in AT_CARRIER or undecided or (facts.status is Status.DECIDED and offer):
            yield _decision(Decision.APPROVED, offer)
        if facts.status in AT_CARRIER | {Status.DECIDED}:
            number = record.policy_number or facts.policy_number
            yield Step(Act.RECORD_ISSUE, Said(policy_number=number))
        if meaning is Meaning.IN_FORCE:
            yield Step(Act.PLACE)


def _decision(decision: Decision, offer: Mapping[str, str]) -> Step:
    if decision is Decision.APPROVED and offer:
        decision = Decision.OTHER_THAN_APPLIED
    told = offer if decision in _OFFERS else {}
    return Step(Act.RECORD_DECISION, Said(decision=decision), told)


def _walk(facts: CaseFacts, steps: Sequence[Step]) -> tuple[tuple[Step, ...], Reason | None]:
    """As many of the steps as can be done, and why the next cannot."""
    done: list[Step] = []
    for step in steps:
        facts, problems = move(facts, step.act, step.said)
        if problems:
            first = problems[0]
            return tuple(done), Reason("feed_stops", {"code": first.code, "found": first.found})
        done.append(step)
    return tuple(done), None


def _terms(now: CaseNow, record: Record, way: Way) -> Difference | None:
    """What is offered otherwise than it stands here, once the carrier has decided."""
    if now.facts.status not in {Status.DECIDED, Status.ISSUED, Status.DELIVERED}:
        return None
    if now.facts.decision not in _OFFERS | {Decision.COUNTER_OFFER_ACCEPTED}:
        return None
    other = {
        name: value
        for name, value in record.offer.items()
        if now.approved.get(name) and not same_value(name, value, now.approved[name])
    }
    if not other:
        return None
    before = _offer_value({name: now.approved[name] for name in other})
    why = None if now.facts.status is Status.DECIDED else Reason("feed_issued_already")
    way = _proposed(way) if why else way
    return Difference(Told.OFFER, Told.OFFER, before, _offer_value(other), way, why=why)


def _premium(now: CaseNow, record: Record, way: Way) -> Difference | None:
    if now.facts.premium_received or record.paid_on is None:
        return None
    _after, problems = move(now.facts, Act.RECORD_FIRST_PREMIUM)
    why = Reason("feed_stops", {"code": problems[0].code}) if problems else None
    steps = () if problems else (Step(Act.RECORD_FIRST_PREMIUM),)
    way = _proposed(way) if why else way
    day = record.paid_on.isoformat()
    return Difference(Told.FIRST_PREMIUM, Told.FIRST_PREMIUM, "", day, way, steps, why=why)


def _requirements(
    now: CaseNow, record: Record, heard: Mapping[str, Heard], way: Way, as_of: datetime
) -> Iterator[tuple[Difference, str]]:
    said = {name: (one.value, one.at, one.requirement) for name, one in heard.items()}
    for found in moves_of(record.requirements, now.requirements, said, as_of):
        is_new = not found.requirement
        is_over = now.facts.status is Status.CLOSED or (
            is_new and now.facts.status is Status.IN_FORCE
        )
        why = found.why or (Reason("feed_case_over") if is_over else None)
        difference = Difference(
            Told.REQUIREMENTS,
            found.heard_as,
            found.before,
            found.after,
            _proposed(way) if why else way,
            requirement=found,
            why=why,
        )
        yield difference, found.meaning.value
