"""Logos: read whatever people have, keep a small picture."""

import base64
import io
import warnings

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from megler.documents.models import Document
from megler.documents.rules.kinds import clean_name, readable_bytes
from megler.vocabulary.problems import Problem, Refused

BYTES_MAX = 4 * 1024 * 1024
PIXELS_MAX = 25_000_000
SIZE = (720, 240)
"""Pixels across and down at most: sharp at an inch high on paper."""


def logo_png(given: "UploadedFile[bytes]") -> bytes:
    """A PNG or JPEG as a small PNG without whatever else the file told. Raises `Refused`."""
    name = clean_name(given.name or "")
    size = int(given.size or 0)
    if size > BYTES_MAX:
        most = readable_bytes(BYTES_MAX)
        raise Refused(Problem("document_too_large", name, readable_bytes(size), most))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(given.read()), formats=["PNG", "JPEG"]) as image:
                return _small(image, name)
    except UnidentifiedImageError:
        raise Refused(Problem("document_wrong_type", name, "unknown", "PNG, JPEG")) from None
    except (Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as error:
        found = (str(error).splitlines() or [type(error).__name__])[0][:120]
        raise Refused(Problem("document_broken", name, found, "a whole image file")) from None


def _small(image: Image.Image, name: str) -> bytes:
    pixels = image.width * image.height
    if pixels > PIXELS_MAX:
        problem = Problem("document_too_many_pixels", name, f"{pixels:,}", f"{PIXELS_MAX:,}")
        raise Refused(problem)
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail(SIZE)
    out = io.BytesIO()
    Image.frombytes("RGBA", upright.size, upright.tobytes()).save(out, "PNG", optimize=True)
    return out.getvalue()


def logo_address(logo: Document | None) -> str:
    """The picture as an address that a page shows without asking for it; empty without one."""
    return "data:image/png;base64," + base64.b64encode(logo.read()).decode() if logo else ""
