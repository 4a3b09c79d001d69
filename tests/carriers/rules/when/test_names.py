from typing import Any

import pytest

from megler.carriers.rules.ratings import Question, QuestionType
from megler.carriers.rules.when.facts import FACTS
from megler.carriers.rules.when.names import (
    is_reserved,
    name_faults,
    names_of,
    nearest,
    question_facts,
)
from megler.carriers.rules.when.reading import read_when

CODES = {"stroke", "dui", "cancer"}


def question(key: str, kind: QuestionType, **more: Any) -> Question:
    return Question("stroke", key, kind, "?", **more)


ENTRY = names_of(CODES, of_entry=True).with_questions(
    [
        question("size_cm", QuestionType.NUMBER),
        question("grade", QuestionType.CHOICE, values=("I", "II")),
        question("surgery", QuestionType.DATE),
    ]
)
PERSON = names_of(CODES, of_entry=False)


def codes(text: str, names: Any = ENTRY) -> list[str]:
    return [fault.code for fault in name_faults(read_when(text), names)]


@pytest.mark.parametrize(
    "text",
    [
        "size_cm > 2 and grade == 'I' and months_since_surgery > 6 and years_since < 1",
        "years_since('stroke') > 3 and count('cancer') == 0 and count('dui', 12) < 2",
        "takes('metformin') and has('stroke') and not ended and dose == '10 mg'",
        "jurisdiction in ['NY', 'TX'] and citizenship != 'US' and sex == 'male'",
        "nicotine == 'none'",
    ],
)
def test_what_there_is_is_right(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("years_since < 1", "fact_not_here"),
        ("entries > 1", "fact_not_here"),
        ("surgery > 1", "unknown_fact"),
        ("citizenship == 'usa'", "unknown_answer"),
        ("nicotine == 'smoker'", "unknown_answer"),
        ("count('dui', 0) > 1", "wrong_arguments"),
        ("count('dui', 1, 2) > 1", "wrong_arguments"),
        ("has('x')", "unknown_impairment"),
        ("age in ['x', 3]", "wrong_comparison"),
        ("pressure_treated < true", "wrong_comparison"),
    ],
)
def test_what_there_is_not_is_told(text: str, code: str) -> None:
    assert codes(text, PERSON) == [code]


def test_a_doubtful_name_is_passed_over() -> None:
    doubtful = names_of(CODES, True, ["depth", "gout"])
    assert codes("depth > 3 and has('gout')", doubtful) == []


def test_keys_that_mean_something_else_are_reserved() -> None:
    assert all(is_reserved(name) for name in FACTS)
    assert all(is_reserved(key) for key in ("end", "true", "and", "None", "lambda"))
    assert not is_reserved("stage")


def test_a_date_makes_the_time_since_it() -> None:
    assert {f.unit for f in question_facts(question("stent", QuestionType.DATE)).values()} == {
        "months",
        "years",
    }


def test_the_nearest_is_one_or_all_that_there_are() -> None:
    assert nearest("strok", CODES) == "stroke"
    assert nearest("zzz", CODES) == "cancer dui stroke"
