"""Quotes for programs."""

import json
from typing import Any

from django.test import Client

from megler.accounts.models import ApiKey
from megler.quoting.models import Quote
from tests.quoting.conftest import FACTS, Seller


def post(seller: Seller, path: str, body: object, **headers: str) -> Any:
    key = ApiKey.make(seller.user, "test")
    told = {"Authorization": f"Bearer {key}", **headers}
    text = body if isinstance(body, str) else json.dumps(body)
    return Client().post(f"/api/v1{path}", text, content_type="application/json", headers=told)


def test_a_quote_needs_no_idempotency_key_because_it_changes_nothing(
    market: None, agent: Seller
) -> None:
    answer = post(agent, "/quotes?on=2026-06-01", FACTS)
    assert answer.status_code == 200
    assert answer.json()["offers"][0]["premium"]["monthly"] == "22.00"
    assert not Quote.objects.exists()


def test_bad_facts_are_answered_with_every_problem(market: None, agent: Seller) -> None:
    answer = post(agent, "/quotes", {"born": "2999-01-01", "colour": "red"})
    assert answer.status_code == 422
    assert {p["where"] for p in answer.json()["problems"]} == {"born", "colour"}
    assert all(p["text"] for p in answer.json()["problems"])


def test_broken_json_is_one_clear_problem(market: None, agent: Seller) -> None:
    answer = post(agent, "/quotes", '{"born": ')
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "facts_not_json")


def test_a_key_given_twice_in_the_document_is_refused(market: None, agent: Seller) -> None:
    answer = post(agent, "/quotes", '{"age": 40, "age": 50}')
    assert [p["code"] for p in answer.json()["problems"]] == ["facts_duplicate_key"]


def test_five_megabytes_are_refused_in_words(market: None, agent: Seller) -> None:
    answer = post(agent, "/quotes", '{"a":' + "[" * 5_000_000)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (413, "body_too_large")


def test_saving_twice_with_one_key_keeps_one_quote(market: None, agent: Seller) -> None:
    key = ApiKey.make(agent.user, "test")
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "one"}
    body = json.dumps({"facts": FACTS, "on": "2026-06-01"})
    first, second = (
        Client().post(
            "/api/v1/saved-quotes", body, content_type="application/json", headers=headers
        )
        for _ in range(2)
    )
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert Quote.objects.count() == 1


def test_a_saved_quote_is_read_and_replayed_by_its_owner_alone(
    market: None, agent: Seller, stranger: Seller
) -> None:
    made = post(agent, "/saved-quotes", {"facts": FACTS}, **{"Idempotency-Key": "one"}).json()
    path = f"/api/v1/saved-quotes/{made['id']}"
    for seller, status in ((agent, 200), (stranger, 404)):
        headers = {"Authorization": f"Bearer {ApiKey.make(seller.user, 'again')}"}
        assert Client().get(path, headers=headers).status_code == status
        assert Client().get(f"{path}/replay", headers=headers).status_code == status


def test_without_a_key_nobody_is_answered(market: None) -> None:
    answer = Client().post("/api/v1/quotes", "{}", content_type="application/json")
    assert answer.status_code == 401


def test_the_facts_schema_is_published(agent: Seller) -> None:
    schema = agent.client().get("/api/v1/schemas/facts.json").json()
    assert schema["title"] == "Facts"
