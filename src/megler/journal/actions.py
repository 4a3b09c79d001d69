"""Writing to the journal, sealing and verifying it, and the two ways work goes on from an action."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.sql import queries

from megler.journal.models import Entry, Seal, Unsealed
from megler.journal.rules.actors import Actor
from megler.journal.rules.chain import FIRST, Head, Sealed, link, problems_in
from megler.vocabulary.problems import Problem, Severity

_SEALING = 0x6D65676C
"""The advisory lock that one sealer at a time holds."""
_TOLD_MAX = 100
_SILENT = timedelta(seconds=90)
"""A worker that has not been heard of for so long has gone; it tells of itself every ten seconds."""


def record(
    actor: Actor,
    verb: str,
    subject: tuple[str, object],
    data: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Entry:
    """Write one entry in the caller's transaction. `subject` is its type and id: ("case", pk)."""
    return Entry.objects.create(
        at=at or timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        actor_kind=actor.kind,
        address=actor.address,
        verb=verb,
        subject_type=subject[0],
        subject_id=str(subject[1]),
        data=data or {},
    )


def announce(moment: object) -> None:
    """Hand a moment to the room that takes over, in the caller's transaction.

    Who takes over stands in one table, the module that the setting HANDOVERS names.
    """
    table: dict[type, list[Callable[[Any], None]]] = import_module(settings.HANDOVERS).HANDOVERS
    for take_over in table[type(moment)]:
        take_over(moment)


def later(task: str, **arguments: Any) -> None:
    """Queue a job by its task name in the caller's transaction: with it, or not at all."""
    queue.configure_task(name=task).defer(**arguments)


def take_up_stalled(at: datetime | None = None) -> int:
    """Queue anew the jobs of workers that have gone; returns how many. Jobs may run twice.

    One that comes round by itself, of which only one may wait, is given up when the next one waits.
    """
    at = at or timezone.now()
    gone = Q(worker=None) | Q(worker__last_heartbeat__lt=at - _SILENT)
    stalled = list(ProcrastinateJob.objects.filter(gone, status="doing"))
    next_waits = ProcrastinateJob.objects.filter(status="todo")
    for job in stalled:
        if job.queueing_lock and next_waits.filter(queueing_lock=job.queueing_lock).exists():
            finish = queries["finish_job"]
            how = {"job_id": job.pk, "status": "failed", "delete_job": False}
            queue.connector.get_sync_connector().execute_query(finish, **how)
        else:
            queue.job_manager.retry_job_by_id(job.pk, retry_at=at)
    return len(stalled)


def _head_file() -> Path:
    return Path(settings.VAR_DIR) / f"journal-{connection.settings_dict['NAME']}.head"


def _known_head() -> Head | None:
    """The head kept beside the database; None before the first seal, or on another machine."""
    try:
        kept = json.loads(_head_file().read_text())
        return Head(int(kept["number"]), str(kept["hash"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return Head(-1, "unreadable")


def _keep_head(head: Head) -> None:
    file = _head_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps({"number": head.number, "hash": head.hash}))
    new.replace(file)


def seal(limit: int = 10_000) -> int:
    """Seal what is committed and not yet sealed, in order; returns how many. One sealer at a time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALING])
            if not cursor.fetchone()[0]:
                return 0
        last = Seal.objects.order_by("-number").first()
        number, before = (last.number, last.hash) if last else (0, FIRST)
        seals = []
        waiting = Unsealed.objects.order_by("entry_id").values_list("entry_id", flat=True)[:limit]
        entries = Entry.objects.filter(pk__in=list(waiting)).order_by("pk")
        for entry in entries:
            number += 1
            before = link(settings.JOURNAL_KEY, before, number, entry.content())
            seals.append(Seal(number=number, entry_id=entry.pk, hash=before))
        Seal.objects.bulk_create(seals)
        Unsealed.objects.filter(pk__in=[s.entry_id for s in seals]).delete()
    if seals:
        _keep_head(Head(number, before))
    return len(seals)


def _seals() -> Iterator[Sealed]:
    """All seals in order with their entries, in batches."""
    after = 0
    while batch := list(Seal.objects.filter(number__gt=after).order_by("number")[:2000]):
        entries = Entry.objects.in_bulk([s.entry_id for s in batch])
        for found in batch:
            entry = entries.get(found.entry_id)
            yield Sealed(
                found.number, found.entry_id, found.hash, entry.content() if entry else None
            )
        after = batch[-1].number


def last_seal() -> Head:
    """The end of the chain as it stands: worth noting where nobody of this installation can write."""
    last = Seal.objects.order_by("-number").first()
    return Head(last.number, last.hash) if last else Head()


def verify(*noted: Head) -> tuple[list[Problem], int, int]:
    """Check the whole journal, against the head kept here and any `noted` elsewhere before.

    Returns (problems, sealed entries, entries not sealed yet).
    """
    known = _known_head()
    heads = [*([known] if known else []), *noted]
    found = [*problems_in(settings.JOURNAL_KEY, _seals(), *heads), *_beside_the_chain()]
    sealed = Seal.objects.count()
    if known is None and sealed:
        where = _head_file().name
        found.append(Problem("journal_head_unknown", where, severity=Severity.WARNING))
    unsealed = Entry.objects.exclude(pk__in=Seal.objects.values("entry_id")).count()
    return found, sealed, unsealed


def _beside_the_chain() -> Iterator[Problem]:
    """Entries that no seal will ever cover, and entries gone before they were sealed."""
    waiting = Unsealed.objects.values("entry_id")
    never = Entry.objects.exclude(pk__in=Seal.objects.values("entry_id"))
    for pk in never.exclude(pk__in=waiting).values_list("pk", flat=True)[:_TOLD_MAX]:
        yield Problem("journal_entry_unsealed", f"entry {pk}", "no seal and not waiting for one")
    gone = Unsealed.objects.exclude(entry_id__in=Entry.objects.values("pk"))
    for pk in gone.values_list("pk", flat=True)[:_TOLD_MAX]:
        yield Problem("journal_entry_missing", f"entry {pk}", "nothing", "an entry")
