"""How long the owner may look at a delivered policy and give it back, and until which day.

The days are data with their source: rules that the agency enters; for a replacement the state's row
of the replacement table; and where neither says anything, the house's default, told as such.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from megler.vocabulary.codes import Line

HOUSE_DAYS = 10
"""The house's own default, no state's figure: used, and shown as unconfirmed, where no rule is known."""


class Basis(StrEnum):
    """What the days stand on."""

    RULE = "rule"
    REPLACEMENT = "replacement"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class LookRule:
    """A rule of the agency. Empty state or line is all; `is_replacement` None is both."""

    days: int
    holds_from: date
    source: str = ""
    state: str = ""
    line: Line | None = None
    is_replacement: bool | None = None


@dataclass(frozen=True, slots=True)
class StatesRow:
    """What the replacement table says of a state: days, where it stands, whether somebody read it."""

    days: int
    source: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class FreeLook:
    """The free look of a policy: whole days after delivery, with what they stand on."""

    days: int
    basis: Basis
    source: str = ""
    is_confirmed: bool = False

    def ends_on(self, delivered_on: date) -> date:
        """The last day on which the policy may be given back; the day of delivery is not counted.

        >>> FreeLook(10, Basis.HOUSE).ends_on(date(2026, 3, 2))
        datetime.date(2026, 3, 12)
        """
        return delivered_on + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Sold:
    """What was delivered: the state of delivery, the line, whether it replaces other cover."""

    state: str
    line: Line | None
    is_replacement: bool
    on: date


def free_look_of(
    sold: Sold, rules: Iterable[LookRule] = (), replacement: StatesRow | None = None
) -> FreeLook:
    """The free look of a policy delivered on `sold.on`.

    The most specific rule of the agency holds (state before line before replacement, then the
    newest); for a replacement a state's longer days always hold.

    >>> free_look_of(Sold("TX", Line.TERM_LIFE, False, date(2026, 3, 2))).basis
    <Basis.HOUSE: 'house'>
    """
    mine = [rule for rule in rules if _fits(rule, sold)]
    best = max(mine, key=_specific, default=None)
    found = FreeLook(HOUSE_DAYS, Basis.HOUSE)
    if best is not None:
        found = FreeLook(best.days, Basis.RULE, best.source, is_confirmed=True)
    if sold.is_replacement and replacement is not None and replacement.days > found.days:
        return FreeLook(
            replacement.days, Basis.REPLACEMENT, replacement.source, replacement.is_confirmed
        )
    return found


def _fits(rule: LookRule, sold: Sold) -> bool:
    return (
        rule.holds_from <= sold.on
        and rule.state in {"", sold.state}
        and rule.line in {None, sold.line}
        and rule.is_replacement in {None, sold.is_replacement}
    )


def _specific(rule: LookRule) -> tuple[bool, bool, bool, date]:
    return bool(rule.state), rule.line is not None, rule.is_replacement is not None, rule.holds_from
