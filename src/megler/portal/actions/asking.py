"""Questions to a case's staff, and their answers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.cases.actions.holding import happened, in_hand, moment, write_note
from megler.cases.actions.letters import tell_agent
from megler.cases.actions.papers import NOTE_MAX
from megler.cases.models import Case
from megler.journal.rules.actors import SYSTEM
from megler.portal.models import Question
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions.assigning import looked_after_by
from megler.work.actions.tasks import add_task, finish_tasks_about
from megler.work.rules.calendar import add_business_days

ANSWER_DAYS = 1
"""Business days in which a question is answered."""


def ask(person: User, case: Case, text: str, at: datetime | None = None) -> Question:
    """Ask the case's staff something: a note in the case, and a task for whoever looks after it."""
    at = moment(at)
    text = _said(text)
    with transaction.atomic():
        held = in_hand(person, case, Can.ADD_TO_CASE)
        note = write_note(held, person, text, at, for_agent=True, has_own_place=True)
        question = Question.objects.create(case=held, note=note, asked_by=person, asked_at=at)
        told: dict[str, Any] = {"question": str(question.pk)}
        happened(person.actor(), held, "question.asked", told, at)
        put_up(held, gettext_noop("Answer the agent's question (%(case)s)"), question, at)
    return question


def put_up(case: Case, title: str, about: Any, at: datetime) -> None:
    """A task for whoever looks after the case, else for the case managers."""
    looks_after = looked_after_by(("case", case.pk))
    person = looks_after.person if looks_after and looks_after.ended_at is None else None
    add_task(
        SYSTEM,
        title,
        (about._meta.model_name, about.pk),
        add_business_days(timezone.localtime(at).date(), ANSWER_DAYS),
        role=None if person else Role.CASE_MANAGER,
        person=person,
        url=reverse("case", args=[case.pk]),
        told={"case": case.reference},
        at=at,
    )


def answer(person: User, question: Question, text: str, at: datetime | None = None) -> Question:
    """Answer a question: a note that the agent may read, and word of it to whoever asked."""
    at = moment(at)
    text = _said(text)
    with transaction.atomic():
        held = in_hand(person, question.case, Can.ADD_TO_CASE)
        if not person.is_staff_member:
            raise Refused(Problem("not_allowed", held.reference))
        locked = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
        if locked.answered_at is not None:
            raise Refused(Problem("question_answered", held.reference))
        locked.answer = write_note(held, person, text, at, for_agent=True, has_own_place=True)
        locked.answered_by, locked.answered_at = person, at
        locked.save()
        finish_tasks_about(person.actor(), ("question", locked.pk), at)
        told = {"question": str(locked.pk)}
        happened(person.actor(), held, "question.answered", told, at)
        tell_agent(held, "question.answered", person.pk, told, at)
    return locked


def _said(text: str) -> str:
    text = text.strip()[:NOTE_MAX]
    if not text:
        raise Refused(Problem("note_empty", "text"))
    return text
