"""Notes, documents and tasks of a case: they are added beside what others do, never over it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from megler.accounts.rules.roles import Can, Role
from megler.cases.actions.doers import Doer
from megler.cases.actions.duties import put_up_reading, tasks_about
from megler.cases.actions.holding import happened, in_hand, moment, write_note
from megler.cases.actions.letters import tell_agent
from megler.cases.models import Case, CaseDocument, Note, Requirement
from megler.cases.names import DocumentKind
from megler.documents.actions import Sent, examine, keep
from megler.documents.models import Document
from megler.vocabulary.problems import Problem, Refused
from megler.work import actions as work
from megler.work.models import Task

NOTE_MAX = 10_000
"""Characters of a note."""


def add_note(
    person: Doer, case: Case, text: str, for_agent: bool = False, at: datetime | None = None
) -> Note:
    """Write a note. An agent's own notes are always for the agent, too."""
    at = moment(at)
    text = text.strip()[:NOTE_MAX]
    if not text:
        raise Refused(Problem("note_empty", "text"))
    for_agent = for_agent or person.is_seller
    with transaction.atomic():
        held = in_hand(person, case, Can.ADD_TO_CASE)
        note = write_note(held, person, text, at, for_agent=for_agent)
        told: dict[str, Any] = {"note": str(note.pk), "staff_only": not for_agent}
        happened(person.actor(), held, "note.added", told, at)
        if person.is_seller:
            put_up_reading(held, at)
        if for_agent:
            tell_agent(held, "note.added", person.pk, told, at)
    return note


def add_document(
    person: Doer,
    case: Case,
    content: "bytes | UploadedFile[Any]",
    name: str,
    kind: DocumentKind = DocumentKind.OTHER,
    *,
    visible_to_agent: bool = True,
    at: datetime | None = None,
) -> CaseDocument:
    """Put a file into a case. Raises `Refused` when the file cannot be taken; see `documents`."""
    examined = examine(Sent(name, content))
    with transaction.atomic():
        document = keep(person.actor(), examined, moment(at))
        return put_in(person, case, document, kind, visible_to_agent=visible_to_agent, at=at)


def put_in(
    person: Doer,
    case: Case,
    document: Document,
    kind: DocumentKind = DocumentKind.OTHER,
    *,
    visible_to_agent: bool = True,
    at: datetime | None = None,
) -> CaseDocument:
    """Put a document that is kept already into a case. Once in, it is not put in again."""
    at = moment(at)
    visible_to_agent = visible_to_agent or person.is_seller
    with transaction.atomic():
        held = in_hand(person, case, Can.ADD_TO_CASE)
        if there := held.documents.filter(document=document).first():
            return there
        paper = held.documents.create(
            document=document, kind=kind, visible_to_agent=visible_to_agent, added_at=at
        )
        told: dict[str, Any] = {
            "document": str(document.pk),
            "name": document.name,
            "staff_only": not visible_to_agent,
        }
        happened(person.actor(), held, "document.added", told, at)
        if person.is_seller:
            put_up_reading(held, at)
        if visible_to_agent:
            tell_agent(held, "document.added", person.pk, told, at)
    return paper


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What stands in a document's place: its file, what it is, and what was done to make it."""

    document: Document
    kind: str
    changes: list[dict[str, Any]]


def replace_paper(
    person: Doer,
    paper: CaseDocument,
    made: Sequence[NewVersion],
    also: Iterable[CaseDocument] = (),
    at: datetime | None = None,
) -> list[CaseDocument]:
    """Put new versions in a document's place; `also` are others of the case that went into them.

    Requirements go on with the new ones; what the carrier was sent stays with them as well. What
    somebody changed meanwhile is refused: nobody's work is changed over.
    """
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, paper.case, Can.WORK_CASES)
        keys = {paper.pk, *(one.pk for one in also)}
        old = list(held.documents.filter(pk__in=keys, replaced_at=None).select_related("document"))
        if len(old) < len(keys):
            raise Refused(Problem("document_replaced", str(paper)))
        version = max(one.version for one in old) + 1
        fresh = [
            held.documents.create(
                document=one.document,
                kind=one.kind,
                visible_to_agent=all(before.visible_to_agent for before in old),
                added_at=at,
                first_id=paper.first_id or paper.pk,
                version=version,
                changes=one.changes,
            )
            for one in made
        ]
        wanted_by = list(Requirement.objects.filter(documents__in=old).distinct())
        for requirement in wanted_by:
            requirement.documents.add(*fresh)
            requirement.documents.remove(*(one for one in old if one.sent_at is None))
        held.documents.filter(pk__in=keys).update(replaced_at=at)
        told = {"name": paper.document.name, "version": version, "staff_only": True}
        happened(person.actor(), held, "document.changed", told, at)
    return fresh


def add_task(
    person: Doer,
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


def finish_task(person: Doer, case: Case, task: Task, at: datetime | None = None) -> Task:
    """Mark a task of a case done."""
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        if not tasks_about(held).filter(pk=task.pk).exists() and task.done_at is None:
            raise Refused(Problem("nothing_here", "task"))
        return work.finish_task(person.actor(), task, moment(at))
