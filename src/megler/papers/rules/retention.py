"""How long a paper is kept: rules of the agency, the most special one that fits, counted in years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

ANY = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Keep for `years` after the case ended. An empty field fits everything.

    `outcome` is how the case ended (`ended`), `kind` a kind of document, `jurisdiction` a USPS code.
    """

    key: str
    years: int
    outcome: str = ANY
    kind: str = ANY
    carrier: str = ANY
    jurisdiction: str = ANY

    @property
    def rank(self) -> tuple[int, int]:
        """How special it is: what an authority or a carrier says goes before what we say of a kind."""
        special = 8 * bool(self.jurisdiction) + 4 * bool(self.carrier) + 2 * bool(self.kind)
        return special + bool(self.outcome), self.years


@dataclass(frozen=True, slots=True)
class Kept:
    """What the rules know of a paper and of its case; `ended_on` is None while the case goes on."""

    kind: str
    outcome: str
    carrier: str
    jurisdiction: str
    ended_on: date | None


def rule_for(paper: Kept, rules: Iterable[Rule]) -> Rule | None:
    """The most special rule that fits; of equally special ones the one that keeps longest."""
    fitting = [
        rule
        for rule in rules
        if rule.outcome in {ANY, paper.outcome}
        and rule.kind in {ANY, paper.kind}
        and rule.carrier in {ANY, paper.carrier}
        and rule.jurisdiction in {ANY, paper.jurisdiction}
    ]
    return max(fitting, key=lambda rule: rule.rank, default=None)


def years_after(day: date, years: int) -> date:
    """The same day `years` later; of 29 February the 1 March.

    >>> years_after(date(2024, 2, 29), 7).isoformat()
    '2031-03-01'
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def due_on(paper: Kept, rules: Sequence[Rule]) -> tuple[date, Rule] | None:
    """From which day a paper may be destroyed, and by which rule; None: not yet known, or kept for ever."""
    rule = rule_for(paper, rules)
    if rule is None or paper.ended_on is None:
        return None
    return years_after(paper.ended_on, rule.years), rule
