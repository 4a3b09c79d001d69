"""Takes out of a PDF whatever acts by itself, and says what that was.

What a reader shows is left: pages, fields, bookmarks, and links inside the file. A file in which
nothing is found is kept byte by byte; otherwise it is written anew from the objects that its pages
reach, so that older revisions and anything hidden between or behind them are gone as well.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
)

from megler.documents.reading import PDFIUM
from megler.documents.rules.kinds import PAGES_MAX
from megler.documents.rules.pages import Taken
from megler.vocabulary.problems import Problem, Refused

_KEYS = {
    "/AA": "action",
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/XFA": "xfa",
    "/EmbeddedFiles": "embedded_file",
    "/EF": "embedded_file",
    "/AF": "embedded_file",
    "/Collection": "embedded_file",
    "/RichMediaContent": "media",
    "/RichMediaSettings": "media",
    "/Requirements": "action",
}
"""Keys that go, whatever they hold."""
_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/ResetForm": "action",
    "/URI": "link",
    "/GoToR": "link",
    "/GoToE": "embedded_file",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/GoTo3DView": "media",
    "/RichMediaExecute": "media",
    "/Trans": "action",
    "/Hide": "action",
    "/SetOCGState": "action",
    "/Named": "action",
}
"""Kinds of actions that go. What is left is `GoTo`: to another page of the same file."""
_ANNOTATIONS = {
    "/RichMedia": "media",
    "/Screen": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/3D": "media",
    "/FileAttachment": "embedded_file",
}
_HELD = ("/A", "/PA", "/Next", "/OpenAction")
"""Keys under which an action hangs."""
_NAMED = re.compile(
    rb"/(?:JavaScript|OpenAction|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)[^A-Za-z]"
)
_DEPTH_MAX = 60
_OBJECTS_MAX = 400_000


@dataclass
class _Sweep:
    """Goes through objects; notes what acts by itself and, when it `removes`, takes it out."""

    removes: bool
    found: set[str] = field(default_factory=set)

    def over(self, value: PdfObject | None, depth: int = 0) -> None:
        if depth > _DEPTH_MAX:
            raise ValueError("objects in objects without end")
        if isinstance(value, DictionaryObject):
            self._dictionary(value)
            for inner in list(value.values()):
                if not isinstance(inner, IndirectObject):
                    self.over(inner, depth + 1)
        elif isinstance(value, ArrayObject):
            for inner in value:
                if not isinstance(inner, IndirectObject):
                    self.over(inner, depth + 1)

    def _dictionary(self, value: DictionaryObject) -> None:
        for key in _HELD:
            if key in value and _action(value[key]):
                self._drop(value, key, _action(value[key]))
        if kind := _action(value):
            self.found.add(kind)
            if self.removes:
                value.clear()
        for key, kind in _KEYS.items():
            if key in value and not isinstance(value[key], NullObject):
                self._drop(value, key, kind)
        if "/Annots" in value:
            self._annotations(value)
        if value.get("/Type") == "/Sig" and "/ByteRange" in value:
            self.found.add("seal")

    def _annotations(self, page: DictionaryObject) -> None:
        listed = page["/Annots"]
        if not isinstance(listed, ArrayObject):
            return
        kept = ArrayObject()
        for raw in listed:
            one = raw.get_object()
            kind = _ANNOTATIONS.get(str(_get(one, "/Subtype")), "")
            if kind:
                self.found.add(kind)
            else:
                kept.append(raw)
        if self.removes and len(kept) < len(listed):
            page[NameObject("/Annots")] = kept

    def _drop(self, value: DictionaryObject, key: str, kind: str) -> None:
        self.found.add(kind)
        if self.removes:
            del value[key]


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, DictionaryObject) else None


def _action(value: Any) -> str:
    """What kind of thing an action does, when it is one that goes; a list has its first told."""
    if isinstance(value, ArrayObject):
        kinds = [_action(one.get_object()) for one in value if isinstance(one, PdfObject)]
        return next((kind for kind in kinds if kind), "")
    return _ACTIONS.get(str(_get(value, "/S")), "")


def _objects(reader: PdfReader) -> Iterator[PdfObject | None]:
    """Every object that the file's own index names, and its trailer."""
    yield reader.trailer
    count = 0
    for generation, listed in list(reader.xref.items()):
        for number in list(listed):
            yield reader.get_object(IndirectObject(number, generation, reader))
            count += 1
            if count > _OBJECTS_MAX:
                raise ValueError(f"more than {_OBJECTS_MAX} objects")
    for number in list(reader.xref_objStm)[:_OBJECTS_MAX]:
        yield reader.get_object(IndirectObject(number, 0, reader))


def take_pdf(content: bytes, name: str) -> Taken:
    """A PDF that is taken, with nothing in it that acts by itself.

    Raises `Refused` when it needs a password, has too many pages, or cannot be opened. Errors of
    the reader itself come through: who calls tells them as a broken file.
    """
    reader, was_broken = _opened(content)
    was_locked = reader.is_encrypted
    if was_locked and not reader.decrypt(""):
        raise Refused(Problem("document_locked", name, "encrypted", "it without a password"))
    _few_pages(reader, name)
    sweep = _Sweep(removes=False)
    for one in _objects(reader):
        sweep.over(one)
    found = sweep.found - {"seal"} | _about(content, was_locked)
    if was_broken or _pages_shown(content) != len(reader.pages):
        found.add("repaired")
    if not found and _NAMED.search(content):
        found.add("older_revision")
    if not found:
        return Taken("application/pdf", len(reader.pages))
    written, more = _written_anew(reader)
    pages = _pages_shown(written)
    if not pages:
        raise Refused(Problem("document_broken", name, "0 pages", "a whole PDF file"))
    if pages > PAGES_MAX:
        raise Refused(Problem("document_too_many_pages", name, str(pages), str(PAGES_MAX)))
    told = found | more | (sweep.found & {"seal"})
    return Taken("application/pdf", pages, written, tuple(sorted(told)))


def _opened(content: bytes) -> tuple[PdfReader, bool]:
    """The file, and whether its index had to be made anew from the objects that are left."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted or len(reader.pages):
            return reader, False
    except (PyPdfError, LookupError, TypeError, ValueError, AttributeError, OSError):
        pass
    out = io.BytesIO()
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(content)
        try:
            pdf.save(out)
        finally:
            pdf.close()
    return PdfReader(out), True


def _few_pages(reader: PdfReader, name: str) -> None:
    """Refuse too many pages by the file's own count first, before the pages are gone through."""
    root = reader.trailer["/Root"]
    declared = _get(_get(root, "/Pages"), "/Count")
    count = int(declared) if isinstance(declared, int) else 0
    if count <= PAGES_MAX:
        count = len(reader.pages)
    if count > PAGES_MAX:
        raise Refused(Problem("document_too_many_pages", name, str(count), str(PAGES_MAX)))
    if not count:
        raise Refused(Problem("document_broken", name, "0 pages", "a whole PDF file"))


def _about(content: bytes, was_locked: bool) -> set[str]:
    """What the file is besides its objects: locked, cut short, or with something else behind it."""
    found = {"encryption"} if was_locked else set()
    end = content.rfind(b"%%EOF")
    if end < 0:
        found.add("repaired")
    elif content[end + 5 :].strip(b"\r\n\t \0"):
        found.add("foreign_data")
    return found


def _pages_shown(content: bytes) -> int | None:
    """How many pages the renderer finds; None when it opens nothing."""
    try:
        with PDFIUM:
            pdf = pypdfium2.PdfDocument(content)
            try:
                return len(pdf)
            finally:
                pdf.close()
    except pypdfium2.PdfiumError:
        return None


def _written_anew(reader: PdfReader) -> tuple[bytes, set[str]]:
    writer = PdfWriter(clone_from=reader)
    sweep = _Sweep(removes=True)
    for one in list(writer._objects):
        sweep.over(one)
    first = io.BytesIO()
    writer.write(first)
    last = io.BytesIO()
    PdfWriter(clone_from=PdfReader(first)).write(last)
    return last.getvalue(), sweep.found
