"""What a product's steps do, one operation each, and whether they compile at all.

Products whose operations have the same shape are priced together; only their figures differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from megler.carriers.rules.products import AmountOf, Lives, Product, Yields
from megler.carriers.rules.steps import (
    AddStep,
    AmountStep,
    CellStep,
    FlatExtraStep,
    LimitStep,
    LookUpStep,
    ModeStep,
    MultiplyStep,
    RateStep,
    RidersStep,
    RoundStep,
    Step,
    SubtractStep,
    TableRatingStep,
)
from megler.quoting.rules.books import Book
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.money import Rounding


class Do(Enum):
    """What an operation does to the running amount."""

    RATE = "rate"
    CELL = "cell"
    AMOUNT = "amount"
    TABLE_RATING = "table_rating"
    FLAT_EXTRA = "flat_extra"
    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ROUND = "round"


STARTS = {Do.RATE, Do.CELL, Do.AMOUNT}
NO_TO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Op:
    """One operation. `figure` is what it uses, or what each cell of `table` is multiplied by."""

    do: Do
    figure: Fraction = Fraction(0)
    table: str | None = None
    to: Fraction = NO_TO
    how: Rounding = Rounding.HALF_UP
    payments: int = 0

    @property
    def reads(self) -> bool:
        """Whether it reads a table."""
        return self.table is not None

    @property
    def shape(self) -> tuple[object, ...]:
        """What must be alike for two products to be priced together."""
        return (self.do, self.reads, self.to, self.how, self.payments)


class NotCompiled(Exception):
    """Something that the exact engine alone can do; the text says what."""


def look_ups(product: Product) -> tuple[LookUpStep, ...]:
    """The product's look-ups."""
    return tuple(step for step in product.steps if isinstance(step, LookUpStep))


def operations(book: Book, product: Product, mode: Mode) -> tuple[Op, ...]:
    """The product's operations when it is paid in `mode`. Raises `NotCompiled`."""
    has_modes = bool(book.values_of(product, "mode"))
    period = mode if has_modes else product.premium_period or Mode.ANNUAL
    found: list[Op] = []
    for step in product.steps:
        found += _operation(book, step, mode, period)
        if isinstance(step, ModeStep):
            period = mode
    if not found or found[0].do not in STARTS or any(op.do in STARTS for op in found[1:]):
        raise NotCompiled("steps that do not start once")
    return tuple(found)


def modes_of(book: Book, product: Product) -> tuple[Mode, ...]:
    """The modes in which the product is paid, in the order in which the engine prices them."""
    if of_tables := book.values_of(product, "mode"):
        return tuple(map(Mode, of_tables))
    for step in product.steps:
        if isinstance(step, ModeStep):
            return tuple(step.factors)
    return (product.premium_period or Mode.ANNUAL,)


def refuse(product: Product) -> None:
    """Raises `NotCompiled` for what only the exact engine prices, whatever the steps."""
    wrong = {
        "several lives": product.lives is not Lives.ONE,
        "an amount that is no face amount": product.amount_of is not AmountOf.FACE_AMOUNT,
        "a yield that is no premium": product.yields is not Yields.PREMIUM,
        "facts of its own": bool(product.asks or product.charged or product.defaults),
        "a rider in every policy": any(r.included and r.steps for r in product.riders),
        "a benefit that is reduced": any(r.percent for r in product.eligibility.reductions),
        "an amount bounded by income": product.eligibility.income_percent_max is not None,
    }
    for what, there in wrong.items():
        if there:
            raise NotCompiled(what)


def _operation(book: Book, step: Step, mode: Mode, period: Mode) -> Iterator[Op]:
    if isinstance(step, RateStep):
        yield Op(Do.RATE, _scale(book, step.table) / _finite(step.per), step.table)
    elif isinstance(step, CellStep):
        yield Op(Do.CELL, _scale(book, step.table), step.table)
    elif isinstance(step, AmountStep):
        yield Op(Do.AMOUNT)
    elif isinstance(step, TableRatingStep):
        yield Op(Do.TABLE_RATING, Fraction(step.percent) / 100)
    elif isinstance(step, FlatExtraStep):
        yield Op(Do.FLAT_EXTRA, payments=PAYMENTS_A_YEAR[period])
    elif isinstance(step, RoundStep):
        yield Op(Do.ROUND, to=Fraction(step.to), how=step.how)
    elif isinstance(step, ModeStep):
        yield Op(Do.MULTIPLY, Fraction(step.factors[mode]))
    elif isinstance(step, AddStep):
        yield _figure(book, Do.ADD, step.amount, step.table)
    elif isinstance(step, SubtractStep):
        yield _figure(book, Do.SUBTRACT, step.amount, step.table)
    elif isinstance(step, MultiplyStep):
        one = _figure(book, Do.MULTIPLY, step.by, step.table)
        yield Op(Do.MULTIPLY, one.figure / _finite(step.per), one.table)
    elif isinstance(step, LimitStep):
        yield _figure(book, Do.AT_LEAST if step.least else Do.AT_MOST, step.amount, step.table)
    elif not isinstance(step, LookUpStep | RidersStep):
        raise NotCompiled(f"a step {type(step).__name__}")


def _figure(book: Book, do: Do, figure: Decimal | None, table: str | None) -> Op:
    if table is not None:
        return Op(do, _scale(book, table), table)
    return Op(do, Fraction(figure or 0))


def _scale(book: Book, table: str) -> Fraction:
    return Fraction(1, 10 ** book.tables[table].scale)


def _finite(divisor: Decimal) -> Fraction:
    """A divisor by which a decimal stays a finite decimal, so that no division is rounded."""
    found = Fraction(divisor)
    rest = found.numerator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        raise NotCompiled(f"a division by {divisor:f}")
    return found
