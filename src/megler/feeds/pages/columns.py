"""Naming the columns of a carrier's sheet: what each seems to be, with what is understood beside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases import names as case_names
from megler.documents import apart
from megler.exchange.sheets import Sheet
from megler.feeds.actions.sources import Words, settle_layout
from megler.feeds.models import FeedFile
from megler.feeds.names import FIELD, MEANING, REQUIREMENT_MEANING, choices
from megler.feeds.rules.guessing import Guess, guess
from megler.feeds.rules.headers import Head, heading_key
from megler.feeds.rules.layouts import Known, Layout, recognise
from megler.feeds.rules.reading import read_rows
from megler.feeds.rules.records import Record
from megler.feeds.rules.settled import with_settled
from megler.feeds.rules.values import DayOrder
from megler.feeds.rules.words import (
    Field,
    kind_of,
    meaning_of,
    plain,
    requirement_meaning_of,
)
from megler.feeds.sentences import reason
from megler.vocabulary.problems import Problem, Refused

SAMPLE_ROWS = 6
WORDS_MAX = 40


@dataclass(frozen=True)
class Choice:
    """A column to be named: its heading, samples, what it is called now, and why."""

    index: int
    heading: str
    samples: tuple[str, ...]
    field: str
    why: str


@dataclass(frozen=True)
class Word:
    """A word of the carrier's own to be understood, how often it stands, and what it means now."""

    name: str
    words: str
    count: int
    meaning: str


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def feed_columns(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    """Name the columns and words of a file once; a preview says what would be understood."""
    found = FeedFile.objects.visible_to(request.user).select_related("source__carrier", "document")
    file = get_object_or_404(found, pk=file_id)
    sheets, problems = apart.read_sheets(file.document.read(), file.name)
    sheets = [sheet for sheet in sheets if not sheet.is_hidden] or sheets
    at = _sheet(request.GET.get("sheet", request.POST.get("sheet", "")), sheets)
    guessed = guess(sheets[at].rows) if sheets else None
    if guessed is None:
        none = Refused(problems or [Problem("feed_no_records", file.name)])
        context = {"file": file, "refused": none}
        return render(request, "feeds/columns.html", context, status=422)
    sheet = sheets[at]
    if settled := file.source.layouts.order_by("-number").first():
        guessed = with_settled(guessed, settled.to_rules())
    known = {w: dict(file.source.words.get(w, {})) for w in ("statuses", "states", "kinds")}
    layout, words = _given(request.POST, guessed, sheet, known)
    refused = None
    if request.method == "POST" and "save" in request.POST:
        try:
            settle_layout(request.user, file, layout, words)
            return redirect("feed_file", file_id=file.pk)
        except Refused as error:
            refused = error
    context = _shown(file, [sheet, *(s for s in sheets if s is not sheet)], guessed, layout)
    context |= {"sheets": [s.name for s in sheets], "sheet_at": at, "refused": refused}
    is_preview = request.htmx and "save" not in request.POST  # type: ignore[attr-defined]
    template = "feeds/_understood.html" if is_preview else "feeds/columns.html"
    return render(request, template, context, status=422 if refused else 200)


def _sheet(text: str, sheets: Sequence[Sheet]) -> int:
    """The sheet that is asked for, else the one whose columns tell most."""
    if text.isdecimal() and int(text) < len(sheets):
        return int(text)
    guesses = [guess(sheet.rows) for sheet in sheets]
    told = [len([c for c in one.columns if c.field]) if one else 0 for one in guesses]
    return told.index(max(told, default=0)) if told else 0


def _given(
    post: QueryDict, guessed: Guess, sheet: Sheet, known: Mapping[str, Mapping[str, str]]
) -> tuple[Layout, Words]:
    """The layout and words as they were chosen, else as they are guessed and known."""
    base = guessed.layout(ends=sheet.is_ended and bool(sheet.separator))
    if post:
        columns = {}
        for column in guessed.columns:
            chosen = post.get(f"column_{column.index}", "")
            if chosen in set(Field):
                columns[heading_key(_heading(column.index, column.heading))] = chosen
        order = post.get("day_order", base.day_order)
        base = replace(
            base, columns=columns, day_order=order if order in set(DayOrder) else base.day_order
        )
    headings = tuple(_heading(c.index, c.heading) for c in guessed.columns)
    words = Words(
        statuses=_chosen(post, "status", set(MEANING)),
        states=_chosen(post, "state", set(REQUIREMENT_MEANING)),
        kinds=_chosen(post, "kind", set(case_names.KIND)),
    )
    return replace(
        base,
        headings=headings,
        statuses={**known["statuses"], **words.statuses},
        states={**known["states"], **words.states},
        kinds={**known["kinds"], **words.kinds},
    ), words


def _heading(index: int, heading: str) -> str:
    return heading or f"column {index + 1}"


def _chosen(post: QueryDict, name: str, among: set[str]) -> dict[str, str]:
    """What words were said to mean: `status_word_3` is the word, `status_3` its meaning."""
    found = {}
    for key, value in post.items():
        number = key.removeprefix(f"{name}_word_")
        if key != number and (meaning := post.get(f"{name}_{number}", "")) in among:
            found[plain(str(value))] = meaning
    return found


def _shown(
    file: FeedFile, sheets: Sequence[Sheet], guessed: Guess, layout: Layout
) -> dict[str, Any]:
    """The first of the sheets as it is named, with what is understood of it and of those alike."""
    sheet = sheets[0]
    head = replace_headings(guessed.head, layout.headings)
    fields = tuple(layout.columns.get(heading_key(h), "") for h in layout.headings)
    known = Known(head, fields, ())
    body = sheet.rows[: head.body + 2000], sheet.lines[: head.body + 2000]
    records, told = read_rows(*body, layout, known)
    for other in sheets[1:]:
        if alike := recognise(layout, other.rows):
            records += read_rows(other.rows[:2000], other.lines[:2000], layout, alike)[0]
    columns = [
        Choice(
            c.index,
            _heading(c.index, c.heading),
            c.samples[:3],
            layout.columns.get(heading_key(_heading(c.index, c.heading)), ""),
            "; ".join(reason(r.code, r.params) for r in c.reasons),
        )
        for c in guessed.columns
    ]
    return {
        "file": file,
        "columns": columns,
        "fields": choices(FIELD),
        "titles": [" ".join(c for c in row if c) for row in sheet.rows[: head.first]],
        "samples": [_padded(row, len(columns)) for row in sheet.rows[head.body :][:SAMPLE_ROWS]],
        "words": _words(records, layout),
        "meanings": choices(MEANING),
        "states": choices(REQUIREMENT_MEANING),
        "kinds": choices(case_names.KIND),
        "day_order": layout.day_order,
        "has_days": any(f in {"born", "said_on", "issued_on", "paid_on"} for f in fields),
        "understood": [_line(one) for one in records[:SAMPLE_ROWS]],
        "total": len(records),
        "told": told[:20],
    }


def replace_headings(head: Head, headings: tuple[str, ...]) -> Head:
    """The head with a name for each column that has none."""
    return Head(head.first, head.count, headings)


def _padded(row: tuple[str, ...], width: int) -> list[str]:
    return [*row, *([""] * (width - len(row)))][:width]


def _words(records: list[Record], layout: Layout) -> list[Word]:
    """The carrier's own words in the file, the most frequent first, with what they mean."""
    found: list[Word] = []
    statuses = Counter(one.status for one in records if one.status)
    for said, n in statuses.most_common(WORDS_MAX):
        meaning = layout.statuses.get(plain(said)) or meaning_of(said) or ""
        found.append(Word("status", said, n, str(meaning)))
    asked = [r for one in records for r in one.requirements]
    for said, n in Counter(r.state_words for r in asked if r.state_words).most_common(WORDS_MAX):
        meaning = layout.states.get(plain(said)) or requirement_meaning_of(said) or ""
        found.append(Word("state", said, n, str(meaning)))
    for said, n in Counter(r.words for r in asked).most_common(WORDS_MAX):
        meaning = layout.kinds.get(plain(said)) or kind_of(said) or ""
        found.append(Word("kind", said, n, str(meaning)))
    return found


def _line(record: Record) -> dict[str, Any]:
    """A record as it is understood, for the preview."""
    return {
        "record": record,
        "meaning": MEANING.get(record.meaning) if record.meaning else "",
        "requirements": [
            f"{case_names.KIND[r.kind] if r.kind else r.words}: "
            f"{REQUIREMENT_MEANING[r.meaning] if r.meaning else r.state_words}"
            for r in record.requirements
        ],
    }
