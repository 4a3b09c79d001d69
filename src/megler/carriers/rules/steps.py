"""The steps that make a premium, in the order that the carrier runs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from megler.vocabulary.codes import Mode
from megler.vocabulary.money import Rounding


@dataclass(frozen=True, slots=True)
class RateStep:
    """Amount x cell / per: becomes the running amount."""

    name: str
    table: str
    per: Decimal


@dataclass(frozen=True, slots=True)
class CellStep:
    """A table's cell as it stands becomes the running amount."""

    name: str
    table: str


@dataclass(frozen=True, slots=True)
class TableRatingStep:
    """Running amount x (1 + percent / 100 x table number); nothing without a table rating."""

    name: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class FlatExtraStep:
    """Running amount + flat extra per 1,000 x amount / 1,000, a year."""

    name: str


@dataclass(frozen=True, slots=True)
class AddStep:
    """Running amount + `amount`, or + the cell of `table`: exactly one of them is set."""

    name: str
    amount: Decimal | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class MultiplyStep:
    """Running amount x `by`, or x the cell of `table`: exactly one of them is set."""

    name: str
    by: Decimal | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class RoundStep:
    """Running amount rounded to a multiple of `to`."""

    name: str
    to: Decimal
    how: Rounding


@dataclass(frozen=True, slots=True)
class ModeStep:
    """From the product's premium period to each mode: running amount x the mode's factor."""

    name: str
    factors: Mapping[Mode, Decimal]


@dataclass(frozen=True, slots=True)
class LookUpStep:
    """Finds the fact `result` (key: as) in a text table, e.g. rating_area from zip and county."""

    name: str
    table: str
    result: str


Step = (
    RateStep
    | CellStep
    | TableRatingStep
    | FlatExtraStep
    | AddStep
    | MultiplyStep
    | RoundStep
    | ModeStep
    | LookUpStep
)
