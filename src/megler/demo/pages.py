"""Signing in to the demo with one click, as somebody of each role."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from megler.accounts.access import for_everyone
from megler.accounts.models import ROLE_NAMES
from megler.accounts.rules.roles import SELLERS, STAFF, Role
from megler.demo.actions.build import one_of_each
from megler.demo.rules.faces import FACES

TRY = {
    Role.ADMINISTRATOR: _("See everything: people and their roles, the journal, every case."),
    Role.CASE_MANAGER: _("Start with Today: what needs a hand, most urgent first, and why."),
    Role.NEW_BUSINESS: _("Review an application that came in and send it to the carrier."),
    Role.UNDERWRITER: _("Open a carrier's guide, publish a new edition, record a decision."),
    Role.LICENSING: _("Take on a new agent and look at who works under whom."),
    Role.SERVICE: _("Search for a client and tell at once how the case stands."),
    Role.ACCOUNTING: _("Follow the policies that came into force."),
    Role.AGENT: _("Quote forty products in a blink, apply, and send the client a link to sign."),
    Role.ASSISTANT: _("Do the same in the agent's name, for your own firm's agents only."),
    Role.CARRIER: _("See what the agency has sent to your company, and nothing else."),
}
"""What to try in each role."""
GROUPS = (
    (_("The agency"), STAFF),
    (_("Those it works with"), SELLERS | {Role.CARRIER}),
)
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@for_everyone
@never_cache
@require_GET
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Somebody of each role to sign in as, and what to try."""
    _only_in_the_demo()
    each = dict(one_of_each())
    groups = [
        {
            "name": name,
            "people": [
                {
                    "person": each[role],
                    "role": ROLE_NAMES[role],
                    "face": FACES[role],
                    "try": TRY[role],
                }
                for role in Role
                if role in roles and role in each
            ],
        }
        for name, roles in GROUPS
    ]
    return render(request, "demo/sign_in.html", {"groups": [g for g in groups if g["people"]]})


@for_everyone
@require_POST
def demo_enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign in as one of those whom the page offers."""
    _only_in_the_demo()
    person = next((person for _role, person in one_of_each() if person.pk == pk), None)
    if person is None:
        raise Http404
    login(request, person, backend=_BACKEND)
    return redirect("home")


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
