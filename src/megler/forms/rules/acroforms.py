"""Carriers' own PDFs with fields (AcroForm): which fields there are, and filling them.

Bytes in, bytes out: pypdf works in memory. A field is filled with what is seen (its appearance), too,
so that every reader shows the same; see `appearances`.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from megler.forms.rules.appearances import Room, look_of, text_drawn
from megler.vocabulary.problems import Problem

MOST_PAGES = 200
_READ_ONLY, _MULTILINE, _COMB = 1, 1 << 12, 1 << 24
BROKEN = (
    PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError, AttributeError, IndexError,
    AssertionError, ArithmeticError, NotImplementedError,
)  # fmt: skip
"""What reading and filling a broken PDF may raise."""
_OFF = "/Off"


class FieldKind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    BOX = "box"
    CHOICE = "choice"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class PdfField:
    """A field: its kind, the states of a box or the options of a choice, its longest text (0: any).

    `room` is what a text field has for its text; the smallest where it stands in several places.
    """

    name: str
    kind: FieldKind
    states: tuple[str, ...] = ()
    longest: int = 0
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class AcroForm:
    """A carrier's PDF as far as filling needs it."""

    pages: int
    fields: Mapping[str, PdfField]
    sha256: str


def read_acroform(file: str, content: bytes) -> tuple[AcroForm | None, list[Problem]]:
    """Pages and fields of a PDF; None with why when it is none that can be filled."""
    form, problems = _read(content)
    return form, [replace(problem, where=file) for problem in problems]


@lru_cache(maxsize=64)
def _read(content: bytes) -> tuple[AcroForm | None, tuple[Problem, ...]]:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            return None, (Problem("pdf_encrypted", "", "encrypted", "a PDF without password"),)
        pages = len(reader.pages)
        found = reader.get_fields() or {}
        default = _default(reader.root_object)
        fields = {n: one for n, given in found.items() if (one := _field(n, given, default))}
    except BROKEN as error:
        return None, (Problem("not_a_pdf", "", type(error).__name__, "a PDF"),)
    if pages > MOST_PAGES:
        return None, (Problem("too_many_pages", "", str(pages), f"at most {MOST_PAGES}"),)
    problems = []
    if b"/XFA" in content:
        problems.append(Problem("pdf_has_xfa", "", "XFA", "an AcroForm without XFA"))
    if not fields:
        problems.append(Problem("pdf_without_fields", "", "", "fields to fill"))
    form = AcroForm(pages, fields, hashlib.sha256(content).hexdigest())
    return (None if problems else form), tuple(problems)


def _default(root: DictionaryObject) -> str:
    """The appearance of text where a field does not say."""
    form: Any = root.get("/AcroForm", DictionaryObject()).get_object()
    return str(form.get("/DA", ""))


def _field(name: str, given: Mapping[str, Any], default: str) -> PdfField | None:
    kind = {
        "/Tx": FieldKind.TEXT,
        "/Btn": FieldKind.BOX,
        "/Ch": FieldKind.CHOICE,
        "/Sig": FieldKind.SIGNATURE,
    }.get(str(given.get("/FT", "")))
    if kind is None:
        return None
    states = tuple(str(s).removeprefix("/") for s in given.get("/_States_", ()) if s != _OFF)
    options = given.get("/Opt", ())
    if kind is FieldKind.CHOICE:
        states = tuple(str(one[0] if isinstance(one, list) else one) for one in options)
    if kind is not FieldKind.TEXT:
        return PdfField(name, kind, states)
    widgets = _widgets(given)
    longest = next((n for one in widgets if (n := _inherited(one, "/MaxLen"))), 0)
    rooms = [_room(widget, default) for widget in widgets]
    smallest = min(rooms, key=lambda room: room.width * room.height, default=None)
    return PdfField(name, kind, states, int(longest), smallest)


def _widgets(given: Mapping[str, Any]) -> list[DictionaryObject]:
    """The places where a field stands: itself, or its kids."""
    kids = given.get("/Kids") or [given.indirect_reference]  # type: ignore[attr-defined]
    return [kid.get_object() for kid in kids if kid is not None]


def _room(widget: DictionaryObject, default: str) -> Room:
    """The room of one place of a text field, from its box, flags and default appearance.

    A page that is shown turned has its fields turned with it: width and height change places.
    """
    left, bottom, right, top = (float(one) for one in widget.get("/Rect", (0, 0, 0, 0)))
    width, height = abs(right - left), abs(top - bottom)
    if _turned(widget) in {90, 270}:
        width, height = height, width
    size, colour = look_of(str(_inherited(widget, "/DA") or default))
    flags = int(_inherited(widget, "/Ff") or 0)
    is_multiline = bool(flags & _MULTILINE)
    longest = _inherited(widget, "/MaxLen")
    comb = int(longest) if flags & _COMB and not is_multiline and longest else 0
    align = _inherited(widget, "/Q")
    return Room(width, height, size, is_multiline, comb, align if align in {1, 2} else 0, colour)


def _turned(widget: DictionaryObject) -> int:
    turned = widget.get("/MK", DictionaryObject()).get_object().get("/R", 0)
    return int(turned) % 360 if isinstance(turned, int) else 0


def fill_acroform(content: bytes, values: Mapping[str, str], behind: bytes = b"") -> bytes:
    """The PDF with its fields filled and locked; the same values make the same bytes.

    The pages of the PDF `behind` follow. A box takes the name of its state, or nothing. Signature
    fields are left as they are, for signing. Raises KeyError when a field is not there.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.set_need_appearances_writer(False)
    default = _default(writer.root_object)
    left = set(values)
    font: IndirectObject | None = None
    for page in writer.pages:
        for annotation in page.get("/Annots", ArrayObject()).get_object():
            widget = annotation.get_object()
            if widget.get("/Subtype") != "/Widget":
                continue
            name, kind = _name_of(widget), _inherited(widget, "/FT")
            if name in values and kind == "/Btn":
                _tick(widget, values[name])
            elif name in values and kind in {"/Tx", "/Ch"}:
                font = font or _helvetica(writer)
                _write(writer, widget, values[name], default, font)
            left.discard(name)
            _lock(widget)
    if left:
        raise KeyError(sorted(left)[0])
    if behind:
        writer.append(io.BytesIO(behind), import_outline=False)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _helvetica(writer: PdfWriter) -> IndirectObject:
    font = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}
    font["Encoding"] = "WinAnsiEncoding"
    named = {NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in font.items()}
    return writer._add_object(DictionaryObject(named))


def _write(
    writer: PdfWriter, widget: DictionaryObject, text: str, default: str, font: IndirectObject
) -> None:
    """The text as the field's value, and as what the widget shows."""
    room = _room(widget, default)
    _holder(widget)[NameObject("/V")] = TextStringObject(text)
    _holder(widget).pop("/I", None)  # the index of a choice made before
    look = DecodedStreamObject()
    look.set_data(text_drawn(room, text))
    look[NameObject("/Type")] = NameObject("/XObject")
    look[NameObject("/Subtype")] = NameObject("/Form")
    look[NameObject("/BBox")] = ArrayObject(
        [FloatObject(round(one, 2)) for one in (0, 0, room.width, room.height)]
    )
    if turn := _TURNS.get(_turned(widget)):
        look[NameObject("/Matrix")] = ArrayObject([NumberObject(one) for one in turn])
    fonts = DictionaryObject({NameObject("/Helv"): font})
    look[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    added = writer._add_object(look.flate_encode())
    widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): added})


_TURNS = {90: (0, 1, -1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, -1, 1, 0, 0, 0)}
"""Matrices of a turn counter-clockwise. Readers move what is turned into the widget's box."""


def _holder(widget: DictionaryObject) -> Any:
    """The field that a widget shows: itself, or its parent where it is one of several places."""
    return widget if "/T" in widget else widget["/Parent"].get_object()


def _name_of(widget: DictionaryObject) -> str:
    parts = []
    node: Any = widget
    while node is not None:
        if "/T" in node:
            parts.append(str(node["/T"]))
        parent = node.get("/Parent")
        node = parent.get_object() if parent is not None else None
    return ".".join(reversed(parts))


def _inherited(widget: DictionaryObject, key: str) -> Any:
    node: Any = widget
    while node is not None:
        if key in node:
            return node[key]
        parent = node.get("/Parent")
        node = parent.get_object() if parent is not None else None
    return None


def _lock(widget: DictionaryObject) -> None:
    if _inherited(widget, "/FT") == "/Sig" or ("/FT" not in widget and "/Parent" not in widget):
        return
    flags = int(_inherited(widget, "/Ff") or 0)
    holder: Any = widget if "/FT" in widget or "/T" in widget else widget["/Parent"].get_object()
    holder[NameObject("/Ff")] = NumberObject(flags | _READ_ONLY)


def _tick(widget: DictionaryObject, state: str) -> None:
    """Switches the widget on when it has the state, and off when it has another."""
    looks = widget.get("/AP", DictionaryObject()).get_object().get("/N", DictionaryObject())
    on = f"/{state}" in looks.get_object()
    widget[NameObject("/AS")] = NameObject(f"/{state}" if on else _OFF)
    if on:
        _holder(widget)[NameObject("/V")] = NameObject(f"/{state}")
