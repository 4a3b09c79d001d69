"""What a change to a working case opens again: papers, requirements, signatures, the quote, the decision.

A change is asked for in the words of `KEYS`; `read_change` proves it, `effect_of` says what it opens.
Source: the agency's own procedure. What each kind opens stands in two tables, `_PAPERS` and `_OPENS`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from megler.cases.rules.requirements import SETTLED, State
from megler.cases.rules.status import CaseFacts
from megler.cases.rules.words import AT_CARRIER, Decision, Status
from megler.vocabulary.codes import Line, RequirementKind
from megler.vocabulary.problems import Problem


class ChangeKind(StrEnum):
    """What of a case is changed."""

    PRODUCT = "product"
    AMOUNT = "amount"
    CLASS = "class"
    BENEFICIARY = "beneficiary"
    OWNER = "owner"
    AGENT = "agent"


class Opens(StrEnum):
    """What a change opens again, in the order in which it is looked after."""

    GOOD_ORDER = "good_order"
    SIGNATURES = "signatures"
    REQUIREMENTS = "requirements"
    QUOTE = "quote"
    ILLUSTRATION = "illustration"
    REPLACEMENT = "replacement"
    SUITABILITY = "suitability"
    DECISION = "decision"
    POLICY = "policy"
    ACCESS = "access"
    CARRIER = "carrier"


@dataclass(frozen=True, slots=True)
class Change:
    """A change as somebody asks for it: `to` are the new values by the keys of `KEYS`.

    `request` is the asker's own key: the same key on the same case has one effect. `on`: the day
    from which it holds (default: today).
    """

    kind: ChangeKind
    to: Mapping[str, Any]
    because: str = ""
    request: str = ""
    on: date | None = None


KEYS: dict[ChangeKind, tuple[frozenset[str], frozenset[str]]] = {
    ChangeKind.PRODUCT: (
        frozenset({"product"}),
        frozenset({"face_amount", "term_years", "class", "premium"}),
    ),
    ChangeKind.AMOUNT: (frozenset({"face_amount"}), frozenset({"premium"})),
    ChangeKind.CLASS: (frozenset({"class"}), frozenset({"premium"})),
    ChangeKind.BENEFICIARY: (frozenset({"beneficiaries"}), frozenset()),
    ChangeKind.OWNER: (
        frozenset({"name"}),
        frozenset({"kind", "relationship", "born", "email", "phone"}),
    ),
    ChangeKind.AGENT: (frozenset({"agent"}), frozenset()),
}
"""The keys that each kind must and may name."""

OF_TERMS = frozenset({ChangeKind.PRODUCT, ChangeKind.AMOUNT, ChangeKind.CLASS})
"""Kinds that change what the carrier decides on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement of the case as this rule sees it; `by_guide`: the guide's grid raised it."""

    id: str
    kind: RequirementKind
    state: State
    by_guide: bool = False


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """What is known of the case; `called` is what the guide calls for with the new terms.

    `guide_known` is False where no guide reaches the new terms: nothing is then said of what the
    old one raised. `to_organisation`: the new owner is a trust or business.
    """

    status: Status
    decision: Decision | None = None
    line: Line | None = None
    replaces: bool = False
    requirements: tuple[Asked, ...] = ()
    called: tuple[RequirementKind, ...] = ()
    guide_known: bool = True
    to_organisation: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change opens again, and what of the requirements is added, kept, or no longer needed.

    `unneeded` are ids of open requirements that the guide no longer calls for: they are proposed to
    be waived, never waived by the change itself.
    """

    opens: tuple[Opens, ...] = ()
    added: tuple[RequirementKind, ...] = ()
    kept: tuple[RequirementKind, ...] = ()
    unneeded: tuple[str, ...] = field(default=())

    @property
    def tells_carrier(self) -> bool:
        """Whether the carrier has to hear of it from us."""
        return Opens.CARRIER in self.opens


_IN_AGENCY = frozenset({Status.SUBMITTED, Status.AGENCY_REVIEW, Status.RETURNED})
_OUT = frozenset({Status.DECIDED, Status.ISSUED})
_WITH_OWNER = frozenset({Status.DELIVERED, Status.IN_FORCE})
_ILLUSTRATED = frozenset({Line.WHOLE_LIFE, Line.UNIVERSAL_LIFE, Line.ANNUITY})
_NOTHING_COUNTS = SETTLED - {State.ACCEPTED}


def change_problems(change: Change, facts: ChangeFacts) -> list[Problem]:
    """Why a change cannot be made where the case is, or what of it is missing or unknown.

    >>> known = ChangeFacts(Status.DELIVERED)
    >>> [p.code for p in change_problems(Change(ChangeKind.AMOUNT, {"face_amount": "1"}), known)]
    ['change_after_delivery']
    """
    return [*_hindrances(change.kind, facts), *_wrong_keys(change)]


def _hindrances(kind: ChangeKind, facts: ChangeFacts) -> Iterator[Problem]:
    if facts.status in {Status.CLOSED, Status.DRAFT}:
        yield Problem("change_not_open", kind, facts.status)
    elif facts.status in _WITH_OWNER and kind in OF_TERMS:
        yield Problem("change_after_delivery", kind, facts.status)


def _wrong_keys(change: Change) -> Iterator[Problem]:
    needed, more = KEYS[change.kind]
    for key in sorted(needed):
        if change.to.get(key) in {None, ""} if not _listed(change.to.get(key)) else False:
            yield Problem("missing", key, "", change.kind.value)
    for key in sorted(set(change.to) - needed - more):
        expected = ", ".join(sorted(needed | more))
        yield Problem("change_unknown_key", key, str(change.to[key])[:80], expected)


def _listed(value: object) -> bool:
    return isinstance(value, list | tuple)


def possible(status: Status) -> tuple[ChangeKind, ...]:
    """The kinds of change that can be made where the case is.

    >>> [kind.value for kind in possible(Status.IN_FORCE)]
    ['beneficiary', 'owner', 'agent']
    """
    return tuple(kind for kind in ChangeKind if not any(_hindrances(kind, ChangeFacts(status))))


def effect_of(kind: ChangeKind, facts: ChangeFacts) -> Effect:
    """What a change of a kind opens again in a case.

    A new amount at the carrier: an amendment to sign, what the guide now calls for, the price, and
    the carrier to tell.

    >>> effect = effect_of(ChangeKind.AMOUNT, ChangeFacts(Status.IN_UNDERWRITING))
    >>> [one.value for one in effect.opens]
    ['signatures', 'requirements', 'quote', 'carrier']
    >>> [one.value for one in effect.added]
    ['amendment']
    """
    if kind is ChangeKind.AGENT:
        told = (Opens.CARRIER,) if facts.status not in _IN_AGENCY else ()
        return Effect((Opens.ACCESS, *told))
    here = {r.kind for r in facts.requirements if r.state not in _NOTHING_COUNTS}
    papers = tuple(one for one in _papers(kind, facts) if one not in here)
    if kind not in OF_TERMS:
        return Effect(_ordered(_opened(kind, facts)), papers)
    called = tuple(one for one in facts.called if one not in here)
    papers = tuple(one for one in papers if one not in called)
    kept = tuple(one for one in facts.called if one in here)
    return Effect(_ordered(_opened(kind, facts)), (*called, *papers), kept, _unneeded(facts))


def _unneeded(facts: ChangeFacts) -> tuple[str, ...]:
    """Open requirements of the old grid that the new terms do not call for."""
    if not facts.guide_known:
        return ()
    return tuple(
        r.id
        for r in facts.requirements
        if r.by_guide and r.state not in SETTLED and r.kind not in facts.called
    )


def _papers(kind: ChangeKind, facts: ChangeFacts) -> Iterator[RequirementKind]:
    """The papers to be signed anew."""
    yield RequirementKind.AMENDMENT
    if kind in OF_TERMS and facts.line in _ILLUSTRATED:
        yield RequirementKind.ILLUSTRATION
    if kind in {ChangeKind.PRODUCT, ChangeKind.AMOUNT} and facts.replaces:
        yield RequirementKind.REPLACEMENT_FORM
    if kind is ChangeKind.OWNER and facts.to_organisation:
        yield RequirementKind.TRUST_PAPERS


def _opened(kind: ChangeKind, facts: ChangeFacts) -> Iterator[Opens]:
    yield Opens.SIGNATURES
    if facts.status in _IN_AGENCY:
        yield Opens.GOOD_ORDER
    else:
        yield Opens.CARRIER
    if kind in {ChangeKind.OWNER, ChangeKind.PRODUCT} and facts.line is Line.ANNUITY:
        yield Opens.SUITABILITY
    if kind not in OF_TERMS:
        return
    yield from (Opens.REQUIREMENTS, Opens.QUOTE)
    if facts.line in _ILLUSTRATED:
        yield Opens.ILLUSTRATION
    if kind is not ChangeKind.CLASS and facts.replaces:
        yield Opens.REPLACEMENT
    if facts.status in _OUT:
        yield Opens.DECISION
    if facts.status is Status.ISSUED:
        yield Opens.POLICY


def _ordered(found: Iterator[Opens]) -> tuple[Opens, ...]:
    among = set(found)
    return tuple(one for one in Opens if one in among)


def case_after(effect: Effect, case: CaseFacts) -> CaseFacts:
    """The case after the change: what was decided is decided anew, good order confirmed anew.

    >>> case_after(Effect((Opens.DECISION,)), CaseFacts(Status.ISSUED)).status
    <Status.IN_UNDERWRITING: 'in_underwriting'>
    """
    if Opens.GOOD_ORDER in effect.opens:
        case = replace(case, good_order=False)
    if Opens.DECISION in effect.opens:
        return replace(case, status=Status.IN_UNDERWRITING, decision=None, offer_answered=False)
    return case


AT_WORK = _IN_AGENCY | AT_CARRIER | _OUT
"""Statuses in which the terms of a case can still be changed."""
