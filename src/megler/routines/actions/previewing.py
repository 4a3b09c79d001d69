"""Trying a routine out on the past, before it is switched on: how often, on which cases, saying what.

What happened is read from the journal of the last 90 days, newest first, a slice at a time, so that
progress shows and no job lasts long; what time sets off is what would be ripe now. Nothing is done.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case
from megler.journal.actions import later
from megler.journal.models import Entry
from megler.routines.actions.facts import cases_by_id, facts_of, values_of
from megler.routines.actions.looking import ripe
from megler.routines.models import Preview, Routine
from megler.routines.rules import routines as rules
from megler.routines.rules.routines import TIMED, Happening, sets_off, verbs_of
from megler.routines.rules.texts import fill
from megler.vocabulary.problems import Problem, Refused
from megler.work.rules.assigning import fits

DAYS = 90
SLICE = 2_000
READ_MAX = 50_000
CASES_MAX = 500
SAMPLES = 8


def start_preview(by: User, routine: Routine, at: datetime | None = None) -> Preview:
    """Begin to try a routine out. Raises `Refused`."""
    if not by.may(Can.CHANGE_ROUTINES):
        raise Refused(Problem("not_allowed", "routine"))
    at = at or timezone.now()
    since = at - timedelta(days=DAYS)
    found = _entries(routine.to_routine(), since)
    total = found[: READ_MAX + 1].count() if found is not None else 0
    with transaction.atomic():
        made = Preview.objects.create(
            routine=routine, version=routine.version, total=min(total, READ_MAX),
            cut=total > READ_MAX, since=since, by=by, made_at=at,
        )  # fmt: skip
        later("routines.jobs.preview", id=str(made.pk))
    return made


def go_on_with_preview(preview_id: str) -> Preview | None:
    """Read one slice more; queue the next. Twice run, no slice is counted twice."""
    with transaction.atomic():
        running = Preview.objects.select_for_update(no_key=True).select_related("routine")
        preview = running.filter(pk=preview_id, state=Preview.State.RUNNING).first()
        if preview is None:
            return None
        routine = preview.routine.to_routine()
        if routine.trigger.when in TIMED:
            _count_ripe(preview, routine)
        else:
            _count_slice(preview, routine)
        preview.save()
        if preview.state == Preview.State.RUNNING:
            later("routines.jobs.preview", id=str(preview.pk))
    return preview


def _entries(routine: rules.Routine, since: datetime) -> Any:
    verbs = verbs_of(routine.trigger)
    if not verbs:
        return None
    return Entry.objects.filter(verb__in=verbs, subject_type="case", at__gte=since)


def _count_slice(preview: Preview, routine: rules.Routine) -> None:
    found = _entries(routine, preview.since).order_by("-pk")
    if preview.before_entry is not None:
        found = found.filter(pk__lt=preview.before_entry)
    entries = list(found[: min(SLICE, READ_MAX - preview.read)])
    cases = cases_by_id(UUID(entry.subject_id) for entry in entries)
    hits = [
        (case, entry)
        for entry in entries
        if (case := cases.get(UUID(entry.subject_id)))
        and sets_off(routine, _as_told(entry), facts_of(case))
    ]
    _add(preview, routine, [(c, e.at, str(e.data.get("kind", ""))) for c, e in hits])
    preview.read += len(entries)
    preview.before_entry = entries[-1].pk if entries else preview.before_entry
    if len(entries) < SLICE or preview.read >= READ_MAX:
        preview.state = Preview.State.DONE


def _as_told(entry: Entry) -> Happening:
    return Happening(entry.verb, entry.data, entry.actor_id, entry.actor_kind)


def _count_ripe(preview: Preview, routine: rules.Routine) -> None:
    """What is ripe now, and would be acted upon as soon as it is switched on."""
    found = list(ripe(routine.trigger, preview.made_at, None, SLICE))
    cases = cases_by_id(one.case for one in found)
    hits = [
        (case, one.since, one.kind)
        for one in found
        if (case := cases.get(one.case)) and fits(routine.condition, facts_of(case))
    ]
    _add(preview, routine, hits)
    preview.read = preview.total = len(found)
    preview.cut = len(found) == SLICE
    preview.state = Preview.State.DONE


def _add(
    preview: Preview, routine: rules.Routine, hits: Sequence[tuple[Case, datetime, str]]
) -> None:
    preview.times += len(hits)
    seen = dict.fromkeys([*preview.cases, *(str(case.pk) for case, _at, _kind in hits)])
    preview.cases = list(seen)[:CASES_MAX]
    for case, at, kind in hits[: max(SAMPLES - len(preview.samples), 0)]:
        preview.samples.append(_sample(routine, case, at, kind))


def _sample(routine: rules.Routine, case: Case, at: datetime, kind: str) -> dict[str, Any]:
    values = values_of(case, kind)
    return {
        "case": str(case.pk),
        "reference": case.reference,
        "client": case.client.name,
        "at": at.isoformat(),
        "texts": list(_texts(routine.effects, values)),
    }


def _texts(effects: Iterable[rules.Effect], values: dict[str, str]) -> Iterable[dict[str, str]]:
    for effect in effects:
        parts = [fill(part, values) for part in (effect.title, effect.subject, effect.text) if part]
        yield {"do": effect.do.value, "text": "\n".join(parts), "kind": effect.kind}
