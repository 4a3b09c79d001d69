"""Opens what somebody sent: what it is by its content, and what of it is kept.

Runs in a process of its own (`apart`), so nothing here may need Django.
"""

import codecs
from collections.abc import Callable, Iterable
from typing import TypeVar

from megler.documents.binding import bind
from megler.documents.cleaning import take_pdf
from megler.documents.picturing import clean_picture, picture_pages
from megler.documents.reading import content_type_of, first_line
from megler.documents.rules.kinds import PAGES_MAX, PICTURES, WORKBOOK, kind_problem
from megler.documents.rules.pages import Taken
from megler.exchange.sheets import is_workbook
from megler.vocabulary.problems import Problem, Refused

Opened = TypeVar("Opened")
TITLE = "Pictures"
"""What a PDF made of pictures is called inside: nothing that somebody typed."""


def take(
    content: bytes, name: str, *, also: Iterable[str] = (), keeps_pictures: bool = False
) -> Taken:
    """One file that is taken, cleaned. A picture becomes a PDF, unless it `keeps_pictures`.

    `also` are kinds of text (`kinds.TEXTS`) that are taken here. Raises `Refused` and nothing else,
    whatever the file holds.
    """
    if WORKBOOK in also and is_workbook(content):
        return Taken(WORKBOOK, 1)
    kind = content_type_of(content) or _text_kind(content, set(also))
    if problem := kind_problem(name, kind, also):
        raise Refused(problem)
    if kind == "application/pdf":
        return _whole("a whole PDF file", name, lambda: take_pdf(content, name))
    if kind not in PICTURES:
        return Taken(kind, 1)
    if not keeps_pictures:
        return take_pictures([(name, content)])
    written, done = _whole("a whole image file", name, lambda: clean_picture(content, name))
    return Taken(kind, 1, written, tuple(sorted(done)))


def take_pictures(files: Iterable[tuple[str, bytes]]) -> Taken:
    """Several pictures, by name and content, as one PDF in that order. Raises `Refused`."""
    pages: list[bytes] = []
    done: set[str] = set()
    for name, content in files:
        made, more = _whole("a whole image file", name, _pages_of(content, name))
        pages += made
        done |= more
        if len(pages) > PAGES_MAX:
            found = f"> {PAGES_MAX}"
            raise Refused(Problem("document_too_many_pages", name, found, str(PAGES_MAX)))
    return Taken("application/pdf", len(pages), bind(pages, TITLE), tuple(sorted(done)))


def _pages_of(content: bytes, name: str) -> Callable[[], tuple[list[bytes], set[str]]]:
    return lambda: picture_pages(content, name)


def _whole(what: str, name: str, opened: Callable[[], Opened]) -> Opened:
    """What opening a file gives; whatever its reader raises is told as a file that is broken."""
    try:
        return opened()
    except Refused:
        raise
    except (MemoryError, RecursionError):
        raise Refused(Problem("document_too_heavy", name, "", what)) from None
    except Exception as error:
        raise Refused(Problem("document_broken", name, first_line(error), what)) from None


def _text_kind(content: bytes, wanted: set[str]) -> str:
    """Which of the kinds of text asked for it is; empty when it is none or no text at all."""
    if not wanted or (text := text_in(content)) is None:
        return ""
    start = text.lstrip()[:200].lower()
    if start.startswith("<"):
        is_page = start.startswith(("<!doctype html", "<html", "<script"))
        return "application/xml" if "application/xml" in wanted and not is_page else ""
    return "text/csv" if "text/csv" in wanted and start else ""


def text_in(content: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 with its mark, or Windows-1252; None when it is none."""
    marks = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    marked = [coding for mark, coding in marks if content.startswith(mark)]
    for coding in marked or ["utf-8", "cp1252"]:
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        return None if any(c < " " and c not in "\t\n\r\f" for c in text) else text
    return None
