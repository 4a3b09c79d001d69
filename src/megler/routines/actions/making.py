"""Making a routine, changing it, switching it on and off. Each change is a version of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.journal.actions import record
from megler.routines.models import Routine, RoutineVersion
from megler.routines.rules.reading import read_routine, write_routine
from megler.vocabulary.problems import Problem, Refused


def save_routine(
    by: User,
    name: str,
    definition: Mapping[str, Any],
    *,
    routine: Routine | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Routine:
    """Make a routine, or a new version of one. It is off then: what changed is tried out first.

    Raises `Refused` with every problem, and when somebody changed it meanwhile.
    """
    _allowed(by)
    name = " ".join(name.split())[:100]
    read, problems = read_routine("routine:new", definition)
    if not name:
        problems = [Problem("missing", "name"), *problems]
    if problems or read is None:
        raise Refused(problems)
    at = at or timezone.now()
    with transaction.atomic():
        kept = _locked(routine) if routine else Routine(made_at=at, version=0)
        if routine and version is not None and version != kept.version:
            raise Refused(Problem("changed_meanwhile", name, str(version), str(kept.version)))
        kept.name, kept.definition = name, write_routine(read)
        kept.when, kept.version = read.trigger.when.value, kept.version + 1
        kept.is_on, kept.looked_until = False, None
        kept.save()
        RoutineVersion.objects.create(
            routine=kept, version=kept.version, name=name, definition=kept.definition,
            made_at=at, made_by=by.name,
        )  # fmt: skip
        told = {"name": name, "version": kept.version, "definition": kept.definition}
        record(by.actor(), "routine.saved", ("routine", kept.pk), told, at)
    return kept


def switch(by: User, routine: Routine, on: bool, at: datetime | None = None) -> Routine:
    """Switch a routine on or off. It acts on what happens from now on, and on what is ripe by time.

    Twice is once.
    """
    _allowed(by)
    at = at or timezone.now()
    with transaction.atomic():
        kept = _locked(routine)
        if kept.is_on == on:
            return kept
        kept.is_on, kept.switched_at, kept.switched_by = on, at, by.name
        kept.looked_until = None
        kept.save()
        verb = "routine.switched_on" if on else "routine.switched_off"
        told = {"name": kept.name, "version": kept.version}
        record(by.actor(), verb, ("routine", kept.pk), told, at)
    return kept


def remove(by: User, routine: Routine, at: datetime | None = None) -> None:
    """Take a routine off the list; what it did and how it stood stays."""
    _allowed(by)
    at = at or timezone.now()
    with transaction.atomic():
        kept = _locked(routine)
        if kept.removed_at is None:
            kept.is_on, kept.removed_at = False, at
            kept.save()
            record(by.actor(), "routine.removed", ("routine", kept.pk), {"name": kept.name}, at)


def _locked(routine: Routine) -> Routine:
    return Routine.objects.select_for_update(no_key=True).get(pk=routine.pk)


def _allowed(by: User) -> None:
    if not by.may(Can.CHANGE_ROUTINES):
        raise Refused(Problem("not_allowed", "routine"))
