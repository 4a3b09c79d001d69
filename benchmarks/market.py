"""A synthetic market in memory: real editions in Megler's format, made from a seed.

Every carrier sells level term products for several terms. Rates go by sex, nicotine, class, age
and amount band; at a few carriers also by state, in the rates themselves or by a factor. Each has
its own policy fee, mode factors, roundings and limits, and a guide that decides the class.
Nothing here is a real carrier's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.books import FULL, Carrier, Size, book_files, book_head, factors, rates
from benchmarks.guides import guide_files
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.layout import Dimension, DimensionKind, TableSpec
from megler.carriers.rules.reading.editions import read_edition
from megler.carriers.rules.tables import NO_STOP, Axis, BandAxis, ChoiceAxis, Table, WholeAxis
from megler.quoting.rules.books import Book
from megler.vocabulary.problems import errors

ON = date(2026, 6, 15)
"""The day that everything is priced on."""


@dataclass(frozen=True, eq=False)
class Market:
    """Rate books and guides, one of each a carrier, in the order of their slugs."""

    size: Size
    books: tuple[Book, ...]
    guides: Mapping[str, tuple[Edition, ...]]

    @cached_property
    def rates(self) -> int:
        """How many rates all tables together hold."""
        return sum(len(table.cells) for book in self.books for table in book.tables.values())


def edition_files(size: Size = FULL) -> dict[str, dict[str, bytes]]:
    """The files of every edition, by `carrier/book` and `carrier/guide`."""
    found = {}
    for number in range(size.carriers):
        carrier = Carrier(number, size)
        found[f"{carrier.slug}/book"] = book_files(carrier)
        found[f"{carrier.slug}/guide"] = guide_files(carrier.slug, number)
    return found


def make_market(size: Size = FULL) -> Market:
    """The market, with heads and guides read as from files and the figures put straight in.

    A test shows that nothing else comes of reading `edition_files`.
    """
    books, guides = [], {}
    for number in range(size.carriers):
        carrier = Carrier(number, size)
        books.append(_book(carrier))
        guide, _, problems = check_edition(guide_files(carrier.slug, number))
        if guide is None:
            raise ValueError(f"guide {number} is faulty: {errors(problems)[:3]}")
        guides[carrier.slug] = (guide,)
    return Market(size, tuple(books), guides)


def first_carriers(whole: Market, carriers: int) -> Market:
    """The market of the first carriers alone."""
    books = whole.books[:carriers]
    guides = {book.edition.carrier: whole.guides[book.edition.carrier] for book in books}
    return Market(replace(whole.size, carriers=carriers), books, guides)


def _book(carrier: Carrier) -> Book:
    edition, problems = read_edition({"edition.toml": book_head(carrier).encode()})
    if edition is None:
        raise ValueError(f"book {carrier.number} is faulty: {errors(problems)[:3]}")
    tables = {spec.name: _table(carrier, spec, i) for i, spec in enumerate(edition.tables)}
    return Book(edition, tables)


def _table(carrier: Carrier, spec: TableSpec, number: int) -> Table:
    cells: NDArray[np.int64]
    cells, scale = (factors(carrier), 4) if spec.name == "factors" else (rates(carrier, number), 2)
    axes = tuple(_axis(carrier, dimension) for dimension in spec.dimensions)
    return Table(spec, axes, cells.ravel(), scale)


def _axis(carrier: Carrier, dimension: Dimension) -> Axis:
    if dimension.kind is DimensionKind.WHOLE:
        return WholeAxis(dimension.name, dimension.start, dimension.stop, dimension.step)
    if dimension.kind is DimensionKind.BAND:
        starts = tuple(low * 100 for low, _ in carrier.bands)
        stops = tuple(NO_STOP if high is None else high * 100 for _, high in carrier.bands)
        return BandAxis(dimension.name, starts, stops)
    return ChoiceAxis(dimension.name, dimension.values)
