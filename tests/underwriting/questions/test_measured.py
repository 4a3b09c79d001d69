"""The figures of `docs/questions.md` are what is measured, and they do not fall."""

from functools import cache
from pathlib import Path

import pytest

from tests.underwriting.questions.comparing import rows_of
from tests.underwriting.questions.measuring import SETS, Measured, measured, report

DOCS = Path(__file__).parents[3] / "docs" / "questions.md"
LEAST = {
    "intent right": 0.90,
    "all facts right": 0.93,
    "facts told that were read": 0.96,
    "facts read that were told": 0.98,
    "what is looked up right": 0.90,
    "kind of answer right": 0.86,
}
"""Parts of each set that must be right, whatever the documentation says."""
MOST_CONFIDENTLY_WRONG = 0.06


@cache
def every() -> tuple[tuple[str, Measured], ...]:
    return tuple((name, measured(name)) for name in SETS)


def test_the_documentation_tells_what_is_measured() -> None:
    told = set(DOCS.read_text(encoding="utf-8").splitlines())
    drifted = [line for line in report(every()) if line and line not in told]
    assert drifted == [], "print them with: python -m tests.underwriting.questions"


@pytest.mark.parametrize("name", SETS)
def test_quality_does_not_fall(name: str) -> None:
    figures = dict(every())[name].figures()
    for figure, least in LEAST.items():
        right, of = figures[figure]
        assert right >= least * of, figure
    wrong, of = figures["confident and wrong"]
    assert wrong <= MOST_CONFIDENTLY_WRONG * of


def test_no_question_stands_twice() -> None:
    texts = [row.question.lower() for name in SETS for row in rows_of(name)]
    assert len(set(texts)) == len(texts)


def test_whoever_is_refused_gets_no_class_and_no_carrier() -> None:
    for name, one in every():
        for each in one.found:
            if each.row.kind == "refused":
                assert each.kind not in ("carriers", "hand_over"), (name, each.row.question)


def test_wrong_facts_are_counted_as_confidently_wrong() -> None:
    assert any(each.confidently_wrong for _name, one in every() for each in one.found)
