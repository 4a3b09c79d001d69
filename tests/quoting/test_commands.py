"""`./megler quote` as its users run it: the same answer as the API, and clear refusals."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from megler.quoting.actions import quotes as actions
from megler.quoting.commands import quote
from megler.quoting.rules.answer import quote_schema
from tests.quoting.conftest import FACTS, Seller
from tests.quoting.test_actions import TODAY
from tests.quoting.test_api import post


def run(*words: object, given: bytes | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(quote, [str(word) for word in words], input=given)
    return done.exit_code, done.stdout, done.stderr


def file(folder: Path, content: bytes) -> Path:
    path = folder / "facts.json"
    path.write_bytes(content)
    return path


def test_command_api_and_action_give_one_answer(
    market: None, agent: Seller, tmp_path: Path
) -> None:
    path = file(tmp_path, json.dumps(FACTS).encode())
    code, told, _ = run(path, "--on", "2026-06-01", "--json")
    answer = json.loads(told)
    assert code == 0
    jsonschema.validate(answer, quote_schema())
    assert answer == post(agent, "/quotes?on=2026-06-01", FACTS).json()
    assert answer == json.loads(json.dumps(actions.shown(actions.quote(FACTS, TODAY))))


def test_the_text_tells_the_premium_the_steps_and_what_is_not_possible(
    market: None, tmp_path: Path
) -> None:
    path = file(tmp_path, b"\xef\xbb\xbf" + json.dumps(FACTS).encode())
    code, told, _ = run("--on", "2026-06-01", path)
    assert code == 0
    assert "USD 22.00 monthly  (age 47, us-va/vgli@2019-01-01)" in told
    assert "Sold until 2021-09-30." in told


def test_standard_input_is_read_whatever_the_locale(market: None) -> None:
    document = {**FACTS, "occupation": "løytnant"}
    code, told, _ = run("-", "--on", "2026-06-01", "--json", given=json.dumps(document).encode())
    assert (code, json.loads(told)["facts"]["occupation"]) == (0, "løytnant")


REFUSED = [
    (b"", "facts_not_json"),
    (b"{", "facts_not_json"),
    (b"[]", "facts_wrong_type"),
    (b'{"a":' * 100_000, "facts_too_deep"),
    (b'{"age": 40, "age": 41}', "facts_duplicate_key"),
    (b'{"hieght_in": 64}', "facts_unknown_key"),
    (b'{"occupation": "caf\xe9"}', "facts_wrong_encoding"),
    ('{"age": 40}'.encode("utf-16"), "facts_wrong_encoding"),
]


@pytest.mark.parametrize(("content", "problem"), REFUSED)
def test_command_and_api_refuse_alike_and_in_words(
    market: None, agent: Seller, tmp_path: Path, content: bytes, problem: str
) -> None:
    code, told, _ = run(file(tmp_path, content), "--json")
    answer = json.loads(told)
    assert (code, [p["code"] for p in answer["problems"]]) == (2, [problem])
    assert problem not in answer["problems"][0]["text"]
    sent: Any = content
    refused = post_bytes(agent, sent)
    assert (refused.status_code, refused.json()) == (422, answer)


def post_bytes(seller: Seller, content: bytes) -> Any:
    from django.test import Client

    from megler.accounts.models import ApiKey

    headers = {"Authorization": f"Bearer {ApiKey.make(seller.user, 'test')}"}
    return Client().generic(
        "POST", "/api/v1/quotes", content, content_type="application/json", headers=headers
    )


@pytest.mark.parametrize("where", ["nowhere.json", "."])
def test_what_cannot_be_read_is_a_problem_too(market: None, tmp_path: Path, where: str) -> None:
    code, told, _ = run(tmp_path / where, "--json")
    assert (code, json.loads(told)["problems"][0]["code"]) == (2, "cannot_read")
    code, _, said = run(tmp_path / where)
    assert (code, "cannot be read" in said) == (2, True)


@pytest.mark.parametrize("quote_id", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_quote_that_was_never_saved_is_not_replayed(market: None, quote_id: str) -> None:
    code, told, _ = run("replay", quote_id, "--json")
    assert (code, json.loads(told)["problems"][0]["found"]) == (2, quote_id)


def test_a_saved_quote_is_replayed_to_the_same_cent(market: None, agent: Seller) -> None:
    kept = actions.save_quote(agent.user, FACTS, TODAY)
    code, told, _ = run("replay", kept.pk, "--json")
    assert (code, json.loads(told)) == (0, kept.answer)
