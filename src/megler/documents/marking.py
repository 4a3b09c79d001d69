"""Drawing a small code onto each page of a PDF, by which the page is known again after scanning."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
)

from megler.documents.reading import PDFIUM

SIDE = 38.0
"""Points of the code's side: read from a scan of 150 dots an inch."""
_EDGE = 12.0
"""Points from the corner of the sheet, which printers leave white."""


def mark_pages(content: bytes, codes: Sequence[str], words: Sequence[str]) -> bytes:
    """The PDF with a QR code in the emptiest corner of each page, in the order of `codes`.

    Below it stands in tiny letters what it says in `words`, in ASCII, for a file that comes back
    without having been a picture. For files of the house's own. ValueError when there are not as
    many codes and words as pages.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    font = writer._add_object(_font())
    for page, code, told, corner in zip(writer.pages, codes, words, _corners(content), strict=True):
        stream = DecodedStreamObject()
        box, (is_right, is_low) = page.cropbox, corner
        left = float(box.right) - _EDGE - SIDE if is_right else float(box.left) + _EDGE
        top = float(box.bottom) + _EDGE + SIDE if is_low else float(box.top) - _EDGE
        under = f"BT /{_FONT} 3 Tf {left:.2f} {top - SIDE - 4:.2f} Td ({told}) Tj ET"
        stream.set_data("\n".join(["q", "0 g", *_boxes(code, left, top), under, "Q"]).encode())
        _give_font(page, font)
        begun, ended = DecodedStreamObject(), DecodedStreamObject()
        begun.set_data(b"q\n")
        ended.set_data(b"\nQ\n")
        held = page["/Contents"] if "/Contents" in page else ArrayObject()
        before = held if isinstance(held, ArrayObject) else [page.raw_get("/Contents")]
        added = [writer._add_object(one) for one in (begun, ended, stream)]
        page[NameObject("/Contents")] = ArrayObject([added[0], *before, added[1], added[2]])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


_FONT = "MeglerMark"


def _font() -> DictionaryObject:
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})


def _give_font(page: PageObject, font: IndirectObject) -> None:
    """Name the font among the page's own resources; those may be shared or inherited."""
    resources = _copied(_own_or_inherited(page, "/Resources"))
    fonts = _copied(resources["/Font"].get_object()) if "/Font" in resources else _copied({})
    fonts[NameObject(f"/{_FONT}")] = font
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources


def _copied(held: Any) -> DictionaryObject:
    made = DictionaryObject()
    made.update(held)
    return made


def _own_or_inherited(page: PageObject, key: str) -> DictionaryObject:
    """What a page, or the nearest above it in the tree of pages, has under the key."""
    node: Any = page
    while node is not None:
        if key in node:
            found = node[key].get_object()
            return found if isinstance(found, DictionaryObject) else DictionaryObject()
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return DictionaryObject()


def _corners(content: bytes) -> list[tuple[bool, bool]]:
    """Of each page the corner with the least on it: whether it is on the right, and below."""
    found = []
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(content)
        try:
            for page in pdf:
                grey = page.render(scale=1, grayscale=True).to_numpy()
                grey = grey.reshape(grey.shape[0], grey.shape[1])
                found.append(min(_ORDER, key=lambda corner: _ink(grey, *corner)))
                page.close()
        finally:
            pdf.close()
    return found


_ORDER = ((False, False), (False, True), (True, False), (True, True))


def _ink(grey: NDArray[np.uint8], is_right: bool, is_low: bool) -> int:
    reach = round(_EDGE + SIDE)
    rows = grey[-reach:] if is_low else grey[:reach]
    return int((255 - (rows[:, -reach:] if is_right else rows[:, :reach]).astype(np.int64)).sum())


def _boxes(code: str, left: float, top: float) -> Iterator[str]:
    """Black boxes for the dark squares, those beside each other as one."""
    made = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    dots = np.array(zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False)) < 128
    size = SIDE / len(dots)
    for down, row in enumerate(dots):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            width, y = (last - first) * size, top - (down + 1) * size
            yield f"{left + first * size:.3f} {y:.3f} {width:.3f} {size:.3f} re f"
