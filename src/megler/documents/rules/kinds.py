"""Which files are taken, by what they hold, and how they are named."""

import unicodedata
from collections.abc import Iterable, Mapping

from megler.vocabulary.problems import Problem

KINDS: Mapping[str, str] = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
}
"""Content types that are taken, with the name people know them by."""

PICTURES = frozenset(KINDS) - {"application/pdf"}

TEXTS: Mapping[str, str] = {"text/csv": "CSV", "application/xml": "XML"}
"""Content types that are taken only where somebody asks for such a file."""

WORKBOOK = "application/vnd.ms-excel"
"""An Excel workbook of any age: taken only where somebody asks for it."""

PAGES_MAX = 2_000
"""More pages than any medical record seen; a bound, so that counting ends."""

PIXELS_MAX = 120_000_000
"""Pixels of one image: an A3 page at 600 dots an inch has 70 million."""

SIDE_MAX = 20_000
"""Pixels of an image's longer side: an A3 page at 1,200 dots an inch."""

NAME_MAX = 200
"""Characters of a file's name."""


def expected_kinds(also: Iterable[str] = ()) -> str:
    """The kinds that are taken, for a problem's `expected`; `also` are texts that are taken here.

    >>> expected_kinds(), expected_kinds(["text/csv"])
    ('PDF, PNG, JPEG, TIFF', 'PDF, PNG, JPEG, TIFF, CSV')
    """
    named = {**TEXTS, WORKBOOK: "XLSX"}
    return ", ".join([*KINDS.values(), *(named[kind] for kind in also)])


def readable_bytes(size: int) -> str:
    """A size in megabytes or kilobytes of 1,024, as people read it.

    >>> readable_bytes(25 * 1024 * 1024), readable_bytes(1500), readable_bytes(12)
    ('25 MB', '1.5 kB', '12 bytes')
    """
    for unit, name in ((1024 * 1024, "MB"), (1024, "kB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} bytes"


def clean_name(name: str) -> str:
    r"""The last part of a path, without control and direction characters, at most NAME_MAX long.

    >>> clean_name("C:\\scans\\APS\tDr. Lund.pdf")
    'APS Dr. Lund.pdf'
    >>> clean_name("../../etc/")
    'document'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last)
    words = " ".join(plain.split()).strip(". ")
    if len(words) > NAME_MAX:
        stem, dot, ending = words.rpartition(".")
        keep = dot + ending if dot and len(ending) <= 8 else ""
        words = (stem if keep else words)[: NAME_MAX - len(keep)] + keep
    return words or "document"


def size_problem(name: str, size: int, bytes_max: int) -> Problem | None:
    """Why a file of `size` bytes is not taken, if it is not."""
    if size == 0:
        return Problem("document_empty", name, "0 bytes", expected_kinds())
    if size > bytes_max:
        return Problem("document_too_large", name, readable_bytes(size), readable_bytes(bytes_max))
    return None


def kind_problem(name: str, content_type: str, also: Iterable[str] = ()) -> Problem | None:
    """Why a file that holds `content_type` is not taken, if it is not.

    >>> kind_problem("IMG_0042.HEIC", "image/heic").code
    'document_heic'
    """
    also = sorted(also)
    if content_type in KINDS or content_type in also:
        return None
    code = (
        "document_heic" if content_type in {"image/heic", "image/heif"} else "document_wrong_type"
    )
    return Problem(code, name, content_type or "unknown", expected_kinds(also))


def side_problem(name: str, width: int, height: int) -> Problem | None:
    """Why a picture that long or that wide is not taken, if it is not."""
    if max(width, height) <= SIDE_MAX:
        return None
    found, most = f"{width:,} × {height:,}", f"{SIDE_MAX:,} × {SIDE_MAX:,}"
    return Problem("document_too_many_pixels", name, found, most)


def pdf_name(name: str) -> str:
    """What a picture is called once it is a PDF.

    >>> pdf_name("IMG_0042.jpg"), pdf_name("scan")
    ('IMG_0042.pdf', 'scan.pdf')
    """
    stem, dot, ending = name.rpartition(".")
    kept = stem if dot and ending.lower() in {"png", "jpg", "jpeg", "tif", "tiff"} else name
    return f"{kept[: NAME_MAX - 4]}.pdf"
