"""The status API answers as its specification says, and only of what the asker may see."""

import json
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.cases.actions.requirements import add_requirement
from megler.cases.models import Case
from megler.events.actions import hearing
from megler.events.models import Heard
from megler.events.rules.signing import headers
from megler.licensing.models import Agent
from megler.vocabulary.codes import RequirementKind
from tests.cases.cast import AT, a_case, an_agent, somebody
from tests.exchange.iri.spec import PUSH, STATUS, breaches
from tests.exchange.iri.test_reading import pushed_examples

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/iri"


def ask(person: User, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    way = {"Authorization": f"Bearer {ApiKey.make(person, 'test')}"}
    browser = Browser(headers=way)
    if body is None:
        answer = browser.get(ROOT + path)
    else:
        answer = browser.post(ROOT + path, json.dumps(body), content_type="application/json")
    return answer.status_code, json.loads(answer.content)


@pytest.fixture
def person(agent: Agent) -> User:
    assert agent.user is not None
    return agent.user


def test_each_answer_is_right_by_the_specification(manager: User, person: User, case: Case) -> None:
    add_requirement(manager, case, RequirementKind.TRUST_PAPERS, at=AT)
    one = f"/v3/application-statuses/policies/{case.reference}"
    for path, schema in (
        (f"/v3/application-statuses/{case.reference}", "DetailApplicationStatus"),
        (one, "Policy"),
        (f"{one}/document-reviews", "DocumentReview"),
        (f"{one}/fundings", "Funding"),
        (f"{one}/suitability", "Suitability"),
        (f"{one}/can-sell-validations", "CanSellValidation"),
        ("/v3/application-statuses/policies", "PoliciesPagedResult"),
    ):
        status, document = ask(person, path)
        assert (status, breaches(STATUS, schema, document)) == (200, []), path


def test_a_search_finds_what_is_the_askers_and_by_its_criteria(person: User, case: Case) -> None:
    stranger = an_agent("Stig Stranger")
    a_case(stranger, name="Nora Nes")
    path = "/v3/application-statuses/searches"
    status, found = ask(person, path, {})
    schema = "SummaryApplicationStatusesPagedResult"
    assert (status, breaches(STATUS, schema, found)) == (200, [])
    assert [one["policyNumber"] for one in found["applicationStatuses"]] == [case.reference]
    assert ask(person, path, {"npn": stranger.npn})[1]["totalItemsCount"] == 0
    assert ask(person, path, {"npn": case.agent.npn})[1]["totalItemsCount"] == 1
    assert ask(person, path, {"policyNumber": case.reference})[1]["itemsCount"] == 1
    assert ask(person, path, {"mood": "good"})[0] == 422
    assert ask(person, f"{path}?limit=0", {})[0] == 422


def test_somebody_elses_policy_is_not_there(case: Case) -> None:
    stranger = somebody(Role.AGENT, "Stig Stranger")
    assert ask(stranger, f"/v3/application-statuses/{case.reference}")[0] == 404


def test_what_was_published_is_reconciled_and_asked_for_again(person: User, case: Case) -> None:
    begin, end = "2026-03-01T00:00:00Z", "2026-03-09T00:00:00Z"
    path = "/v1/application-notifications"
    _status, found = ask(person, f"{path}/reconciliation?startTime={begin}&endTime={end}")
    assert found["totalEvents"] == len(found["events"]) >= 1
    _status, again = ask(person, f"{path}/{found['events'][0]['eventId']}")
    assert breaches(PUSH, "ApplicationReceivedNotification", again) == []
    assert ask(person, f"{path}/nothing")[0] == 404


def test_the_events_are_listed_with_their_place(person: User, case: Case) -> None:
    browser = Browser(headers={"Authorization": f"Bearer {ApiKey.make(person, 'test')}"})
    found = browser.get("/api/v1/events?kind=case").json()
    assert [one["type"] for one in found["events"]] == ["case.opened"]
    after = found["events"][-1]["position"]
    assert browser.get(f"/api/v1/events?after={after}&kind=case").json()["events"] == []


def test_a_carriers_push_is_kept_once_and_only_when_it_is_signed(case: Case) -> None:
    boss = somebody(Role.ADMINISTRATOR, "Ada Boss")
    listening = hearing.listen_to(boss, case.carrier)
    body = json.dumps(pushed_examples()[0]).encode()
    signed = headers(listening.secret, "msg_1", int(timezone.now().timestamp()), body)
    browser, path = Browser(), f"/hear/{case.carrier.slug}/"

    def push(content: bytes, carried: dict[str, str]) -> int:
        return browser.post(
            path, content, content_type="application/json", headers=carried
        ).status_code

    assert push(body, {}) == 401
    assert push(body + b" ", signed) == 401
    assert [push(body, signed), push(body, signed)] == [202, 200]
    assert Heard.objects.count() == 1
    odd = b'{"eventId": "x"}'
    now = int(timezone.now().timestamp())
    assert push(odd, headers(listening.secret, "msg_2", now, odd)) == 422
    assert hearing.take_heard(str(Heard.objects.get().pk)) is False
