"""Reading a document once: what it is, whose it is, which parts it has, and the words of its pages."""

import hmac
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Exists, Func, OuterRef, Value
from django.utils import timezone

from megler.applications.actions.known_forms import known_sets
from megler.cases.models import CaseDocument
from megler.documents import apart
from megler.documents.models import Document, Standing
from megler.documents.rules.pages import PageFacts
from megler.forms.rules.marks import Mark, read_bar_code
from megler.journal.actions import later
from megler.papers.models import PageWords, Reading
from megler.papers.rules.clues import Clues, clues
from megler.papers.rules.kinds import PaperKind
from megler.papers.rules.searching import words_of
from megler.papers.rules.sorting import Sorted
from megler.papers.rules.splitting import Piece, pieces
from megler.vocabulary.problems import Refused

AT_ONCE_PAGES = 12
"""Pages of a file that is read while its sender waits; longer ones are read by a job."""
_SHEETS_FOR_CLUES = 6
"""Pages at the start of a part in which we look for whose it is."""
_SWEEP_DAYS, _SWEEP_MOST = 3, 200


def read_document(document: Document, at: datetime | None = None) -> Reading | None:
    """Read a document, unless that was done. None while nobody may read it."""
    if found := Reading.objects.filter(document=document).first():
        return found
    if document.standing != Standing.CLEAR:
        return None
    pages = _named(_pages(document))
    made = pieces(pages, document.name)
    first = _told_of(made[0].sorted) if len(made) == 1 else _told_of(_whole(made))
    told = {
        **first,
        "pieces": [_piece_json(one, pages, document.name) for one in made],
        **_clues_json(clues(_top(pages), document.name)),
    }
    kept = Reading(
        document=document,
        read_at=at or timezone.now(),
        kind=told.pop("kind"),
        confidence=told.pop("confidence"),
        is_sure=told.pop("sure"),
        found=told,
    )
    with transaction.atomic():
        held = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        if found := Reading.objects.filter(document=held).first():
            return found
        kept.save(force_insert=True)
        PageWords.objects.bulk_create(_words(held, pages), ignore_conflicts=True)
    return kept


def _pages(document: Document) -> tuple[PageFacts, ...]:
    """What its pages show; a file that cannot be looked at tells only by its name."""
    if document.content_type != "application/pdf":
        return (PageFacts(1, 0, 0, is_read=False),)
    try:
        return apart.look(document.read(), document.name).pages
    except Refused:
        return (PageFacts(1, 0, 0, is_read=False),)


def _named(pages: tuple[PageFacts, ...]) -> tuple[PageFacts, ...]:
    """Pages that bear the mark of a carrier's form begin with that form's name."""
    marks = {page.number: mark for page in pages if (mark := _mark(page))}
    if not marks:
        return pages
    names = _form_names()
    return tuple(
        replace(page, lines=(name, *page.lines))
        if (mark := marks.get(page.number)) and (name := names.get(mark.number.casefold()))
        else page
        for page in pages
    )


def _mark(page: PageFacts) -> Mark | None:
    return next((mark for code in page.codes if (mark := read_bar_code(code.text))), None)


def _form_names() -> dict[str, str]:
    """The forms of the carriers' published form sets, by their numbers."""
    sets = known_sets(timezone.localdate())
    return {form.spec.number.casefold(): form.spec.name for one in sets for form in one.forms}


def _top(pages: Iterable[PageFacts]) -> list[str]:
    return [line for page in list(pages)[:_SHEETS_FOR_CLUES] for line in page.lines]


def _whole(made: list[Piece]) -> Sorted:
    """Several papers in one file: what most of its pages are, and never sure."""
    longest = max(made, key=lambda one: len(one.pages)).sorted
    return Sorted(longest.kind, longest.confidence, False, longest.reasons, longest.second)


def _told_of(one: Sorted) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "confidence": one.confidence,
        "sure": one.is_sure,
        "reasons": list(one.reasons),
        "second": one.second.value if one.second else None,
    }


def _piece_json(one: Piece, pages: tuple[PageFacts, ...], name: str) -> dict[str, Any]:
    inside = [page for page in pages if page.number in one.pages]
    return {
        "first": one.first,
        "last": one.last,
        **_told_of(one.sorted),
        **_clues_json(clues(_top(inside))),
    }


def _clues_json(found: Clues) -> dict[str, Any]:
    return {
        "names": list(found.names),
        "births": [day.isoformat() for day in found.births],
        "references": list(found.references),
        "numbers": list(found.numbers),
    }


def _words(document: Document, pages: Iterable[PageFacts]) -> list[PageWords]:
    return [
        PageWords(document=document, page=page.number, words=as_vector(digests(words)))
        for page in pages
        if (words := words_of(page.lines))
    ]


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"megler words of pages", "sha256")


def digests(words: Iterable[str]) -> list[str]:
    """Words as nobody can read or make them without the installation's secret: 16 letters each."""
    key = _key(settings.SECRET_KEY)
    return [
        hmac.digest(key, word.encode(), "sha256")[:8].hex().translate(_LETTERS) for word in words
    ]


_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Digests of letters alone: the database's reader of words must not take one for a number."""


def as_vector(found: list[str]) -> Func:
    """Digests as the database's own kind of indexed words, in no order."""
    text = " ".join(sorted(found))
    return Func(
        Value(text), template="(%(expressions)s)::tsvector", output_field=SearchVectorField()
    )


def read_later(document_id: UUID | str) -> None:
    """Have a document read by a job, if the caller's transaction commits."""
    later("papers.jobs.read", document_id=str(document_id))


def read_what_is_left(at: datetime | None = None) -> int:
    """Have documents of cases read that nobody put up to be: of the last days, a bounded number."""
    since = (at or timezone.now()) - timedelta(days=_SWEEP_DAYS)
    read = Reading.objects.filter(document=OuterRef("document"))
    left = CaseDocument.objects.filter(
        ~Exists(read), added_at__gte=since, document__standing=Standing.CLEAR
    )
    found = list(left.order_by("added_at").values_list("document_id", flat=True)[:_SWEEP_MOST])
    for document_id in found:
        read_later(document_id)
    return len(found)


def kind_of(reading: Reading | None) -> PaperKind:
    """What a document is, as far as it was read."""
    return PaperKind(reading.kind) if reading else PaperKind.OTHER
