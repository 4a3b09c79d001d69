"""Walks every page and API operation as everybody, and says what answered otherwise than it must."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.config.api import api
from tests.house.doors import OPERATIONS, PAGES, PUBLIC, SIGNED_IN, THEIR_OWN, Door

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)|\{(\w+)\}")
FACTS = {"age": 40}
NO_ONE = "00000000-0000-4000-8000-000000000000"
BODIES: dict[str, dict[str, Any]] = {
    "POST /assessments": FACTS,
    "POST /requirements": FACTS,
    "POST /quotes": FACTS,
    "POST /quotes/tools": {"tool": "terms", "facts": FACTS},
    "POST /saved-quotes": {"facts": FACTS},
    "POST /saved-quotes/{quote_id}/proposals": {"prepared_for": "Kari Hope"},
    "POST /quote-links": {"title": "Quotes"},
    "PATCH /quote-links/{quote_link_id}": {"version": 1},
    "POST /applications": {"quote": NO_ONE, "offer": 0},
    "PATCH /applications/{application_id}/answers": {"version": 1, "answers": {}},
    "POST /enquiries": {"facts": {"age": 40, "wants": {"line": "term_life"}}, "known_as": "Kari"},
    "POST /enquiries/{enquiry_id}/carriers": {"products": []},
    "POST /enquiries/{enquiry_id}/sending": {"to": []},
    "POST /enquiries/{enquiry_id}/evidence": {"kind": "aps"},
    "POST /enquiries/{enquiry_id}/carriers/{enquiry_carrier_id}/answers": {"outcome": "decline"},
    "POST /enquiries/{enquiry_id}/close": {"because": "over"},
    "POST /cases/{case_id}/steps/{step}": {"version": 1},
    "POST /cases/{case_id}/notes": {"text": "a stranger's note"},
    "POST /cases/{case_id}/changes": {"kind": "amount", "to": {"face_amount": "1"}},
    "POST /cases/{case_id}/alerts": {"text": "Stop"},
    "POST /cases/{case_id}/tasks": {"title": "a stranger's", "due_on": "2027-01-04"},
    "POST /tasks/{task_id}/hand-over": {"person": NO_ONE},
    "POST /papers/{arrival_id}/file": {"case": NO_ONE},
    "POST /papers/{arrival_id}/aside": {"reason": "a stranger's"},
    "POST /cases/{case_id}/documents/{paper_id}/versions": {"parts": []},
}
"""Bodies that are well-formed, so that a stranger is not stopped by their shape."""
FILES = {
    "POST /papers",
    "POST /applications/import",
    "POST /feeds/{source}/files",
    "POST /applications/scrub",
    "POST /cases/{case_id}/documents",
}
FILE = SimpleUploadedFile("a.pdf", b"%PDF-1.4", "application/pdf")
OBJECTS = re.compile(
    r"^(alert|arrival|change|difference|destruction|enquiry|evidence|carrier_id|quote|application|exchange|case|client|"
    r"requirement|task|message|delivery|partner|person|proposal|link|lead|upload|pk|request|"
    r"delegation|paper|question|order|word|vendor|facility|file|policy_number|event|subscription|webhook)"
)
"""Parameters that name somebody's record, rather than a word of the address."""


@dataclass(frozen=True)
class Place:
    """A page or an operation: its address with parameters, who may pass, and where it stands."""

    name: str
    route: str
    door: Door
    is_api: bool
    methods: tuple[str, ...] = METHODS
    marked: object = None

    def parameters(self) -> list[str]:
        return [next(filter(None, found)) for found in _PARAMETER.findall(self.route)]

    def names_a_record(self) -> bool:
        """Whether the address holds somebody's record."""
        return any(OBJECTS.match(name) for name in self.parameters())

    def address(self, objects: Mapping[str, str]) -> str:
        def put(found: re.Match[str]) -> str:
            name = next(filter(None, found.groups()))
            return objects.get(f"{self.name}.{name}", objects.get(name, "x"))

        return "/" + _PARAMETER.sub(put, self.route).replace("^", "").replace("$", "")


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from _patterns(found, route)
        else:
            yield route, found


def places() -> list[Place]:
    """Every address of the product. An unclassified one has the door "unclassified"."""
    found = []
    for route, pattern in _patterns(get_resolver()):
        if route.startswith("api/v1/"):
            continue
        name = str(pattern.name)
        door = PAGES.get(name) or THEIR_OWN.get(name) or "unclassified"
        marked = getattr(pattern.callback, "door", None)
        methods = METHODS if name in PAGES else ("GET",)
        found.append(Place(name, route, door, is_api=False, methods=methods, marked=marked))
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method in operations:
            name = f"{method.upper()} {path.removeprefix('/api/v1')}"
            door = OPERATIONS.get(name) or "unclassified"
            found.append(
                Place(name, path.lstrip("/"), door, is_api=True, methods=(method.upper(),))
            )
    return found


def unclassified(found: list[Place]) -> set[str]:
    """Places that stand in no table, and pages whose own mark differs from the table."""
    wrong = {place.name for place in found if place.door == "unclassified"}
    for place in found:
        if not place.is_api and place.name in PAGES and place.marked != place.door:
            wrong.add(f"{place.name}: marked {place.marked}, expected {place.door}")
    return wrong


def ask(client: Client, place: Place, method: str, address: str) -> HttpResponse:
    """What `client` is answered; every unsafe request has a key of its own."""
    kind = "application/json" if place.is_api else "application/x-www-form-urlencoded"
    headers = {} if method == "GET" else {"Idempotency-Key": f"{method} {address}"}
    body: str | bytes = (
        json.dumps(BODIES.get(place.name, {})) if place.is_api and method != "GET" else ""
    )
    if place.name in FILES:
        kind = MULTIPART_CONTENT
        body = encode_multipart(
            BOUNDARY, {**BODIES.get(place.name, {}), "files": FILE, "file": FILE}
        )
    answer = client.generic(method, address, body, content_type=kind, headers=headers)
    return cast(HttpResponse, answer)


def may_pass(place: Place, person: User | None) -> bool:
    if place.door == PUBLIC:
        return True
    if person is None:
        return False
    return place.door == SIGNED_IN or person.may(cast(Can, place.door))


def breaches(
    found: list[Place], person: User | None, client: Client, objects: Mapping[str, str]
) -> list[str]:
    """What answered otherwise than it must to somebody who has nothing to do with `objects`."""
    wrong = []
    for place in found:
        address = place.address(objects)
        for method in place.methods:
            status = ask(client, place, method, address).status_code
            if not is_right(place, person, status):
                wrong.append(f"{method} {address} ({place.name}): {status}")
    return wrong


def is_right(place: Place, person: User | None, status: int) -> bool:
    """Whether a place may answer so: not signed in, not allowed or not theirs is not there."""
    if status >= 500:
        return False
    if place.door == PUBLIC:
        return True
    if person is None:
        return status == 401 if place.is_api else status in {302, 405}
    if not may_pass(place, person):
        return status in {404, 405}
    return person.is_staff_member or not place.names_a_record() or status in {404, 405}
