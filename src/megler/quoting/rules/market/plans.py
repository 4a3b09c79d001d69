"""The plans of a book, and how the facts of a life address the cells of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import TableRatingStep
from megler.carriers.rules.tables import Axis, Fact, Table
from megler.quoting.rules.books import Book
from megler.quoting.rules.classing import classes_of
from megler.quoting.rules.market.axes import (
    JURISDICTION,
    JURISDICTION_CODES,
    SEX,
    SEXES,
    ByAmount,
    ByKey,
    CompiledAxis,
    Key,
    OnStep,
    by_age,
    by_amount,
    by_facts,
)
from megler.quoting.rules.market.limits import Sale, step_of
from megler.quoting.rules.market.outcomes import Kind
from megler.quoting.rules.market.shape import (
    NotCompiled,
    look_ups,
    modes_of,
    operations,
    refuse,
)
from megler.quoting.rules.offering import needs_amount
from megler.vocabulary.codes import Mode

BY_OUTCOME = ("class", "nicotine")
"""Dimensions that the outcome of the guide decides."""
PLACES = frozenset({"zip", "zip3", "county", "jurisdiction"})
"""What a compiled look-up may ask."""
LARGEST_CELL = 2**31 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A product of a book for a term and plan; None where it has no such thing."""

    book: Book
    product: Product
    term_years: int | None = None
    plan: str | None = None

    @property
    def order(self) -> tuple[str, str, str, int, str]:
        """How offers of equal price are ordered, after their currency."""
        edition = self.book.edition
        return (
            edition.currency,
            edition.carrier,
            self.product.code,
            self.term_years or 0,
            self.plan or "",
        )


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A look-up of a product: the text that a place leads to, counted in `texts` (0: none)."""

    book: Book
    table: Table
    result: str
    texts: tuple[str, ...]


Areas = Mapping[str, tuple[int, Area]]
"""A product's look-ups by the fact that they find, with their numbers in the market."""


@dataclass(frozen=True, slots=True)
class Cells:
    """How a plan's cells of one table are addressed.

    `axes` are the table's, each with its compiled axis, the fixed index on it, or, where the
    outcome decides, the name of its dimension.
    """

    table: Table
    axes: tuple[CompiledAxis | int | str, ...]

    @property
    def compiled(self) -> tuple[CompiledAxis, ...]:
        """The axes that a life's facts reckon, in a fixed order."""
        found = [axis for axis in self.axes if not isinstance(axis, int | str)]
        return tuple(sorted(found, key=_by_name))

    @property
    def by_outcome(self) -> bool:
        """Whether the guide's outcome decides the cell."""
        return any(isinstance(axis, str) for axis in self.axes)


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """A plan paid in the modes that one run of its tables gives; a column of a block.

    `slot` is the number of its guide's slot, `kind` which of the slot's kinds it is, `places` the
    areas that must be found for it.
    """

    plan: Plan
    sale: Sale
    slot: int
    kind: Kind
    modes: tuple[Mode, ...]
    all_modes: tuple[Mode, ...]
    cells: tuple[Cells, ...]
    shape: tuple[object, ...]
    places: tuple[ByKey, ...]
    step: OnStep | None


def _by_name(axis: CompiledAxis) -> tuple[str, int]:
    return (axis.key.name, axis.key.of) if isinstance(axis, ByKey) else ("amount", 0)


def lanes_of(book: Book, product: Product, slot: int, areas: Areas) -> list[Lane]:
    """Every plan of a product as lanes. Raises `NotCompiled`."""
    refuse(product)
    kind = kind_of(book, product)
    places = tuple(
        ByKey(Key("area", number), (-1, *(0 for _ in area.texts)))
        for number, area in areas.values()
    )
    modes = modes_of(book, product)
    has_modes = bool(book.values_of(product, "mode"))
    found = []
    for term, name in variants(book, product):
        plan = Plan(book, product, term, name)
        sale = Sale(product, term, needs_amount(book, product))
        for run in [(mode,) for mode in modes] if has_modes else [modes]:
            facts = {"term_years": term, "plan": name, **product.fixed}
            if has_modes:
                facts["mode"] = run[0].value
            ops = operations(book, product, run[0])
            tables = [book.tables[op.table] for op in ops if op.table is not None]
            cells = tuple(_cells(table, product, facts, areas) for table in tables)
            shape = tuple(op.shape[:-1] for op in ops)
            if all(-1 not in one.axes for one in cells):
                step = step_of(sale)
                lane = Lane(plan, sale, slot, kind, run, modes, cells, shape, places, step)
                found.append(lane)
    return found


def kind_of(book: Book, product: Product) -> Kind:
    """What classes mean for a product."""
    rates_tables = any(isinstance(step, TableRatingStep) for step in product.steps)
    return Kind(classes_of(book, product), rates_tables, product)


def variants(book: Book, product: Product) -> Iterator[tuple[int | None, str | None]]:
    """The terms and plans for which a product is sold, as `offering` has them."""
    terms = sorted({limit.term_years for limit in product.eligibility.terms}) or [
        int(term) for term in book.values_of(product, "term_years")
    ]
    fixed = product.fixed.get("plan")
    plans = product.eligibility.plans or book.values_of(product, "plan")
    years: Sequence[int | None] = terms or [None]
    for term in years:
        yield from ((term, plan) for plan in ((fixed,) if fixed is not None else plans or (None,)))


def areas_of(book: Book, product: Product) -> list[Area]:
    """The product's look-ups. Raises `NotCompiled` for one that asks more than the place."""
    found = []
    for step in look_ups(product):
        table = book.tables[step.table]
        asked = {dimension.name for dimension in table.spec.dimensions}
        if asked - PLACES or asked & set(product.fixed):
            raise NotCompiled(f"a look-up by {', '.join(sorted(asked))}")
        found.append(Area(book, table, step.result, tuple(sorted(set(table.texts.values())))))
    return found


def _cells(
    table: Table,
    product: Product,
    facts: Mapping[str, Fact],
    areas: Areas,
) -> Cells:
    if table.cells.size and int(table.cells.max()) > LARGEST_CELL:
        raise NotCompiled("figures beyond the compiled ones")
    axes = tuple(_axis(axis, product, facts, areas) for axis in table.axes)
    return Cells(table, axes)


def _axis(
    axis: Axis, product: Product, facts: Mapping[str, Fact], areas: Areas
) -> CompiledAxis | int | str:
    if axis.name in areas:
        number, area = areas[axis.name]
        return by_facts(Key("area", number), area.texts, axis.index) or -1
    if axis.name in facts:
        return axis.index(facts[axis.name])
    if axis.name in BY_OUTCOME:
        return axis.name
    found: ByKey | ByAmount | None
    if axis.name == "age":
        found = by_age(axis, product.age_basis)
    elif axis.name == "sex":
        found = by_facts(SEX, [sex.value for sex in SEXES], axis.index)
    elif axis.name == "jurisdiction":
        found = by_facts(JURISDICTION, JURISDICTION_CODES, axis.index)
    elif axis.name == "amount":
        found = by_amount(axis)
        if found is None:
            raise NotCompiled("an axis of amounts")
    else:
        raise NotCompiled(f"the fact {axis.name}")
    return -1 if found is None else found
