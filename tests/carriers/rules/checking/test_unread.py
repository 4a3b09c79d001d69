"""A file of which nothing can be read is told, and not what is missing because of it."""

import pytest

from megler.carriers.rules.checking.unread import without_unread
from megler.carriers.rules.reading.parts import GuideFiles
from megler.vocabulary.problems import Problem
from tests.carriers.books import problems, told
from tests.carriers.manuals import manual


@pytest.mark.parametrize(
    "file", ["impairments.csv", "questions-heart.csv", "ratings-heart.csv", "evidence.csv"]
)
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("x".encode("utf-16"), "wrong_encoding"),
        (b"a;b\n1;2\n", "wrong_separator"),
        (b"", "empty_file"),
        (None, "missing_file"),
    ],
)
def test_an_unreadable_file_is_one_problem(file: str, content: bytes | None, code: str) -> None:
    files = manual()
    if content is None:
        del files[file]
    else:
        files[file] = content
    assert {found for found, _ in told(files)} == {code}


def test_a_file_that_was_read_hides_nothing() -> None:
    files = manual()
    lines = files["ratings-life.csv"].splitlines(keepends=True)
    found = problems({**files, "ratings-life.csv": lines[0] + lines[-1]})
    assert {p.code for p in found} >= {"impairment_without_outcome", "question_not_used"}


def test_a_file_without_an_error_of_its_own_hides_nothing() -> None:
    echo = Problem("evidence_missing", "requirements.csv row 2", "", "")
    parts = GuideFiles({"evidence": ("evidence.csv",)})
    assert without_unread([echo], parts) == [echo]
    fault = Problem("empty_file", "evidence.csv", "", "")
    assert without_unread([echo, fault], parts) == [fault]
