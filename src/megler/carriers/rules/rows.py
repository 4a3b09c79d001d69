"""Reading the rows of a guide's sheet cell by cell, telling every cell that is wrong."""

from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from megler.carriers.rules.cells import figure_fault, text_fault, whole_fault
from megler.carriers.rules.place import shown
from megler.carriers.rules.sheets import Sheet
from megler.vocabulary.problems import Problem

E = TypeVar("E", bound=StrEnum)


class Row:
    """One row of a sheet. Every reader tells what is wrong and answers None (or '') for it.

    `sound` is false once a cell of the row was refused.
    """

    def __init__(self, sheet: Sheet, index: int, problems: list[Problem]) -> None:
        self.sheet = sheet
        self.index = index
        self.number = sheet.rows[index]
        self.problems = problems
        self.sound = True

    def cell(self, column: str) -> str:
        """The cell as it stands; '' when the column is absent."""
        cells = self.sheet.columns.get(column)
        return cells[self.index] if cells else ""

    def tell(self, code: str, column: str, found: object, expected: object) -> None:
        """Notes a problem with a cell; the row is not to be used."""
        self.sound = False
        where = self.sheet.place(self.index, column)
        self.problems.append(Problem(code, where, shown(str(found)), str(expected)))

    def _faulty(self, column: str, fault: tuple[str, str] | None) -> bool:
        if fault:
            self.tell(fault[0], column, self.cell(column), fault[1])
        return fault is not None

    def whole(self, column: str, least: int = 0, most: int = 10**12) -> int | None:
        """A whole number within bounds."""
        text = self.cell(column)
        if self._faulty(column, whole_fault(text)):
            return None
        if not least <= int(text) <= most:
            self.tell("out_of_range", column, text, f"{least} to {most}")
            return None
        return int(text)

    def maybe_whole(self, column: str, least: int = 0, most: int = 10**12) -> int | None:
        """A whole number within bounds, or an empty cell."""
        return self.whole(column, least, most) if self.cell(column) else None

    def figure(self, column: str, zero: bool = False) -> Decimal | None:
        """An exact figure above 0."""
        text = self.cell(column)
        return None if self._faulty(column, figure_fault(text, zero)) else Decimal(text)

    def maybe_figure(self, column: str) -> Decimal | None:
        """An exact figure above 0, or an empty cell."""
        return self.figure(column) if self.cell(column) else None

    def text(self, column: str) -> str:
        """A text that is not blank."""
        text = self.cell(column)
        return "" if self._faulty(column, text_fault(text)) else text

    def maybe_text(self, column: str) -> str:
        """A text, or an empty cell."""
        return self.text(column) if self.cell(column) else ""

    def choice(self, column: str, among: type[E]) -> E | None:
        """One of a closed list."""
        text = self.cell(column)
        if text in set(among):
            return among(text)
        self._not_in_list(column, text, list(among))
        return None

    def one_of(self, column: str, among: list[str]) -> str:
        """One of the given texts; '' when it is not."""
        text = self.cell(column)
        if text not in among:
            self._not_in_list(column, text, among)
            return ""
        return text

    def _not_in_list(self, column: str, text: str, among: list[str]) -> None:
        if text != text.strip() and text.strip() in among:
            self.tell("stray_space", column, text, text.strip())
        elif not text.strip():
            self.tell("empty_cell", column, "", " ".join(among))
        else:
            self.tell("unknown_value", column, text, " ".join(among))


def each_row(sheet: Sheet, problems: list[Problem]) -> list[Row]:
    """The rows of a sheet, sharing one list of problems."""
    return [Row(sheet, i, problems) for i in range(len(sheet.rows))]
