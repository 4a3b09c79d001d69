"""What happened to many cases at once is handed on to the rooms that take over, once, by one job."""

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from megler.cases.rules.moments import CaseHappened
from megler.feeds.models import Happening
from megler.journal.actions import announce, later
from megler.journal.models import Entry


def hand_on_later(happened: Sequence[CaseHappened], at: datetime) -> None:
    """Put up the handing on, in the transaction in which it happened."""
    if happened and import_module(settings.HANDOVERS).HANDOVERS.get(CaseHappened):
        made = Happening.objects.create(entries=[one.entry_id for one in happened], made_at=at)
        later("feeds.jobs.hand_on", id=str(made.pk))


def hand_on(happening_id: UUID | str) -> int:
    """Announce what happened, all of it or nothing; returns how much. May run twice."""
    with transaction.atomic():
        waiting = Happening.objects.select_for_update(no_key=True).filter(handed_on_at=None)
        held = waiting.filter(pk=happening_id).first()
        if held is None:
            return 0
        for entry in Entry.objects.filter(pk__in=held.entries).order_by("pk"):
            announce(
                CaseHappened(
                    UUID(entry.subject_id), entry.verb, entry.data, entry.at, entry.actor_id,
                    entry.actor_name, entry.pk,
                )
            )  # fmt: skip
        held.handed_on_at = timezone.now()
        held.save()
        return len(held.entries)
