"""The API keeps what its description says, whatever is sent: no crash, and every answer declared."""

import itertools
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ninja.openapi.schema import OpenAPISchema
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.applications.actions.starting import start_from_quote
from megler.applications.rules.exchanges_tracking import What
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.cases import api as cases_api
from megler.cases.shapes import told
from megler.config.api import READ_ONLY, api
from megler.journal.rules.actors import SYSTEM
from megler.quoting.actions.proposals import make_link, propose
from megler.quoting.actions.quotes import save_quote
from tests.cases.cast import EDITIONS, an_agent
from tests.cast import person
from tests.house.records import one_of_each

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 5
WORDS = {
    "step": sorted({*cases_api._STEPS, *What}),
    "act": sorted(cases_api._SETTLING),
    "section": ["document-reviews", "fundings", "suitability", "can-sell-validations", "x"],
}
_keys = itertools.count()


@schemathesis.serializer("message/rfc822")
def _letter(_context: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def schema() -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def operations() -> list[Any]:
    return [found.ok() for found in schema().get_all_operations()]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The application answers inside the test's own transaction, as Django's test client does."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.fixture
def objects(db: None) -> dict[str, str]:
    """A record of each kind, all of one agent's; the quote a real one, and an application of it."""
    owner = an_agent("Olga Owner").user
    assert owner is not None
    found = one_of_each(owner)
    publish_edition(SYSTEM, read_files(EDITIONS / "tundra-life/tundra-term"))
    facts = {"age": 47, "jurisdiction": "TX", "sex": "female", "nicotine": []}
    wants = {"line": "term_life", "face_amount": "500000", "term_years": 20, "class": "preferred"}
    quote = save_quote(owner, {**facts, "wants": wants}, timezone.localdate())
    proposal = propose(owner, quote, prepared_for="Kari Hope", language="en")
    return found | {
        "quote_id": str(quote.pk),
        "proposal_id": str(proposal.pk),
        "link_id": str(make_link(owner, proposal).pk),
        "application_id": str(start_from_quote(owner, quote, 0).pk),
    }


def path_of(operation: Any, objects: dict[str, str]) -> st.SearchStrategy[dict[str, Any]]:
    """Real records mostly, and now and then what is not there."""
    label = operation.label.replace("/api/v1", "", 1)
    each = {}
    for name in (found.name for found in operation.path_parameters):
        real = objects.get(f"{label}.{name}", objects.get(name, ""))
        words = WORDS.get(name) or [real] * 4 + [str(uuid.UUID(int=7)), "x"]
        each[name] = st.sampled_from(words)
    return st.fixed_dictionaries(each)


def broken(
    operation: Any, objects: dict[str, str], user: User, statuses: set[int] | None = None
) -> list[str]:
    """What an operation answers otherwise than it says, with the request that shows it."""
    key, wrong = ApiKey.make(user, "contract"), []
    right = operation.as_strategy()
    misshapen = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    sent = st.one_of(right, right, misshapen) if operation.body else right

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=sent, path=path_of(operation, objects))
    def ask(case: Any, path: dict[str, Any]) -> None:
        case.path_parameters = path or case.path_parameters
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": f"key-{next(_keys)}"}
        response = case.call(headers=headers)
        if statuses is not None:
            statuses.add(response.status_code)
        try:
            case.validate_response(response, checks=CHECKS)
        except (FailureGroup, Failure) as error:
            said = "; ".join(str(one)[:300] for one in getattr(error, "exceptions", [error]))
            wrong.append(f"{operation.label} {path} {str(case.body)[:300]}: {said}")

    ask()
    return wrong


@pytest.mark.parametrize("who", ["administrator", "stranger"])
def test_every_operation_answers_as_it_says(who: str, objects: dict[str, str]) -> None:
    user = an_agent("Stig Stranger").user
    if who == "administrator":
        user = person("Ada Berg", Role.ADMINISTRATOR)
    assert user is not None
    wrong, reached, found = [], 0, operations()
    for operation in found:
        statuses: set[int] = set()
        wrong += broken(operation, objects, user, statuses)
        reached += bool(statuses & {200, 201})
    assert wrong == [], "\n".join(wrong)
    assert len(found) > 25
    assert reached > (15 if who == "administrator" else 3)


def test_an_answer_that_was_not_promised_is_found(
    objects: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    user = person("Ada Berg", Role.ADMINISTRATOR)
    (one,) = [o for o in operations() if o.label == "GET /api/v1/cases/{case_id}"]
    assert broken(one, objects, user) == []
    whole = told.whole_json
    monkeypatch.setattr(cases_api, "whole_json", lambda *of: {**whole(*of), "status": "invented"})
    assert "invented" in "".join(broken(one, objects, user))
    monkeypatch.setattr(cases_api, "whole_json", lambda *of: 1 / 0)
    assert "Server error" in "".join(broken(one, objects, user))


def test_every_operation_says_what_it_needs_and_refuses() -> None:
    description = api.get_openapi_schema()
    assert description["openapi"] == "3.1.0"
    assert set(description["components"]["securitySchemes"]) == {
        "BearerKey",
        "SignedIn",
        "VendorKey",
    }
    for path, operations_there in description["paths"].items():
        for method, operation in operations_there.items():
            is_write = method != "get" and path not in READ_ONLY
            keys = [p["name"] for p in operation["parameters"] if p["in"] == "header"]
            assert keys == ["Idempotency-Key"] * is_write, path
            refused = {int(status) for status in operation["responses"]}
            assert refused >= {400, 401, 404} | ({413, 422} if method != "get" else set()), path
            done = [r for status, r in operation["responses"].items() if int(status) < 300]
            assert done, path
            said = {kind: one for each in done for kind, one in each.get("content", {}).items()}
            assert set(said) <= {"application/json", "application/xml"}, path
            assert all("schema" in one for one in said.values()), path
            assert operation["security"], path


def test_a_name_of_the_description_means_one_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two shapes of one name would overwrite each other, and one be described as the other."""
    meant: dict[str, set[str]] = {}

    def note(self: Any, definitions: dict[str, Any]) -> None:
        for name, shape in definitions.items():
            meant.setdefault(name, set()).add(json.dumps(shape, sort_keys=True))
        self.schemas.update(definitions)

    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", note)
    api.get_openapi_schema()
    assert len(meant) > 100
    assert [name for name, shapes in meant.items() if len(shapes) > 1] == []


MANY_NULS = {"title": "a\0b", "facts": {"age": 47, "county": "a\0b"}}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (json.dumps(MANY_NULS), 400),
        ('{"facts": {"age": NaN}}', 400),
        ('{"facts": {"county": "\\ud800"}}', 400),
        ("[" * 100_000, 400),
        ('{"facts": {"age": 1%s}}' % ("0" * 400), 422),
        ('{"facts": {"age": 47}, "on": "0001-01-01"}', 422),
    ],
)
def test_json_that_no_text_or_number_may_hold_is_refused(db: None, body: str, status: int) -> None:
    key = ApiKey.make(person("Ada Berg", Role.ADMINISTRATOR), "strict")
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "k"}
    answer = Client().post(
        "/api/v1/saved-quotes", body, content_type="application/json", headers=headers
    )
    assert answer.status_code == status, answer.content
    assert answer.json()["problems"]
