"""Each kind of step made ready to run: what it takes from the tables and does to the amount.

Steps are bound to their tables once a product; running one is then a few look-ups and sums.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import Any, NamedTuple

from megler.carriers.rules.products import AmountOf
from megler.carriers.rules.steps import (
    AddStep,
    AmountStep,
    CellStep,
    CompoundStep,
    FlatExtraStep,
    JointAgeStep,
    LimitStep,
    LookUpStep,
    MultiplyStep,
    RateStep,
    RoundStep,
    ShareStep,
    Step,
    SubtractStep,
    TableRatingStep,
)
from megler.carriers.rules.tables import MISSING, Fact, Table
from megler.quoting.rules.books import Book
from megler.quoting.rules.places import LookedUp, look_up
from megler.quoting.rules.risks import ChosenRider, Taken, Unpriced
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.money import Rounding, rounded
from megler.vocabulary.problems import Reason, Source

_ZERO, _ONE, _HUNDRED, _THOUSAND = Decimal(0), Decimal(1), Decimal(100), Decimal(1000)
_EXACT = Context(prec=2000)
_PYTHON_ROUNDING = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.UP: ROUND_UP,
    Rounding.DOWN: ROUND_DOWN,
}


class Stop(Exception):
    """The steps cannot go on: there is no premium."""

    def __init__(self, unpriced: Unpriced) -> None:
        self.unpriced = unpriced
        super().__init__()


@dataclass(slots=True)
class Run:
    """One run of the steps: what they read, what they found, and what they took so far.

    `so_far` is what the product costs when a rider's steps begin.
    """

    facts: dict[str, Fact]
    amount: Decimal | None
    table: int | None
    flat_extra: Decimal | None
    riders: tuple[ChosenRider, ...]
    taken: list[Taken]
    life: str = ""
    rider: str = ""
    so_far: Decimal = _ZERO


Done = tuple[Decimal | str, Decimal] | None
"""What a step used and the amount after it; None when it has nothing to do."""
Act = Callable[[Run, Decimal, Mode], Done]
Cell = Callable[[Run], Decimal]


class Ready(NamedTuple):
    """A step bound to its tables."""

    name: str
    do: str
    act: Act


def ready(book: Book, step: Step, amount_of: AmountOf) -> Ready:
    """A step bound to the book's tables; not those that make modes or add riders and lives."""
    if isinstance(step, LimitStep):
        do = "at_least" if step.least else "at_most"
        return Ready(step.name, do, _limit(_Bound(book, amount_of), step))
    do, bind = _BIND[type(step)]
    return Ready(step.name, do, bind(_Bound(book, amount_of), step))


@dataclass(frozen=True, slots=True)
class _Bound:
    """The book whose tables the steps read, and the wish that is the product's amount."""

    book: Book
    amount_of: AmountOf

    def amount(self, run: Run) -> Decimal:
        """The amount that the steps speak of."""
        if run.amount is None:
            fact = f"wants.{self.amount_of.value}"
            raise Stop(Unpriced((Reason("fact_needed", {"fact": fact}),)))
        return run.amount

    def cell(self, name: str) -> Cell:
        """What reads the figure that the facts address in a table."""
        table = self.book.tables[name]
        axes = [(axis.name, axis.index, axis.size) for axis in table.axes]
        item, scale = table.cells.item, -table.scale

        def read(run: Run) -> Decimal:
            facts, place = run.facts, 0
            for fact, index, size in axes:
                at = index(facts.get(fact))
                if at < 0:
                    raise Stop(Unpriced(self._why_no_cell(table, facts)))
                place = place * size + at
            scaled = item(place)
            if scaled == MISSING:
                raise Stop(Unpriced(self._why_no_cell(table, facts)))
            return Decimal(scaled).scaleb(scale)

        return read

    def figure(self, figure: Decimal | None, table: str | None) -> Cell:
        """What reads the figure of a step, or the cell of its table."""
        if table is not None:
            return self.cell(table)
        fixed = _ZERO if figure is None else figure
        return lambda _run: fixed

    def _why_no_cell(self, table: Table, facts: Mapping[str, Fact]) -> tuple[Reason, ...]:
        source = Source(self.book.edition.name, rule=table.spec.name)
        missing = [axis.name for axis in table.axes if facts.get(axis.name) is None]
        if missing:
            return tuple(
                Reason("fact_needed", {"fact": document_key(name, self.amount_of)}, source)
                for name in missing
            )
        at = ", ".join(f"{axis.name} {facts[axis.name]}" for axis in table.axes)
        return (Reason("no_rate", {"table": table.spec.name, "at": at}, source),)


_DOCUMENT_KEYS = {
    "age": "born",
    "zip3": "zip",
    "open_enrolment": "part_b_date",
    **{
        name: f"wants.{name}"
        for name in (
            "term_years", "plan", "class", "payout", "qualified", "elimination_days",
            "benefit_years", "inflation", "face_amount", "benefit_monthly", "premium",
        )
    },
}  # fmt: skip
"""Where the facts document keeps the fact behind a dimension, when under another name."""


def document_key(fact: str, amount_of: AmountOf) -> str:
    """The key of the facts document that answers a dimension.

    >>> document_key("amount", AmountOf.PREMIUM), document_key("sex", AmountOf.PREMIUM)
    ('wants.premium', 'sex')
    """
    return f"wants.{amount_of.value}" if fact == "amount" else _DOCUMENT_KEYS.get(fact, fact)


def _rate(bound: _Bound, step: RateStep) -> Act:
    cell, per = bound.cell(step.table), step.per

    def act(run: Run, _amount: Decimal, _mode: Mode) -> Done:
        figure = cell(run)
        return figure, bound.amount(run) * figure / per

    return act


def _cell(bound: _Bound, step: CellStep) -> Act:
    cell = bound.cell(step.table)

    def act(run: Run, _amount: Decimal, _mode: Mode) -> Done:
        figure = cell(run)
        return figure, figure

    return act


def _amount(bound: _Bound, step: AmountStep) -> Act:
    def act(run: Run, _amount: Decimal, _mode: Mode) -> Done:
        amount = bound.amount(run)
        return amount, amount

    return act


def _share(bound: _Bound, step: ShareStep) -> Act:
    figure_of = bound.figure(step.by, step.table)

    def act(run: Run, _amount: Decimal, _mode: Mode) -> Done:
        figure = figure_of(run)
        return figure, run.so_far * figure

    return act


def _table_rating(bound: _Bound, step: TableRatingStep) -> Act:
    percent = step.percent

    def act(run: Run, amount: Decimal, _mode: Mode) -> Done:
        if not run.table:
            return None
        factor = 1 + percent / 100 * run.table
        return factor, amount * factor

    return act


def _flat_extra(bound: _Bound, step: FlatExtraStep) -> Act:
    def act(run: Run, amount: Decimal, mode: Mode) -> Done:
        if not run.flat_extra:
            return None
        extra = run.flat_extra * bound.amount(run) / _THOUSAND / PAYMENTS_A_YEAR[mode]
        return extra, amount + extra

    return act


def _add(bound: _Bound, step: AddStep) -> Act:
    figure_of = bound.figure(step.amount, step.table)

    def act(run: Run, amount: Decimal, _mode: Mode) -> Done:
        figure = figure_of(run)
        return figure, amount + figure

    return act


def _subtract(bound: _Bound, step: SubtractStep) -> Act:
    figure_of = bound.figure(step.amount, step.table)

    def act(run: Run, amount: Decimal, _mode: Mode) -> Done:
        figure = figure_of(run)
        return figure, max(amount - figure, _ZERO)

    return act


def _multiply(bound: _Bound, step: MultiplyStep) -> Act:
    figure_of, per = bound.figure(step.by, step.table), step.per

    def act(run: Run, amount: Decimal, _mode: Mode) -> Done:
        figure = figure_of(run)
        product = amount * figure
        return figure, product if per == _ONE else product / per

    return act


def _limit(bound: _Bound, step: LimitStep) -> Act:
    figure_of, bounded = bound.figure(step.amount, step.table), max if step.least else min

    def act(run: Run, amount: Decimal, _mode: Mode) -> Done:
        figure = figure_of(run)
        return figure, bounded(amount, figure)

    return act


def _compound(bound: _Bound, step: CompoundStep) -> Act:
    cell = bound.cell(step.table)

    def act(run: Run, amount: Decimal, _mode: Mode) -> Done:
        percent, years = cell(run), run.facts.get(step.years)
        if years is None:
            fact = document_key(step.years, bound.amount_of)
            raise Stop(Unpriced((Reason("fact_needed", {"fact": fact}),)))
        return percent, amount * growth(percent, int(years))

    return act


def growth(percent: Decimal, years: int) -> Decimal:
    """(1 + percent / 100) ** years, exactly.

    >>> growth(Decimal("4.5"), 2)
    Decimal('1.092025')
    """
    return _EXACT.power(1 + percent / _HUNDRED, years)


def _round(bound: _Bound, step: RoundStep) -> Act:
    to, how = step.to, step.how
    if to.as_tuple().digits == (1,):
        rounding = _PYTHON_ROUNDING[how]
        return lambda _run, amount, _mode: (to, amount.quantize(to, rounding))
    return lambda _run, amount, _mode: (to, rounded(amount, to, how))


def _look_up(bound: _Bound, step: LookUpStep) -> Act:
    table, edition, result = bound.book.tables[step.table], bound.book.edition.name, step.result

    def act(run: Run, amount: Decimal, _mode: Mode) -> Done:
        found = look_up(table, run.facts, edition)
        if not isinstance(found, LookedUp):
            raise Stop(Unpriced(found.reasons, found.problems))
        run.facts[result] = found.place
        return found.place, amount

    return act


def _joint_age(bound: _Bound, step: JointAgeStep) -> Act:
    cell, result = bound.cell(step.table), step.result

    def act(run: Run, amount: Decimal, _mode: Mode) -> Done:
        younger = run.facts.get("younger_age")
        if not isinstance(younger, int):
            raise Stop(Unpriced((Reason("fact_needed", {"fact": "born"}),)))
        age = younger + int(cell(run))
        run.facts[result] = age
        return str(age), amount

    return act


_BIND: dict[type, tuple[str, Callable[[_Bound, Any], Act]]] = {
    RateStep: ("rate", _rate),
    CellStep: ("cell", _cell),
    AmountStep: ("amount", _amount),
    ShareStep: ("share", _share),
    TableRatingStep: ("table_rating", _table_rating),
    FlatExtraStep: ("flat_extra", _flat_extra),
    AddStep: ("add", _add),
    SubtractStep: ("subtract", _subtract),
    MultiplyStep: ("multiply", _multiply),
    RoundStep: ("round", _round),
    CompoundStep: ("compound", _compound),
    LookUpStep: ("look_up", _look_up),
    JointAgeStep: ("joint_age", _joint_age),
}
