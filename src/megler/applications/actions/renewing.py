"""Taking a newer edition of the carrier's forms into an application that is being filled in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.editions import newer_forms
from megler.applications.actions.holding import (
    in_hand,
    state_by_signatures,
    still_open,
    today,
)
from megler.applications.actions.voiding import void_outdated
from megler.applications.models import Application
from megler.applications.rules.renewing import carried_over
from megler.carriers.actions import form_set_of
from megler.forms.models import SignatureRequest
from megler.journal.actions import record


@dataclass(frozen=True, slots=True)
class Renewed:
    """The application on the newer forms, the answers nobody asks for now, and whom it unsigned."""

    application: Application
    let_go: list[str]
    voided: list[SignatureRequest]


def take_newer_forms(person: User, application: Application, at: datetime | None = None) -> Renewed:
    """Go on with the edition in effect now; signatures on papers that read otherwise are void.

    Twice is once. Raises `Refused` when it is not open.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand(application.pk, person)
        still_open(held)
        newer = newer_forms(held, today(at))
        if newer is None:
            return Renewed(held, [], [])
        before, old = dict(held.given), held.questionnaire
        new = form_set_of(newer.edition.pk).questionnaire
        answers, let_go = carried_over(old, new, held.answers)
        held.form_set, held.questionnaire_key = newer.edition, ""
        held.answers, held.version, held.changed_at = answers, held.version + 1, at
        actor = person.actor()
        voided = void_outdated(held, actor, at, before)
        held.state = state_by_signatures(held)
        held.save()
        data = {"forms": newer.edition.reference, "version": held.version}
        record(actor, "application.forms_renewed", held.subject, data, at)
    return Renewed(held, let_go, list(voided))
