"""The API's root: `/api/v1`, its errors, and writes that happen once however often they are sent."""

import hashlib
import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from megler.accounts.access import BearerKey, SignedIn, person_behind
from megler.accounts.encryption import decrypt_bytes, encrypt_bytes
from megler.accounts.models import User
from megler.config.contract import KEY_MAX, UNSAFE, honest
from megler.config.once import fingerprint
from megler.journal.models import Answered
from megler.vocabulary.problems import Problem, Refused

READ_ONLY: set[str] = set()
"""Paths under the root that are asked by POST but change nothing; a room lists its own."""
DOCUMENTS: dict[str, Mapping[str, Any]] = {}
"""JSON Schemas to which operations refer by name; a room lists its own in `DOCUMENTS`."""


class Described(NinjaAPI):
    """The API with everything in its description that holds of all operations alike."""

    def get_openapi_schema(self, **how: Any) -> Any:
        return honest(super().get_openapi_schema(**how), READ_ONLY, DOCUMENTS)


class StrictJson(Parser):
    """JSON as it is written down, RFC 8259: no NaN, no half of a character pair, and no NUL."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = msgspec.json.decode(request.body)
        if b"\\u0000" in request.body and _has_nul(found):
            raise ValueError("NUL")
        return found


def _has_nul(found: object) -> bool:
    if isinstance(found, dict):
        return any(_has_nul(part) for pair in found.items() for part in pair)
    if isinstance(found, list):
        return any(_has_nul(part) for part in found)
    return isinstance(found, str) and "\0" in found


api = Described(
    title="Megler",
    version="1",
    description="What the agency's pages do, for programs. Every write needs an Idempotency-Key.",
    auth=[BearerKey(), SignedIn()],
    docs_url=None,
    urls_namespace="api",
    parser=StrictJson(),
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


@api.exception_handler(HttpError)
def not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework itself refuses: a body that is not JSON."""
    return answer_of((Problem("wrong_value", "body", "", "JSON"),), error.status_code)


for _file in sorted(Path(__file__).resolve().parents[1].glob("*/api.py")):
    if _file.parent.name != "config":
        _module = importlib.import_module(f"megler.{_file.parent.name}.api")
        api.add_router("", _module.router)
        READ_ONLY |= {f"/api/v1{path}" for path in getattr(_module, "READ_ONLY", ())}
        DOCUMENTS |= getattr(_module, "DOCUMENTS", {})


class IdempotentWrites:
    """Every unsafe API request carries an `Idempotency-Key`: the same key, one effect, one answer.

    The key is claimed in the transaction of the effect, so a second request with it waits for the
    first at the database's unique index, on whichever machine either runs, and gets its answer.
    Who sends it again must still be let in, and answers lie encrypted: they may tell of health.
    An answer of 5xx or 401 is not kept: nothing happened, and it may be tried again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/") or str(request.method).lower() not in UNSAFE:
            return self.get_response(request)
        person = None if request.path in READ_ONLY else person_behind(request)
        if person is None:
            return self.get_response(request)
        key = request.headers.get("Idempotency-Key", "")
        if not 1 <= len(key) <= KEY_MAX or not key.isprintable():
            expected = f"1 to {KEY_MAX} printable characters, new for each write"
            problem = Problem("idempotency_key_missing", "Idempotency-Key", key[:40], expected)
            return answer_of((problem,), 400)
        with transaction.atomic():
            return self._once(request, _scope(request, person), key)

    def _once(self, request: HttpRequest, scope: str, key: str) -> HttpResponse:
        asked = fingerprint(request)
        if not Answered(scope=scope, key=key, fingerprint=asked).claim():
            given = Answered.objects.get(scope=scope, key=key)
            if given.fingerprint != asked:
                problem = Problem("idempotency_key_reused", "Idempotency-Key", key, "a new key")
                return answer_of((problem,), 422)
            body = decrypt_bytes(bytes(given.body), _place(scope, key))
            again = HttpResponse(body, status=given.status)
            for name, value in {**given.headers, "Idempotent-Replay": "true"}.items():
                again[name] = value
            return again
        response = self.get_response(request)
        if response.status_code >= 500 or response.status_code == 401:
            transaction.set_rollback(True)
            return response
        kept = {k: v for k, v in response.items() if k in {"Content-Type", "Location"}}
        Answered.objects.filter(scope=scope, key=key).update(
            status=response.status_code,
            headers=kept,
            body=encrypt_bytes(response.content, _place(scope, key)),
        )
        return response


def _place(scope: str, key: str) -> str:
    """What an answer is encrypted for."""
    return f"{Answered._meta.db_table}|body|{scope}|{key}"


def _scope(request: HttpRequest, person: User) -> str:
    """A digest of who asks: the person, and the key of their program or their session."""
    way = request.headers.get("Authorization") or "session"
    return hashlib.sha256(f"{person.pk} {way}".encode()).hexdigest()
