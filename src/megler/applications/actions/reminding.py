"""Every day: clients who have not signed are reminded, and agents told of links that expired."""

from datetime import datetime
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from megler.applications.actions.holding import signers, today, whose_turn
from megler.applications.actions.mail import language_of, reminder, tell_agent
from megler.applications.models import OPEN_STATES, Application
from megler.forms.actions.reminding import note_expiry, remind, waiting
from megler.forms.actions.signatures import Invitation
from megler.forms.models import SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.journal.rules.actors import SYSTEM


def remind_signers(at: datetime) -> tuple[int, int]:
    """Remind whoever is due, and note what expired; returns how many of each. Twice is once."""
    reminded = expired = 0
    for requests in waiting(at, "application"):
        about = _about(requests)
        for request in requests:
            if held := about.get(request.subject_id):
                expired += note_expiry(SYSTEM, request, partial(_expired, held, at=at), at)
                reminded += _reminded(held, request, at)
    return reminded, expired


def _about(requests: list[SignatureRequest]) -> dict[str, Application]:
    """The open applications that requests are about."""
    found = Application.objects.filter(
        pk__in={one.subject_id for one in requests}, state__in=OPEN_STATES
    )
    return {str(one.pk): one for one in found.select_related("agent__user", "product__carrier")}


def _reminded(held: Application, request: SignatureRequest, at: datetime) -> bool:
    """Only whose turn it is, and who is still known by that address, is reminded.

    After a change somebody who signs before them may have to sign again.
    """
    role = SignerRole(request.role)
    who = signers(held, today(at)).get(role)
    if who is None or who.email != request.email or whose_turn(held, today(at)) is not role:
        return False

    def mail(one: SignatureRequest) -> Invitation:
        return reminder(held, one)

    with override(language_of(request)):
        return remind(SYSTEM, request, mail, at)


def _expired(held: Application, request: SignatureRequest, at: datetime) -> None:
    tell_agent(
        held,
        _("link expired"),
        _("%(name)s did not sign in time, and the link has expired. Send a new one."),
        {"name": request.name},
        at,
    )
