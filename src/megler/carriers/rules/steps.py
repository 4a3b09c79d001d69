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
class AmountStep:
    """The product's amount (face amount, monthly benefit, deposit) becomes the running amount."""

    name: str


@dataclass(frozen=True, slots=True)
class ShareStep:
    """A rider's start: what the product costs so far x `by`, or x the cell of `table`."""

    name: str
    by: Decimal | None = None
    table: str | None = None


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
class SubtractStep:
    """Running amount - `amount`, or - the cell of `table`; never below 0."""

    name: str
    amount: Decimal | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class MultiplyStep:
    """Running amount x `by`, or x the cell of `table` (exactly one of them is set), / `per`."""

    name: str
    by: Decimal | None = None
    table: str | None = None
    per: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class LimitStep:
    """Running amount, but at least (`least`) or at most the figure or the cell of `table`."""

    name: str
    least: bool
    amount: Decimal | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class CompoundStep:
    """Running amount x (1 + cell / 100) ** the fact `years` (whole): interest credited."""

    name: str
    table: str
    years: str = "term_years"


@dataclass(frozen=True, slots=True)
class RidersStep:
    """Running amount + the premium of each rider chosen."""

    name: str


@dataclass(frozen=True, slots=True)
class SumLivesStep:
    """What the lives cost, each by the steps before; the steps after it run once for them all."""

    name: str


@dataclass(frozen=True, slots=True)
class JointAgeStep:
    """Finds the fact `result`: the younger life's age + the cell of `table` (whole years)."""

    name: str
    table: str
    result: str


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
    | AmountStep
    | ShareStep
    | TableRatingStep
    | FlatExtraStep
    | AddStep
    | SubtractStep
    | MultiplyStep
    | LimitStep
    | CompoundStep
    | RoundStep
    | ModeStep
    | LookUpStep
    | JointAgeStep
    | RidersStep
    | SumLivesStep
)
