"""Drawing what was signed onto the papers. Bytes in, bytes out.

A paper says itself where: a carrier's PDF by its fields, a paper of ours by named places (see
`typst/paper.typ`). Whatever else could still be typed into or clicked becomes part of the page.
"""

import ctypes
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from megler.documents.reading import PDFIUM
from megler.documents.typesetting import typeset
from megler.forms.rules.stamps import Mark, Place, place_below


@dataclass(frozen=True, slots=True)
class _Stamp:
    place: Place
    mark: Mark


def stamp(papers: Sequence[tuple[bytes, Mapping[str, Mark]]]) -> list[bytes]:
    """Each PDF with its marks drawn at the places of their names; names that it lacks are left out."""
    with PDFIUM:
        opened = [pypdfium2.PdfDocument(content) for content, _ in papers]
    try:
        stamps = []
        for document, (_, marks) in zip(opened, papers, strict=True):
            with PDFIUM:
                found = list(_places(document))
            stamps.append([_Stamp(place, marks[name]) for name, place in found if name in marks])
        looks = _looks([one for some in stamps for one in some])
        return _drawn(opened, stamps, looks)
    finally:
        with PDFIUM:
            for document in opened:
                document.close()


def places_in(content: bytes) -> list[tuple[str, Place]]:
    """The places of a paper by name: those of its fields, and those named on a paper of ours."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            return list(_places(document))
        finally:
            document.close()


@cache
def _template() -> bytes:
    return resources.files("megler.forms").joinpath("typst", "stamps.typ").read_bytes()


def _looks(stamps: Sequence[_Stamp]) -> bytes:
    """A PDF with a page for each mark, as large as its place."""
    if not stamps:
        return b""
    told = [
        {
            "width": max(one.place.width, 1.0),
            "height": max(one.place.height, 1.0),
            "text": one.mark.text,
            "strokes": [list(map(list, line)) for line in one.mark.strokes],
            "note": one.mark.note,
            "is_signature": one.mark.is_signature,
        }
        for one in stamps
    ]
    return typeset(_template(), {"stamps": told})


def _drawn(
    opened: Sequence[pypdfium2.PdfDocument], stamps: Sequence[Sequence[_Stamp]], looks: bytes
) -> list[bytes]:
    """Each document with its marks, written behind what it was: its own bytes stay as they were."""
    made, number = [], 0
    with PDFIUM:
        source = pypdfium2.PdfDocument(looks) if looks else None
        try:
            for document, some in zip(opened, stamps, strict=True):
                pages: dict[int, list[tuple[int, Place]]] = {}
                for one in some:
                    pages.setdefault(one.place.page, []).append((number, one.place))
                    number += 1
                for page, marks in pages.items():
                    _draw(document, page, source, marks)
                _flatten(document)
                out = io.BytesIO()
                document.save(out, flags=pdfium.FPDF_INCREMENTAL)
                made.append(out.getvalue())
        finally:
            if source:
                source.close()
    return made


def _draw(
    document: pypdfium2.PdfDocument, number: int, source: Any, marks: Sequence[tuple[int, Place]]
) -> None:
    page = document[number]
    for index, place in marks:
        look = source.page_as_xobject(index, document)
        drawn = look.as_pageobject()
        drawn.transform(pypdfium2.PdfMatrix().translate(place.x, place.y))
        page.insert_obj(drawn)
        look.close()
    page.gen_content()
    page.close()


def _flatten(document: pypdfium2.PdfDocument) -> None:
    """Make what fields show a part of their pages."""
    if document.get_formtype() == pdfium.FORMTYPE_NONE:
        return
    for page in document:
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        page.close()


def _places(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, Place]]:
    """Every named place and every field of a PDF, by name."""
    for index in range(pdfium.FPDF_CountNamedDests(document)):
        name, page, left, top = _named(document, index)
        if page >= 0 and name.startswith("signature."):
            yield name, place_below(page, left, top)
    if document.get_formtype() == pdfium.FORMTYPE_NONE:
        return
    document.init_forms()
    for number in range(len(document)):
        page = document[number]
        yield from _fields(document, page, number)
        page.close()


def _named(document: pypdfium2.PdfDocument, index: int) -> tuple[str, int, float, float]:
    size = ctypes.c_long(0)
    pdfium.FPDF_GetNamedDest(document, index, None, size)
    text = ctypes.create_string_buffer(max(size.value, 2))
    found = pdfium.FPDF_GetNamedDest(document, index, text, size)
    name = text.raw[: max(size.value, 0)].decode("utf-16-le", "replace").rstrip("\0")
    has = [ctypes.c_int() for _ in range(3)]
    at = [ctypes.c_float() for _ in range(3)]
    if not pdfium.FPDFDest_GetLocationInPage(found, *has, *at) or not (has[0] and has[1]):
        return name, -1, 0.0, 0.0
    return name, pdfium.FPDFDest_GetDestPageIndex(document, found), at[0].value, at[1].value


def _fields(document: Any, page: Any, number: int) -> Iterator[tuple[str, Place]]:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET:
            box = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, box)
            width, height = box.right - box.left, box.top - box.bottom
            place = Place(number, box.left, box.bottom, width, height)
            yield _field_name(document, annotation), place
        pdfium.FPDFPage_CloseAnnot(annotation)


def _field_name(document: Any, annotation: Any) -> str:
    size = pdfium.FPDFAnnot_GetFormFieldName(document.formenv, annotation, None, 0)
    text = ctypes.create_string_buffer(max(size, 2))
    wide = ctypes.cast(text, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetFormFieldName(document.formenv, annotation, wide, size)
    return text.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
