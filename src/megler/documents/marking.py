"""Drawing a small code onto each page of a PDF, by which the page is known again after scanning."""

import io
from collections.abc import Iterator, Sequence

import numpy as np
import zxingcpp
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject

SIDE = 40.0
"""Points of the code's side: read from a scan of 150 dots an inch."""
_EDGE = 13.0
"""Points from the corner of the sheet, which printers leave white."""


def mark_pages(content: bytes, codes: Sequence[str]) -> bytes:
    """The PDF with a QR code in the upper left corner of each page, in the order of `codes`.

    For files of the house's own. ValueError when there are not as many codes as pages.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page, code in zip(writer.pages, codes, strict=True):
        stream = DecodedStreamObject()
        left, top = float(page.cropbox.left) + _EDGE, float(page.cropbox.top) - _EDGE
        stream.set_data("\n".join(["q", "0 g", *_boxes(code, left, top), "Q"]).encode())
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


def _boxes(code: str, left: float, top: float) -> Iterator[str]:
    """Black boxes for the dark squares, those beside each other as one."""
    made = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    dots = np.array(zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False)) < 128
    size = SIDE / len(dots)
    around = 4 * size
    yield f"1 g {left - around:.2f} {top - SIDE - around:.2f} {SIDE + 2 * around:.2f} {SIDE + 2 * around:.2f} re f 0 g"
    for down, row in enumerate(dots):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            width, y = (last - first) * size, top - (down + 1) * size
            yield f"{left + first * size:.3f} {y:.3f} {width:.3f} {size:.3f} re f"
