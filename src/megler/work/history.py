"""What happened with one task, as people read it: who put it up, moved it and why, who ended it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format

from megler.accounts.models import User
from megler.journal.models import Entry
from megler.work.models import Task
from megler.work.names import HISTORY, Outcome

SHOWN_MAX = 100
_DAYS = {"due_on", "was", "on"}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a task's history; `because` holds the reason, or the words, when somebody gave any."""

    at: datetime
    who: str
    verb: str
    said: str
    because: str


def entries_of(task: Task, person: User) -> "QuerySet[Entry]":
    """The journal's lines of one task that this person may read, the oldest first.

    Beside the task's own lines those that said who looks after what it is about.
    """
    kind, key = task.subject
    own = Q(subject_type=kind, subject_id=key, verb__startswith="task.", data__task=str(task.pk))
    if person.is_staff_member:
        ends = {"at__lte": task.done_at} if task.done_at else {}
        own |= Q(
            subject_type__in={kind, "case"}, subject_id=key, verb="work.assigned",
            at__gte=task.created_at, **ends,
        )  # fmt: skip
    return Entry.objects.filter(own).order_by("pk")


def history_of(task: Task, person: User) -> list[Step]:
    """The lines as sentences."""
    return [_step(entry) for entry in entries_of(task, person)[:SHOWN_MAX]]


def _step(entry: Entry) -> Step:
    told: dict[str, Any] = {key: _shown(key, value) for key, value in entry.data.items()}
    if entry.verb == "task.finished":
        said = str(Outcome(told.get("outcome", Outcome.DONE)).label)
    else:
        filled = {"due_on": "", "was": "", "on": "", "to": "", **told}
        said = str(HISTORY.get(entry.verb, entry.verb)) % filled
    because = str(told.get("because") or told.get("words") or "")
    return Step(entry.at, entry.actor_name, entry.verb, said, because)


def _shown(key: str, value: object) -> object:
    if key in _DAYS and isinstance(value, str) and value:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return value
