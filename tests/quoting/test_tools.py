"""The tools of docs/quoting.md: every example is asked as it stands there."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.quoting.actions.tools import TOOLS
from megler.quoting.commands import quote as quote_command
from tests.quoting.conftest import EDITIONS, Seller
from tests.quoting.test_api import post

ON = "2026-12-01"
DOCUMENT = (Path(__file__).parents[2] / "docs" / "quoting.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"```json (\w+)\n(.*?)```", re.DOTALL)
BLOCKS = [(kind, json.loads(text)) for kind, text in _BLOCK.findall(DOCUMENT)]
FACTS = next(told for kind, told in BLOCKS if kind == "facts")
EXAMPLES = [
    (kind, asked, answer)
    for (kind, asked), (_, answer) in pairwise(BLOCKS)
    if kind in {"tool", "budget"}
]


@pytest.fixture
def tundra(db: None) -> None:
    for name in ("tundra-term", "guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / "tundra-life" / name))


def holds(answer: Any, told: Any) -> bool:
    """Whether everything told stands in the answer, which may say more."""
    if isinstance(told, dict):
        return all(key in answer and holds(answer[key], value) for key, value in told.items())
    if isinstance(told, list):
        return len(answer) >= len(told) and all(map(holds, answer, told))
    return bool(answer == told)


def test_every_tool_is_told_of_with_an_example() -> None:
    assert {asked["tool"] for kind, asked, _ in EXAMPLES if kind == "tool"} == set(TOOLS)


def test_every_example_of_the_document_holds(tundra: None, agent: Seller) -> None:
    for kind, asked, told in EXAMPLES:
        if kind == "tool":
            body = {**asked, "facts": FACTS, "on": ON}
            answer = post(agent, "/quotes/tools", body).json()["answer"]
        else:
            answer = post(agent, f"/quotes?on={ON}", FACTS | asked).json()["offers"]
        assert holds(answer, told), (asked, answer)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"tool": "guess"}, "wrong_value"),
        ({"tool": "terms", "wish": 1}, "wrong_value"),
        ({"tool": "ladder"}, "ladder_steps"),
        ({"tool": "ladder", "need": [{"amount": "5", "years": 0}]}, "ladder_nothing"),
        ({"tool": "compare", "offers": [{"carrier": "a", "product": "b"}] * 5}, "wrong_value"),
        ({"tool": "terms", "facts": {"colour": "red"}}, "facts_unknown_key"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    market: None, agent: Seller, asked: dict[str, Any], code: str
) -> None:
    answer = post(agent, "/quotes/tools", {"facts": FACTS, "on": ON, **asked})
    assert answer.status_code == 422
    assert [problem["code"] for problem in answer.json()["problems"]] == [code]
    assert all(problem["text"] for problem in answer.json()["problems"])


def test_a_budget_is_answered_by_amounts_and_kept_like_any_quote(
    tundra: None, agent: Seller
) -> None:
    wants = {"line": "term_life", "budget": "5", "mode": "monthly"}
    answer = post(agent, f"/quotes?on={ON}", FACTS | {"wants": wants}).json()
    assert answer["offers"] == []
    (reason,) = answer["not_offered"][0]["reasons"]
    assert reason["code"] == "budget_too_small"
    assert "50,000" in reason["text"]


def test_a_tool_is_asked_on_the_command_line(
    tundra: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(FACTS))
    ran = CliRunner().invoke(quote_command, ["ask", "bands", str(facts), "--on", ON, "--json"])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.output)["answer"][0]["larger"] == "250000"
    need = ["--need", "500000x10", "--need", "250000x20"]
    ran = CliRunner().invoke(quote_command, ["ask", "ladder", str(facts), "--on", ON, *need])
    assert ran.exit_code == 0, ran.output
    assert "5617.20" in ran.output
    ran = CliRunner().invoke(quote_command, ["ask", "ladder", str(facts), "--need", "much"])
    assert ran.exit_code == 2
