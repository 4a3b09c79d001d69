"""What people call the words of an enquiry."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.enquiries.rules.answers import Outcome
from megler.enquiries.rules.asking import State

Names = dict[str, "str | Promise"]

STATE: Names = {
    State.DRAFT: _("Not sent yet"),
    State.SENT: _("Sent"),
    State.RECEIVED: _("Being looked at"),
    State.ANSWERED: _("Answered"),
    State.EXPIRED: _("Offer has run out"),
    State.CHOSEN: _("Chosen"),
    State.THANKED: _("Thanked, not taken"),
    State.WITHDRAWN: _("Withdrawn"),
}
TONES: dict[str, str] = {
    State.DRAFT: "attention",
    State.SENT: "wait",
    State.RECEIVED: "wait",
    State.ANSWERED: "progress",
    State.EXPIRED: "bad",
    State.CHOSEN: "good",
    State.THANKED: "quiet",
    State.WITHDRAWN: "quiet",
}
OUTCOME: Names = {
    Outcome.OFFER: _("Offer"),
    Outcome.NEEDS_MORE: _("Needs more first"),
    Outcome.POSTPONE: _("Postponed"),
    Outcome.DECLINE: _("Declined"),
}
OUTCOME_TONES: dict[str, str] = {
    Outcome.OFFER: "good",
    Outcome.NEEDS_MORE: "attention",
    Outcome.POSTPONE: "wait",
    Outcome.DECLINE: "bad",
}


class AnswerWay(models.TextChoices):
    """How a carrier's answer came."""

    TELEPHONE = "telephone", _("By telephone")
    EMAIL = "email", _("By e-mail")
    PORTAL = "portal", _("On the carrier's own site")
    LINK = "link", _("By the private link")
    SIGNED_IN = "signed_in", _("By the carrier's own sign-in")


class EnquiryState(models.TextChoices):
    """Where an enquiry is."""

    OPEN = "open", _("Open")
    CHOSEN = "chosen", _("One was chosen")
    CLOSED = "closed", _("Closed")


ENQUIRY_TONES: dict[str, str] = {
    EnquiryState.OPEN: "progress",
    EnquiryState.CHOSEN: "good",
    EnquiryState.CLOSED: "quiet",
}
WHY_BEST: Names = {
    "lowest_premium": _("the lowest premium"),
    "lowest_known_premium": _("the lowest premium of those that can be priced here"),
    "saves_a_year": _("%(amount)s less a year than the next"),
    "only_offer": _("the only offer that stands"),
    "best_rating": _("the best rating; no premium can be computed here"),
    "has_conditions": _("it has conditions"),
    "stands_until": _("it stands until %(day)s"),
}


def choices(names: Names) -> list[tuple[str, "str | Promise"]]:
    """Names as a model's or form's choices, plain strings."""
    return [(str(getattr(one, "value", one)), names[one]) for one in names]
