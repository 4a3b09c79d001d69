"""Notes, documents and tasks of a case: they are added beside what others do, never over it."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.cases.actions.duties import put_up_reading, tasks_about
from megler.cases.actions.holding import in_hand, moment
from megler.cases.actions.letters import tell_agent
from megler.cases.models import Case, CaseDocument, Note
from megler.cases.names import DocumentKind
from megler.documents.actions import Sent, examine, keep
from megler.journal.actions import record
from megler.vocabulary.problems import Problem, Refused
from megler.work import actions as work
from megler.work.models import Task

NOTE_MAX = 10_000
"""Characters of a note."""


def add_note(
    person: User, case: Case, text: str, for_agent: bool = False, at: datetime | None = None
) -> Note:
    """Write a note. An agent's own notes are always for the agent, too."""
    at = moment(at)
    text = text.strip()[:NOTE_MAX]
    if not text:
        raise Refused(Problem("note_empty", "text"))
    for_agent = for_agent or person.is_seller
    with transaction.atomic():
        held = in_hand(person, case, Can.ADD_TO_CASE)
        note = held.notes.create(text=text, for_agent=for_agent, written_by=person, written_at=at)
        told: dict[str, Any] = {"note": str(note.pk), "staff_only": not for_agent}
        record(person.actor(), "note.added", held.subject, told, at)
        if person.is_seller:
            put_up_reading(held, at)
        if for_agent:
            tell_agent(held, "note.added", person.pk, told, at)
    return note


def add_document(
    person: User,
    case: Case,
    content: "bytes | UploadedFile[Any]",
    name: str,
    kind: DocumentKind = DocumentKind.OTHER,
    *,
    visible_to_agent: bool = True,
    at: datetime | None = None,
) -> CaseDocument:
    """Put a file into a case. Raises `Refused` when the file cannot be taken; see `documents`."""
    at = moment(at)
    visible_to_agent = visible_to_agent or person.is_seller
    examined = examine(Sent(name, content))
    with transaction.atomic():
        held = in_hand(person, case, Can.ADD_TO_CASE)
        document = keep(person.actor(), examined, at)
        paper = held.documents.create(
            document=document, kind=kind, visible_to_agent=visible_to_agent, added_at=at
        )
        told: dict[str, Any] = {
            "document": str(document.pk),
            "name": document.name,
            "staff_only": not visible_to_agent,
        }
        record(person.actor(), "document.added", held.subject, told, at)
        if person.is_seller:
            put_up_reading(held, at)
        if visible_to_agent:
            tell_agent(held, "document.added", person.pk, told, at)
    return paper


def add_task(
    person: User,
    case: Case,
    title: str,
    due_on: date,
    *,
    role: Role = Role.CASE_MANAGER,
    at: datetime | None = None,
) -> Task:
    """Put up a task about a case for a role."""
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        return work.add_task(
            person.actor(),
            title,
            held.subject,
            due_on,
            role=role,
            url=reverse("case", args=[held.pk]),
            at=moment(at),
        )


def finish_task(person: User, case: Case, task: Task, at: datetime | None = None) -> Task:
    """Mark a task of a case done."""
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        if not tasks_about(held).filter(pk=task.pk).exists() and task.done_at is None:
            raise Refused(Problem("nothing_here", "task"))
        return work.finish_task(person.actor(), task, moment(at))
