"""Asking the questions on the telephone and writing down what is said."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.answering import Said
from megler.applications.actions.holding import in_hand, still_open
from megler.applications.actions.tickets import take_up
from megler.applications.models import Application
from megler.applications.models_filling import FILLING_ROLES, Interview
from megler.applications.rules.origins import Origin
from megler.journal.actions import record
from megler.vocabulary.problems import Problem, Refused

_WHOM_MAX = 200


def begin_interview(
    person: User, application: Application, role: str, whom: str, at: datetime | None = None
) -> Interview:
    """Begin to ask `whom`, who answers as `role`. A ticket is taken up by it.

    An interview of the same person that is not over goes on. Raises `Refused`.
    """
    at = at or timezone.now()
    whom = " ".join(whom.split())[:_WHOM_MAX]
    problems = []
    if not whom:
        problems.append(Problem("whom_missing", "whom"))
    if role not in FILLING_ROLES:
        problems.append(Problem("no_such_client", "role", role[:20]))
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        held = in_hand(application.pk, person)
        still_open(held)
        going_on = Interview.objects.filter(application=held, by=person, ended_at=None).first()
        if going_on is not None:
            if (going_on.whom, going_on.role) == (whom, role):
                return going_on
            _end(person, going_on, at)
        take_up(person, held, at)
        made = Interview.objects.create(
            application=held, by=person, whom=whom, role=role, started_at=at
        )
        data = {"interview": str(made.pk), "role": role}
        record(person.actor(), "application.interview_begun", held.subject, data, at)
    return made


def said_in(interview: Interview) -> Said:
    """Where answers of this interview come from."""
    return Said(Origin.TELEPHONE, interview.whom)


def note_turn(person: User, interview: Interview, key: str, *, skipped: bool) -> Interview:
    """Remember that a question was answered, or skipped to come back to. Raises `Refused`."""
    with transaction.atomic():
        held = _mine(person, interview)
        held.skipped = [one for one in held.skipped if one != key] + ([key] if skipped else [])
        held.answered += not skipped
        held.save(update_fields=["skipped", "answered"])
    return held


def end_interview(person: User, interview: Interview, at: datetime | None = None) -> Interview:
    """End the interview; again: nothing more happens. Raises `Refused` for somebody else's."""
    at = at or timezone.now()
    with transaction.atomic():
        held = Interview.objects.select_for_update(no_key=True).get(pk=interview.pk)
        if held.by_id != person.pk:
            raise Refused(Problem("not_allowed", "interview"))
        if held.ended_at is None:
            _end(person, held, at)
    return held


def _mine(person: User, interview: Interview) -> Interview:
    held = Interview.objects.select_for_update(no_key=True).get(pk=interview.pk)
    if held.by_id != person.pk:
        raise Refused(Problem("not_allowed", "interview"))
    if held.ended_at is not None:
        raise Refused(Problem("interview_over", "interview"))
    return held


def _end(person: User, interview: Interview, at: datetime) -> None:
    interview.ended_at = at
    interview.save(update_fields=["ended_at"])
    data: Mapping[str, object] = {
        "interview": str(interview.pk),
        "answered": interview.answered,
        "skipped": len(interview.skipped),
    }
    subject = ("application", str(interview.application_id))
    record(person.actor(), "application.interview_ended", subject, dict(data), at)
