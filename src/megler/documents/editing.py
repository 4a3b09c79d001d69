"""Makes a new PDF of the pages of others: put in order, turned, left out, blackened.

A page that is blackened becomes a picture, and nothing else of it goes into the new file: no words,
fields, notes or other objects. Runs in a process of its own (`apart`), so nothing here may need Django.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from megler.documents.reading import PDFIUM
from megler.documents.rules.pages import PagePlan

DOTS = 200
"""Dots an inch of a page that is blackened: what a fax has, and readers take."""
_PIXELS_MAX = 12_000_000
_POINTS = 72
_QUALITY = 85
_BLACK = (0, 0, 0)


def edited(files: Sequence[bytes], plan: Iterable[PagePlan]) -> bytes:
    """The pages of `plan` as one PDF. Raises what the readers raise."""
    wanted = list(plan)
    is_blackened = any(page.black for page in wanted)
    with PDFIUM:
        sources = [pypdfium2.PdfDocument(file) for file in files]
        made = pypdfium2.PdfDocument.new()
        try:
            for source in sources:
                source.init_forms()
            for page in wanted:
                _add(made, sources[page.file], page, is_blackened)
            out = io.BytesIO()
            made.save(out)
        finally:
            made.close()
            for source in sources:
                source.close()
    return _bare(out.getvalue()) if is_blackened else out.getvalue()


def _add(made: Any, source: Any, plan: PagePlan, is_blackened: bool) -> None:
    if plan.black:
        picture = pypdfium2.PdfDocument(_blackened(source, plan))
        made.import_pages(picture)
        picture.close()
        return
    if is_blackened:
        # What stands in fields becomes part of the page: a field's value may repeat on another page.
        page = source[plan.page - 1]
        pypdfium2.raw.FPDFPage_Flatten(page, pypdfium2.raw.FLAT_NORMALDISPLAY)
        page.close()
    made.import_pages(source, [plan.page - 1])
    last = made[len(made) - 1]
    last.set_rotation((last.get_rotation() + plan.turned) % 360)
    last.close()


def _blackened(source: Any, plan: PagePlan) -> bytes:
    """A PDF of one page that is a picture, with black where the plan says, turned as it says."""
    page = source[plan.page - 1]
    width, height = page.get_size()
    scale = DOTS / _POINTS
    pixels = max(width, 1) * max(height, 1) * scale * scale
    if pixels > _PIXELS_MAX:
        scale *= (_PIXELS_MAX / pixels) ** 0.5
    picture: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    page.close()
    draw = ImageDraw.Draw(picture)
    for left, top, right, bottom in plan.black:
        corners = (left * picture.width, top * picture.height)
        others = (right * picture.width, bottom * picture.height)
        draw.rectangle((*corners, *others), fill=_BLACK)
    if plan.turned:
        picture = picture.rotate(-plan.turned, expand=True)
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=scale * _POINTS, quality=_QUALITY)
    return out.getvalue()


def _bare(content: bytes) -> bytes:
    """Only what the pages reach, without fields, notes, names and tags that may tell of other pages."""
    bare = PdfWriter()
    for page in PdfReader(io.BytesIO(content)).pages:
        for key in ("/Annots", "/StructParents", "/Metadata", "/PieceInfo", "/B", "/AA"):
            if key in page:
                del page[NameObject(key)]
        bare.add_page(page)
    out = io.BytesIO()
    bare.write(out)
    return out.getvalue()
