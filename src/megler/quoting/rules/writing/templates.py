"""A plan's offer as JSON with gaps, and the steps in whole numbers that fill the gaps.

A gap shows a slot: what a step used, or the amount after it. A plan whose steps or figures need more
than whole numbers of 64 bits, one life and one guide has no template.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

import msgspec

from megler.carriers.rules.products import AmountOf, Lives, Product, Yields
from megler.carriers.rules.steps import (
    AddStep,
    AmountStep,
    CellStep,
    FlatExtraStep,
    LimitStep,
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
from megler.vocabulary.codes import Mode
from megler.vocabulary.money import Rounding

ROUNDINGS = tuple(Rounding)
COLUMNS = 9
"""Of an operation: code, register, operand (-1: none), figure, its scale, how, base, two slots."""
MOST_SLOTS = 96
MOST_SCALE = 9
CENT = (1, 2)


class Code(IntEnum):
    """What an operation does to a register's amount."""

    RATE = 0
    CELL = 1
    AMOUNT = 2
    ADD = 3
    SUBTRACT = 4
    MULTIPLY = 5
    AT_LEAST = 6
    AT_MOST = 7
    ROUND = 8
    COPY = 9
    CENTS = 10
    DIVIDE = 11


class Show(IntEnum):
    """How a gap shows its slot."""

    FIGURE = 0
    AMOUNT = 1
    IF_SET = 2


GIVEN = 1 << 24
"""From here on a piece is a text given with the offer: its head, its class, its mode, its end."""
HEAD, CLASS, MODE, AGE, END = range(5)
ANNUAL_SLOT = MOST_SLOTS - 1
"""The slot that holds what a year costs."""


@dataclass(frozen=True, slots=True)
class Template:
    """`pieces` are texts, numbers of given texts, and gaps (slot, how; IF_SET: pieces to leave out).

    `paid` is the register and slot of each mode's premium, `tables` what the operands read.
    """

    pieces: tuple[str | int | tuple[int, Show, int], ...]
    operations: tuple[tuple[int, ...], ...]
    tables: tuple[str, ...]
    paid: Mapping[Mode, int]


class NoTemplate(Exception):
    """The plan's offer is left to the exact engine."""


@dataclass(slots=True)
class _Draft:
    book: Book
    pieces: list[str | int | tuple[int, Show, int]] = field(default_factory=list)
    operations: list[tuple[int, ...]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    slots: int = 0
    steps: int = 0
    operands: dict[str, int] = field(default_factory=dict)

    def slot(self) -> int:
        self.slots += 1
        if self.slots >= MOST_SLOTS:
            raise NoTemplate
        return self.slots - 1

    def run(
        self, code: Code, register: int, figure: tuple[int, int] = (0, 0), **more: int
    ) -> tuple[int, int]:
        """Adds an operation; the slots of what it used and of the amount after it."""
        used, amount = self.slot(), self.slot()
        operand, how, base = (more.get(key, -1) for key in ("operand", "how", "base"))
        row = (int(code), register, operand, *figure, how, base, used, amount)
        self.operations.append(row)
        return used, amount

    def step(self, name: str, do: str, figure: str | int, amount: int, mode: Mode) -> None:
        """Adds a step to the text; `figure` is a text or the slot of one."""
        comma = "," if self.steps else ""
        self.steps += 1
        self.pieces.append(f'{comma}{{"step":{quoted(name)},"do":"{do}","figure":"')
        self.pieces.append(figure if isinstance(figure, str) else (figure, Show.FIGURE, 0))
        self.pieces += ['","amount":"', (amount, Show.AMOUNT, 0), f'","mode":"{mode.value}"}}']

    def operand(self, step: str, table: str) -> int:
        """The number of a step's table; for every mode the same."""
        if step not in self.operands:
            self.operands[step] = len(self.tables)
            self.tables.append(table)
        return self.operands[step]


def quoted(text: object) -> str:
    """A value as JSON."""
    return msgspec.json.encode(text).decode()


def whole(figure: Decimal) -> tuple[int, int]:
    """A figure as a whole number and its scale: what it is times ten to the scale."""
    scale = max(0, -int(figure.as_tuple().exponent))
    if scale > MOST_SCALE or figure < 0 or figure >= 10**12:
        raise NoTemplate
    return int(figure.scaleb(scale)), scale


def template(book: Book, product: Product, term_years: int | None, plan: str | None) -> Template:
    """The template of a plan's offer. Raises `NoTemplate`."""
    limits = product.eligibility
    if (
        product.lives is not Lives.ONE
        or product.amount_of is not AmountOf.FACE_AMOUNT
        or product.yields is not Yields.PREMIUM
        or product.defaults
        or product.asks
        or any(rider.included and rider.steps for rider in product.riders)
        or limits.reductions
        or limits.guaranteed_issue_max is not None
        or limits.income_percent_max is not None
        or book.values_of(product, "mode")
    ):
        raise NoTemplate
    draft = _Draft(book)
    registers = {product.premium_period or Mode.ANNUAL: 0}
    for step in product.steps:
        registers = _add(draft, step, registers)
    paid = {}
    for mode, register in registers.items():
        used, amount = draft.run(Code.CENTS, register, CENT)
        text = ',{"step":"to the cent","do":"round","figure":"0.01","amount":"'
        draft.pieces.append((used, Show.IF_SET, 3))
        draft.pieces += [text, (amount, Show.AMOUNT, 0), f'","mode":"{mode.value}"}}']
        paid[mode] = amount
    pieces = [*_before(book, product, term_years, plan, paid), *draft.pieces, GIVEN + END]
    return Template(tuple(_joined(pieces)), tuple(draft.operations), tuple(draft.tables), paid)


def _before(
    book: Book, product: Product, term_years: int | None, plan: str | None, paid: Mapping[Mode, int]
) -> Iterable[str | int | tuple[int, Show, int]]:
    """The offer up to its steps."""
    edition = book.edition
    who = {
        "carrier": edition.carrier,
        "carrier_name": edition.carrier_name,
        "product": product.code,
        "product_name": product.name,
        "line": product.line.value,
        "edition": edition.name,
        "term_years": term_years,
        "plan": plan,
    }
    yield GIVEN + HEAD
    yield quoted(who)[1:-1] + ","
    yield GIVEN + CLASS
    yield f',"currency":{quoted(edition.currency)},"yields":"premium","premium":{{'
    for number, (mode, slot) in enumerate(paid.items()):
        comma = "," if number else ""
        yield f'{comma}"{mode.value}":"'
        yield (slot, Show.AMOUNT, 0)
        yield '"'
    yield '},"later":[],'
    yield GIVEN + MODE
    yield (ANNUAL_SLOT, Show.AMOUNT, 0)
    yield GIVEN + AGE


def _joined(
    pieces: Iterable[str | int | tuple[int, Show, int]],
) -> Iterable[str | int | tuple[int, Show, int]]:
    """Neighbouring texts as one, but none across the end of what a gap may leave out."""
    text, kept = "", 0
    for piece in pieces:
        if isinstance(piece, str) and not kept:
            text += piece
            continue
        if text:
            yield text
            text = ""
        kept = max(0, kept - 1)
        if isinstance(piece, tuple) and piece[1] is Show.IF_SET:
            kept = piece[2]
        yield piece
    if text:
        yield text


def _add(draft: _Draft, step: Step, registers: dict[Mode, int]) -> dict[Mode, int]:
    """A step for every mode that there is so far; the modes after it."""
    if isinstance(step, TableRatingStep | FlatExtraStep | RidersStep):
        return registers
    if isinstance(step, ModeStep):
        return _modes(draft, step, registers)
    for mode, register in registers.items():
        _plain(draft, step, mode, register)
    return registers


def _modes(draft: _Draft, step: ModeStep, registers: Mapping[Mode, int]) -> dict[Mode, int]:
    ((_, base),) = registers.items()
    found = {}
    for number, (mode, factor) in enumerate(step.factors.items()):
        _, amount = draft.run(Code.COPY, number + 1, whole(factor), base=base)
        draft.step(step.name, "mode", f"{factor:f}", amount, mode)
        found[mode] = number + 1
    return found


def _plain(draft: _Draft, step: Step, mode: Mode, register: int) -> None:
    table: str | None
    figure: Decimal | None
    if isinstance(step, RateStep):
        code, do, table, figure = Code.RATE, "rate", step.table, None
    elif isinstance(step, CellStep):
        code, do, table, figure = Code.CELL, "cell", step.table, None
    elif isinstance(step, AddStep):
        code, do, table, figure = Code.ADD, "add", step.table, step.amount
    elif isinstance(step, SubtractStep):
        code, do, table, figure = Code.SUBTRACT, "subtract", step.table, step.amount
    elif isinstance(step, MultiplyStep):
        code, do, table, figure = Code.MULTIPLY, "multiply", step.table, step.by
    elif isinstance(step, LimitStep):
        code = Code.AT_LEAST if step.least else Code.AT_MOST
        do, table, figure = code.name.lower(), step.table, step.amount
    elif isinstance(step, RoundStep):
        how = ROUNDINGS.index(step.how)
        _, amount = draft.run(Code.ROUND, register, whole(step.to), how=how)
        draft.step(step.name, "round", f"{step.to:f}", amount, mode)
        return
    elif isinstance(step, AmountStep):
        used, amount = draft.run(Code.AMOUNT, register)
        draft.step(step.name, "amount", used, amount, mode)
        return
    else:
        raise NoTemplate
    if table is not None:
        figured = (0, draft.book.tables[table].scale)
        used, amount = draft.run(code, register, figured, operand=draft.operand(step.name, table))
        shown: str | int = used
    else:
        figure = figure or Decimal(0)
        used, amount = draft.run(code, register, whole(figure))
        shown = f"{figure:f}"
    per = step.per if isinstance(step, RateStep | MultiplyStep) else Decimal(1)
    if per != 1:
        _, amount = draft.run(Code.DIVIDE, register, (0, _power_of_ten(per)))
    draft.step(step.name, do, shown, amount, mode)


def _power_of_ten(per: Decimal) -> int:
    digits = per.normalize().as_tuple()
    exponent = int(digits.exponent)
    if digits.digits != (1,) or not 0 <= exponent <= MOST_SCALE:
        raise NoTemplate
    return exponent
