"""What somebody wants to be done with a document's pages: read from what the page sends, and said in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from megler.documents.rules.kinds import PAGES_MAX
from megler.documents.rules.pages import Box
from megler.vocabulary.problems import Problem

PARTS_MAX = 50
BLACK_MAX = 100
"""Black rectangles on one page."""
TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the new file: which page (from 1) of which document, turned, with what black on it."""

    paper: str
    page: int
    turned: int = 0
    black: tuple[Box, ...] = ()


Part = tuple[Leaf, ...]


def read_plan(text: str, papers: Mapping[str, int]) -> tuple[list[Part], list[Problem]]:
    """The parts that are wanted: `{"parts": [[{"paper", "page", "turned", "black"}]]}`.

    `papers` are the documents that may be used, with their pages. All problems at once.
    """
    try:
        told = json.loads(text)["parts"]
        parts = [list(part) for part in told]
    except (ValueError, KeyError, TypeError, RecursionError):
        return [], [Problem("wrong_value", "plan", text[:60], '{"parts": [[{"page": 1}]]}')]
    problems: list[Problem] = []
    if not 1 <= len(parts) <= PARTS_MAX or not all(parts):
        problems.append(Problem("paper_plan_parts", "parts", str(len(parts)), f"1–{PARTS_MAX}"))
    if (count := sum(map(len, parts))) > PAGES_MAX:
        problems.append(Problem("document_too_many_pages", "plan", str(count), str(PAGES_MAX)))
    made = []
    for number, part in enumerate(parts, start=1):
        leaves = []
        for place, one in enumerate(part[:PAGES_MAX], start=1):
            where = f"{number}.{place}"
            wrong = list(_problems(one, where, papers))
            problems += wrong
            if not wrong:
                leaves.append(_leaf(one))
        made.append(tuple(leaves))
    return ([], problems) if problems else (made, [])


def _problems(one: Any, where: str, papers: Mapping[str, int]) -> Iterator[Problem]:
    if not isinstance(one, dict):
        yield Problem("wrong_value", where, str(one)[:60], "a page")
        return
    paper = one.get("paper")
    pages = papers.get(paper, 0) if isinstance(paper, str) else 0
    if not pages:
        yield Problem("paper_not_here", where, str(paper)[:60])
    page = one.get("page")
    if pages and not (type(page) is int and 1 <= page <= pages):
        yield Problem("document_page_missing", where, str(page)[:20], str(pages))
    turned = one.get("turned", 0)
    if type(turned) is not int or turned not in TURNS:
        yield Problem("wrong_value", f"{where}.turned", str(turned)[:20], "0, 90, 180, 270")
    black = one.get("black", [])
    if not isinstance(black, list) or len(black) > BLACK_MAX or not all(map(_is_box, black)):
        yield Problem("wrong_value", f"{where}.black", str(black)[:60], "[[0, 0, 1, 1]]")


def _is_box(one: Any) -> bool:
    if not isinstance(one, list) or len(one) != 4:
        return False
    if not all(type(side) in {int, float} and 0 <= side <= 1 for side in one):
        return False
    left, top, right, bottom = one
    return bool(left < right and top < bottom)


def _leaf(one: Mapping[str, Any]) -> Leaf:
    black = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in one.get("black", []))
    return Leaf(one["paper"], one["page"], one.get("turned", 0), black)


def changes_of(part: Part, parts: Sequence[Part], paper: str, pages: int) -> list[dict[str, Any]]:
    """What was done to get a part out of a document of so many pages, as it is kept and told.

    >>> changes_of((Leaf("a", 1, 90),), [(Leaf("a", 1, 90),)], "a", 2)
    [{'act': 'turned', 'pages': [1]}, {'act': 'left_out', 'pages': [2]}]
    """
    found: list[dict[str, Any]] = []
    own = [leaf.page for leaf in part if leaf.paper == paper]
    if len(parts) > 1:
        found.append({"act": "split", "pages": own})
    others = sorted({leaf.paper for leaf in part} - {paper})
    if others:
        found.append({"act": "merged", "papers": others})
    if own != sorted(own):
        found.append({"act": "moved", "pages": own})
    if turned := [leaf.page for leaf in part if leaf.turned]:
        found.append({"act": "turned", "pages": turned})
    if black := [leaf.page for leaf in part if leaf.black]:
        found.append({"act": "blackened", "pages": black})
    used = {leaf.page for each in parts for leaf in each if leaf.paper == paper}
    if left := sorted(set(range(1, pages + 1)) - used):
        found.append({"act": "left_out", "pages": left})
    return found
