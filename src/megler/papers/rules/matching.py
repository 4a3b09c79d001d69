"""Which case a paper belongs to: proposals with their reasons, and which of them may be taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from megler.papers.rules.clues import Clues, number_key
from megler.papers.rules.kinds import PaperKind, wanted
from megler.vocabulary.codes import RequirementKind

PROPOSALS_MAX = 8


class Why(StrEnum):
    """What speaks for a case, or against it."""

    REFERENCE = "reference"
    POLICY_NUMBER = "policy_number"
    CALLED = "called"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    OTHER_BIRTH_DATE = "other_birth_date"
    SAME_NAME = "same_name"
    NEEDED = "needed"
    FINISHED = "finished"


_SCORES = {
    Why.REFERENCE: 6.0,
    Why.POLICY_NUMBER: 6.0,
    Why.CALLED: 6.0,
    Why.NAME: 3.0,
    Why.BIRTH_DATE: 3.0,
    Why.NEEDED: 1.0,
    Why.FINISHED: -1.0,
}
_NUMBERS = {Why.REFERENCE, Why.POLICY_NUMBER, Why.CALLED}


class Certainty(StrEnum):
    """How a proposal may be taken: by one key, by choosing it, or not at all."""

    SURE = "sure"
    LIKELY = "likely"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be meant: its people by key and birth date, numbers, what it still needs.

    `called` are keys of other numbers by which others call it, as a vendor's order number.
    """

    case: str
    number: int
    people: tuple[tuple[str, date | None], ...]
    policy_number: str = ""
    called: tuple[str, ...] = ()
    needs: tuple[tuple[str, RequirementKind], ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case, what of it the paper brings (requirements by id), how sure that is and why."""

    case: str
    certainty: Certainty
    score: float
    reasons: tuple[Why, ...]
    requirements: tuple[str, ...] = ()


def contradicts(clues: Clues, people: Iterable[tuple[str, date | None]]) -> bool:
    """Whether a paper bears a birth date, and nobody of the case was born on it.

    People whose birth date is not known contradict nothing, unless another's is known.
    """
    known = {born for _name, born in people if born}
    return bool(clues.births) and bool(known) and not known & set(clues.births)


def propose(clues: Clues, kind: PaperKind, candidates: Sequence[Candidate]) -> list[Proposal]:
    """Proposals, best first. Two that are equally sure make neither sure: a person must choose.

    A name alone is never sure, for two people may bear it.
    """
    made = [one for each in candidates if (one := _one(clues, kind, each)).reasons]
    named = [one for one in made if Why.NAME in one.reasons]
    if len(named) > 1:
        made = [_with_same_name(one) if one in named else one for one in made]
    made.sort(key=lambda one: (one.certainty is Certainty.BARRED, -one.score, one.case))
    best = [one for one in made if one.certainty is Certainty.SURE]
    if len(best) > 1 and best[0].score - best[1].score < 1:
        made = [_only_likely(one) for one in made]
    return made[:PROPOSALS_MAX]


def _one(clues: Clues, kind: PaperKind, candidate: Candidate) -> Proposal:
    reasons: list[Why] = []
    if candidate.number in clues.references:
        reasons.append(Why.REFERENCE)
    if candidate.policy_number and number_key(candidate.policy_number) in clues.numbers:
        reasons.append(Why.POLICY_NUMBER)
    if set(candidate.called) & set(clues.numbers):
        reasons.append(Why.CALLED)
    named = [born for name, born in candidate.people if name in clues.names]
    if named:
        reasons.append(Why.NAME)
    if not reasons:
        return Proposal(candidate.case, Certainty.LIKELY, 0, ())
    born = {born for _name, born in candidate.people if born} & set(clues.births)
    if born and (not named or born & {one for one in named if one}):
        reasons.append(Why.BIRTH_DATE)
    barred = contradicts(clues, candidate.people)
    if barred:
        reasons.append(Why.OTHER_BIRTH_DATE)
    brings = brought(kind, candidate)
    if brings:
        reasons.append(Why.NEEDED)
    if not candidate.is_open:
        reasons.append(Why.FINISHED)
    sure = bool(_NUMBERS & set(reasons)) or {Why.NAME, Why.BIRTH_DATE} <= set(reasons)
    certainty = Certainty.BARRED if barred else Certainty.SURE if sure else Certainty.LIKELY
    score = sum(_SCORES.get(one, 0.0) for one in reasons)
    return Proposal(candidate.case, certainty, score, tuple(reasons), brings)


def brought(kind: PaperKind, candidate: Candidate) -> tuple[str, ...]:
    """Its requirements that this kind of paper brings; of several of a kind, the longest open.

    A case that is finished takes none until it is opened again.
    """
    if not candidate.is_open:
        return ()
    kinds = wanted(kind, [needed for _key, needed in candidate.needs])
    first = {needed: key for key, needed in reversed(candidate.needs)}
    return tuple(first[needed] for needed in kinds)


def _with_same_name(one: Proposal) -> Proposal:
    return Proposal(
        one.case, one.certainty, one.score, (*one.reasons, Why.SAME_NAME), one.requirements
    )


def _only_likely(one: Proposal) -> Proposal:
    if one.certainty is not Certainty.SURE:
        return one
    return Proposal(one.case, Certainty.LIKELY, one.score, one.reasons, one.requirements)
