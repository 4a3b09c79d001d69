"""Who acts, from where, and in which language, for the length of a request."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.utils import translation

_address: ContextVar[str] = ContextVar("address", default="")


def current_address() -> str:
    """The network address of the request being answered; empty outside one."""
    return _address.get()


class ActingPerson:
    """Keeps the address for the journal and answers in the person's own language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _address.set(request.META.get("REMOTE_ADDR", ""))
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        try:
            return self.get_response(request)
        finally:
            _address.reset(token)
