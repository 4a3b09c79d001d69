"""The requirements page: live, without htmx, from a document of another page, and with nonsense."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.underwriting.actions.answers import called
from megler.underwriting.burdens_shown import burdens_of, counted
from tests.cast import person, signed_in
from tests.underwriting.guides import ON

EDITIONS = Path(__file__).parents[2] / "editions"
TYPED = {
    "age": "47",
    "sex": "female",
    "jurisdiction": "TX",
    "line": "term_life",
    "face_amount": "500k",
    "evidence_kind_1": "blood_profile",
    "evidence_on_1": "2026-02-01",
}
LIVE: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def agent(db: None) -> Client:
    for name in ("tundra-life/tundra-term", "tundra-life/guide", "nordhavn-life/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / name))
    return signed_in(person("Amy Aas", Role.AGENT))


def told(client: Client, typed: dict[str, str], **headers: Any) -> str:
    answer = client.post("/requirements/answer/", typed, **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_empty_page_says_what_to_type(agent: Client) -> None:
    page = agent.get("/requirements/").content.decode()
    assert "What each carrier will ask for appears here" in page
    assert "evidence_kind_1" in page


def test_what_is_typed_is_compared_at_once(agent: Client) -> None:
    part = told(agent, TYPED, **LIVE)
    assert "<html" not in part
    assert "Tundra Straight Term" in part
    assert "by the guide" in part


def test_without_htmx_the_whole_page_keeps_what_was_typed(agent: Client) -> None:
    page = told(agent, TYPED)
    assert "<html" in page
    assert 'value="2026-02-01"' in page
    assert "Tundra Life" in page


def test_another_page_sends_a_document_of_several_people(agent: Client) -> None:
    people = [
        {"id": "kari", "role": "spouse", "age": 30},
        {"id": "ola", "age": 51, "evidence": [{"kind": "ecg", "on": "2026-01-05"}]},
    ]
    wants = [{"line": "term_life", "face_amount": "500000"}]
    page = told(agent, {"facts": json.dumps({"people": people, "wants": wants})})
    assert 'value="51"' in page
    assert 'value="2026-01-05"' in page
    assert "Tundra Life" in page


@pytest.mark.parametrize("sent", ["", "{", "[1]", '"x"', "{}", '{"people": [1]}', '{"family": 5}'])
def test_a_document_that_is_none_leaves_the_page_empty(agent: Client, sent: str) -> None:
    assert "appears here" in told(agent, {"facts": sent})


def test_what_cannot_be_read_is_named(agent: Client) -> None:
    part = told(agent, {**TYPED, "face_amount": "lots", "evidence_kind_1": ""}, **LIVE)
    assert "an amount such as" in part
    assert "what is on file" in part
    assert "Tundra" not in part


def test_mark_up_in_a_name_stays_text(agent: Client) -> None:
    typed = {**TYPED, "h1_list": "conditions", "h1_name": "<script>alert(1)</script>"}
    assert "<script>alert" not in told(agent, typed)


def test_the_history_can_be_added_to(agent: Client) -> None:
    part = agent.post("/requirements/history/", {"add": "conditions"}, **LIVE).content.decode()
    assert 'name="h1_name"' in part
    assert "/requirements/history/" in part


def test_bars_are_measured_by_the_slowest(agent: Client) -> None:
    document = {"age": 47, "wants": {"line": "term_life", "face_amount": "900000"}}
    burdens = burdens_of(called(document, ON)[1])
    assert max(burden.bar_at_most for burden in burdens) == 100
    assert sum(counted(burdens).values()) == len(burdens)
