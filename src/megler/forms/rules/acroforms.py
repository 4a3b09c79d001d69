"""Carriers' own PDFs with fields (AcroForm): which fields there are, and filling them.

Bytes in, bytes out: pypdf works in memory. A field is filled with what is seen (its appearance), too,
so that every reader shows the same.
"""

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from megler.vocabulary.problems import Problem

MOST_PAGES = 200
_READ_ONLY = 1
_MULTILINE = 1 << 12
BROKEN = (
    PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError, AttributeError, IndexError,
    AssertionError, ArithmeticError, NotImplementedError,
)  # fmt: skip
"""What reading and filling a broken PDF may raise."""
_INSET, _USUAL_SIZE = 4.0, 12.0
_SIZE = re.compile(r"([0-9.]+)\s+Tf")
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

    `width` of its text and `size` of its letters in points; `lines` how many it takes (0: one).
    """

    name: str
    kind: FieldKind
    states: tuple[str, ...] = ()
    longest: int = 0
    width: float = 0
    size: float = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class AcroForm:
    """A carrier's PDF as far as filling needs it."""

    pages: int
    fields: Mapping[str, PdfField]
    sha256: str


def read_acroform(file: str, content: bytes) -> tuple[AcroForm | None, list[Problem]]:
    """Pages and fields of a PDF; None with why when it is none that can be filled."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            return None, [Problem("pdf_encrypted", file, "encrypted", "a PDF without password")]
        pages = len(reader.pages)
        found = reader.get_fields() or {}
        fields = {name: one for name, given in found.items() if (one := _field(name, given))}
    except BROKEN as error:
        return None, [Problem("not_a_pdf", file, type(error).__name__, "a PDF")]
    if pages > MOST_PAGES:
        return None, [Problem("too_many_pages", file, str(pages), f"at most {MOST_PAGES}")]
    problems = []
    if b"/XFA" in content:
        problems.append(Problem("pdf_has_xfa", file, "XFA", "an AcroForm without XFA"))
    if not fields:
        problems.append(Problem("pdf_without_fields", file, "", "fields to fill"))
    form = AcroForm(pages, fields, hashlib.sha256(content).hexdigest())
    return (None if problems else form), problems


def _field(name: str, given: Mapping[str, Any]) -> PdfField | None:
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
    longest = given.get("/MaxLen", 0)
    longest = int(longest) if isinstance(longest, int) else 0
    width, size, lines = _room(given) if kind is FieldKind.TEXT else (0.0, 0.0, 0)
    return PdfField(name, kind, states, longest, width, size, lines)


def _room(given: Mapping[str, Any]) -> tuple[float, float, int]:
    """Width, letter size and lines of a text field, from its box and default appearance."""
    kids = given.get("/Kids") or [given.indirect_reference]  # type: ignore[attr-defined]
    widget = kids[0].get_object() if kids and kids[0] is not None else DictionaryObject()
    box = [float(one) for one in widget.get("/Rect", (0, 0, 0, 0))]
    width, height = abs(box[2] - box[0]) - _INSET, abs(box[3] - box[1]) - _INSET
    look = _SIZE.search(str(widget.get("/DA", given.get("/DA", ""))))
    size = float(look[1]) if look and float(look[1]) else _USUAL_SIZE
    many = bool(int(_inherited(widget, "/Ff") or 0) & _MULTILINE)
    return max(width, 0.0), size, max(int(height // (size * 1.4)), 1) if many else 0


def fill_acroform(content: bytes, values: Mapping[str, str], behind: bytes = b"") -> bytes:
    """The PDF with its fields filled and locked; the same values make the same bytes.

    The pages of the PDF `behind` follow. A box takes the name of its state, or nothing. Signature
    fields are left as they are, for signing. Raises KeyError when a field is not there.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.set_need_appearances_writer(False)
    left = dict(values)
    for page in writer.pages:
        here = {}
        for annotation in page.get("/Annots", ArrayObject()):
            widget = annotation.get_object()
            name = _name_of(widget)
            if name in values:
                here[name] = values[name]
                left.pop(name, None)
            _lock(widget)
        texts = {n: v for n, v in here.items() if not _is_box(page, n)}
        if texts:
            writer.update_page_form_field_values(page, texts, auto_regenerate=False)
        for name, state in here.items():
            if name not in texts:
                _tick(page, name, state)
    if left:
        raise KeyError(sorted(left)[0])
    if behind:
        writer.append(io.BytesIO(behind), import_outline=False)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


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


def _widgets(page: Any, name: str) -> list[DictionaryObject]:
    found = (annotation.get_object() for annotation in page.get("/Annots", ArrayObject()))
    return [widget for widget in found if _name_of(widget) == name]


def _is_box(page: Any, name: str) -> bool:
    return any(_inherited(widget, "/FT") == "/Btn" for widget in _widgets(page, name))


def _tick(page: Any, name: str, state: str) -> None:
    """Switches on the widget that has the state, and the others of the same name off."""
    for widget in _widgets(page, name):
        appearances = widget.get("/AP", DictionaryObject()).get("/N", DictionaryObject())
        on = f"/{state}" in appearances.get_object()
        widget[NameObject("/AS")] = NameObject(f"/{state}" if on else _OFF)
        if on:
            holder: Any = widget["/Parent"].get_object() if "/T" not in widget else widget
            holder[NameObject("/V")] = NameObject(f"/{state}")
