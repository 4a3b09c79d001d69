"""The cells of a column: as texts, each kept once, or as exact figures."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.cells import FIGURE, figure_fault

MOST_DECIMALS = 6
EMPTY, ODD = 254, 255
"""Stand in `Figures.decimals` for a cell without text, and for one that is no figure."""
Fault = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Column(Sequence[str]):
    """The texts of a column, each once, and for every row which of them it has.

    A rate book repeats its keys: what holds for a text is found once and spread over the rows.
    """

    texts: Sequence[str]
    codes: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> "Column": ...
    def __getitem__(self, index: int | slice) -> "str | Column":
        if isinstance(index, slice):
            return Column(self.texts, self.codes[index])
        return self.texts[int(self.codes[index])]

    def __iter__(self) -> Iterator[str]:
        return map(self.texts.__getitem__, self.codes.tolist())

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def rows_of(self, codes: Collection[int]) -> NDArray[np.int64]:
        """The rows that have one of some texts, given by their codes."""
        among = np.zeros(len(self.texts), bool)
        among[list(codes)] = True
        return np.flatnonzero(np.take(among, self.codes, mode="clip"))

    def faults(self, fault_of: Callable[[str], Fault | None]) -> list[tuple[int, str, Fault]]:
        """Row, text and fault of every faulty cell, in the order of the rows; once a text."""
        faults = {i: fault for i, text in enumerate(self.texts) if (fault := fault_of(text))}
        if not faults:
            return []
        rows = self.rows_of(faults)
        codes = self.codes[rows].tolist()
        return [
            (row, self.texts[code], faults[code])
            for row, code in zip(rows.tolist(), codes, strict=True)
        ]


def column_of(cells: Iterable[str]) -> Column:
    """The column of some cells; a column stays what it is."""
    if isinstance(cells, Column):
        return cells
    cells = list(cells)
    places = {text: i for i, text in enumerate(dict.fromkeys(cells))}
    codes = np.fromiter(map(places.__getitem__, cells), np.int32, len(cells))
    return Column(tuple(places), codes)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Figures as mantissa / 10**decimals; `odd` has the text of each row that is ODD."""

    mantissas: NDArray[np.int64]
    decimals: NDArray[np.uint8]
    odd: Mapping[int, str] = field(default_factory=dict)

    @property
    def scale(self) -> int:
        """The most decimals of any figure."""
        return int(np.max(self.decimals, where=self.decimals <= MOST_DECIMALS, initial=0))

    def text(self, row: int) -> str:
        """The cell as it stands in the file: a figure can be written in one way only."""
        places = int(self.decimals[row])
        if places > MOST_DECIMALS:
            return self.odd.get(row, "")
        digits = str(self.mantissas[row]).zfill(places + 1)
        return f"{digits[:-places]}.{digits[-places:]}" if places else digits

    def scaled(self, scale: int, missing: int) -> NDArray[np.int64]:
        """The figures in units of 10**-scale, exactly; `missing` where there is none."""
        if (self.decimals == scale).all():
            return self.mantissas
        powers = np.zeros(256, np.int64)
        powers[: scale + 1] = 10 ** np.arange(scale, -1, -1)
        figures = self.mantissas * powers[self.decimals]
        figures[self.decimals > MOST_DECIMALS] = missing
        return figures

    def faults(self, zero: bool, empty: bool) -> list[tuple[int, str, Fault]]:
        """Row, text and fault of every cell that is no figure above 0, in the order of the rows.

        `zero` and `empty` cells are none where they are allowed.
        """
        faulty = self.decimals > MOST_DECIMALS
        if empty:
            faulty &= self.decimals != EMPTY
        if not zero:
            faulty |= (self.mantissas == 0) & (self.decimals <= MOST_DECIMALS)
        told = [(int(row), self.text(int(row))) for row in np.flatnonzero(faulty)]
        return [(row, text, fault) for row, text in told if (fault := figure_fault(text, zero))]


def figures_of(column: Column) -> Figures:
    """The figures of a column of texts."""
    read = [_figure(text) for text in column.texts]
    mantissas = np.array([mantissa for mantissa, _ in read], np.int64)[column.codes]
    decimals = np.array([places for _, places in read], np.uint8)[column.codes]
    odd = {int(row): column[int(row)] for row in np.flatnonzero(decimals == ODD)}
    return Figures(mantissas, decimals, odd)


def _figure(text: str) -> tuple[int, int]:
    if not FIGURE.fullmatch(text):
        return 0, ODD if text else EMPTY
    whole, _, rest = text.partition(".")
    return int(whole + rest), len(rest)
