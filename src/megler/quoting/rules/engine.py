"""A premium, by the steps that the edition declares, in their order and exactly in Decimal.

Rounding happens where the edition says. Only when its steps leave fractions of a cent is the
result rounded half up to the cent, as a step of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import (
    AddStep,
    CellStep,
    FlatExtraStep,
    LookUpStep,
    ModeStep,
    MultiplyStep,
    RateStep,
    RoundStep,
    Step,
    TableRatingStep,
)
from megler.carriers.rules.tables import Fact, Table
from megler.quoting.rules.books import Book
from megler.quoting.rules.places import LookedUp, look_up
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.money import rounded, to_cents
from megler.vocabulary.problems import Problem, Reason, Source

Running = dict[Mode, Decimal]
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as it ran: the figure it used and the amount after it, for one mode of payment.

    Before the step that makes modes, `mode` is the product's premium period. `figure` is the cell,
    factor or sum used, or the place that a look-up found.
    """

    step: str
    do: str
    figure: str
    amount: Decimal
    mode: Mode


@dataclass(frozen=True, slots=True)
class Priced:
    """Premiums by mode, to the cent, and the steps that made them."""

    premium: Mapping[Mode, Decimal]
    steps: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Why there is no premium, and what the asker could say to get one."""

    reasons: tuple[Reason, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """What is priced: the facts that address cells, and what the steps reckon with.

    `flat_extra` is per 1,000 of the amount a year; `table` the table rating.
    """

    facts: Mapping[str, Fact]
    amount: Decimal | None = None
    table: int | None = None
    flat_extra: Decimal | None = None


def price(book: Book, product: Product, risk: Risk) -> Priced | Unpriced:
    """The product's premium for a risk, for every mode in which it is paid."""
    risk = replace(risk, facts={**risk.facts, **product.fixed})
    modes = book.values_of(product, "mode")
    try:
        if not modes:
            running, taken = _run(book, product, risk, product.premium_period or Mode.ANNUAL)
        else:
            running, taken = {}, []
            for mode in map(Mode, modes):
                facts = {**risk.facts, "mode": mode.value}
                of_mode, steps = _run(book, product, replace(risk, facts=facts), mode)
                running |= of_mode
                taken += steps
    except _Stop as stop:
        return stop.unpriced
    for mode, amount in running.items():
        if amount != to_cents(amount):
            running[mode] = to_cents(amount)
            taken.append(Taken("to the cent", "round", str(_CENT), running[mode], mode))
    return Priced({mode: to_cents(amount) for mode, amount in running.items()}, tuple(taken))


class _Stop(Exception):
    def __init__(self, unpriced: Unpriced) -> None:
        self.unpriced = unpriced
        super().__init__()


def _run(book: Book, product: Product, risk: Risk, period: Mode) -> tuple[Running, list[Taken]]:
    running: Running = {period: Decimal(0)}
    facts = dict(risk.facts)
    risk = Risk(facts, risk.amount, risk.table, risk.flat_extra)
    taken: list[Taken] = []
    for step in product.steps:
        if isinstance(step, LookUpStep):
            found = _place(book, step, facts)
            facts[step.result] = found
            taken += [Taken(step.name, "look_up", found, running[m], m) for m in running]
        elif isinstance(step, ModeStep):
            amount = running[period]
            running = {mode: amount * factor for mode, factor in step.factors.items()}
            taken += [
                Taken(step.name, "mode", f"{factor:f}", running[mode], mode)
                for mode, factor in step.factors.items()
            ]
        else:
            _step(book, step, risk, running, taken)
    return running, taken


def _step(book: Book, step: Step, risk: Risk, running: Running, taken: list[Taken]) -> None:
    do, reckon = _RECKON[type(step)]
    for mode, amount in running.items():
        done = reckon(book, step, risk, amount, mode)
        if done is not None:
            figure, running[mode] = done
            taken.append(Taken(step.name, do, f"{figure:f}", running[mode], mode))


Done = tuple[Decimal, Decimal] | None


def _rate(book: Book, step: RateStep, risk: Risk, amount: Decimal, mode: Mode) -> Done:
    cell = _cell(book, step.table, risk)
    return cell, _amount(risk) * cell / step.per


def _cell_step(book: Book, step: CellStep, risk: Risk, amount: Decimal, mode: Mode) -> Done:
    cell = _cell(book, step.table, risk)
    return cell, cell


def _table_rating(
    book: Book, step: TableRatingStep, risk: Risk, amount: Decimal, mode: Mode
) -> Done:
    if not risk.table:
        return None
    factor = 1 + step.percent / 100 * risk.table
    return factor, amount * factor


def _flat_extra(book: Book, step: FlatExtraStep, risk: Risk, amount: Decimal, mode: Mode) -> Done:
    if not risk.flat_extra:
        return None
    extra = risk.flat_extra * _amount(risk) / 1000 / PAYMENTS_A_YEAR[mode]
    return extra, amount + extra


def _add(book: Book, step: AddStep, risk: Risk, amount: Decimal, mode: Mode) -> Done:
    figure = step.amount if step.table is None else _cell(book, step.table, risk)
    return None if figure is None else (figure, amount + figure)


def _multiply(book: Book, step: MultiplyStep, risk: Risk, amount: Decimal, mode: Mode) -> Done:
    figure = step.by if step.table is None else _cell(book, step.table, risk)
    return None if figure is None else (figure, amount * figure)


def _round(book: Book, step: RoundStep, risk: Risk, amount: Decimal, mode: Mode) -> Done:
    return step.to, rounded(amount, step.to, step.how)


_RECKON: dict[type, tuple[str, Callable[[Book, Any, Risk, Decimal, Mode], Done]]] = {
    RateStep: ("rate", _rate),
    CellStep: ("cell", _cell_step),
    TableRatingStep: ("table_rating", _table_rating),
    FlatExtraStep: ("flat_extra", _flat_extra),
    AddStep: ("add", _add),
    MultiplyStep: ("multiply", _multiply),
    RoundStep: ("round", _round),
}


def _amount(risk: Risk) -> Decimal:
    if risk.amount is None:
        raise _Stop(Unpriced((Reason("fact_needed", {"fact": "wants.face_amount"}),)))
    return risk.amount


def _cell(book: Book, name: str, risk: Risk) -> Decimal:
    table = book.tables[name]
    figure = table.cell(risk.facts)
    if figure is None:
        raise _Stop(Unpriced(_why_no_cell(book, table, risk)))
    return figure


def _why_no_cell(book: Book, table: Table, risk: Risk) -> tuple[Reason, ...]:
    source = Source(book.edition.name, rule=table.spec.name)
    missing = [axis.name for axis in table.axes if risk.facts.get(axis.name) is None]
    if missing:
        return tuple(
            Reason("fact_needed", {"fact": _DOCUMENT_KEYS.get(name, name)}, source)
            for name in missing
        )
    at = ", ".join(f"{axis.name} {risk.facts[axis.name]}" for axis in table.axes)
    return (Reason("no_rate", {"table": table.spec.name, "at": at}, source),)


_DOCUMENT_KEYS = {
    "age": "born",
    "amount": "wants.face_amount",
    "term_years": "wants.term_years",
    "plan": "wants.plan",
    "class": "wants.class",
}
"""Where the facts document keeps the fact behind a dimension of another name."""


def _place(book: Book, step: LookUpStep, facts: Mapping[str, Fact]) -> str:
    found = look_up(book.tables[step.table], facts, book.edition.name)
    if isinstance(found, LookedUp):
        return found.place
    raise _Stop(Unpriced(found.reasons, found.problems))
