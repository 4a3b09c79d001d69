"""A page's form sent twice, by a double click or a reload, has one effect and one answer."""

import hashlib
import uuid
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from megler.journal.models import Answered

KEPT_HEADERS = {
    "Content-Type",
    "Location",
    "HX-Redirect",
    "HX-Location",
    "HX-Refresh",
    "HX-Trigger",
}


class OnceForms:
    """Honours the hidden field that `{% once %}` writes.

    The field and what the form says are claimed in the transaction of the effect. The same form
    again, even at once, waits for the first and gets the same redirect. Only an answer that leads
    on (a redirect, or 204 to htmx) is kept: a form shown again with its errors had no effect. The
    same form with other content, after going back, is another wish and is done.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.path.startswith("/api/"):
            return self.get_response(request)
        try:
            form = uuid.UUID(request.POST.get("once", ""))
        except ValueError:
            return self.get_response(request)
        with transaction.atomic():
            return self._once(request, form)

    def _once(self, request: HttpRequest, form: uuid.UUID) -> HttpResponse:
        said = _said(request)
        mine = Answered(scope=_person(request), key=f"page:{form}:{said[:16]}", fingerprint=said)
        if not mine.claim():
            given = Answered.objects.get(scope=mine.scope, key=mine.key)
            again = HttpResponse(bytes(given.body), status=given.status)
            for name, value in given.headers.items():
                again[name] = value
            return again
        response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif _leads_on(response):
            kept = {name: value for name, value in response.items() if name in KEPT_HEADERS}
            Answered.objects.filter(scope=mine.scope, key=mine.key).update(
                status=response.status_code, headers=kept
            )
        else:
            Answered.objects.filter(scope=mine.scope, key=mine.key).delete()
        return response


def _leads_on(response: HttpResponse) -> bool:
    return (
        300 <= response.status_code < 400
        or response.status_code == 204
        or "HX-Redirect" in response.headers
        or "HX-Location" in response.headers
    )


def _said(request: HttpRequest) -> str:
    """A digest of the place and of everything the form says but its protection against forgery."""
    said = hashlib.sha256(request.get_full_path().encode())
    for name, values in sorted(request.POST.lists()):
        if name != "csrfmiddlewaretoken":
            said.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        said.update(repr((name, [(file.name, file.size) for file in files])).encode())
    return said.hexdigest()


def _person(request: HttpRequest) -> str:
    """A digest of who sends it; without a sign-in, the form's own number is secret enough."""
    return hashlib.sha256(f"page of {request.user.pk}".encode()).hexdigest()
