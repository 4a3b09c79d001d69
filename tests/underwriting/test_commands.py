"""`./megler assess` and `./megler requirements` as their users run them, and the API beside them."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click import Command
from click.testing import CliRunner

from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.underwriting.commands import assess, requirements
from megler.underwriting.rules.answer_assessments import assessment_schema
from megler.underwriting.rules.answer_requirements import requirements_schema
from tests.cast import person, signed_in
from tests.quoting.test_commands import REFUSED

EDITIONS = Path(__file__).parents[2] / "editions"
FACTS = {
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "TX",
    "height_in": 64,
    "weight_lb": 140,
    "nicotine": [],
    "evidence": [{"kind": "blood_profile", "on": "2026-02-01"}],
    "wants": {"line": "term_life", "face_amount": "2000000"},
}
ASKED = [
    (assess, "assessments", assessment_schema),
    (requirements, "requirements", requirements_schema),
]


@pytest.fixture
def guides(db: None) -> None:
    for name in ("tundra-life/tundra-term", "tundra-life/guide", "nordhavn-life/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / name))


@pytest.fixture
def agent(db: None) -> User:
    return person("Amy Aas", Role.AGENT)


def run(command: Command, *words: object, given: bytes | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(command, [str(word) for word in words], input=given)
    return done.exit_code, done.stdout, done.stderr


def post(who: User, path: str, body: bytes) -> Any:
    told = {"Authorization": f"Bearer {ApiKey.make(who, 'test')}"}
    return signed_in(who).post(
        f"/api/v1{path}", body, content_type="application/json", headers=told
    )


@pytest.mark.parametrize(("command", "path", "schema"), ASKED)
def test_command_and_api_give_one_answer_of_the_published_shape(
    guides: None, agent: User, command: Command, path: str, schema: Any
) -> None:
    content = json.dumps(FACTS).encode()
    code, told, _ = run(command, "-", "--on", "2026-03-01", "--json", given=content)
    answer = json.loads(told)
    assert code == 0
    jsonschema.validate(answer, schema())
    assert answer == post(agent, f"/{path}?on=2026-03-01", content).json()
    entries = answer["assessments" if path == "assessments" else "carriers"]
    assert [(e["carrier"], e["product"]) for e in entries if e["product"]] == [
        ("tundra-life", "tundra-term")
    ]


@pytest.mark.parametrize(("command", "path"), [one[:2] for one in ASKED])
@pytest.mark.parametrize(("content", "problem"), REFUSED)
def test_command_and_api_refuse_alike_and_in_words(
    guides: None, agent: User, *, command: Command, path: str, content: bytes, problem: str
) -> None:
    code, told, _ = run(command, "-", "--json", given=content)
    answer = json.loads(told)
    assert (code, [p["code"] for p in answer["problems"]]) == (2, [problem])
    refused = post(agent, f"/{path}", content)
    assert (refused.status_code, refused.json()) == (422, answer)


def test_the_text_of_an_assessment_tells_class_range_why_and_where(guides: None) -> None:
    given = json.dumps({**FACTS, "evidence": None}).encode()
    code, told, _ = run(assess, "-", "--on", "2026-03-01", given=given)
    assert code == 0
    assert "Tundra Life, Tundra Straight Term  [tundra-life/full-guide@2025-01-01]" in told
    assert "not sold    2,000,000 is above the largest amount, 1,000,000.  [eligibility]" in told
    assert "Family history (family)" in told
    assert "individual_consideration" not in told


def test_the_text_of_requirements_tells_burden_days_and_what_is_on_file(guides: None) -> None:
    given = json.dumps(FACTS).encode()
    code, told, _ = run(requirements, "-", "--on", "2026-03-01", given=given)
    assert code == 0
    assert "On file from 2026-02-01; it may be used until" in told
    assert "(by the guide)" in told
    assert "blood_profile" not in told


def test_a_file_that_is_not_there_is_told(guides: None, tmp_path: Path) -> None:
    code, _, told = run(assess, tmp_path / "nowhere.json")
    assert code == 2
    assert "nowhere.json cannot be read" in told


def test_before_any_guide_the_answer_says_so(db: None) -> None:
    code, told, why = run(assess, "-", "--on", "2001-01-01", given=b"{}")
    assert (code, told) == (0, "")
    assert "no underwriting guide is in effect" in why
