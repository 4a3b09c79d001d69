"""Kinds, bands and reasons as words and icons."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from megler.insight.rules.urgency import Band, Kind, Urgency
from megler.ui.templatetags.ui import money
from megler.vocabulary.problems import Reason


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind is shown; `told` says what waits, for the count's label."""

    icon: str
    told: Promise


LOOKS: dict[Kind, Look] = {
    Kind.ANSWER: Look("message-2", gettext_lazy("Offers to answer")),
    Kind.EXPIRING: Look("hourglass", gettext_lazy("Evidence expiring")),
    Kind.REVIEW: Look("inbox", gettext_lazy("Came in, to review")),
    Kind.GOOD_ORDER: Look("checklist", gettext_lazy("Good order to check")),
    Kind.FINISH: Look("rocket", gettext_lazy("To send, place, close")),
    Kind.FOLLOW_UP: Look("phone-call", gettext_lazy("Follow-ups due")),
    Kind.TASK: Look("square-check", gettext_lazy("Tasks")),
    Kind.STALE: Look("clock-exclamation", gettext_lazy("Carrier silent")),
    Kind.REMIND: Look("bell-ringing", gettext_lazy("Agents to remind")),
}


@dataclass(frozen=True, slots=True)
class BandLook:
    """How a band is shown."""

    name: Promise
    told: Promise
    icon: str
    tone: str


BANDS: dict[Band, BandLook] = {
    Band.FIRST: BandLook(
        gettext_lazy("First"), gettext_lazy("late, ours to do, or much at stake"), "urgent", "bad"
    ),
    Band.TODAY: BandLook(gettext_lazy("Today"), gettext_lazy("due or nearly"), "sun", "attention"),
    Band.LATER: BandLook(
        gettext_lazy("When there is time"),
        gettext_lazy("soon, or in other hands"),
        "clock",
        "quiet",
    ),
}


@dataclass(frozen=True, slots=True)
class Why:
    """One reason in words, with its icon; `tone` is the class that marks it."""

    text: str
    icon: str
    tone: str = ""


def why(reason: Reason) -> Why | None:
    """A reason for urgency in words; None for the kind and the day, which the page says itself."""
    match reason.code:
        case "pressing":
            return Why(_("pressing"), "flag", "why-pressing")
        case "promise_broken":
            return Why(_over(int(reason.params["hours"])), "alarm", "why-pressing")
        case "promise_at_risk":
            hours = int(reason.params["hours"])
            left = ngettext("promised within %(n)d hour", "promised within %(n)d hours", hours) % {
                "n": hours
            }
            return Why(left, "hourglass-high")
        case "premium":
            premium = money(round(Decimal(reason.params["premium"])))
            return Why(_("%(premium)s premium a year") % {"premium": premium}, "cash")
        case "amount":
            return Why(money(Decimal(reason.params["amount"])), "coin")
    return None


def _over(hours: int) -> str:
    """By how much a promise is broken."""
    if hours < 24:
        return ngettext(
            "%(n)d hour over the promise", "%(n)d hours over the promise", max(hours, 1)
        ) % {"n": max(hours, 1)}
    days = hours // 24
    return ngettext("%(n)d day over the promise", "%(n)d days over the promise", days) % {"n": days}


def when(urgency: Urgency) -> str:
    """How late a thing is, or when it is due."""
    days = urgency.days_late
    if days > 0:
        return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
    if days == 0:
        return _("due today")
    if days == -1:
        return _("due tomorrow")
    return ngettext("due in %(days)d day", "due in %(days)d days", -days) % {"days": -days}
