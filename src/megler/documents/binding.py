"""Binding PDF files into one. The same files make the same bytes."""

import hashlib
import io
import re
from collections.abc import Iterable

import pypdfium2

from megler.documents.reading import PDFIUM

TITLE_MAX = 44
"""Characters of a bound file's title, in ASCII."""

_TOLD = re.compile(rb"<</CreationDate\(D:[^)]*\)/Creator\(PDFium\)/Producer\(PDFium\)>>")
_MARKED = re.compile(rb"/ID\[<([0-9A-F]{32})><\1>\]")


def bind(files: Iterable[bytes], title: str) -> bytes:
    """All pages of PDF files, in order, as one file.

    What they show is copied as it is; bookmarks and tags are left behind.
    """
    out = io.BytesIO()
    with PDFIUM:
        bound = pypdfium2.PdfDocument.new()
        try:
            for file in files:
                source = pypdfium2.PdfDocument(file)
                try:
                    bound.import_pages(source)
                finally:
                    source.close()
            bound.save(out)
        finally:
            bound.close()
    return _always_the_same(out.getvalue(), title)


def _always_the_same(content: bytes, title: str) -> bytes:
    """Name the file, and put what follows from its content where pdfium writes time and chance.

    Nothing changes its length, so that every place that the file names stays right.
    """
    if not title.isascii() or len(title) > TITLE_MAX or not title.replace(" ", "").isprintable():
        raise ValueError(f"a title of {TITLE_MAX} ASCII characters at most, not {title!r}")
    shown = re.sub(r"([\\()])", r"\\\1", title)
    told = f"<</Title({shown})/Producer(Megler)".encode()
    named, times = _TOLD.subn(lambda found: told.ljust(len(found[0]) - 2) + b">>", content)
    rest = _MARKED.sub(b"", named)
    mark = hashlib.sha256(rest).hexdigest()[:32].upper().encode()
    marked, marks = _MARKED.subn(b"/ID[<" + mark + b"><" + mark + b">]", named)
    if (times, marks, len(marked)) != (1, 1, len(content)):
        raise RuntimeError("pdfium writes its files in another way than before")
    return marked
