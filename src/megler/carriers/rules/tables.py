"""A table in memory: a figure is found at an address reckoned from the facts, not searched for."""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.layout import TableSpec

MISSING = np.iinfo(np.int64).min
"""Stands in `Table.cells` where the carrier offers nothing."""
BOUND_SCALE = 100
NO_START, NO_STOP = -(2**62), 2**62
Fact = str | int | Decimal | None


class Axis(Protocol):
    """One dimension of a table: which index a fact has."""

    @property
    def name(self) -> str:
        """The fact that the axis reads."""
        ...

    @property
    def size(self) -> int:
        """How many indexes there are."""
        ...

    def index(self, value: Fact) -> int:
        """The index of a fact; -1 when the table does not know it."""
        ...

    def label(self, index: int) -> str:
        """What stands at an index, for people."""
        ...


@dataclass(frozen=True, slots=True)
class WholeAxis:
    """Whole numbers start..stop by step, both ends included."""

    name: str
    start: int
    stop: int
    step: int = 1

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return (self.stop - self.start) // self.step + 1

    def index(self, value: Fact) -> int:
        """The index of a number; -1 outside, between steps or when it is no number."""
        if value is None or isinstance(value, str):
            return -1
        offset = value - self.start
        if not 0 <= offset <= self.stop - self.start or offset % self.step:
            return -1
        return int(offset) // self.step

    def label(self, index: int) -> str:
        """The number at an index."""
        return str(self.start + index * self.step)


@dataclass(frozen=True, slots=True)
class BandAxis:
    """Bands in rising order, bounds inclusive, in hundredths; a value is first cut to `unit`.

    A carrier's band 100,000 to 249,999 holds 249,999.50 too: its unit is a whole dollar.
    """

    name: str
    starts: tuple[int, ...]
    stops: tuple[int, ...]
    unit: int = BOUND_SCALE

    @property
    def size(self) -> int:
        """How many bands there are."""
        return len(self.starts)

    def index(self, value: Fact) -> int:
        """The index of the band that holds a number; -1 outside every band."""
        if value is None or isinstance(value, str):
            return -1
        place = math.floor(value * BOUND_SCALE) // self.unit * self.unit
        found = bisect_right(self.starts, place) - 1
        return found if found >= 0 and place <= self.stops[found] else -1

    def label(self, index: int) -> str:
        """The band at an index, as `100000 to 249999`."""
        start, stop = self.starts[index], self.stops[index]
        low = "lowest" if start == NO_START else _bound(start)
        return f"{low} to {'highest' if stop == NO_STOP else _bound(stop)}"


@dataclass(frozen=True, slots=True)
class ChoiceAxis:
    """Values out of a list, compared as text."""

    name: str
    values: tuple[str, ...]
    _places: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._places.update({value: i for i, value in enumerate(self.values)})

    @property
    def size(self) -> int:
        """How many values there are."""
        return len(self.values)

    def index(self, value: Fact) -> int:
        """The index of a value; -1 when it is not listed."""
        return self._places.get(str(value), -1)

    def label(self, index: int) -> str:
        """The value at an index."""
        return self.values[index]


def _bound(scaled: int) -> str:
    return format(Decimal(scaled) / BOUND_SCALE, "f")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Figures by axes, or (measure rating_area) texts by the values of the key columns.

    `cells` is flat, row-major over `axes`; a figure is cell / 10**scale, exactly.
    """

    spec: TableSpec
    axes: tuple[Axis, ...]
    cells: NDArray[np.int64]
    scale: int
    texts: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    _by_first: dict[str, list[tuple[tuple[str, ...], str]]] = field(
        default_factory=dict, repr=False
    )

    def __post_init__(self) -> None:
        for key, text in self.texts.items():
            self._by_first.setdefault(key[0], []).append((key, text))

    @property
    def strides(self) -> tuple[int, ...]:
        """What an index of each axis adds to the address."""
        return strides([axis.size for axis in self.axes])

    def address(self, facts: Mapping[str, Fact]) -> int:
        """Where in `cells` the figure for the facts stands; -1 when there is no place for it."""
        place = 0
        for axis in self.axes:
            index = axis.index(facts.get(axis.name))
            if index < 0:
                return -1
            place = place * axis.size + index
        return place

    def cell(self, facts: Mapping[str, Fact]) -> Decimal | None:
        """The exact figure for the facts; None when one is missing, unknown or not offered."""
        address = self.address(facts)
        return None if address < 0 else self.figure(address)

    def figure(self, address: int) -> Decimal | None:
        """The exact figure at an address; None when not offered."""
        scaled = int(self.cells[address])
        return None if scaled == MISSING else Decimal(scaled).scaleb(-self.scale)

    def find(self, facts: Mapping[str, Fact]) -> tuple[str, ...]:
        """The texts that the facts allow, sorted: none, one, or several while a key is unknown.

        A ZIP may lie in several counties: without the county every one of their areas is answered.
        """
        names = [d.name for d in self.spec.dimensions]
        asked = [facts.get(name) for name in names]
        if asked[0] is not None:
            rows: Sequence[tuple[tuple[str, ...], str]] = self._by_first.get(str(asked[0]), [])
        else:
            rows = list(self.texts.items())
        wanted = [None if value is None else str(value) for value in asked]
        return tuple(
            sorted(
                {
                    text
                    for key, text in rows
                    if all(w is None or w == k for w, k in zip(wanted, key, strict=True))
                }
            )
        )

    def indexes(self, address: int) -> tuple[int, ...]:
        """The index on each axis of an address."""
        return unravelled(address, [axis.size for axis in self.axes])


def strides(sizes: Sequence[int]) -> tuple[int, ...]:
    """Row-major strides of a grid.

    >>> strides([3, 4, 2])
    (8, 2, 1)
    """
    found, step = [], 1
    for size in reversed(sizes):
        found.append(step)
        step *= size
    return tuple(reversed(found))


def unravelled(address: int, sizes: Sequence[int]) -> tuple[int, ...]:
    """The index on each axis of a row-major address.

    >>> unravelled(21, [3, 4, 2])
    (2, 2, 1)
    """
    found = []
    for size in reversed(sizes):
        address, index = divmod(address, size)
        found.append(index)
    return tuple(reversed(found))
