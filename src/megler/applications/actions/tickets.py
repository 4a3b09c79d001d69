"""Drop tickets: a short ticket now, the questions by interview, by the agency or the carrier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.actions.beginning import Wanted, start_from_nothing
from megler.applications.actions.checks import counted
from megler.applications.actions.holding import (
    head_of,
    in_hand,
    keep_insured,
    still_open,
    today,
)
from megler.applications.actions.mail import tell_agent
from megler.applications.models import Application, State
from megler.applications.models_filling import CompletedBy, Occasion, Ticket
from megler.applications.rules.moments import ApplicationSubmitted
from megler.applications.rules.tickets import NEEDED, of_the_agent, ticket_missing
from megler.documents.actions import store
from megler.documents.binding import bind
from megler.forms.actions.papers import typeset
from megler.forms.rules.good_order import Missing
from megler.forms.rules.shown import shown_answer
from megler.journal.actions import announce, record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import add_task, finish_tasks_about
from megler.work.models import Task

_NOTE_MAX = 1000


@dataclass(frozen=True, slots=True)
class Call:
    """Who completes the ticket, when the client asked to be called, and a word for the caller."""

    completed_by: CompletedBy = CompletedBy.AGENCY
    call_at: datetime | None = None
    note: str = ""


def start_ticket(
    person: User, wanted: Wanted, call: Call, at: datetime | None = None
) -> Application:
    """Start an application as a ticket. One that the agency completes becomes a task at once.

    Raises `Refused` with everything that is wrong or lacks of the short list.
    """
    at = at or timezone.now()
    problems = []
    if call.call_at is not None and call.call_at < at:
        shown = date_format(timezone.localtime(call.call_at), "SHORT_DATETIME_FORMAT")
        problems.append(Problem("call_in_the_past", "call_at", shown))
    if len(call.note) > _NOTE_MAX:
        problems.append(Problem("too_long", "note", "", str(_NOTE_MAX)))
    with transaction.atomic():
        try:
            held = start_from_nothing(person, wanted, at, state=State.TICKET)
        except Refused as refused:
            raise Refused([*refused.problems, *problems]) from None
        problems += [one.problem for one in lacking(held, at)]
        if problems:
            raise Refused(problems)
        note = " ".join(call.note.split())
        Ticket.objects.create(
            application=held, completed_by=call.completed_by, call_at=call.call_at, note=note
        )
        if call.completed_by == CompletedBy.AGENCY:
            _put_up(held, call, person.actor(), at)
    return held


def lacking(held: Application, at: datetime | None = None) -> list[Missing]:
    """What the ticket lacks, of its own short list."""
    found = ticket_missing(held.questionnaire, held.given, held.offer, today(at))
    return of_the_agent([one for one in found if one.is_error])


def _put_up(held: Application, call: Call, actor: Actor, at: datetime) -> Task:
    due = timezone.localdate(call.call_at) if call.call_at else today(at)
    told = {"name": held.insured_name}
    title = "Interview %(name)s"
    if call.call_at:
        told["when"] = date_format(timezone.localtime(call.call_at), "j M H:i")
        title = "Interview %(name)s, asked for %(when)s"
    url = reverse("application_interview", args=[held.pk])
    return add_task(
        actor, title, held.subject, due, role=Role.NEW_BUSINESS, url=url, told=told, at=at
    )


def take_up(person: User, application: Application, at: datetime | None = None) -> Application:
    """Somebody begins to ask the rest: the ticket becomes an application like any other. Twice is once."""
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand(application.pk, person)
        still_open(held)
        if held.state != State.TICKET:
            return held
        held.state, held.changed_at = State.DRAFT, at
        held.save(update_fields=["state", "changed_at"])
        finish_tasks_about(person.actor(), held.subject, at)
        record(person.actor(), "application.taken_up", held.subject, {}, at)
    return held


def submit_ticket(
    person: User, application: Application, at: datetime | None = None
) -> Application:
    """Send a ticket to the carrier, who asks the rest and has it signed. Raises `Refused`.

    A second click finds it submitted and gets the same answer; there is one case.
    """
    at = at or timezone.now()
    with counted(application, Occasion.SUBMIT, at), transaction.atomic():
        held = in_hand(application.pk, person)
        if held.state == State.SUBMITTED:
            return held
        still_open(held)
        ticket = Ticket.objects.filter(application=held).first()
        if held.state != State.TICKET or ticket is None:
            raise Refused(Problem("not_a_ticket", held.reference))
        if ticket.completed_by != CompletedBy.CARRIER:
            raise Refused(Problem("ticket_of_the_agency", held.reference))
        if problems := [one.problem for one in lacking(held, at)]:
            raise Refused(problems)
        actor = person.actor()
        keep_insured(held, actor, at)
        content = typeset("paper", ticket_content(held, ticket))
        name = f"{held.reference} ticket"
        held.packet = store(bind([content], name), f"{name}.pdf", actor, at)
        held.state, held.submitted_at, held.changed_at = State.SUBMITTED, at, at
        held.save()
        data = {"packet": held.packet.sha256, "version": held.version, "ticket": True}
        record(actor, "application.submitted", held.subject, data, at)
        announce(ApplicationSubmitted(held.pk, at))
        told = {"carrier": held.product.carrier.name}
        tell_agent(
            held,
            _("ticket sent"),
            _("The ticket is on its way to %(carrier)s, who calls the client. A case is open."),
            told,
            at,
        )
    return held


def ticket_content(held: Application, ticket: Ticket) -> Mapping[str, Any]:
    """What stands on the ticket's paper, in English as all papers are."""
    asked, given = held.questionnaire, held.given
    keys = [key for key in (*NEEDED, "insured_email", "cover_face_amount") if key in asked.by_key]
    rows = [
        {"question": one.text, "answer": shown_answer(one, given[one.key].value), "table": []}
        for one in (asked.by_key[key] for key in keys)
        if one.key in given
    ]
    if ticket.call_at:
        when = timezone.localtime(ticket.call_at).strftime("%m/%d/%Y %H:%M %Z")
        rows.append({"question": "Asked to be called", "answer": when, "table": []})
    if ticket.note:
        rows.append({"question": "Note", "answer": ticket.note, "table": []})
    head = head_of(held)
    return {
        "form": "Drop ticket",
        "number": "",
        "edition": "DT-2026-01",
        "reference": held.reference,
        "facts": [list(fact) for fact in head.facts],
        "sections": [{"title": "Whom to call", "rows": rows}],
        "statements": ["The carrier asks the remaining questions and has the application signed."],
        "signers": [],
    }
