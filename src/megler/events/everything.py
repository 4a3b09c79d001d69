"""Everything of a kind, row by row, as whoever asks may see it: read by a cursor of the server."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseDocument, Requirement
from megler.exchange.tables import WRITERS, Row
from megler.post.models import Message
from megler.work.models import Task

CHUNK = 2_000


@dataclass(frozen=True)
class Kind:
    """One kind of thing: its columns, each with the path of its value, and whose rows are told."""

    columns: dict[str, str]
    rows: Callable[[User], "QuerySet[Any]"]
    needs: Can = Can.SEE_CASES
    order: str = "pk"


def _cases(person: User) -> "QuerySet[Any]":
    return Case.objects.visible_to(person)


def _requirements(person: User) -> "QuerySet[Any]":
    return Requirement.objects.visible_to(person)


def _documents(person: User) -> "QuerySet[Any]":
    return CaseDocument.objects.visible_to(person)


def _tasks(person: User) -> "QuerySet[Any]":
    return Task.objects.visible_to(person)


def _messages(person: User) -> "QuerySet[Any]":
    return Message.objects.all() if person.may(Can.SEE_POST) else Message.objects.none()


_CASE = {"case": "case__number", "client": "case__client__name", "carrier": "case__carrier__name"}
KINDS: dict[str, Kind] = {
    "cases": Kind(
        {
            "id": "id",
            "number": "number",
            "client": "client__name",
            "agent": "agent__name",
            "npn": "agent__npn",
            "carrier": "carrier__name",
            "product": "product__name",
            "status": "status",
            "status_since": "status_since",
            "decision": "decision",
            "outcome": "outcome",
            "holder": "holder",
            "holder_since": "holder_since",
            "next_step": "next_step",
            "policy_number": "policy_number",
            "currency": "currency",
            "class_applied": "class_applied",
            "face_amount_applied": "face_amount_applied",
            "premium_applied": "premium_applied",
            "mode_applied": "mode_applied",
            "class_approved": "class_approved",
            "face_amount_approved": "face_amount_approved",
            "premium_approved": "premium_approved",
            "opened_at": "opened_at",
            "sent_at": "sent_at",
            "decided_at": "decided_at",
            "issued_at": "issued_at",
            "delivered_on": "delivered_on",
            "first_premium_on": "first_premium_on",
            "in_force_on": "in_force_on",
            "closed_at": "closed_at",
        },
        _cases,
        order="number",
    ),
    "requirements": Kind(
        {
            "id": "id",
            **_CASE,
            "kind": "kind",
            "stage": "stage",
            "state": "state",
            "holder": "holder",
            "since": "since",
            "follow_up_on": "follow_up_on",
            "ordered_from": "vendor",
            "scheduled_for": "scheduled_for",
            "received_at": "received_at",
            "expires_on": "expires_on",
            "raised_at": "raised_at",
        },
        _requirements,
    ),
    "documents": Kind(
        {
            "id": "id",
            **_CASE,
            "name": "document__name",
            "kind": "kind",
            "content_type": "document__content_type",
            "size": "document__size",
            "pages": "document__pages",
            "sha256": "document__sha256",
            "for_the_agent": "visible_to_agent",
            "added_at": "added_at",
            "sent_at": "sent_at",
        },
        _documents,
    ),
    "tasks": Kind(
        {
            "id": "id",
            "title": "title",
            "about": "about_type",
            "about_id": "about_id",
            "role": "role",
            "person": "person__name",
            "due_on": "due_on",
            "created_at": "created_at",
            "created_by": "created_by",
            "done_at": "done_at",
            "done_by": "done_by",
        },
        _tasks,
    ),
    "messages": Kind(
        {
            "id": "id",
            "to": "to",
            "to_name": "to_name",
            "subject": "subject",
            "about": "about_type",
            "about_id": "about_id",
            "state": "state",
            "created_at": "created_at",
            "sent_at": "sent_at",
            "attempts": "attempts",
        },
        _messages,
        needs=Can.SEE_POST,
    ),
}
"""What can be had as a file. Texts of notes and messages, health and secret numbers are not in it."""


def rows_of(person: User, noun: str) -> Iterator[Row]:
    """The rows of a kind as they stood when it began, however long it takes; a part at a time."""
    kind = KINDS[noun]
    found = kind.rows(person).order_by(kind.order).values_list(*kind.columns.values())
    with transaction.atomic():
        yield from found.iterator(chunk_size=CHUNK)


def pieces(person: User, noun: str, ends: str) -> Iterator[bytes]:
    """The file, piece by piece."""
    return WRITERS[ends](list(KINDS[noun].columns), rows_of(person, noun))
