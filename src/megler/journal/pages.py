"""The journal as administrators read it: newest first, each line checked against its seal."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from megler.journal.forms import FindEntriesForm
from megler.journal.models import Entry, Seal, Unsealed
from megler.journal.rules.chain import FIRST, link
from megler.journal.words import subject_words, verb_words

PAGE_LENGTH = 50
WAITING_MAX = 1000
"""Beyond this many the page says “more than”; it never counts further."""


@dataclass(frozen=True)
class Line:
    """An entry as shown; `state` is `holds`, `broken` or `waits` for its seal."""

    entry: Entry
    state: str

    @property
    def done(self) -> str:
        return verb_words(self.entry.verb)

    @property
    def subject(self) -> str:
        return subject_words(self.entry.subject_type)

    @property
    def details(self) -> list[tuple[str, Any]]:
        return [(key.replace("_", " "), value) for key, value in self.entry.data.items()]


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """Who did what, when, on what, from where."""
    form = FindEntriesForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    listed, newer = _placed(_found(wanted), request.GET.get("page", ""))
    entries = list(listed[: PAGE_LENGTH + 1])
    more, entries = len(entries) > PAGE_LENGTH, entries[:PAGE_LENGTH]
    page = {"older": f"before-{entries[-1].pk}" if more else None, "newer": newer}
    shown = {
        "form": form,
        "lines": _checked(entries),
        "page": page,
        "actor": entries[0].actor_name if entries and wanted.get("actor") else "",
        "narrowed": any(wanted.values()),
        **_chain(),
    }
    part = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    return render(request, "journal/_lines.html" if part else "journal/journal.html", shown)


def _found(wanted: dict[str, Any]) -> QuerySet[Entry]:
    """What the form asks for. Each filter has an index that ends in the order shown."""
    listed = Entry.objects.all()
    if actor := wanted.get("actor"):
        listed = listed.filter(actor_id=actor)
    if verb := wanted.get("verb"):
        listed = listed.filter(verb=verb)
    if subject_type := wanted.get("subject_type"):
        listed = listed.filter(subject_type=subject_type)
    if subject_id := wanted.get("subject_id"):
        listed = listed.filter(subject_id=subject_id)
    if since := wanted.get("since"):
        listed = listed.filter(at__gte=_start_of(since))
    if until := wanted.get("until"):
        listed = listed.filter(at__lt=_start_of(until + timedelta(days=1)))
    return listed.order_by("-pk")


def _start_of(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _placed(listed: QuerySet[Entry], place: str) -> tuple[QuerySet[Entry], str | None]:
    """The list from its place on, and where the newer ones begin; by key, never by counting."""
    before = place.removeprefix("before-")
    if not before.isdecimal() or len(before) > 18:
        return listed, None
    pk = int(before)
    newer = list(
        listed.filter(pk__gte=pk).order_by("pk").values_list("pk", flat=True)[: PAGE_LENGTH + 1]
    )
    start = f"before-{newer[-1]}" if len(newer) > PAGE_LENGTH else "newest"
    return listed.filter(pk__lt=pk), start


def _checked(entries: Sequence[Entry]) -> list[Line]:
    """Each entry with whether its seal holds, computed now from the seal before it."""
    seals = {
        seal.entry_id: seal for seal in Seal.objects.filter(entry_id__in=[e.pk for e in entries])
    }
    numbers = [seal.number - 1 for seal in seals.values()]
    before = dict(Seal.objects.filter(number__in=numbers).values_list("number", "hash"))
    before[0] = FIRST
    return [Line(entry, _state(entry, seals.get(entry.pk), before)) for entry in entries]


def _state(entry: Entry, seal: Seal | None, before: dict[int, str]) -> str:
    if seal is None:
        return "waits"
    previous = before.get(seal.number - 1, "")
    computed = link(settings.JOURNAL_KEY, previous, seal.number, entry.content())
    return "holds" if hmac.compare_digest(computed, seal.hash) else "broken"


def _chain() -> dict[str, Any]:
    waiting = Unsealed.objects.order_by("pk")[: WAITING_MAX + 1].count()
    return {
        "last_seal": Seal.objects.order_by("-number").first(),
        "waiting": min(waiting, WAITING_MAX),
        "waiting_more": waiting > WAITING_MAX,
    }
