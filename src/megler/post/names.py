"""What the ways, states and outcomes of deliveries are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.post.rules.partners import Channel
from megler.wires.carried import Outcome
from megler.wires.https.posting import Shape

CHANNELS = [
    (Channel.SFTP.value, _("SFTP")),
    (Channel.HTTPS.value, _("HTTPS")),
    (Channel.EMAIL.value, _("E-mail")),
]
SHAPES = [
    (Shape.MULTIPART.value, _("All files in one form")),
    (Shape.RAW.value, _("Each file in a request of its own")),
]


class DeliveryState(models.TextChoices):
    """Where a delivery is. The last four are ends."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


NEEDS_A_HAND = (DeliveryState.REFUSED, DeliveryState.FAILED)


LOST = "lost"
OUTCOMES = [
    (Outcome.TAKEN.value, _("Delivered")),
    (Outcome.REFUSED.value, _("Refused")),
    (Outcome.LATER.value, _("To be tried again")),
    (LOST, _("Broke off here")),
]
