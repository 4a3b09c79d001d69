"""What each answer to one open fact makes of an impairment's rows: which may then hold together.

"Mild" and "severe" are answers to one question: rows of the one and of the other never add up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Question, Rating, Verb
from megler.carriers.rules.when.tree import Among, Fact, Value, When, comparisons_in, facts_in
from megler.underwriting.rules.knowledge import questions_of
from megler.underwriting.rules.verdicts import State
from megler.underwriting.rules.whens import Answer, OneOf, Span, exactly, state_of

_OTHER = "\N{REPLACEMENT CHARACTER}"
"""A text that no condition names."""
_SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class Turns:
    """The answers to a fact that tell rows apart, and by the id of each row that names the fact the
    answers under which it may hold and those under which it surely does, each answer a bit.
    """

    answers: tuple[Answer, ...]
    may: Mapping[int, int]
    must: Mapping[int, int]

    def possible(self, known: Answer) -> list[int]:
        """The bits of the answers that what is known leaves."""
        told = known.values if isinstance(known, OneOf) else None
        return [1 << i for i, one in enumerate(self.answers) if told is None or one in told]


def ratings_of(guide: Guide, code: str) -> Mapping[Verb, Sequence[Rating]]:
    """The rows of an impairment by what they do, in the guide's order."""
    every: Mapping[str, Mapping[Verb, Sequence[Rating]]] = guide.once("ratings", _by_impairment)
    return every.get(code, {})


def _by_impairment(guide: Guide) -> Mapping[str, Mapping[Verb, Sequence[Rating]]]:
    found: dict[str, dict[Verb, list[Rating]]] = {}
    for row in guide.ratings:
        found.setdefault(row.impairment, {}).setdefault(row.verb, []).append(row)
    return found


def turns_of(guide: Guide, impairment: str, fact: Fact) -> Turns:
    """What the answers to a fact make of an impairment's rows; found once for a guide."""
    kept: dict[tuple[str, Fact], Turns] = guide.once("turns", lambda _: {})
    key = impairment, fact
    if key not in kept:
        kept[key] = _turns(guide, impairment, fact)
    return kept[key]


def _turns(guide: Guide, impairment: str, fact: Fact) -> Turns:
    rows = [
        row
        for ones in ratings_of(guide, impairment).values()
        for row in ones
        if fact in facts_in(row.when)
    ]
    named = {value for row in rows for value in _values(row.when, fact)}
    answers = tuple(_answers(named, questions_of(guide).get((impairment, fact.name)), fact))
    may: dict[int, int] = {id(row): 0 for row in rows}
    must: dict[int, int] = {id(row): 0 for row in rows}
    for i, answer in enumerate(answers):
        for row in rows:
            state = state_of(row.when, {fact: answer}.get)
            may[id(row)] |= (state is not State.FAILED) << i
            must[id(row)] |= (state is State.MET) << i
    return _told_apart(Turns(answers, may, must))


def _told_apart(turns: Turns) -> Turns:
    """Without figures that make the same of every row as one before."""
    kept: dict[tuple[object, ...], int] = {}
    for i, answer in enumerate(turns.answers):
        makes = tuple(mask >> i & 1 for masks in (turns.may, turns.must) for mask in masks.values())
        kept.setdefault((makes, isinstance(answer, Span) or answer), i)
    at = list(kept.values())

    def of(masks: Mapping[int, int]) -> dict[int, int]:
        return {
            row: sum((mask >> i & 1) << new for new, i in enumerate(at))
            for row, mask in masks.items()
        }

    return Turns(tuple(turns.answers[i] for i in at), of(turns.may), of(turns.must))


def _values(when: When | None, fact: Fact) -> Iterator[Value]:
    for part in comparisons_in(when):
        if part.fact == fact:
            yield from part.values if isinstance(part, Among) else (part.value,)


def _answers(named: set[Value], asked: Question | None, fact: Fact) -> Sequence[Answer]:
    """An answer from everywhere between and at what the conditions name."""
    if all(isinstance(value, bool) for value in named):
        return (True, False)
    figures = sorted(value for value in named if isinstance(value, Decimal))
    if len(figures) == len(named):
        between = [(low + high) / 2 for low, high in pairwise(figures)]
        every = sorted([*figures, *between, figures[0] - 1, figures[-1] + 1])
        return [exactly(figure) for figure in every]
    if asked is not None and asked.values:
        return asked.values
    if fact.name == "sex":
        return _SEXES
    return [*sorted(value for value in named if isinstance(value, str)), _OTHER]
