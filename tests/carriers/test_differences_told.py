"""Differences of two guides as sentences, and the command that prints them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from megler.carriers.commands import edition
from megler.carriers.condition_words import condition_in_words
from megler.carriers.difference_sentences import PARTS, SENTENCES, difference_in_words
from megler.carriers.rules.differences.guides import differences
from megler.carriers.rules.when.reading import read_when
from tests.carriers.books import term_book, with_cell
from tests.carriers.manuals import guide_in, manual

HEART, LIFE = "ratings-heart.csv", "ratings-life.csv"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7.0 < a1c <= 7.5", "a1c over 7.0 to 7.5"),
        ("age >= 18 and age < 60 and sex == 'male'", "age 18 to under 60 and sex male"),
        ("has('stroke') and not insulin", "stroke and no insulin"),
        ("count('dui', 36) == 0 or not has('cancer')", None),
        ("vessels in ['one', 'two', 'three']", "vessels one, two or three"),
        ("total_amount > 1000000", "total amount over 1,000,000"),
        ("years_since('stroke') < 3 and (insulin or age > 70)", None),
        ("not (age > 70 and insulin)", "not (age over 70 and insulin)"),
        ("takes('metformin')", "taking metformin"),
        ("pressure_treated == false", "no blood pressure treated"),
    ],
)
def test_a_condition_in_words(text: str, words: str | None) -> None:
    told = condition_in_words(read_when(text))
    assert told == words or (words is None and "'" not in told and "_" not in told)


def test_a_table_of_the_build_chart_is_named_as_people_name_it() -> None:
    heavier = with_cell(manual(), "build.csv", 4, "weight_max_lb", "192")
    assert "Table 2: greatest weight at 60 in: 2 lb more" in told(heavier)


def told(files: dict[str, bytes]) -> list[str]:
    return [difference_in_words(d) for d in differences(guide_in(manual()), guide_in(files))]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (
            (HEART, 3, "best", "table_4"),
            "Diabetes type 2: a1c over 7.0 to 9.0: table 4 to table 6 (was table 3 to table 6)",
        ),
        (
            (HEART, 3, "when", "7.0 < a1c <= 8.9"),
            "Diabetes type 2: a1c over 7.0 to 8.9: table 3 to table 6 "
            "(was a1c over 7.0 to 9.0: table 3 to table 6)",
        ),
        (
            (LIFE, 3, "flat_extra_to", "7.50"),
            "Scuba diving: depth ft over 100: Standard, flat extra 2.50 to 7.50 "
            "(was Standard, flat extra 2.50 to 5)",
        ),
        ((HEART, 6, "best", "postpone"), None),
        (
            ("nicotine.csv", 4, "free_months", "18"),
            "Standard: any product: 18 months without (was any product: 12 months without)",
        ),
        (
            ("build.csv", 3, "weight_max_lb", "172"),
            "Standard: greatest weight at 60 in: 2 lb more",
        ),
        (
            ("requirements.csv", 5, "kinds", "mib paramedical_exam"),
            "Ages from 51, from 100,000: ECG no longer asked",
        ),
        (
            ("evidence.csv", 2, "usual_days", "30"),
            "Evidence: Attending physician statement: ordered by the agency, usually 30 days, "
            "stands 365 days (was Attending physician statement: ordered by the agency, "
            "usually 21 days, stands 365 days)",
        ),
        (
            ("questions-life.csv", 3, "usual", "60"),
            "Scuba diving: “How deep?” (ft, usually 60) (was “How deep?” (ft, usually 100))",
        ),
        (
            ("triggers.csv", 3, "kinds", "mvr aps"),
            "Requirements by what is known: number of driving under the influence",
        ),
        (("substitutes.csv", 2, "within_days", "90"), "What stands for what: Doctor's exam"),
        (
            ("impairments.csv", 4, "words", "diving"),
            "Scuba diving: Scuba diving, avocations, diving",
        ),
        (("rules.csv", 2, "requires", "cholesterol_total <= 230"), "Preferred: total cholesterol"),
        (("family.csv", 2, "allowed", "1"), "at most 1 (was 0)"),
    ],
)
def test_a_change_is_told_in_one_sentence(cell: tuple[Any, ...], sentence: str | None) -> None:
    (found,) = told(with_cell(manual(), *cell))
    assert sentence is None or sentence in found


def test_a_limit_is_told_with_what_it_was() -> None:
    files = with_cell(manual(), "criteria.csv", 2, "limit", "141")
    assert told(files) == ["Preferred: systolic at most 141, ages to 59 (was 135)"]


def test_of_whom_family_history_is_asked_is_told() -> None:
    rows = "class,relation,condition,event,before_age,allowed,age_to,sex,except\n"
    rows += "preferred,parent,cardiovascular,death,60,0,69,male,heart_murmur\n"
    sentence = "parent, cardiovascular, death before 60: at most 0, men, ages to 69, not counting"
    assert any(sentence in one for one in told(manual(family=rows)))


def test_every_sentence_takes_its_parts() -> None:
    parts = ("place", "before", "after", "rows", "key")
    for sentence in SENTENCES.values():
        assert "%" not in str(sentence) % dict.fromkeys(parts, "x")


def folder(at: Path, files: dict[str, bytes]) -> str:
    at.mkdir()
    for name, content in files.items():
        (at / name).write_bytes(content)
    return str(at)


def test_the_command_prints_the_differences_part_by_part(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", manual())
    new = folder(tmp_path / "new", with_cell(manual(), HEART, 3, "best", "table_4"))
    done = CliRunner().invoke(edition, ["differences", old, new])
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        str(PARTS["ratings"]),
        "  Diabetes type 2: a1c over 7.0 to 9.0: table 4 to table 6 (was table 3 to table 6)",
        "1 difference",
    ]
    done = CliRunner().invoke(edition, ["differences", old, new, "--json"])
    (one,) = json.loads(done.output)["differences"]
    assert (one["part"], one["kind"], one["place"]) == ("ratings", "changed", "Diabetes type 2")


def test_what_is_no_guide_or_has_errors_is_refused(tmp_path: Path) -> None:
    good = folder(tmp_path / "good", manual())
    book = folder(tmp_path / "book", term_book())
    bad = folder(tmp_path / "bad", with_cell(manual(), HEART, 3, "best", "x"))
    for wrong, code in ((book, "not_a_guide"), (bad, "bad_outcome")):
        done = CliRunner().invoke(edition, ["differences", good, wrong, "--json"])
        assert done.exit_code == 2
        assert [p["code"] for p in json.loads(done.output)["problems"]] == [code]
