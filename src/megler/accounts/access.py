"""The doors: every page and API operation says who may pass. A page without a door fails a test.

To someone who may not pass, a page does not exist: 404, never 403, so that nothing tells what is
there. Somebody who has not signed in is sent to sign in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from ninja.security import HttpBearer, SessionAuth

from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Can

Page = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """A request whose `user` is known."""

    user: User


def _marked(view: Page, door: Can | str) -> Page:
    view.door = door  # type: ignore[attr-defined]
    return view


def for_those_who_can(what: Can) -> Callable[[Page], Page]:
    """A page for people whose role may do `what`."""

    def door(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not cast(User, request.user).may(what):
                raise Http404
            return view(request, *args, **kwargs)

        return _marked(cast(Page, login_required(guarded)), what)

    return door


def for_everyone_signed_in(view: Page) -> Page:
    """A page for whoever has signed in."""
    return _marked(login_required(view), "signed_in")


def for_everyone(view: Page) -> Page:
    """A page that needs no sign-in: it shows nothing of anybody's, or has its own secret."""
    return _marked(view, "public")


class BearerKey(HttpBearer):
    """`Authorization: Bearer mk_…` for programs; `what` is what the operation needs, if anything."""

    def __init__(self, what: Can | None = None) -> None:
        self.what = what
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        person = ApiKey.person(token)
        if person:
            request.user = person
        return _passing(person, self.what)


class SignedIn(SessionAuth):
    """The session of a browser; unsafe methods then need the CSRF token too."""

    def __init__(self, what: Can | None = None) -> None:
        self.what = what
        super().__init__()

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        return _passing(request.user if request.user.is_authenticated else None, self.what)


def _passing(person: User | None, what: Can | None) -> User | None:
    if person and what and not person.may(what):
        raise Http404
    return person


def person_behind(request: HttpRequest) -> User | None:
    """Whose key or session a request carries, before it has come to any door."""
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and (person := ApiKey.person(token)):
        return person
    return request.user if request.user.is_authenticated else None


def api_door(what: Can) -> list[BearerKey | SignedIn]:
    """The `auth` of an operation: who may not do `what` gets 404 before anything of theirs is read."""
    return [BearerKey(what), SignedIn(what)]


def api_needs(request: HttpRequest, what: Can) -> User:
    """The person behind an API request, if they may do `what`; otherwise there is nothing here."""
    person = cast(User, request.user)
    if not person.may(what):
        raise Http404
    return person
