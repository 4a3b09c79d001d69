"""Looks at the pages of a PDF: their words, bar codes and form fields.

Runs in a process of its own (`apart`), so nothing here may need Django. Pages with words of their
own are not pictured, unless they are scans with words laid over: their footer says what a bar code
would.
"""

import io
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from megler.documents.reading import PDFIUM
from megler.documents.rules.pages import BLANK_INK_MAX, Box, Code, FileFacts, PageFacts, Widget

SECONDS = 90.0
"""How long the pages of one file are looked at; what is left then is told as not read."""
DOTS = 150
_POINTS = 72
_PIXELS_MAX = 9_000_000
"""Dots of a page that is looked at: 13 by 17 inches at 150 an inch and a good deal more."""
_LINES_MAX, _LINE_MAX = 400, 300
_WORDS_MIN = 20
"""Letters below which a page has no words of its own: a stamp, or a fax's heading."""
_SCAN_SHARE = 0.5
"""Share of a page that pictures cover from which it counts as a scan."""
_WIDGETS_MAX = 20_000
_DARK = 140
"""Grey below which a dot is ink, of 0 (black) to 255."""
CODES = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.PDF417,
        zxingcpp.BarcodeFormat.DataMatrix,
    ]
)
Grey = NDArray[np.uint8]


def look(content: bytes, seconds: float = SECONDS) -> FileFacts:
    """What the pages of a PDF show, and the fields of its form. Raises what its readers raise."""
    until = time.monotonic() + seconds
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(content)
        try:
            pages = tuple(_page(pdf, number, until) for number in range(1, len(pdf) + 1))
        finally:
            pdf.close()
    return FileFacts(pages, tuple(_widgets(content, until)))


def _page(pdf: Any, number: int, until: float) -> PageFacts:
    if time.monotonic() > until:
        return PageFacts(number, 0, 0, is_read=False)
    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError:
        return PageFacts(number, 0, 0, is_read=False)
    try:
        width, height = page.get_size()
        lines = _lines(page)
        if sum(map(len, lines)) >= _WORDS_MIN and not _is_scan(page, width * height):
            return PageFacts(number, width, height, lines)
        grey = grey_of(page, DOTS)
        codes, ink = _codes(grey), _ink(grey)
        if not codes and ink > BLANK_INK_MAX:
            codes = _codes(_without_specks(grey))
        return PageFacts(number, width, height, lines, codes, is_picture=True, ink=ink)
    finally:
        page.close()


def _is_scan(page: Any, area: float) -> bool:
    """Whether pictures cover it: words on it are then a stamp, a heading, or a machine's reading."""
    covered = 0.0
    for one in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        left, bottom, right, top = one.get_bounds()
        covered += (right - left) * (top - bottom)
    return covered > _SCAN_SHARE * area


def _lines(page: Any) -> tuple[str, ...]:
    text = page.get_textpage()
    try:
        count = min(text.count_chars(), _LINES_MAX * _LINE_MAX)
        found = text.get_text_range(0, count, errors="replace") if count else ""
    finally:
        text.close()
    lines = (" ".join(line.split())[:_LINE_MAX] for line in found.splitlines())
    return tuple(line for line in lines if line)[:_LINES_MAX]


def grey_of(page: Any, dots: float) -> Grey:
    """The page in grey; one that is very large in fewer dots."""
    width, height = page.get_size()
    scale = dots / _POINTS
    pixels = max(width, 1) * max(height, 1) * scale * scale
    if pixels > _PIXELS_MAX:
        scale *= (_PIXELS_MAX / pixels) ** 0.5
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    grey: Grey = np.array(bitmap.to_numpy(), dtype=np.uint8, copy=True)
    bitmap.close()
    return grey.reshape(grey.shape[0], grey.shape[1])


def _codes(grey: Grey) -> tuple[Code, ...]:
    found = zxingcpp.read_barcodes(grey, formats=CODES)
    return tuple(
        Code(one.text[:200], round(one.orientation / 90) % 4 * 90) for one in found if one.valid
    )


def _without_specks(grey: Grey) -> Grey:
    """Each dot as the middle one of its nine neighbours: dust and a fax's noise go."""
    clean: Grey = np.asarray(Image.fromarray(grey).filter(ImageFilter.MedianFilter(3)))
    return clean


def _ink(grey: Grey) -> float:
    """The share of dark dots, its outer twentieth left out: scanners draw the sheet's edge."""
    down, across = (side // 20 for side in grey.shape)
    inner = grey[down : grey.shape[0] - down or None, across : grey.shape[1] - across or None]
    return round(float((inner < _DARK).mean()), 5) if inner.size else 0.0


def _widgets(content: bytes, until: float) -> Iterator[Widget]:
    reader = PdfReader(io.BytesIO(content))
    count = 0
    for number, page in enumerate(reader.pages, start=1):
        listed = _get(page, "/Annots")
        for raw in listed if isinstance(listed, ArrayObject) else ():
            one = raw.get_object()
            if _get(one, "/Subtype") != "/Widget":
                continue
            if (widget := _widget(number, one, page)) is not None:
                yield widget
            count += 1
            if count > _WIDGETS_MAX or time.monotonic() > until:
                return


def _get(value: Any, key: str) -> Any:
    found = value.get(key) if isinstance(value, DictionaryObject) else None
    return found.get_object() if found is not None else None


def _chain(widget: DictionaryObject) -> list[DictionaryObject]:
    """The widget and the fields above it, nearest first."""
    found = [widget]
    while len(found) < 30 and isinstance(above := _get(found[-1], "/Parent"), DictionaryObject):
        found.append(above)
    return found


def _inherited(chain: Iterable[DictionaryObject], key: str) -> Any:
    return next((value for one in chain if (value := _get(one, key)) is not None), None)


def _widget(number: int, one: DictionaryObject, page: Any) -> Widget | None:
    chain = _chain(one)
    name = ".".join(str(_get(part, "/T")) for part in reversed(chain) if _get(part, "/T"))
    kind = str(_inherited(chain, "/FT") or "")
    flags = _inherited(chain, "/Ff")
    kind = _kind(kind, flags if isinstance(flags, int) else 0)
    if not name or not kind:
        return None
    return Widget(number, name[:200], kind, _value(kind, chain), _box(one, page))


def _kind(kind: str, flags: int) -> str:
    """ISO 32000-1, table 226: bit 16 of a button marks a radio, bit 17 a push-button."""
    if kind == "/Btn":
        return "button" if flags & 1 << 16 else "radio" if flags & 1 << 15 else "tick"
    return {"/Tx": "text", "/Ch": "choice", "/Sig": "signature"}.get(kind, "")


def _value(kind: str, chain: list[DictionaryObject]) -> str:
    value = _inherited(chain, "/V")
    if kind == "signature":
        return "signed" if isinstance(value, DictionaryObject) and _get(value, "/Contents") else ""
    if kind in {"tick", "radio"}:
        state = str(_get(chain[0], "/AS") or "").removeprefix("/")
        chosen = str(value or "").removeprefix("/")
        shown = state or (chosen if chosen in _states(chain[0]) else "")
        return "" if shown == "Off" else shown[:200]
    if kind == "button":
        return ""
    if isinstance(value, ArrayObject):
        return "\n".join(str(part.get_object()) for part in value)[:4000]
    if isinstance(value, DictionaryObject):
        data = getattr(value, "get_data", lambda: b"")()
        return data.decode("utf-8", "replace")[:4000] if isinstance(data, bytes) else ""
    return "" if value is None else str(value)[:4000]


def _states(widget: DictionaryObject) -> set[str]:
    """The states that a box can have, as it is drawn in each."""
    normal = _get(_get(widget, "/AP"), "/N")
    return {str(key).removeprefix("/") for key in normal} if isinstance(normal, Mapping) else set()


def _box(one: DictionaryObject, page: Any) -> Box:
    """Its corners from the lower left corner of the page as it is shown; nothing when misshapen."""
    try:
        a, b, c, d = (float(value.get_object()) for value in _get(one, "/Rect"))
        left, bottom = float(page.cropbox.left), float(page.cropbox.bottom)
    except (TypeError, ValueError, AttributeError):
        return (0, 0, 0, 0)
    x0, x1, y0, y1 = min(a, c), max(a, c), min(b, d), max(b, d)
    return (x0 - left, y0 - bottom, x1 - left, y1 - bottom)
