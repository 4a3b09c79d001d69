"""Small products of every line, put together from the dataclasses that editions are read into."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from megler.carriers.rules.edition import Edition, EditionKind
from megler.carriers.rules.layout import Dimension, DimensionKind, Measure, TableSpec
from megler.carriers.rules.products import Eligibility, Product
from megler.carriers.rules.steps import Step
from megler.carriers.rules.tables import Axis, BandAxis, ChoiceAxis, Table, WholeAxis
from megler.quoting.rules.books import Book
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line, Mode

_SCALE = 6


def figures(
    name: str, axes: Sequence[Axis], cells: Sequence[str], measure: Measure = Measure.FACTOR
) -> Table:
    """A table of figures, row-major over its axes."""
    dimensions = tuple(Dimension(axis.name, DimensionKind.CHOICE) for axis in axes)
    spec = TableSpec(name, f"{name}.csv", measure, dimensions)
    scaled = np.array([int(Decimal(cell).scaleb(_SCALE)) for cell in cells], dtype=np.int64)
    assert len(scaled) == np.prod([axis.size for axis in axes], dtype=int)
    return Table(spec, tuple(axes), scaled, _SCALE)


def texts(name: str, columns: Sequence[str], rows: Mapping[tuple[str, ...], str]) -> Table:
    """A table of texts by the values of its key columns."""
    dimensions = tuple(Dimension(column, DimensionKind.TEXT) for column in columns)
    spec = TableSpec(name, f"{name}.csv", Measure.TEXT, dimensions)
    return Table(spec, (), np.array([], dtype=np.int64), 0, rows)


def choice(name: str, *values: str) -> ChoiceAxis:
    """An axis of choices."""
    return ChoiceAxis(name, values)


def whole(name: str, first: int, last: int) -> WholeAxis:
    """An axis of whole numbers."""
    return WholeAxis(name, first, last)


def bands(name: str, *bounds: tuple[int, int]) -> BandAxis:
    """An axis of bands with inclusive bounds in whole units."""
    return BandAxis(name, tuple(b[0] * 100 for b in bounds), tuple(b[1] * 100 for b in bounds), 100)


def product(line: Line, *steps: Step, **more: Any) -> Product:
    """A product of a line; premiums are yearly, ages by last birthday, unless told otherwise."""
    told: dict[str, Any] = {
        "code": "own",
        "name": "Own",
        "age_basis": AgeBasis.LAST,
        "premium_period": Mode.ANNUAL,
        "eligibility": Eligibility(),
        **more,
    }
    return Product(line=line, steps=steps, **told)


def book(one: Product, *tables: Table, **more: Any) -> Book:
    """A book of one product."""
    told: dict[str, Any] = {
        "carrier": "fjordlife",
        "carrier_name": "Fjord Life",
        "series": "own",
        "currency": "USD",
        **more,
    }
    edition = Edition(
        kind=EditionKind.RATE_BOOK,
        title="Own",
        effective_from=date(2026, 1, 1),
        effective_until=None,
        source="Manual",
        products=(one,),
        tables=tuple(table.spec for table in tables),
        **told,
    )
    return Book(edition, {table.spec.name: table for table in tables})
