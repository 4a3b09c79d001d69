"""Questions and impairments: each once, each of use, each recognised as itself."""

import pytest

from tests.carriers.books import told, with_cell
from tests.carriers.manuals import manual

CODES, HEART = "impairments.csv", "questions-heart.csv"


@pytest.mark.parametrize(
    ("row", "column", "text", "expected"),
    [
        (3, "words", "sugar", ("word_taken", f"{CODES} row 3 column words")),
        (3, "words", "diabetes type 2", ("word_taken", f"{CODES} row 3 column words")),
        (3, "name", "Sugar", ("word_taken", f"{CODES} row 3 column name")),
        (3, "icd10", "I25 E11", ("word_taken", f"{CODES} row 3 column icd10")),
        (3, "words", "type 2 diabetes", ("word_taken", f"{CODES} row 3 column words")),
        (6, "words", "", ("empty_cell", f"{CODES} row 6 column words")),
        (4, "impairment", "dui", ("duplicate_key", f"{CODES} row 5 column impairment")),
    ],
)
def test_what_is_wrong_between_impairments_is_told(
    row: int, column: str, text: str, expected: tuple[str, str]
) -> None:
    assert expected in told(with_cell(manual(), CODES, row, column, text))


def test_a_code_of_one_list_may_begin_another() -> None:
    assert told(with_cell(manual(), CODES, 2, "icd10", "E1")) == []


def test_a_question_that_no_condition_asks_is_told() -> None:
    files = manual()
    files[HEART] += b"diabetes_type_2,complications,flag,,,no,Are there any?,20\n"
    assert told(files) == [("question_not_used", f"{HEART} row 6 column key")]


def test_a_question_of_the_person_is_used_by_any_condition() -> None:
    files = with_cell(manual(), "nicotine.csv", 3, "when", "age > 3")
    assert told(files) == [("question_not_used", "questions-life.csv row 2 column key")]
    files = with_cell(
        files, "ratings-life.csv", 8, "when", "income_multiple <= 20 and cotinine_negative"
    )
    assert ("question_not_used", "questions-life.csv row 2 column key") not in told(files)


def test_a_question_twice_is_told() -> None:
    files = manual()
    files["questions-life.csv"] += b"diabetes_type_2,a1c,number,,%,,Again?,20\n"
    assert told(files) == [("duplicate_key", "questions-life.csv row 4 column key")]
