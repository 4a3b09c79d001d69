"""How a row of a build chart was written: in inches and pounds, or in centimetres and kilograms."""

from typing import Literal

from megler.carriers.rules.guide import BuildRow
from megler.carriers.rules.heights import Height

Side = Literal["weight_min", "weight_max"]


def height_of(row: BuildRow) -> Height:
    """The height in the chart's own unit."""
    return row.height_in if row.metric is None else row.metric.height_cm


def unit_of(row: BuildRow) -> str:
    """The unit of the chart's heights."""
    return "in" if row.metric is None else "cm"


def column_of(row: BuildRow, side: Side) -> str:
    """The column that a weight stands in."""
    return f"{side}_lb" if row.metric is None else f"{side}_kg"


def weight_of(row: BuildRow, side: Side) -> str:
    """A weight as it stands; empty where the row has none."""
    found = getattr(row.metric or row, column_of(row, side))
    return "" if found is None else f"{found}"
