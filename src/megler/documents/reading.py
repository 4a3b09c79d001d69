"""Opens files: what they hold, how many pages, and a picture of a page. Everything is bounded."""

import io
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import filetype
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from megler.documents.rules.kinds import (
    KINDS,
    PAGES_MAX,
    PIXELS_MAX,
    kind_problem,
    side_problem,
)
from megler.vocabulary.problems import Problem, Refused

PREVIEW_WIDTHS = range(40, 2001)
PREVIEW_HEIGHT_MAX = 4000
_BYTES_MAX = 2 * PIXELS_MAX
"""What one image may take in memory: an A3 page in colour at 600 dots an inch takes 210 million."""
PDFIUM = threading.Lock()
"""pdfium is not thread-safe: one page at a time in a process."""


def content_type_of(content: bytes) -> str:
    """The content type by the file's own first bytes, never by its name; empty if unknown."""
    found = filetype.guess_mime(content[:8192])
    return str(found or "")


def pages_of(content: bytes, name: str) -> tuple[str, int]:
    """The content type and page count of a file that is taken.

    Raises `Refused` naming the file, what was found and what was expected.
    """
    content_type = content_type_of(content)
    if problem := kind_problem(name, content_type):
        raise Refused(problem)
    pages = _pdf_pages if content_type == "application/pdf" else _image_pages
    count = pages(content, name)
    if count > PAGES_MAX:
        raise Refused(Problem("document_too_many_pages", name, str(count), str(PAGES_MAX)))
    return content_type, count


def _pdf_pages(content: bytes, name: str) -> int:
    whole = "a whole PDF file"
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(Problem("document_locked", name, "encrypted", "it without a password"))
        count = len(reader.pages)
        with PDFIUM:
            pdf = pypdfium2.PdfDocument(content)
            try:
                readable = len(pdf)
            finally:
                pdf.close()
    except (PyPdfError, pypdfium2.PdfiumError, ValueError, KeyError, TypeError, RecursionError,
            AttributeError, IndexError, OSError) as error:  # fmt: skip
        raise Refused(Problem("document_broken", name, first_line(error), whole)) from None
    if not count or not readable:
        raise Refused(Problem("document_broken", name, "0 pages", whole))
    return count


def _image_pages(content: bytes, name: str) -> int:
    """The pages of an image; counted one by one, so that a million empty ones take no time."""
    count = 1
    with image_in(content, name) as image:
        image.load()
        with suppress(EOFError):
            while count <= PAGES_MAX and getattr(image, "is_animated", False):
                image.seek(count)
                few_pixels(image, name)
                count += 1
    return count


def few_pixels(image: Image.Image, name: str) -> None:
    """Refuse more pixels than fit into a bounded memory; each takes a byte for each colour."""
    if problem := side_problem(name, image.width, image.height):
        raise Refused(problem)
    pixels = image.width * image.height
    most = min(PIXELS_MAX, _BYTES_MAX // len(image.getbands()))
    if pixels > most:
        raise Refused(Problem("document_too_many_pixels", name, f"{pixels:,}", f"{most:,}"))


@contextmanager
def image_in(content: bytes, name: str) -> Iterator[Image.Image]:
    """The image, refused before its pixels are read when there are too many of them."""
    formats = [kind for kind in KINDS.values() if kind != "PDF"]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=formats) as image:
                few_pixels(image, name)
                yield image
    except Image.DecompressionBombError as error:
        found = first_line(error)
        raise Refused(Problem("document_too_many_pixels", name, found, f"{PIXELS_MAX:,}")) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        problem = Problem("document_broken", name, first_line(error), "a whole image file")
        raise Refused(problem) from None


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120] or type(error).__name__


def page_png(content: bytes, content_type: str, name: str, page: int, width: int) -> bytes:
    """Page `page` (from 1) as a PNG at most `width` pixels wide, height bounded too."""
    width = min(max(width, PREVIEW_WIDTHS.start), PREVIEW_WIDTHS.stop - 1)
    if content_type == "application/pdf":
        picture = _pdf_picture(content, name, page, width)
    else:
        with image_in(content, name) as image:
            image.draft("RGB", (width, PREVIEW_HEIGHT_MAX))
            if page > 1:
                image.seek(page - 1)
                few_pixels(image, name)
            image.thumbnail((width, PREVIEW_HEIGHT_MAX))
            picture = ImageOps.exif_transpose(image).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def page_jpeg(content: bytes, page: int, width: int) -> bytes:
    """Page `page` (from 1) of a PDF as a small JPEG, filled fields and all."""
    picture = _pdf_picture(content, "", page, width, fills=True)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60, optimize=True)
    return out.getvalue()


def page_jpegs(content: bytes, pages: Iterable[int], width: int) -> list[bytes]:
    """Several pages as small JPEGs; empty where a page cannot be drawn."""
    found = []
    for page in pages:
        try:
            found.append(page_jpeg(content, page, width))
        except Refused:
            found.append(b"")
    return found


def _pdf_picture(
    content: bytes, name: str, page: int, width: int, fills: bool = False
) -> Image.Image:
    """A page as a picture; with `fills` what stands in its fields is drawn, where the file does not."""
    try:
        with PDFIUM:
            pdf = pypdfium2.PdfDocument(content)
            try:
                if fills:
                    pdf.init_forms()
                sheet = pdf[page - 1]
                across, down = sheet.get_size()
                scale = min(width / max(across, 1), PREVIEW_HEIGHT_MAX / max(down, 1))
                picture: Image.Image = sheet.render(scale=scale, may_draw_forms=fills).to_pil()
                return picture.convert("RGB")
            finally:
                pdf.close()
    except pypdfium2.PdfiumError as error:
        problem = Problem("document_broken", name, first_line(error), "a whole PDF file")
        raise Refused(problem) from None
