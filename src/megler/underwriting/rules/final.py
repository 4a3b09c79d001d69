"""The outcome of figures and ratings together: one end of an assessment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.carriers.rules.guide import Guide, GuideClass, Nicotine
from megler.carriers.rules.ratings import OutcomeKind
from megler.underwriting.rules.assessment import Likely, Outcome
from megler.underwriting.rules.build import table_numbers
from megler.underwriting.rules.burdens import (
    BUILD,
    ENDS,
    NOTHING,
    Burden,
    Extra,
    classes_for,
    combined,
)
from megler.underwriting.rules.ladder import Candidate, Ladder

Burdens = Iterable[tuple[str, Burden]]


@dataclass(frozen=True, slots=True)
class Final:
    """One end: a class, a table of it, or neither. `points` are those of the table."""

    outcome: Outcome
    one: GuideClass | None = None
    table: int | None = None
    extras: tuple[Extra, ...] = ()
    until: date | None = None
    rank: tuple[int, int] = (0, 0)

    @property
    def code(self) -> str:
        """The end as a range names it."""
        if self.table is not None:
            return f"table_{self.table}"
        return self.one.code if self.one else self.outcome.value

    def likely(self) -> Likely:
        """The end as the likely outcome."""
        priced = next((e for e in self.extras if e.per_1000 is not None), None)
        return Likely(
            self.outcome,
            self.one.code if self.one else None,
            self.one.name if self.one else "",
            self.one.rated_as if self.one else None,
            self.table,
            sum_of(self.extras),
            priced.years if priced else None,
        )


def sum_of(extras: tuple[Extra, ...]) -> Decimal | None:
    """What flat extras cost together a year per 1,000; None without one that is known."""
    known = [extra.per_1000 for extra in extras if extra.per_1000 is not None]
    return sum(known, Decimal(0)) if known else None


def harshest_final(
    guide: Guide, ladder: Ladder, index: int, status: Nicotine, burdens: Burdens
) -> Final:
    """The worst end on a ladder up to `index`: beyond the chart nobody is rated, but at its last
    table what is rated besides may be too much.
    """
    told = list(burdens)
    found = final(guide, ladder, index, status, told)
    if index < len(ladder.candidates) or not told:
        return found
    last = ladder.candidates[-1] if ladder.candidates else None
    if last is not None and last.table is None:
        last = Candidate(last.one, guide.once("last table", _last_table), ())
    if last is None or last.table is None:
        return found
    return max(found, _end(guide, last, status, told), key=lambda end: end.rank)


def _last_table(guide: Guide) -> int | None:
    """The last table that the chart gives at any height."""
    return max(table_numbers(guide.build), default=None)


def final(guide: Guide, ladder: Ladder, index: int, status: Nicotine, burdens: Burdens) -> Final:
    """What the candidate at `index` of a ladder and the burdens of impairments make together."""
    beyond = index >= len(ladder.candidates)
    return _end(guide, None if beyond else ladder.candidates[index], status, burdens)


def _end(guide: Guide, candidate: Candidate | None, status: Nicotine, burdens: Burdens) -> Final:
    """One end; `candidate` None: beyond every class and table of the chart."""
    build = NOTHING if candidate else Burden(end=OutcomeKind.INDIVIDUAL_CONSIDERATION)
    if candidate is not None and candidate.table is not None:
        build = Burden(points=candidate.table * guide.combination.points_per_table)
    parts = list(burdens)
    total = combined([(BUILD, build), *parts], guide.combination) if parts else build
    if total.end is not None or candidate is None:
        total_end = total.end or OutcomeKind.INDIVIDUAL_CONSIDERATION
        outcome = Outcome(total_end.value)
        rank = (len(guide.classes) + 1 + ENDS.index(total_end), 0)
        return Final(outcome, until=total.until, rank=rank)
    table = total.points // guide.combination.points_per_table
    ladder_classes = classes_for(guide, status)
    if table:
        one = ladder_classes[-1] if candidate.table is None else candidate.one
        rank = (len(guide.classes), table)
        return Final(Outcome.TABLE, one, table, total.extras, rank=rank)
    one = candidate.one
    if total.cap is not None:
        place = max(len(ladder_classes) - 1 - total.cap, 0)
        capped = ladder_classes[place]
        if guide.classes.index(capped) > guide.classes.index(one):
            one = capped
    return Final(Outcome.CLASS, one, None, total.extras, rank=(guide.classes.index(one), 0))
