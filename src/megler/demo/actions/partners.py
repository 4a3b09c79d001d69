"""The demo's carriers as trading partners, and the latest packages on their way to them."""

import secrets
from datetime import datetime

from megler.accounts.models import User
from megler.applications.actions.exporting import send_to_carrier
from megler.applications.models import Application, State
from megler.applications.rules.moments import ApplicationSubmitted
from megler.carriers.models import Carrier
from megler.demo.receiving import HOST, host_key
from megler.post.actions.partners import PartnerEntry, keep_partner

_PACKAGES = 12
_PORT = 8022
"""Until the server that receives says at which it listens."""


def let_deliver(administrator: User, at: datetime) -> None:
    """Note down where each carrier receives, and put its latest applications up for delivery."""
    key = host_key().export_public_key("openssh").decode().strip()
    for carrier in Carrier.objects.order_by("slug"):
        entry = PartnerEntry(
            slug=carrier.slug,
            name=carrier.name,
            channel="sftp",
            address=HOST,
            port=_PORT,
            user=carrier.slug,
            secret=secrets.token_urlsafe(24),
            host_keys=key,
        )
        keep_partner(administrator, entry, at=at)
    sent = Application.objects.filter(state=State.SUBMITTED, packet__isnull=False)
    for held in reversed(sent.order_by("-submitted_at", "-number")[:_PACKAGES]):
        if held.submitted_at is not None:
            send_to_carrier(ApplicationSubmitted(held.pk, held.submitted_at))
