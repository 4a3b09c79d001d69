"""What a filled text field shows: the drawing that goes into its appearance (ISO 32000-1, 12.7.3.3).

Fields of strangers' PDFs name fonts of all kinds; what is filled in is always written in Helvetica,
so that it is known how wide it gets.
"""

import re
from dataclasses import dataclass

from megler.forms.rules.helvetica import ASCENT, DESCENT, LEADING, width_of, wrapped

INSET = 2.0
"""Points between the border of a field and its text."""
LARGEST, SMALLEST = 12.0, 6.0
"""Sizes between which a field whose size is left open (0) is written, in points."""
_SIZE = re.compile(r"([0-9.]+)\s+Tf")
_COLOUR = re.compile(r"((?:[0-9.]+\s+){1,4})(g|rg|k)\b")


@dataclass(frozen=True, slots=True)
class Room:
    """A text field's room: width and height of its box, size of letters (0: open), all in points.

    `comb` is in how many cells a letter each is written (0: none); `align` 0 left, 1 centred, 2
    right; `colour` an operator of PDF.
    """

    width: float
    height: float
    size: float = 0.0
    is_multiline: bool = False
    comb: int = 0
    align: int = 0
    colour: str = "0 g"

    @property
    def across(self) -> float:
        """The width that a line may take."""
        return max(self.width - 2 * INSET, 0.0)

    def lines_at(self, size: float) -> int:
        """How many lines of that size it takes."""
        if not self.is_multiline:
            return 1
        first = size * (ASCENT + DESCENT)
        left = self.height - 2 * INSET - first
        return 1 + max(int(left / (size * LEADING) + 0.001), 0)


def look_of(appearance: str) -> tuple[float, str]:
    """Size and colour of a default appearance; 0 where the size is left open.

    >>> look_of("/Helv 9 Tf 0 0 1 rg")
    (9.0, '0 0 1 rg')
    """
    size, colour = _SIZE.search(appearance), _COLOUR.search(appearance)
    try:
        points = float(size[1]) if size else 0.0
    except ValueError:
        points = 0.0
    return points, f"{colour[1].strip()} {colour[2]}" if colour else "0 g"


def fitting(room: Room, text: str) -> tuple[float, list[str]] | None:
    """Size and lines with which the text can be written and seen in the room; None when it cannot."""
    if room.comb:
        size = room.size or min(LARGEST, room.height * 0.75)
        return (size, [text]) if len(text) <= room.comb and "\n" not in text else None
    for size in _sizes(room):
        if not room.is_multiline:
            if "\n" not in text and width_of(text, size) <= room.across:
                return size, [text]
            continue
        lines = wrapped(text, size, room.across)
        if len(lines) <= room.lines_at(size):
            return size, lines
    return None


def _sizes(room: Room) -> list[float]:
    """The size it is to have; where that is left open, those that there may be, largest first."""
    if room.size:
        return [room.size]
    largest = LARGEST if room.is_multiline else min(LARGEST, max(room.height * 0.75, SMALLEST))
    steps = int((largest - SMALLEST) * 2)
    return [largest - n / 2 for n in range(steps + 1)]


def text_drawn(room: Room, text: str) -> bytes:
    """The content of the appearance; what does not fit is written all the same, and clipped."""
    found = fitting(room, text)
    size, lines = found or (_sizes(room)[-1], _forced(room, text))
    drawn = [f"/Tx BMC q 1 1 {room.width - 2:.2f} {room.height - 2:.2f} re W n BT"]
    drawn.append(f"/Helv {size:g} Tf {room.colour}")
    if room.comb:
        drawn += _in_cells(room, size, text)
    else:
        drawn += _in_lines(room, size, lines)
    return "\n".join([*drawn, "ET Q EMC"]).encode("cp1252", "replace")


def _forced(room: Room, text: str) -> list[str]:
    return wrapped(text, _sizes(room)[-1], room.across) if room.is_multiline else [text]


def _in_lines(room: Room, size: float, lines: list[str]) -> list[str]:
    """Lines from the top down, or one in the middle of the height."""
    top, middle = room.height - INSET - size * ASCENT, _middle(room, size)
    first = top if room.is_multiline else middle
    drawn = []
    for n, line in enumerate(lines):
        left = INSET + (room.across - width_of(line, size)) * room.align / 2
        bottom = first - n * size * LEADING
        drawn.append(f"1 0 0 1 {left:.2f} {bottom:.2f} Tm ({_escaped(line)}) Tj")
    return drawn


def _middle(room: Room, size: float) -> float:
    return (room.height - size * (ASCENT - DESCENT)) / 2


def _in_cells(room: Room, size: float, text: str) -> list[str]:
    """Each letter in the middle of its cell."""
    cell = room.width / room.comb
    bottom = _middle(room, size)
    return [
        f"1 0 0 1 {(n + 0.5) * cell - width_of(letter, size) / 2:.2f} {bottom:.2f} Tm"
        f" ({_escaped(letter)}) Tj"
        for n, letter in enumerate(text[: room.comb])
    ]


def _escaped(text: str) -> str:
    return re.sub(r"([\\()])", r"\\\1", text)
