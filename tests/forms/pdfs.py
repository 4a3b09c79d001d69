"""Small PDFs with fields, written by hand as strangers write them."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


@dataclass(frozen=True)
class Widget:
    """One place of a field: page, box, and what it holds beside."""

    box: tuple[float, float, float, float]
    page: int = 0
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Field:
    """A field with its places; one place is merged into the field, several are its kids."""

    name: str
    kind: str
    places: Sequence[Widget]
    more: Mapping[str, Any] = field(default_factory=dict)


def pdf_with(*fields: Field, pages: int = 1, default: str = "/Helv 0 Tf 0 g") -> bytes:
    """A PDF of blank pages with these fields; names with dots hang under parents."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    roots = ArrayObject()
    for one in fields:
        _add(writer, roots, one)
    form = {"Fields": roots, "DA": TextStringObject(default)}
    writer.root_object[NameObject("/AcroForm")] = _dictionary(form)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add(writer: PdfWriter, roots: ArrayObject, one: Field) -> None:
    above, _, last = one.name.rpartition(".")
    node = _dictionary({"T": TextStringObject(last), "FT": NameObject(f"/{one.kind}"), **one.more})
    reference = writer._add_object(node)
    if above:
        parent = _dictionary({"T": TextStringObject(above), "Kids": ArrayObject([reference])})
        node[NameObject("/Parent")] = writer._add_object(parent)
        roots.append(node["/Parent"].indirect_reference)
    else:
        roots.append(reference)
    single = len(one.places) == 1
    if not single:
        node[NameObject("/Kids")] = ArrayObject()
    for place in one.places:
        widget = node if single else DictionaryObject()
        box = ArrayObject([FloatObject(side) for side in place.box])
        widget.update(_dictionary({"Subtype": NameObject("/Widget"), "Rect": box, **place.more}))
        page = writer.pages[place.page]
        annotations = page.get("/Annots", ArrayObject())
        if single:
            annotations.append(reference)
        else:
            widget[NameObject("/Parent")] = reference
            kid = writer._add_object(widget)
            node["/Kids"].append(kid)  # type: ignore[attr-defined]
            annotations.append(kid)
        page[NameObject("/Annots")] = annotations


def states(writer_less: Sequence[str]) -> dict[str, Any]:
    """Appearances of a box that can be in these states, and off."""
    looks = {state: DecodedStreamObject() for state in (*writer_less, "Off")}
    for look in looks.values():
        look.set_data(b"")
        look[NameObject("/Subtype")] = NameObject("/Form")
        look[NameObject("/BBox")] = ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)])
    return {"AP": _dictionary({"N": _dictionary(looks)}), "AS": NameObject("/Off")}


def _dictionary(entries: Mapping[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})
