"""The API's root: `/api/v1`, its errors, and writes that happen once however often they are sent."""

import hashlib
import importlib
from collections.abc import Callable
from pathlib import Path

import msgspec
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from megler.accounts.access import BearerKey, SignedIn
from megler.journal.models import Answered
from megler.vocabulary.problems import Problem, Refused

api = NinjaAPI(
    title="Megler",
    version="1",
    description="What the agency's pages do, for programs. Every write needs an Idempotency-Key.",
    auth=[BearerKey(), SignedIn()],
    docs_url=None,
    urls_namespace="api",
)


def answer_of(problems: tuple[Problem, ...], status: int) -> HttpResponse:
    """Problems as the API tells them: code, where, found, expected and the sentence."""
    from megler.ui.problems import sentence

    told = [
        {
            "code": p.code,
            "where": p.where,
            "found": p.found,
            "expected": p.expected,
            "severity": p.severity.value,
            "text": sentence(p),
        }
        for p in problems
    ]
    body = msgspec.json.encode({"problems": told})
    return HttpResponse(body, content_type="application/json", status=status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return answer_of(error.problems, 422)


@api.exception_handler(Http404)
def nothing_here(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer_of((Problem("nothing_here", request.path),), 404)


@api.exception_handler(AuthenticationError)
def who_are_you(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return answer_of((Problem("not_signed_in", "Authorization", "", "Bearer key"),), 401)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = tuple(
        Problem(
            "wrong_value",
            ".".join(str(part) for part in found["loc"][1:]) or str(found["loc"]),
            str(found.get("input", ""))[:100],
            str(found["msg"]),
        )
        for found in error.errors
    )
    return answer_of(problems, 422)


READ_ONLY: set[str] = set()
"""Paths under the root that are asked by POST but change nothing; a room lists its own."""

for _file in sorted(Path(__file__).resolve().parents[1].glob("*/api.py")):
    if _file.parent.name != "config":
        _module = importlib.import_module(f"megler.{_file.parent.name}.api")
        api.add_router("", _module.router)
        READ_ONLY |= {f"/api/v1{path}" for path in getattr(_module, "READ_ONLY", ())}

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
KEY_MAX = 255


class IdempotentWrites:
    """Every unsafe API request carries an `Idempotency-Key`: the same key, one effect, one answer.

    The key is claimed in the transaction of the effect, so a second request with it waits for the
    first at the database's unique index, on whichever machine either runs, and gets its answer.
    An answer of 5xx or 401 is not kept: nothing happened, and it may be tried again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in UNSAFE or not request.path.startswith("/api/"):
            return self.get_response(request)
        if too_large := _body_problem(request):
            return answer_of((too_large,), 413)
        if request.path in READ_ONLY:
            return self.get_response(request)
        key = request.headers.get("Idempotency-Key", "")
        if not 1 <= len(key) <= KEY_MAX or not key.isprintable():
            expected = f"1 to {KEY_MAX} printable characters, new for each write"
            problem = Problem("idempotency_key_missing", "Idempotency-Key", key[:40], expected)
            return answer_of((problem,), 400)
        with transaction.atomic():
            return self._once(request, key)

    def _once(self, request: HttpRequest, key: str) -> HttpResponse:
        who = _scope(request)
        asked = f"{request.method} {request.get_full_path()}\n".encode() + request.body
        fingerprint = hashlib.sha256(asked).hexdigest()
        if not Answered(scope=who, key=key, fingerprint=fingerprint).claim():
            given = Answered.objects.get(scope=who, key=key)
            if given.fingerprint != fingerprint:
                problem = Problem("idempotency_key_reused", "Idempotency-Key", key, "a new key")
                return answer_of((problem,), 422)
            again = HttpResponse(bytes(given.body), status=given.status)
            for name, value in {**given.headers, "Idempotent-Replay": "true"}.items():
                again[name] = value
            return again
        response = self.get_response(request)
        if response.status_code >= 500 or response.status_code == 401:
            transaction.set_rollback(True)
            return response
        kept = {k: v for k, v in response.items() if k in {"Content-Type", "Location"}}
        Answered.objects.filter(scope=who, key=key).update(
            status=response.status_code, headers=kept, body=response.content
        )
        return response


def _body_problem(request: HttpRequest) -> Problem | None:
    """What is wrong with the size of the body, if anything."""
    try:
        request.body  # noqa: B018 - read here, so that a body too large is refused in words
    except RequestDataTooBig:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        found = request.headers.get("Content-Length", "")
        return Problem("body_too_large", "body", found, f"at most {most} bytes")
    return None


def _scope(request: HttpRequest) -> str:
    """A digest of who asks: the key of a program, or the person of a session."""
    credential = request.headers.get("Authorization") or f"session {request.user.pk}"
    return hashlib.sha256(credential.encode()).hexdigest()
