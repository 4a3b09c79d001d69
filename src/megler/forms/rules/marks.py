"""What stands on every page of a form to know it by: its bar code, and its footer.

A bar code holds `MEGLER1|<number>|<edition>|<page>|<pages>`; a footer reads
`<number> (<edition>) page <page> of <pages>`. Pages count from 1.
"""

import re
from dataclasses import dataclass

MADE_BY = "MEGLER1"
PAGES_MAX = 999
_WORD = r"[A-Za-z0-9](?:[A-Za-z0-9 ./_-]{0,38}[A-Za-z0-9])?"
_COUNT = r"[1-9][0-9]{0,2}"
_CODE = re.compile(rf"{MADE_BY}\|({_WORD})\|({_WORD})\|({_COUNT})\|({_COUNT})")
_FOOTER = re.compile(
    rf"({_WORD}) ?\(({_WORD})\)[ ,.]{{0,3}}page ({_COUNT}) of ({_COUNT})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Which page of which form in which edition a page is; `page` from 1."""

    number: str
    edition: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class FormMarks:
    """What a known form is known by: its number and edition, and how many pages it has (0: varies).

    For pages whose bar code and footer cannot be read: `fields[i]` are the names of the fields of
    page i + 1 of its empty PDF, and `lines[i]` what is printed there.
    """

    key: str
    number: str
    edition: str
    pages: int = 0
    fields: tuple[frozenset[str], ...] = ()
    lines: tuple[frozenset[str], ...] = ()


def bar_code(mark: Mark) -> str:
    """The text of the bar code for a page. ValueError when it could not be read back.

    Drawn as a QR code three quarters of an inch wide it is read from a fax and from a scan of 150
    dots an inch; a Code 128 of it must be 4.5 inches long for that.

    >>> bar_code(Mark("TL-100", "2026-01", 2, 9))
    'MEGLER1|TL-100|2026-01|2|9'
    """
    text = f"{MADE_BY}|{mark.number}|{mark.edition}|{mark.page}|{mark.pages}"
    if read_bar_code(text) != mark:
        raise ValueError(f"not a form's number, edition and page: {mark}")
    return text


def read_bar_code(text: str) -> Mark | None:
    """What a bar code says, when it is a form's.

    >>> read_bar_code("MEGLER1|TL-100|2026-01|2|9")
    Mark(number='TL-100', edition='2026-01', page=2, pages=9)
    >>> read_bar_code("https://example.com") is None
    True
    """
    found = _CODE.fullmatch(text.strip()) if len(text) < 200 else None
    return _mark(found) if found else None


def footer(mark: Mark) -> str:
    """The words at the foot of a page.

    >>> footer(Mark("TL-100", "2026-01", 2, 9))
    'TL-100 (2026-01) page 2 of 9'
    """
    return f"{mark.number} ({mark.edition}) page {mark.page} of {mark.pages}"


def read_footer(line: str) -> Mark | None:
    """What a line of a page says when it is a form's footer, or ends with one.

    >>> read_footer("Tundra Life    TL-100 (2026-01) page 2 of 9").number
    'Tundra Life TL-100'
    >>> read_footer("see page 2 of 9") is None
    True
    """
    words = " ".join(line[-200:].split())
    found = list(_FOOTER.finditer(words))
    return _mark(found[-1]) if found else None


def _mark(found: re.Match[str]) -> Mark | None:
    number, edition, page, pages = found.groups()
    mark = Mark(number, edition, int(page), int(pages))
    return mark if mark.page <= mark.pages <= PAGES_MAX else None
