"""A page's form sent twice, by a double click or a reload, has one effect and one answer."""

import hashlib
import uuid
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from megler.accounts.encryption import digest
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
        said = fingerprint(request)
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


def fingerprint(request: HttpRequest) -> str:
    """A digest of the method, the place and everything said but the protection against forgery.

    Only who holds the installation's secret can compute it: what is said may be a private number.
    """
    parts = [f"{request.method} {request.get_full_path()}".encode()]
    if _is_form(request):
        for name, values in sorted(request.POST.lists()):
            if name != "csrfmiddlewaretoken":
                parts.append(repr((name, values)).encode())
        for name, files in sorted(request.FILES.lists()):
            parts += [repr((name, file.name, _digest_of(file))).encode() for file in files]
    else:
        parts.append(request.body)
    return digest(b"\n".join(parts))


def _is_form(request: HttpRequest) -> bool:
    if request.path.startswith("/api/"):
        return request.method == "POST" and request.content_type == "multipart/form-data"
    return True


def _digest_of(file: "UploadedFile[bytes]") -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def _person(request: HttpRequest) -> str:
    """A digest of who sends it; without a sign-in, the form's own number is secret enough."""
    return hashlib.sha256(f"page of {request.user.pk}".encode()).hexdigest()
