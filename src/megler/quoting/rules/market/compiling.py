"""The market of a day compiled: all books that are in effect, with what could not be compiled.

Figures are laid out a book at a time and kept apart from the rest, so that they can lie in a file
that all processes share (`storing`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.products import Product
from megler.quoting.rules.books import Book, chosen_books
from megler.quoting.rules.market.blocks import Block, blocks_of
from megler.quoting.rules.market.limits import Ints
from megler.quoting.rules.market.outcomes import Kind, Slot, make_slot
from megler.quoting.rules.market.plans import Area, Areas, Lane, Plan, areas_of, kind_of, lanes_of
from megler.quoting.rules.market.shape import NotCompiled
from megler.underwriting.rules.compiled import ClassTable, can_compile, compile_classes
from megler.underwriting.rules.standing import Guides, guide_for
from megler.vocabulary.ages import AgeBasis


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A product that only the exact engine prices, and why."""

    book: Book
    product: Product
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class BookCells:
    """The cells of a book's blocks, flat: `starts` [blocks][operands], `tops` the largest cells."""

    cells: Ints
    starts: tuple[tuple[int, ...], ...]
    tops: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Everything that can be bought on a day.

    `plans` are numbered as offers of equal price are ordered, `classes` are the codes of all classes.
    `blocks` hold the plans side by side, with the cells of each in `cells` from `starts` on.
    `left_out` are products of books in effect that only the exact engine prices.
    """

    on: date
    plans: tuple[Plan, ...]
    left_out: tuple[LeftOut, ...]
    classes: tuple[str, ...]
    class_table: ClassTable
    slots: tuple[Slot, ...]
    areas: tuple[Area, ...]
    blocks: tuple[Block, ...]
    cells: Ints
    starts: tuple[tuple[int, ...], ...]
    tops: tuple[tuple[int, ...], ...]
    once: dict[object, object] = field(default_factory=dict)
    """What is made of the market later, each once: views of it."""


Fill = Callable[[Book, Sequence[Block]], BookCells]
Join = Callable[[Sequence[BookCells]], Ints]


def compile_market(books: Sequence[Book], guides: Guides, on: date) -> Market:
    """Compiles what is in effect on a day, in memory."""
    return arrange(books, guides, on).with_cells(fill)


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """A market but for its cells: `by_book` are the blocks of each book."""

    on: date
    plans: tuple[Plan, ...]
    left_out: tuple[LeftOut, ...]
    classes: tuple[str, ...]
    class_table: ClassTable
    slots: tuple[Slot, ...]
    areas: tuple[Area, ...]
    by_book: tuple[tuple[Book, tuple[Block, ...]], ...]

    def with_cells(self, of_book: Fill, join: Join | None = None) -> Market:
        """The market with each book's cells, put end to end."""
        parts = [of_book(book, blocks) for book, blocks in self.by_book]
        cells = np.asarray((join or joined)(parts))
        cells.flags.writeable = False
        starts, first = [], 0
        for part in parts:
            starts += [tuple(first + at for at in own) for own in part.starts]
            first += len(part.cells)
        return Market(
            self.on,
            self.plans,
            self.left_out,
            self.classes,
            self.class_table,
            self.slots,
            self.areas,
            tuple(block for _, blocks in self.by_book for block in blocks),
            cells,
            tuple(starts),
            tuple(tops for part in parts for tops in part.tops),
        )


def joined(parts: Sequence[BookCells]) -> Ints:
    """All cells end to end."""
    found: NDArray[np.int32] = np.concatenate(
        [part.cells for part in parts] or [np.empty(0, np.int32)]
    )
    return found


def fill(_: Book, blocks: Sequence[Block]) -> BookCells:
    """The cells of a book's blocks."""
    starts, tops, parts, first = [], [], [], 0
    for block in blocks:
        at, top = [], []
        for operand in block.operands:
            cells = operand.cells(block).reshape(-1)
            parts.append(cells)
            at.append(first)
            top.append(int(cells.max(initial=0)))
            first += len(cells)
        starts.append(tuple(at))
        tops.append(tuple(top))
    cells = np.concatenate(parts) if parts else np.empty(0, np.int32)
    return BookCells(cells, tuple(starts), tuple(tops))


def arrange(books: Sequence[Book], guides: Guides, on: date) -> Arranged:
    """The market of a day without its cells: what is sold, and how each cell is addressed."""
    chosen = [book for book, refusal in chosen_books(books, on) if refusal is None]
    making = _Making(guides, on)
    for book in chosen:
        making.look_at(book)
    table = compile_classes(making.judges())
    places = {(edition.name, basis): number for number, (edition, basis) in enumerate(table.guides)}
    classes = tuple(sorted(making.classes))
    slots = []
    for guide, basis, kinds in making.slots:
        at = None if guide is None else places.get((guide.name, basis))
        candidates = () if at is None else table.candidates[at]
        slots.append(make_slot(guide, basis, kinds, candidates, (*classes, "")))
    by_book, lanes = [], []
    for book in chosen:
        own = making.lanes(book)
        lanes += own
        by_book.append((book, tuple(blocks_of(own, slots))))
    plans = sorted({id(lane.plan): lane.plan for lane in lanes}.values(), key=lambda p: p.order)
    return Arranged(
        on,
        tuple(plans),
        tuple(making.left_out),
        classes,
        table,
        tuple(slots),
        tuple(making.areas),
        tuple(by_book),
    )


class _Making:
    """What is gathered over the books before they can be laid out."""

    def __init__(self, guides: Guides, on: date) -> None:
        self.guides, self.on = guides, on
        self.left_out: list[LeftOut] = []
        self.classes: set[str] = set()
        self.slots: list[tuple[Edition | None, AgeBasis, list[Kind]]] = []
        self.areas: list[Area] = []
        self._slot_of: dict[tuple[int, str], int] = {}

    def look_at(self, book: Book) -> None:
        """Finds the slot of each product of a book: one for each guide and age basis."""
        own: dict[tuple[str, AgeBasis], int] = {}
        for product in book.edition.products:
            kind = kind_of(book, product)
            guide = None
            if kind.available:
                guide = guide_for(self.guides, book.edition.carrier, product.code, self.on)
            key = (guide.name if guide else "", product.age_basis)
            if not kind.available:
                key = ("without", product.age_basis)
            if key not in own:
                own[key] = len(self.slots)
                self.slots.append((guide, product.age_basis, []))
            kinds = self.slots[own[key]][2]
            if kind not in kinds:
                kinds.append(kind)
            self._slot_of[id(book), product.code] = own[key]
            self.classes.update(kind.available)
            if guide is not None and guide.guide is not None:
                self.classes.update(one.code for one in guide.guide.classes)

    def judges(self) -> list[tuple[Edition, AgeBasis]]:
        """Each guide that can be compiled, with each basis that it is asked for."""
        found = {
            (guide.name, basis): (guide, basis)
            for guide, basis, _ in self.slots
            if guide is not None and can_compile(guide)
        }
        return list(found.values())

    def lanes(self, book: Book) -> list[Lane]:
        """The plans of a book that compile; the others are noted as left out."""
        found: list[Lane] = []
        for product in book.edition.products:
            try:
                found += self._lanes(book, product)
            except NotCompiled as refused:
                self.left_out.append(LeftOut(book, product, str(refused)))
        return found

    def _lanes(self, book: Book, product: Product) -> list[Lane]:
        slot = self._slot_of[id(book), product.code]
        guide = self.slots[slot][0]
        if guide is not None and not can_compile(guide):
            raise NotCompiled("the guide")
        areas: Areas = {
            area.result: (len(self.areas) + i, area)
            for i, area in enumerate(areas_of(book, product))
        }
        lanes = lanes_of(book, product, slot, areas)
        self.areas += [area for _, area in areas.values()]
        return lanes
