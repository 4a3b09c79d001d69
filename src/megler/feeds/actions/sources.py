"""Sources of carriers' files, their layouts and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.feeds.models import FeedFile, FeedLayout, FeedSource
from megler.feeds.names import FileState
from megler.feeds.rules.headers import heading_key
from megler.feeds.rules.layouts import Layout, says_enough
from megler.feeds.rules.words import USUAL_WAYS
from megler.journal.actions import later, record
from megler.vocabulary.problems import Problem, Refused


def make_source(person: User, source: FeedSource, at: datetime | None = None) -> FeedSource:
    """Note down from where a carrier's word comes. Raises `Refused` for a name that is taken."""
    at = at or timezone.now()
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", source.name))
    _may_fetch(person, source, {"partner": source.partner, "folder": source.folder})
    with transaction.atomic():
        if FeedSource.objects.filter(slug=source.slug).exists():
            raise Refused(Problem("feed_slug_taken", "slug", source.slug))
        source.made_at = at
        source.ways = {**USUAL_WAYS, **source.ways}
        source.save(force_insert=True)
        record(person.actor(), "feed.source_made", ("feed_source", source.pk), _told(source), at)
    return source


def change_source(
    person: User, source: FeedSource, changes: Mapping[str, Any], at: datetime | None = None
) -> FeedSource:
    """Change what is done with a source's word. `changes` are fields by name, with `version` seen."""
    at = at or timezone.now()
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", source.name))
    with transaction.atomic():
        held = FeedSource.objects.select_for_update(no_key=True).get(pk=source.pk)
        seen = changes.get("version", held.version)
        if seen != held.version:
            raise Refused(Problem("changed_meanwhile", held.name, str(seen), str(held.version)))
        _may_fetch(person, held, changes)
        for name, value in changes.items():
            if name in {
                "name",
                "partner",
                "folder",
                "ways",
                "makes_new_cases",
                "stale_days",
                "is_active",
            }:
                setattr(held, name, value)
        held.version += 1
        held.save()
        record(person.actor(), "feed.source_changed", ("feed_source", held.pk), _told(held), at)
    return held


def _may_fetch(person: User, source: FeedSource, changes: Mapping[str, Any]) -> None:
    """From where files are fetched, and taken away, is said by who may change partners."""
    is_new = source._state.adding
    was = (None, "") if is_new else (source.partner, source.folder)
    wanted = (changes.get("partner", was[0]), changes.get("folder", was[1]))
    if wanted != was and not person.may(Can.CHANGE_PARTNERS):
        raise Refused(Problem("not_allowed", "folder"))


def _told(source: FeedSource) -> dict[str, Any]:
    return {
        "name": source.name,
        "carrier": source.carrier.slug,
        "ways": source.ways,
        "makes_new_cases": source.makes_new_cases,
    }


@dataclass(frozen=True, slots=True)
class Words:
    """What a carrier's own words mean, by their plain form."""

    statuses: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


def settle_layout(
    person: User, held: FeedFile, layout: Layout, words: Words, at: datetime | None = None
) -> FeedLayout:
    """Keep how a source lays out its sheets, learned from a file, and read that file by it.

    A file that was read before is read again: what is understood now and was not then is done.
    Raises `Refused` when the columns do not say whose a row is, or say nothing of it.
    """
    at = at or timezone.now()
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", held.name))
    if problems := says_enough(layout):
        raise Refused(problems)
    with transaction.atomic():
        source = FeedSource.objects.select_for_update(no_key=True).get(pk=held.source_id)
        known = {
            heading_key(heading): name
            for heading in layout.headings
            if (name := layout.columns.get(heading_key(heading)))
        }
        last = source.layouts.order_by("-number").first()
        made = FeedLayout.objects.create(
            source=source,
            number=last.number + 1 if last else 1,
            headings=list(layout.headings),
            columns=known,
            day_order=layout.day_order,
            ends=layout.ends,
            settled_at=at,
            by_name=person.name,
        )
        learn(source, words)
        waiting = FeedFile.objects.filter(pk=held.pk, state__in=_READABLE)
        if waiting.update(state=FileState.RECEIVED):
            later("feeds.jobs.take", id=str(held.pk))
        told = {"source": source.slug, "number": made.number, "columns": known}
        record(person.actor(), "feed.layout_settled", ("feed_source", source.pk), told, at)
    return made


_READABLE = (FileState.NEEDS_LAYOUT, FileState.DONE, FileState.REFUSED)


def learn(source: FeedSource, words: Words) -> None:
    """Keep what a source's words mean, over what was known before."""
    known = dict(source.words)
    for name in ("statuses", "states", "kinds"):
        known[name] = {**known.get(name, {}), **getattr(words, name)}
    source.words = known
    source.save(update_fields=["words"])
