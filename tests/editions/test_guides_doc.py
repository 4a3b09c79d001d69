"""docs/guides.md is true: its example passes the check and gives what the text says."""

import re
from pathlib import Path
from typing import Any

import pytest

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.ratings import OutcomeKind, QuestionType, Verb
from megler.carriers.rules.reading.parts import COLUMNS
from megler.carriers.rules.when.facts import FACTS
from megler.underwriting.rules.classes import assess
from tests.carriers.books import problems, replaced
from tests.underwriting.guides import ON, person

TEXT = (Path(__file__).parents[2] / "docs/guides.md").read_text()


def example() -> dict[str, bytes]:
    blocks = re.findall(r"`([a-z.]+)`:\n\n```(?:toml|csv)\n(.*?)```", TEXT, re.DOTALL)
    return {name: text.encode() for name, text in blocks}


def test_the_worked_example_passes_without_a_word() -> None:
    assert sorted(example()) == [
        "edition.toml",
        "impairments.csv",
        "questions.csv",
        "ratings.csv",
        "rules.csv",
    ]
    assert problems(example()) == []


@pytest.mark.parametrize(
    ("details", "codes"),
    [
        ({"a1c": 7.4, "insulin": False}, ("table_3", "table_3")),
        ({"a1c": 7.4, "insulin": True}, ("table_5", "table_5")),
        ({"insulin": False}, ("standard", "postpone")),
    ],
)
def test_the_worked_example_gives_what_the_text_says(
    details: dict[str, Any], codes: tuple[str, str]
) -> None:
    guide, _, _ = check_edition(example())
    assert guide is not None
    entry = {"name": "type 2 diabetes", "since": "2015-06-01", "details": details}
    known = person(conditions=[entry], driving=[], criminal=[], avocations=[], medications=[])
    assert assess(guide, known, ON).class_range == codes


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("7.0 < a1c", "7.0 <= a1c", "rules_contradict", "a1c 7"),
        ("7.0 < a1c", "7.2 < a1c", "rule_gap", "a1c 7.1"),
        ("base,a1c > 9.0", "base,a1c > 9.0 and a1c < 8.0", "rule_never_holds", ""),
        ("a1c <= 7.0", "a1x <= 7.0", "unknown_fact", "a1x"),
        ("standard,table_2", "standard,table_x", "bad_outcome", "table_x"),
    ],
)
def test_the_example_spoilt_gives_what_the_text_says(
    old: str, new: str, code: str, said: str
) -> None:
    found = {p.code: p.found for p in problems(replaced(example(), "ratings.csv", old, new))}
    assert found[code] == said


def test_every_part_column_fact_and_word_is_documented() -> None:
    words = set(re.findall(r"[a-z][a-z0-9_]*", TEXT))
    columns = {c for wanted in COLUMNS.values() for part in wanted for c in part}
    closed = {*Verb, *OutcomeKind, *QuestionType} - {OutcomeKind.CLASS, OutcomeKind.TABLE}
    assert {*COLUMNS, *columns, *FACTS, *closed} - words == set()
