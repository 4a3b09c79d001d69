"""The first address: to where this person works."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from megler.accounts.access import for_everyone
from megler.accounts.rules.roles import Can, Role
from megler.carriers.models import Edition


@for_everyone
def home(request: HttpRequest) -> HttpResponse:
    """To the page that this person's role opens on; strangers to sign in."""
    if not request.user.is_authenticated:
        return redirect("demo_sign_in" if settings.DEMO else "account_login")
    person = request.user
    if person.role == Role.ADMINISTRATOR and not Edition.objects.exists():
        return redirect("first_steps")
    if person.may(Can.SEE_TODAY):
        return redirect("today")
    return redirect("my_business" if person.may(Can.SEE_MY_BUSINESS) else "cases")
