"""Two people change one list at once: item by item, so that what both typed stands.

An item is known by its mark, a digest of what it says. A page remembers the marks of the items it
showed; what was added, changed and removed on either side follows from them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import Question

_MARK = 16


@dataclass(frozen=True, slots=True)
class ListShown:
    """A list as a page showed it: the marks of its items, and for each row sent the mark it had.

    The mark of a row that was added on the page is empty.
    """

    shown: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """An item of the merged list: the row `at` of mine, or of theirs."""

    mine: bool
    at: int


def item_mark(question: Question, item: Mapping[str, Any]) -> str:
    """A digest of one item of a list, the same for what was typed and for what is kept of it.

    >>> from megler.forms.rules.questionnaire import AnswerType, Question
    >>> share = Question("share", AnswerType.PERCENT, "Share", "Share")
    >>> heirs = Question("heirs", AnswerType.LIST, "Heirs", "Heirs", fields=(share,))
    >>> item_mark(heirs, {"share": " 50 %"}) == item_mark(heirs, {"share": "50"})
    True
    """
    said = {}
    for one in question.fields:
        typed = item.get(one.key)
        value, wrong = read_answer(one, typed)
        if wrong:
            said[one.key] = ["typed", str(typed)]
        elif value is not None:
            said[one.key] = ["read", value]
    text = json.dumps([question.key, said], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]


def merged(page: ListShown, mine: Sequence[str], theirs: Sequence[str]) -> list[Pick] | None:
    """The list that holds what both did since `page`; None when both changed the same item.

    `mine` are the marks of the rows sent now, `theirs` those of the items kept now. What one side
    removed and the other left alone is gone; what was changed on either side stays. Items added come
    last, mine after theirs; what both added alike is there once.
    """
    kept, sent = _found_again(page.shown, theirs), _sent(page)
    fresh = [at for at in range(len(theirs)) if at not in set(kept.values())]
    mine_too: list[int] = []
    for shown_at, row in sent.items():
        if shown_at in kept or mine[row] == page.shown[shown_at]:
            continue
        if mine[row] in {theirs[at] for at in fresh}:
            continue
        if fresh:
            return None
        mine_too.append(row)
    picks = []
    shown_of = {theirs_at: shown_at for shown_at, theirs_at in kept.items()}
    for at in range(len(theirs)):
        if at not in shown_of:
            picks.append(Pick(False, at))
        elif (sent_row := sent.get(shown_of[at])) is not None:
            changed = mine[sent_row] != theirs[at]
            picks.append(Pick(True, sent_row) if changed else Pick(False, at))
    added = [row for row in range(len(mine)) if row not in set(sent.values())]
    waiting = [theirs[at] for at in fresh]
    for row in sorted([*mine_too, *added]):
        if mine[row] in waiting:
            waiting.remove(mine[row])
        else:
            picks.append(Pick(True, row))
    return picks


def _found_again(shown: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Which items shown still stand as they were: place shown → place now."""
    found: dict[int, int] = {}
    used: set[int] = set()
    for shown_at, mark in enumerate(shown):
        at = next((t for t, one in enumerate(theirs) if one == mark and t not in used), None)
        if at is not None:
            found[shown_at] = at
            used.add(at)
    return found


def _sent(page: ListShown) -> dict[int, int]:
    """Which row sent comes of which item shown: place shown → row."""
    found: dict[int, int] = {}
    for row, mark in enumerate(page.rows):
        at = next((s for s, one in enumerate(page.shown) if one == mark and s not in found), None)
        if mark and at is not None:
            found[at] = row
    return found
