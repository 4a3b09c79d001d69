"""The rows of a history on a page, each with what the carriers' guides ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.http import HttpRequest

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.ratings import Listed
from megler.underwriting.actions import answers
from megler.underwriting.rules.asked_about import asked_about, is_recognised
from megler.underwriting.rules.history_entry import HISTORY, HistoryRow, rows_in
from megler.vocabulary.conditions import conditions

FEW_QUESTIONS = 6
"""Questions of an entry that are shown at once; the rest is folded."""


@dataclass(frozen=True)
class HistoryForm:
    """The form that the rows stand in: its id, that of the rows, the addresses of the rows and the page."""

    form_id: str
    rows_id: str
    rows_url: str
    page_url: str


def history_told(typed: Mapping[str, str], on: date, form: HistoryForm) -> dict[str, Any]:
    """What `underwriting/_history.html` shows of what was typed."""
    guides = guides_on(on)
    return {
        "history_form": form,
        "rows": [_row(row, guides) for row in rows_in(typed)],
        "suggestions": suggestions(),
    }


def typed_history(request: HttpRequest) -> dict[str, str]:
    """What was sent, with the row that a button adds or takes away."""
    typed = {key: ",".join(request.POST.getlist(key)) for key in request.POST}
    removed = typed.pop("remove", "")
    if removed.isascii() and removed.isdigit():
        typed = {k: v for k, v in typed.items() if not k.startswith(f"h{removed}_")}
    added = typed.pop("add", "")
    if added in HISTORY:
        numbers = [row.number for row in rows_in(typed)]
        typed[f"h{max(numbers, default=0) + 1}_list"] = added
    return typed


def guides_on(on: date) -> list[Edition]:
    """Every guide in effect."""
    found = {one.guide.name: one.guide for one in answers.standing_on(on).products}
    return list(found.values())


def _row(row: HistoryRow, guides: list[Edition]) -> dict[str, Any]:
    listed = Listed(row.listed)
    questions = [
        {"asked": asked, "answer": row.answers.get(asked.key, "")}
        for asked in (asked_about(guides, listed, row.name) if row.name else ())
    ]
    return {
        "row": row,
        "questions": questions[:FEW_QUESTIONS],
        "more": questions[FEW_QUESTIONS:],
        "unknown": bool(row.name)
        and listed is not Listed.MEDICATIONS
        and not is_recognised(guides, listed, row.name),
    }


@cache
def suggestions() -> dict[str, list[str]]:
    """The names that each list suggests."""
    return {
        listed: [one.name for one in conditions().values() if one.listed == listed]
        for listed in HISTORY
    }
