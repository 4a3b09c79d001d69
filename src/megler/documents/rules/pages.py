"""What is known of a file that was opened: what was taken out of it, and what its pages show."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right and top on a page, in points (1/72 inch) from its lower left corner."""

BLANK_INK_MAX = 0.002
"""Share of dark dots up to which a scanned page shows nothing: dust and the edge of the glass."""


REMOVED = (
    "action",
    "embedded_file",
    "encryption",
    "foreign_data",
    "javascript",
    "launch",
    "link",
    "media",
    "metadata",
    "older_revision",
    "picture",
    "repaired",
    "seal",
    "submit",
    "turned",
    "xfa",
)
"""What may have been taken out of a file or done to it; `sentences` says each in words."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is taken. `content` is what is kept; None when that is the file as it came.

    `removed` is of `REMOVED`.
    """

    content_type: str
    pages: int
    content: bytes | None = None
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A bar code on a page; `turned` is how far it was turned, 0, 90, 180 or 270 degrees."""

    text: str
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Widget:
    """A place of a form's field on a page: a text field, a box to tick, or one to sign in.

    `kind` is `text`, `choice`, `tick`, `radio`, `signature` or `button`. `value` is what is filled
    in; of a box to tick its state when ticked, of a radio the choice that this place stands for
    when it is chosen. Empty is empty. A signature's value is `signed`.
    """

    page: int
    name: str
    kind: str
    value: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page as it is found; `number` from 1, `width` and `height` in points as it is shown.

    `is_picture`: it has no text of its own, as a scan. `ink` is then the share of its dots that
    are dark. `is_read` is False when time ran out before the page was looked at.
    """

    number: int
    width: float
    height: float
    lines: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    is_picture: bool = False
    ink: float = 0
    is_read: bool = True

    @property
    def is_blank(self) -> bool:
        """Whether it shows nothing, as the back of a sheet."""
        return self.is_read and self.is_picture and not self.codes and self.ink <= BLANK_INK_MAX


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All pages of a file and the places of its form's fields."""

    pages: tuple[PageFacts, ...]
    widgets: tuple[Widget, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page of a new file: `page` (from 1) of the `file` (from 0) it is taken from.

    `turned` is by how many degrees more it is turned clockwise; `black` are rectangles (left, top,
    right, bottom) as shares of the page as it is shown before that turn.
    """

    file: int
    page: int
    turned: int = 0
    black: tuple[Box, ...] = ()
