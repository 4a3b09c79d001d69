"""The API keeps what its description says, whatever is sent: no crash, and every answer declared."""

import itertools
import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict
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
from megler.applications.models_exchanges import Exchange
from megler.applications.rules.exchanges_tracking import What
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.cases import api as cases_api
from megler.cases.shapes import told
from megler.config.api import READ_ONLY, api
from megler.journal.rules.actors import SYSTEM
from megler.quoting.actions.leads import Contact
from megler.quoting.actions.links import Wanted, make_quote_link
from megler.quoting.actions.proposals import make_link, propose
from megler.quoting.actions.quotes import save_quote
from megler.quoting.models import Lead
from tests.cases.cast import EDITIONS, a_case, an_agent
from tests.cast import person
from tests.post.cast import a_partner, put_up

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 8
WORDS = {
    "step": sorted({*cases_api._STEPS, *What}),
    "act": sorted(cases_api._SETTLING),
}
_keys = itertools.count()


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
    """A record of each kind, all of one agent's."""
    for edition in ("tundra-life/tundra-term", "nordhavn-life/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / edition))
    agent = an_agent("Olga Owner")
    owner = agent.user
    assert owner is not None
    case = a_case(agent)
    facts = {"age": 47, "jurisdiction": "TX", "sex": "female", "nicotine": []}
    wants = {"line": "term_life", "face_amount": "500000", "term_years": 20, "class": "preferred"}
    quote = save_quote(owner, {**facts, "wants": wants}, timezone.localdate())
    proposal = propose(owner, quote, prepared_for="Kari Hope", language="en")
    quote_link = make_quote_link(owner, agent, Wanted("Quotes"))
    lead = Lead.objects.create(
        link=quote_link, quote=quote, contact=asdict(Contact("Kari Hope")), consent="yes",
        made_at=timezone.now(), form="form",
    )  # fmt: skip
    started = start_from_quote(owner, quote, 0) if quote.answer["offers"] else case.application
    exchange = Exchange.objects.create(
        application=started, source_kind="life", carrier_name="Polar Mutual", policy_number="P-1",
        started_at=started.started_at,
    )  # fmt: skip
    return {
        "case_id": str(case.pk),
        "exchange_id": str(exchange.pk),
        "quote_id": str(quote.pk),
        "proposal_id": str(proposal.pk),
        "link_id": str(make_link(owner, proposal).pk),
        "quote_link_id": str(quote_link.pk),
        "lead_id": str(lead.pk),
        "delivery_id": str(put_up(a_partner()).pk),
        "application_id": str(started.pk),
        "requirement_id": str(case.requirements.values_list("pk", flat=True)[0]),
    }


def path_of(operation: Any, objects: dict[str, str]) -> st.SearchStrategy[dict[str, Any]]:
    """Real records mostly, and now and then what is not there."""
    names = [found.name for found in operation.path_parameters]
    each = {
        name: st.sampled_from([objects[name]] * 4 + [str(uuid.UUID(int=7)), "x"])
        if name in objects
        else st.sampled_from(WORDS[name])
        for name in names
    }
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
    assert set(description["components"]["securitySchemes"]) == {"BearerKey", "SignedIn"}
    for path, operations_there in description["paths"].items():
        for method, operation in operations_there.items():
            is_write = method != "get" and path not in READ_ONLY
            keys = [p["name"] for p in operation["parameters"] if p["in"] == "header"]
            assert keys == ["Idempotency-Key"] * is_write, path
            refused = {int(status) for status in operation["responses"]}
            assert refused >= {400, 401, 404} | ({413, 422} if method != "get" else set()), path
            done = [r for status, r in operation["responses"].items() if int(status) < 300]
            assert len(done) == 1, path
            said = done[0]["content"]
            assert set(said) <= {"application/json", "application/xml"}, path
            assert all("schema" in one for one in said.values()), path
            assert operation["security"], path


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
