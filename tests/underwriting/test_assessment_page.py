"""The assessment page: live, without scripts, from a document of another page, and with abuse."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from tests.cast import person, signed_in

EDITIONS = Path(__file__).parents[2] / "editions"
LIVE: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
TYPED = {
    "age": "52",
    "sex": "male",
    "jurisdiction": "TX",
    "nicotine": "never",
    "height": "5'10",
    "weight": "195",
    "blood_pressure": "128/82",
    "line": "term_life",
    "face_amount": "750k",
}
DIABETES = {
    "h1_list": "conditions",
    "h1_name": "diabetes type 2",
    "h1_since": "2019-05",
    "h1_until": "",
}


@pytest.fixture
def agent(db: None) -> Client:
    for name in ("tundra-life/tundra-term", "tundra-life/guide", "nordhavn-life/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / name))
    return signed_in(person("Amy Aas", Role.AGENT))


def words(client: Client, typed: dict[str, str], **headers: Any) -> str:
    answer = client.post("/underwriting/words/", typed, **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client: Client, typed: dict[str, str]) -> str:
    answer = client.post("/underwriting/history/", typed, **LIVE)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", ["/underwriting/", "/underwriting/words/"])
def test_a_carrier_may_not_see_it(db: None, path: str) -> None:
    carrier = signed_in(person("Carla Reyes", Role.CARRIER))
    assert carrier.get(path).status_code == 404
    assert carrier.post(path, TYPED).status_code == 404


def test_the_empty_page_says_what_will_come(agent: Client) -> None:
    page = agent.get("/underwriting/").content.decode()
    assert "Every carrier’s word appears here" in page
    assert 'name="add" value="conditions"' in page


def test_what_is_typed_is_judged_at_once_with_what_is_open(agent: Client) -> None:
    part = words(agent, TYPED | DIABETES, **LIVE)
    assert "<html" not in part
    assert "Tundra Life" in part
    assert 'href="#h1_a_a1c"' in part
    assert 'href="#id_family"' in part


def test_an_answer_narrows_what_is_open(agent: Client) -> None:
    part = words(agent, TYPED | DIABETES | {"h1_a_a1c": "7.1", "family": "none"}, **LIVE)
    assert "#h1_a_a1c" not in part
    assert "#id_family" not in part


def test_without_scripts_the_whole_page_keeps_what_was_typed(agent: Client) -> None:
    page = words(agent, TYPED | DIABETES | {"h1_a_a1c": "7.1"})
    assert "<html" in page
    assert 'value="diabetes type 2"' in page
    assert 'value="7.1"' in page
    assert "Tundra Life" in page


def test_rows_come_and_go_without_scripts(agent: Client) -> None:
    page = words(agent, TYPED | DIABETES | {"add": "medications"})
    assert 'name="h2_list" value="medications"' in page
    assert 'value="diabetes type 2"' in page
    page = words(agent, TYPED | DIABETES | {"h2_list": "medications", "remove": "1"})
    assert "h1_name" not in page
    assert 'name="h2_list" value="medications"' in page


def test_rows_come_and_go_as_a_part(agent: Client) -> None:
    added = rows(agent, DIABETES | {"add": "driving"})
    assert "What was the last A1C?" in added
    assert 'name="h2_list" value="driving"' in added
    left = rows(agent, DIABETES | {"h2_list": "driving", "h2_name": "dui", "remove": "2"})
    assert "h2_name" not in left
    assert "autofocus" in left


def test_enter_in_a_field_takes_no_row_away(agent: Client) -> None:
    """A browser sends the form by its first button: that must be the one that only assesses."""
    page = words(agent, TYPED | DIABETES)
    form = page[page.index('id="assessment-form"') :]
    first = form[form.index("<button") :]
    assert "name=" not in first[: first.index(">")]


def test_many_questions_are_folded(agent: Client) -> None:
    publish_edition(SYSTEM, read_files(EDITIONS / "lofoten-mutual/guide"))
    part = rows(agent, DIABETES)
    assert "more questions that some carriers ask" in part
    assert part.index("<details") > part.index("What was the last A1C?")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"face_amount": "lots"}, "lots"),
        ({"height": "tall"}, "tall"),
        ({"blood_pressure": "high"}, "high"),
        ({"age": "230"}, "230"),
        ({"h1_since": "soon"}, "soon"),
        ({"income_annual": "1e99"}, "1e99"),
        ({"nicotine": "stopped"}, "month it was last used"),
    ],
)
def test_what_cannot_be_read_is_told_in_the_page(
    agent: Client, wrong: dict[str, str], told: str
) -> None:
    part = words(agent, TYPED | DIABETES | wrong, **LIVE)
    assert "This cannot be assessed yet." in part
    assert told in part
    assert "word-scale" not in part


def test_a_name_that_no_guide_knows_is_said_and_looked_at(agent: Client) -> None:
    typed = TYPED | {"h1_list": "conditions", "h1_name": "the moon sickness"}
    assert "No carrier’s guide knows this by that name" in rows(agent, typed)
    assert "word-scale" in words(agent, typed, **LIVE)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7|add:7 }}",
        "x" * 10_000,
        "\x07\u202e",
        "'; DROP TABLE case; --",
    ],
)
def test_abuse_in_a_name_stays_text(agent: Client, name: str) -> None:
    typed = TYPED | {"h1_list": "conditions", "h1_name": name}
    for text in (words(agent, typed), words(agent, typed, **LIVE), rows(agent, typed)):
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "x" * 300 not in text


@pytest.mark.parametrize(
    "odd",
    [
        {"h1_list": "planets", "h1_name": "mars"},
        {"add": "planets"},
        {"remove": "-1"},
        {"remove": "9" * 5000},
        {"remove": "²"},
        {"h1_list": "conditions", "h1_name": "asthma", "h1_a_severity": "purple"},
        {"h1_list": "conditions", "h1_name": "diabetes", "h1_a_a1c": "9" * 5000},
        {f"h{n}_list": "conditions" for n in range(99)},
        {"view": "<b>", "sex": "otter"},
    ],
)
def test_what_is_no_choice_of_the_page_breaks_nothing(agent: Client, odd: dict[str, str]) -> None:
    for answer in (
        agent.post("/underwriting/words/", TYPED | odd),
        agent.post("/underwriting/words/", TYPED | odd, **LIVE),
        agent.post("/underwriting/history/", TYPED | odd, **LIVE),
    ):
        assert answer.status_code == 200
        assert "planets" not in answer.content.decode()


def test_the_facts_go_on_to_the_quote_and_come_back(agent: Client) -> None:
    part = words(agent, TYPED | DIABETES, **LIVE)
    assert 'action="/quotes/from-facts/"' in part
    assert 'action="/requirements/answer/"' in part
    facts = {
        "people": [
            {"id": "b", "role": "spouse", "age": 30},
            {"id": "a", "age": 51, "conditions": [{"name": "asthma"}]},
        ],
        "wants": [{"line": "term_life", "face_amount": "500000"}],
    }
    page = words(agent, {"facts": json.dumps(facts)})
    assert 'value="51"' in page
    assert 'value="asthma"' in page
    assert 'value="500000"' in page


@pytest.mark.parametrize("sent", ["{", "[1]", '"x"', '{"people": [1]}', '{"people": 5}'])
def test_a_document_that_is_none_leaves_the_page_empty(agent: Client, sent: str) -> None:
    assert "Every carrier’s word appears here" in words(agent, {"facts": sent})
