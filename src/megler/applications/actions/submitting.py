"""Submitting an application, and withdrawing one."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.applications.actions.checks import counted
from megler.applications.actions.holding import (
    in_hand,
    keep_insured,
    missing,
    papers,
    signed,
    signers,
    still_open,
    today,
)
from megler.applications.actions.mail import tell_agent
from megler.applications.models import Application, State
from megler.applications.models_filling import Occasion
from megler.applications.rules.moments import ApplicationSubmitted
from megler.forms.actions.papers import bind_packet
from megler.forms.actions.voiding import void_all
from megler.forms.models import Paper, SignatureRequest, hash_of
from megler.forms.rules.good_order import signatures_missing
from megler.forms.rules.questionnaire import SignerRole
from megler.journal.actions import announce, record
from megler.vocabulary.problems import Problem, Refused


def submit(person: User, application: Application, at: datetime | None = None) -> Application:
    """Submit: in good order and signed by all, or `Refused` with everything that is missing.

    A second click finds it submitted and gets the same answer; there is one case.
    """
    at = at or timezone.now()
    with counted(application, Occasion.SUBMIT, at), transaction.atomic():
        held = in_hand(application.pk, person)
        if held.state == State.SUBMITTED:
            return held
        still_open(held)
        actor = person.actor()
        made, valid = papers(held, actor, at), signed(held)
        if problems := _not_in_good_order(held, made, valid, at):
            raise Refused(problems)
        keep_insured(held, actor, at)
        held.packet = bind_packet(actor, held.reference, made, valid.values(), at)
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


def _not_in_good_order(
    held: Application, made: list[Paper], valid: Valid, at: datetime
) -> list[Problem]:
    """The same, and whether each signature stands on the papers as they are now."""
    problems = _lacking(held, valid, today(at))
    forms = held.questionnaire.form_by_key
    for role, request in valid.items():
        theirs = [paper for paper in made if role in forms[paper.form_key].signers]
        if request.packet_hash != hash_of(theirs):
            problems.append(Problem("signature_outdated", request.name))
    return problems


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
        held.state, held.withdrawn_at, held.changed_at = State.WITHDRAWN, at, at
        held.save()
        record(actor, "application.withdrawn", held.subject, {}, at)
    return held
