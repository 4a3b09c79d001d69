"""How a table of an edition is laid out: what addresses a cell, and what the cells are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What the cells of a table are. `text` and `rating_area` hold texts, the others figures.

    `rate` is a figure for so much of the amount as the step's `per` says.
    """

    RATE_PER_1000 = "rate_per_1000"
    RATE = "rate"
    PREMIUM = "premium"
    FACTOR = "factor"
    PERCENT = "percent"
    YEARS = "years"
    TEXT = "text"
    RATING_AREA = "rating_area"


WORKBOOK = ".xlsx"
TEXTS = frozenset({Measure.TEXT, Measure.RATING_AREA})


class DimensionKind(StrEnum):
    """How a fact addresses a cell.

    `whole`: every whole number from..to by step. `band`: inclusive bounds in two columns.
    `choice`: one of the listed values. `zip`: five digits. `text`: any text found in the file.
    """

    WHOLE = "whole"
    BAND = "band"
    CHOICE = "choice"
    ZIP = "zip"
    TEXT = "text"


class Trend(StrEnum):
    """How figures must move along a dimension."""

    RISES = "rises"
    FALLS = "falls"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One fact that addresses a cell, and where the file keeps it.

    `columns` has one name, two for a band (lower, upper), none when `across`. `start`, `stop` and
    `step` belong to `whole` (keys from, to, step); `values` to `choice`.
    """

    name: str
    kind: DimensionKind
    columns: tuple[str, ...] = ()
    start: int = 0
    stop: int = 0
    step: int = 1
    values: tuple[str, ...] = ()
    across: bool = False


@dataclass(frozen=True, slots=True)
class ModeTolerance:
    """How far a mode's premium may lie from the factor that its column has.

    `unit` is what the carrier rounds to (None: the last decimal printed in the column), `relative`
    a share of the figure besides.
    """

    unit: Decimal | None = None
    relative: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table as the edition describes it. `sheet` of a workbook; empty: its first.

    `sparse`: a key that is not there is not offered. `zero`: a figure of 0 is meant.
    """

    name: str
    file: str
    measure: Measure
    dimensions: tuple[Dimension, ...]
    sparse: bool = False
    zero: bool = False
    monotone: Mapping[str, Trend] = field(default_factory=dict)
    tolerance: ModeTolerance = ModeTolerance()
    sheet: str = ""

    @property
    def place(self) -> str:
        """What problems call the table's file, and its sheet where the edition names one."""
        return f"{self.file} {self.sheet}" if self.sheet else self.file

    @property
    def holds_texts(self) -> bool:
        """Whether the cells are texts that a look-up finds."""
        return self.measure in TEXTS

    @property
    def has_modes(self) -> bool:
        """Whether the payment mode addresses a cell, so that the steps run once a mode."""
        return any(d.name == "mode" for d in self.dimensions)

    @property
    def across(self) -> Dimension | None:
        """The dimension whose values are column headers, if the table has one."""
        return next((d for d in self.dimensions if d.across), None)
