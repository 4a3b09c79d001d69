"""What to do first in an empty agency, with what is done checked off."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import STAFF, Can, Role
from megler.carriers.models import Edition
from megler.licensing.models import Agent
from megler.quoting.models import Quote


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do first: what, why, where (a page's name), and whether it is done."""

    title: str | Promise
    text: str | Promise
    url_name: str
    action: str | Promise
    icon: str
    done: bool


def steps() -> list[Step]:
    """The first steps in their order."""
    staff = User.objects.filter(role__in=STAFF, is_active=True)
    return [
        Step(
            _("You are the administrator"),
            _("You see everything here and say who else may."),
            "profile",
            _("Your profile"),
            "user-check",
            staff.filter(role=Role.ADMINISTRATOR).exists(),
        ),
        Step(
            _("Publish a carrier's edition"),
            _(
                "A rate book or an underwriting guide, as a zip. It is checked first, and every "
                "problem is told with its row."
            ),
            "edition_publish",
            _("Publish an edition"),
            "upload",
            Edition.objects.filter(kind=Edition.Kind.RATE_BOOK).exists(),
        ),
        Step(
            _("Invite your colleagues"),
            _("Each gets a link by e-mail and sees what the role needs."),
            "person_invite",
            _("Invite somebody"),
            "users-plus",
            staff.exclude(role=Role.ADMINISTRATOR).exists(),
        ),
        Step(
            _("Take on an agent"),
            _("Name, producer number and home state are enough to begin."),
            "agent_new",
            _("Add an agent"),
            "user-plus",
            Agent.objects.exists(),
        ),
        Step(
            _("Make the first quote"),
            _("Type a birth date, a height and an amount, and watch the offers."),
            "quote_new",
            _("Quote"),
            "calculator",
            Quote.objects.exists(),
        ),
    ]


@for_those_who_can(Can.CHANGE_PEOPLE)
@require_safe
def first_steps(request: SignedInRequest) -> HttpResponse:
    """The list; what is done is seen in the records, nobody ticks it off."""
    listed = steps()
    done = sum(step.done for step in listed)
    following = next((step for step in listed if not step.done), None)
    shown = {"steps": listed, "done": done, "all": len(listed), "following": following}
    return render(request, "insight/first_steps.html", shown)
