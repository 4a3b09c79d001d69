"""Where one scan holds several papers: proposals of page ranges, each with its kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from megler.documents.rules.pages import PageFacts
from megler.papers.rules.sorting import TITLE_LINES, Sorted, plain, sort_paper

_PAGE = re.compile(r"\bpage (\d{1,4}) (?:of|/) (\d{1,4})\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages `first` to `last` (from 1) of a file, and what they are."""

    first: int
    last: int
    sorted: Sorted

    @property
    def pages(self) -> range:
        return range(self.first, self.last + 1)


def pieces(pages: Sequence[PageFacts], name: str = "") -> list[Piece]:
    """The papers in a file, in order; one when nothing says that there are more.

    A new paper begins where a page counts itself as the first of several, or its own top names
    another kind for sure. A blank page ends the paper before it and belongs to it.
    """
    if not pages:
        return []
    starts = [0]
    current = sort_paper(pages[0].lines, name)
    for at, page in enumerate(pages[1:], start=1):
        here = sort_paper(page.lines)
        named = sort_paper(page.lines[:TITLE_LINES])
        other = here.is_sure and named.kind is here.kind and named.confidence >= 0.6
        if _is_first(page) or (other and here.kind is not current.kind and not _goes_on(page)):
            starts.append(at)
            current = here
        elif here.is_sure and not current.is_sure:
            current = here
    ends = [*(start - 1 for start in starts[1:]), len(pages) - 1]
    alone = len(starts) == 1
    return [
        Piece(
            pages[start].number,
            pages[end].number,
            sort_paper(_lines(pages[start : end + 1]), name if alone else ""),
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _lines(pages: Sequence[PageFacts]) -> list[str]:
    return [line for page in pages for line in page.lines]


def _counted(page: PageFacts) -> tuple[int, int] | None:
    ends = [*page.lines[:3], *page.lines[-3:]]
    found = _PAGE.search(plain("\n".join(ends)))
    return (int(found[1]), int(found[2])) if found else None


def _is_first(page: PageFacts) -> bool:
    counted = _counted(page)
    return counted is not None and counted[0] == 1


def _goes_on(page: PageFacts) -> bool:
    counted = _counted(page)
    return counted is not None and counted[0] > 1
