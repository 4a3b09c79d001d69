"""docs/facts.md says what the schemas say."""

import re
from pathlib import Path

import pytest

from megler.quoting.rules.answer import quote_schema
from megler.underwriting.rules.document import facts_from_text
from megler.underwriting.rules.shape import facts_schema
from tests.underwriting.guides import ON

DOCUMENT = (Path(__file__).parents[2] / "docs" / "facts.md").read_text("utf-8")
FILES = Path(__file__).parents[2] / "examples"
EXAMPLES = re.findall(r"```json facts\n(.*?)```", DOCUMENT, re.DOTALL)
NAMED = set(re.findall(r"`([a-z_0-9]+)`", DOCUMENT))


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_reads_without_a_problem(example: str) -> None:
    facts, problems = facts_from_text(example, ON)
    assert facts is not None
    assert problems == []


def test_every_kind_of_business_has_its_example_as_a_file_too() -> None:
    named = set(re.findall(r"`([a-z-]+)\.json`", (FILES / "README.md").read_text("utf-8")))
    assert named == {file.stem for file in FILES.glob("*.json")}
    of_document = {file.read_text("utf-8") for file in FILES.glob("*.json")} & set(EXAMPLES)
    assert len(of_document) == 9


def test_every_key_of_the_facts_is_described() -> None:
    schema = facts_schema()
    wants = schema["$defs"]["wants"]["properties"]
    assert len(EXAMPLES) == 11
    assert {*schema["properties"], *wants} - NAMED == set()


def test_every_key_of_the_answer_is_described() -> None:
    schema = quote_schema()
    offer = schema["$defs"]["offer"]["properties"]
    assert {*schema["properties"], *offer} - NAMED == set()
