"""Replacement, exchanges and money for programs."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client as Browser

from megler.accounts.models import User
from megler.applications.models import Application
from megler.applications.models_exchanges import Exchange
from tests.applications.test_exchange_pages import replacing, seen_by  # noqa: F401 - a fixture

GIVEN: dict[str, Any] = {
    "carrier_name": "Polar Mutual",
    "policy_number": "P-1",
    "source_kind": "life",
    "expected": "40000",
    "facts": {
        "same_owner": "yes", "same_insured": True, "is_direct": "yes", "is_qualified": "no",
        "in_force": "yes", "in_payout": "no", "to_us_insurer": "yes",
    },
}  # fmt: skip


def get(browser: Browser, path: str) -> Any:
    found = browser.get(f"/api/v1{path}")
    assert found.status_code == 200, found.content
    return json.loads(found.content)


def post(browser: Browser, path: str, body: dict[str, Any]) -> Any:
    return browser.post(
        f"/api/v1{path}",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )


@pytest.fixture
def agents(agent_user: User) -> Browser:
    return seen_by(agent_user)


def test_the_receipt_is_told_with_its_reasons(agents: Browser, complete: Application) -> None:
    found = get(agents, f"/applications/{complete.pk}/receipt")
    assert found["may"] is None
    assert found["cash_on_delivery"] is True
    assert [reason["code"] for reason in found["reasons"]] == ["receipt_rule_unknown"]


def test_what_the_state_asks(agents: Browser, replacing: Application) -> None:  # noqa: F811
    found = get(agents, f"/applications/{replacing.pk}/replacement")
    assert (found["state"], found["replacement"]) == ("TX", True)
    assert [form["purpose"] for form in found["forms"]] == ["replacement_notice"]
    assert found["forms"][0]["signers"] == ["owner", "agent"]
    assert found["notices"][0]["days"] == 5
    assert found["free_look_days"] == 30
    assert found["forms"][0]["reason"]["source"]["rule"].startswith("Tex. Ins. Code")


def test_an_exchange_from_start_to_sent(agents: Browser, complete: Application) -> None:
    made = post(agents, f"/applications/{complete.pk}/exchanges", GIVEN)
    assert made.status_code == 201, made.content
    one = made.json()
    assert (one["state"], one["outcome"], one["expected"]) == ("preparing", "allowed", "40000.00")
    found = get(agents, f"/applications/{complete.pk}/exchanges")
    assert found["funded"] is False
    sent = post(agents, f"/exchanges/{one['id']}/steps/sent", {})
    assert sent.json()["state"] == "request_sent"
    assert [event["what"] for event in sent.json()["events"]] == ["started", "sent"]


def test_staff_tell_that_the_money_came(
    agents: Browser, staff: User, complete: Application
) -> None:
    one = post(agents, f"/applications/{complete.pk}/exchanges", GIVEN).json()
    post(agents, f"/exchanges/{one['id']}/steps/sent", {})
    refused = post(agents, f"/exchanges/{one['id']}/steps/arrived", {"amount": "39812.44"})
    assert refused.status_code == 422
    desk = seen_by(staff)
    done = post(desk, f"/exchanges/{one['id']}/steps/arrived", {"amount": "39812.44"})
    assert done.json()["arrived"] == "39812.44"
    assert get(agents, f"/applications/{complete.pk}/exchanges")["funded"] is True


def test_what_is_not_covered_is_422_with_every_reason(
    agents: Browser, complete: Application
) -> None:
    bad = GIVEN | {"source_kind": "annuity", "facts": {"same_owner": "no"}}
    found = post(agents, f"/applications/{complete.pk}/exchanges", bad)
    assert found.status_code == 422
    codes = {problem["code"] for problem in found.json()["problems"]}
    assert {"exchange_kind_not_covered", "exchange_owner_differs"} <= codes
    assert not Exchange.objects.exists()


def test_a_fact_that_there_is_not_is_named(agents: Browser, complete: Application) -> None:
    bad = GIVEN | {"facts": {"same_ower": "yes"}}
    found = post(agents, f"/applications/{complete.pk}/exchanges", bad)
    assert found.status_code == 422
    assert [problem["where"] for problem in found.json()["problems"]] == ["facts.same_ower"]


@pytest.mark.parametrize("step", ["sung", "started"])
def test_a_step_that_there_is_not(agents: Browser, complete: Application, step: str) -> None:
    one = post(agents, f"/applications/{complete.pk}/exchanges", GIVEN).json()
    assert post(agents, f"/exchanges/{one['id']}/steps/{step}", {}).status_code == 422


def test_strangers_find_nothing(agents: Browser, stranger: User, complete: Application) -> None:
    one = post(agents, f"/applications/{complete.pk}/exchanges", GIVEN).json()
    other = seen_by(stranger)
    for part in ("receipt", "replacement", "exchanges"):
        path = f"/api/v1/applications/{complete.pk}/{part}"
        assert other.get(path).status_code == 404
    assert post(other, f"/applications/{complete.pk}/exchanges", GIVEN).status_code == 404
    assert post(other, f"/exchanges/{one['id']}/steps/sent", {}).status_code == 404
