"""Submitting an application, and withdrawing one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.applications.actions.checks import counted
from megler.applications.actions.exchange_steps import cancel_all
from megler.applications.actions.holding import (
    in_hand,
    keep_insured,
    missing,
    papers,
    signed,
    signers,
    state_by_signatures,
    still_open,
    today,
)
from megler.applications.actions.mail import tell_agent
from megler.applications.actions.voiding import standing_of, void_outdated
from megler.applications.models import Application, State
from megler.applications.models_filling import Occasion
from megler.applications.rules.moments import ApplicationSubmitted
from megler.forms.actions.packets import Packet, keep_packet, make_packet
from megler.forms.actions.voiding import outdated, void_all
from megler.forms.models import Paper, SignatureRequest
from megler.forms.rules.good_order import signatures_missing
from megler.forms.rules.questionnaire import SignerRole
from megler.journal.actions import announce, record
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import finish_tasks_about


def submit(person: User, application: Application, at: datetime | None = None) -> Application:
    """Submit: in good order and signed by all, or `Refused` with everything that is missing.

    A second click finds it submitted and gets the same answer; there is one case. While the packet
    is made and sealed nothing is locked; if something changed meanwhile it is made once more.
    """
    at = at or timezone.now()
    with counted(application, Occasion.SUBMIT, at):
        for _attempt in range(_ATTEMPTS):
            ready = _ready(person, application, at)
            if ready is None:
                break
            packet = make_packet(
                ready.held.subject,
                ready.held.reference,
                ready.papers,
                ready.valid.values(),
                ready.held.questionnaire.form_by_key,
            )
            if done := _submitted(person, ready, packet, at):
                return done
        else:
            raise Refused(Problem("changed_while_sealing", application.reference))
    return _visible(person, application)


_ATTEMPTS = 3


@dataclass(frozen=True)
class _Ready:
    """An application in good order as it was read, without a lock."""

    held: Application
    papers: list[Paper]
    valid: "Valid"

    @property
    def mark(self) -> tuple[object, ...]:
        """What must be the same when it is submitted."""
        papers = [paper.pk for paper in self.papers]
        return self.held.version, papers, sorted(str(one.pk) for one in self.valid.values())


def _visible(person: User, application: Application) -> Application:
    try:
        return (
            Application.objects.visible_to(person)
            .select_related("agent__user", "product__carrier")
            .get(pk=application.pk)
        )
    except Application.DoesNotExist:
        raise Refused(Problem("not_allowed", "application")) from None


def _ready(person: User, application: Application, at: datetime) -> _Ready | None:
    """What is to be submitted; None when it is already. Raises `Refused` with everything missing.

    Signatures on papers that read otherwise now are voided for good, so that they are asked anew.
    """
    held = _visible(person, application)
    if held.state == State.SUBMITTED:
        return None
    still_open(held)
    if outdated(held.subject, standing_of(held, at)):
        with transaction.atomic():
            locked = in_hand(held.pk, person)
            still_open(locked)
            gone = void_outdated(locked, person.actor(), at)
            locked.state = state_by_signatures(locked)
            locked.save()
        if gone:
            raise Refused(Problem("signature_outdated", one.name) for one in gone)
        return _ready(person, application, at)
    made = papers(held, person.actor(), at)
    ready = _Ready(held, made, signed(held))
    if problems := _lacking(held, ready.valid, today(at)):
        raise Refused(problems)
    return ready


def _submitted(person: User, ready: _Ready, packet: Packet, at: datetime) -> Application | None:
    """Submitted; None when something changed since it was read."""
    with transaction.atomic():
        held = in_hand(ready.held.pk, person)
        if held.state == State.SUBMITTED:
            return held
        still_open(held)
        actor = person.actor()
        if _Ready(held, papers(held, actor, at), signed(held)).mark != ready.mark:
            return None
        keep_insured(held, actor, at)
        held.packet = keep_packet(actor, held.reference, packet, at)
        held.state, held.submitted_at, held.changed_at = State.SUBMITTED, at, at
        held.save()
        data = {"packet": held.packet.sha256, "version": held.version}
        record(actor, "application.submitted", held.subject, data, at)
        announce(ApplicationSubmitted(held.pk, at))
        told = {"carrier": held.product.carrier.name}
        tell_agent(
            held,
            _("submitted"),
            _("The application to %(carrier)s was received in good order. A case is open."),
            told,
            at,
        )
    return held


def not_in_good_order(application: Application, at: datetime | None = None) -> list[Problem]:
    """Everything that keeps an application from being submitted, signatures included."""
    return _lacking(application, signed(application), today(at))


Valid = dict[SignerRole, SignatureRequest]
"""The signatures that count, by role."""


def _lacking(application: Application, valid: Valid, on: date) -> list[Problem]:
    problems = [one.problem for one in missing(application, on) if one.is_error]
    covered = _covered(valid)
    needed = signers(application, on)
    return [
        *problems,
        *signatures_missing(application.questionnaire, application.given, covered, needed),
    ]


def _covered(valid: Valid) -> dict[SignerRole, frozenset[str]]:
    prefetch_related_objects(list(valid.values()), "papers")
    return {
        role: frozenset(paper.form_key for paper in request.papers.all())
        for role, request in valid.items()
    }


def withdraw(person: User, application: Application, at: datetime | None = None) -> Application:
    """Withdraw an application that is not submitted; links and signatures end. Twice is once."""
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand(application.pk, person)
        if held.state == State.WITHDRAWN:
            return held
        still_open(held)
        actor = person.actor()
        void_all(actor, held.subject, "withdrawn", at)
        cancel_all(actor, held, at)
        finish_tasks_about(actor, held.subject, at)
        held.state, held.withdrawn_at, held.changed_at = State.WITHDRAWN, at, at
        held.save()
        record(actor, "application.withdrawn", held.subject, {}, at)
    return held
