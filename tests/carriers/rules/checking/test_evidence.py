"""Evidence: ages without gap or overlap, no kind that stands for itself."""

import pytest

from tests.carriers.books import told, with_cell
from tests.carriers.manuals import manual

EVIDENCE = "evidence.csv"


@pytest.mark.parametrize(
    ("row", "column", "text", "expected"),
    [
        (4, "age_from", "70", ("bands_overlap", f"{EVIDENCE} row 4 column age_from")),
        (4, "age_from", "73", ("gap_in_bands", f"{EVIDENCE} row 4 column age_from")),
        (2, "kind", "ecg", ("bands_overlap", f"{EVIDENCE} row 3 column age_from")),
    ],
)
def test_ages_of_a_kind_meet(row: int, column: str, text: str, expected: tuple[str, str]) -> None:
    assert expected in told(with_cell(manual(), EVIDENCE, row, column, text))


def test_a_kind_twice_is_told() -> None:
    files = manual()
    files[EVIDENCE] += b"aps,agency,20,365,,,41\n"
    last = len(files[EVIDENCE].splitlines())
    assert ("duplicate_key", f"{EVIDENCE} row {last}") in told(files)


def test_a_kind_that_stands_for_itself_is_told() -> None:
    files = with_cell(manual(), "substitutes.csv", 2, "stands_for", "paramedical_exam md_exam")
    assert told(files) == [("stands_for_itself", "substitutes.csv row 2 column stands_for")]


def test_a_kind_that_is_asked_for_and_not_explained_is_told() -> None:
    files = with_cell(manual(), EVIDENCE, 2, "kind", "hipaa_authorisation")
    assert told(files) == [("evidence_missing", "triggers.csv row 2 column kinds")]


def test_the_same_trigger_twice_is_told() -> None:
    files = manual()
    files["triggers.csv"] += b"\"count('dui', 60) >= 1\",aps,,40\n"
    assert told(files) == [("rules_overlap", "triggers.csv row 4 column when")]


def test_a_trigger_that_never_fires_is_told() -> None:
    files = with_cell(manual(), "triggers.csv", 2, "when", "age >= 60 and age < 50")
    assert told(files) == [("rule_never_holds", "triggers.csv row 2 column when")]
