"""The fields of a paper form as they are laid out, and what fills them."""

from dataclasses import dataclass, field
from enum import StrEnum

from megler.forms.rules.questionnaire import FieldFill

MAP_HEADER = ("field", "question", "part", "item", "value", "format")


class Widget(StrEnum):
    """What a field is in the PDF."""

    TEXT = "text"
    TICK = "tick"
    RADIO = "radio"
    CHOICE = "choice"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the paper where a field stands; several RADIO places make one field.

    `name` is the field's full name, `state` what a ticked box is then. `longest` 0 is any length;
    `size` is the size of its letters in points. `told` is read aloud to those who cannot see it.
    """

    name: str
    widget: Widget
    told: str
    state: str = ""
    longest: int = 0
    is_multiline: bool = False
    is_comb: bool = False
    size: float = 9.0
    options: tuple[str, ...] = ()


@dataclass
class Fields:
    """The places of a form in the order in which they are numbered, and what fills their fields."""

    places: list[Place] = field(default_factory=list)
    fills: list[FieldFill] = field(default_factory=list)

    def add(self, place: Place, fill: FieldFill | None = None) -> int:
        """The number by which the drawing names the place."""
        self.places.append(place)
        if fill is not None:
            self.fills.append(fill)
        return len(self.places) - 1

    def text(
        self,
        name: str,
        told: str,
        fill: FieldFill | None,
        *,
        longest: int = 0,
        lines: int = 1,
        size: float = 9.0,
        is_comb: bool = False,
    ) -> int:
        """A field for text, of several lines where `lines` says so."""
        place = Place(
            name,
            Widget.TEXT,
            told,
            longest=longest,
            is_multiline=lines > 1,
            is_comb=is_comb,
            size=size,
        )
        return self.add(place, fill)


def map_rows(fills: list[FieldFill]) -> list[tuple[object, ...]]:
    """The rows of a form's `maps/<form>.csv`."""
    return [(f.field, f.question, f.part, f.item or "", f.value, f.format) for f in fills]
