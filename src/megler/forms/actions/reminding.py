"""Reminding signers, and noting links that expired. Whatever runs this twice has one effect."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import transaction

from megler.forms.actions.signatures import Invitation
from megler.forms.models import SignatureRequest
from megler.forms.rules.signing import LinkState, reminders_due
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.post.actions.messages import send

BATCH = 500


def waiting(at: datetime, subject_type: str) -> Iterator[list[SignatureRequest]]:
    """Requests that may be due for something at `at`, some hundred at a time."""
    found = SignatureRequest.objects.filter(
        subject_type=subject_type,
        signed_at=None,
        voided_at=None,
        declined_at=None,
        expiry_told_at=None,
        requested_at__lte=at - timedelta(days=1),
    ).order_by("pk")
    some = list(found[:BATCH])
    while some:
        yield some
        some = list(found.filter(pk__gt=some[-1].pk)[:BATCH])


def remind(
    actor: Actor,
    request: SignatureRequest,
    mail: Callable[[SignatureRequest], Invitation],
    at: datetime,
) -> bool:
    """Send the reminder that is due, with the same link; whether one was sent.

    However late it is, several that are due are one.
    """
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        due = reminders_due(locked.requested_at, locked.expires_at, at)
        if locked.state(at) is not LinkState.OPEN or due <= locked.reminders or not locked.email:
            return False
        token = locked.token()
        locked.token_digest = SignatureRequest.digest_of(token)
        locked.reminders, locked.reminded_at = due, at
        locked.save(update_fields=["token_digest", "reminders", "reminded_at"])
        invitation = mail(locked)
        send(
            locked.email,
            invitation.subject,
            invitation.text(invitation.link(token)),
            locked.subject,
            to_name=locked.name,
            private=True,
            language=locked.language,
            at=at,
        )
        data = {"request": str(locked.pk), "number": due}
        record(actor, "signature.reminded", locked.subject, data, at)
    return True


def note_expiry(
    actor: Actor, request: SignatureRequest, tell: Callable[[SignatureRequest], None], at: datetime
) -> bool:
    """Note that a link expired and `tell` of it, once; whether it was."""
    with transaction.atomic():
        locked = SignatureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if locked.state(at) is not LinkState.EXPIRED or locked.expiry_told_at:
            return False
        locked.expiry_told_at = at
        locked.save(update_fields=["expiry_told_at"])
        record(actor, "signature.expired", locked.subject, {"request": str(locked.pk)}, at)
        tell(locked)
    return True
