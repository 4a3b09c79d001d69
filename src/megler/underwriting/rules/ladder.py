"""A guide's classes and table ratings as a ladder, best first, with every rule's word on each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from megler.carriers.rules.guide import BuildRow, GuideClass, Nicotine
from megler.underwriting.rules.build import build_verdict, table_numbers, table_verdict
from megler.underwriting.rules.class_rules import rule_verdicts
from megler.underwriting.rules.family import family_verdicts
from megler.underwriting.rules.knowledge import Knowledge
from megler.underwriting.rules.nicotine import (
    laxest_open_class,
    months_of_class,
    months_to_non_user,
    product_verdict,
    status_verdict,
)
from megler.underwriting.rules.verdicts import State, Subject, Verdict, together
from megler.underwriting.rules.vitals import vitals_verdicts
from megler.vocabulary.problems import Reason, Source


@dataclass(frozen=True, slots=True)
class Candidate:
    """A class, or a table rating of one, with every rule's word on it and what they make together."""

    one: GuideClass
    table: int | None
    verdicts: tuple[Verdict, ...]
    state: State = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", together(self.verdicts))

    @property
    def code(self) -> str:
        return self.one.code if self.table is None else f"table_{self.table}"


@dataclass(frozen=True, slots=True)
class Ladder:
    """The candidates for one nicotine status, best first, as far as they are possible.

    `best` is the index of the best candidate not ruled out, `worst` of the first surely met; their
    number when there is none.
    """

    candidates: tuple[Candidate, ...]
    best: int = field(init=False)
    worst: int = field(init=False)

    def __post_init__(self) -> None:
        states = [candidate.state for candidate in self.candidates]
        best = next((i for i, s in enumerate(states) if s is not State.FAILED), len(states))
        worst = states.index(State.MET) if State.MET in states else len(states)
        object.__setattr__(self, "best", best)
        object.__setattr__(self, "worst", worst)

    def worst_by(self, fact: str) -> int:
        """The worst that `fact` alone could lead to, every other open fact turning out well."""
        for i, candidate in enumerate(self.candidates):
            others = together(v for v in candidate.verdicts if v.fact != fact)
            alone = together(v for v in candidate.verdicts if v.fact == fact)
            if others is not State.FAILED and alone is State.MET:
                return i
        return len(self.candidates)


def ladder_for(
    subject: Subject,
    status: Nicotine,
    rows: Sequence[BuildRow],
    known: Knowledge | None = None,
) -> Ladder:
    """The ladder of a person supposed of this nicotine status (`any`: the guide never asks).

    `known` is what compound rules are held against, where the guide has any. `rows` are the build
    chart's at the person's height. Tables rate the last class for the status. The ladder ends at the
    first candidate that is surely met: nothing worse can come of it.
    """
    base: Candidate | None = None
    candidates = []
    for one in subject.guide.classes:
        others = tuple(_but_build(subject, one, status, known))
        if one.nicotine in (Nicotine.ANY, status) and not one.on_review:
            base = Candidate(one, None, others)
        candidates.append(Candidate(one, None, (*others, build_verdict(subject, rows, one))))
        if candidates[-1].state is State.MET:
            return Ladder(tuple(candidates))
    if base is not None:
        candidates += [
            Candidate(base.one, table, (*base.verdicts, table_verdict(subject, rows, table)))
            for table in table_numbers(rows)
        ]
    return Ladder(tuple(candidates))


def _but_build(
    subject: Subject, one: GuideClass, status: Nicotine, known: Knowledge | None
) -> list[Verdict]:
    verdicts = [*vitals_verdicts(subject, one), *family_verdicts(subject, one)]
    verdicts += rule_verdicts(subject, one, known)
    if subject.guide.nicotine and one.nicotine is not Nicotine.USER:
        verdicts.append(product_verdict(subject, one))
    if one.on_review:
        review = Reason("granted_on_review", {"class": one.name}, Source(subject.edition))
        verdicts.append(Verdict("review", State.FAILED, improvement=review))
    if status is Nicotine.ANY:
        return verdicts
    for_status = status_verdict(subject, one, status)
    told = any(v.fact == "nicotine" and v.state is State.FAILED for v in verdicts)
    if for_status.state is State.FAILED and not told:
        verdicts.append(for_status)
    return _as_non_user(subject, one, verdicts) if status is Nicotine.NONE else verdicts


def _as_non_user(subject: Subject, one: GuideClass, verdicts: list[Verdict]) -> list[Verdict]:
    """Supposing a non-user, what the guide's most lenient class for such asks of nicotine is met."""
    if subject.guide.nicotine:
        laxest = laxest_open_class(subject)
        strict = one is not laxest
    else:
        strict = months_of_class(subject.guide, one.code) > (months_to_non_user(subject.guide) or 0)
    if strict:
        return verdicts
    return [v for v in verdicts if v.fact != "nicotine" or v.state is State.FAILED]
