"""Details in the guides' own words and keys, from the words around a condition."""

from dataclasses import replace
from typing import Any

import pytest

from megler.carriers.rules.ratings import Question, QuestionType
from megler.underwriting.rules.asking.reading import understand
from tests.underwriting.rules.asking.market import ON

ASKED = (
    Question("copd", "severity", QuestionType.CHOICE, "How bad?", ("mild", "moderate", "severe")),
    Question("copd", "oxygen", QuestionType.FLAG, "Oxygen?"),
    Question(
        "sleep_apnea", "treatment", QuestionType.CHOICE, "How treated?", ("cpap", "oral", "none")
    ),
    Question("bipolar_disorder", "stable_years", QuestionType.NUMBER, "Stable?", unit="years"),
    Question("epilepsy", "last_seizure", QuestionType.DATE, "The last?"),
    Question("alcohol_abuse", "last_use", QuestionType.DATE, "The last drink?"),
)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("copd, 66 yo female, mild, no oxygen, 100k", "copd mild no oxygen"),
        ("sleep apnea, uses his cpap every night, 45 yrs old", "sleep apnea cpap"),
        ("66 f copd, no severe attacks, 100k", "copd"),
    ],
)
def test_choices_and_flags_go_to_the_entry_s_words(question: str, name: str) -> None:
    assert understand(question, ON, ASKED).facts["conditions"] == [{"name": name}]


@pytest.mark.parametrize(
    ("question", "key", "value"),
    [
        ("bipolar female 41 stable 6 yrs, lithium", "stable_years", 6),
        ("seizure disorder, 29 m, last seizure june 2017", "last_seizure", "2017-06"),
        ("recovering alcoholic sober since 3/2016, 46 M", "last_use", "2016-03"),
    ],
)
def test_times_go_under_the_guide_s_key(question: str, key: str, value: object) -> None:
    told: Any = understand(question, ON, ASKED).facts
    assert told["conditions"][0]["details"][key] == value


def test_what_no_guide_asks_stays_out() -> None:
    other = tuple(replace(one, impairment="gout") for one in ASKED)
    assert understand("copd, 66 f, mild", ON, other).facts["conditions"] == [{"name": "copd"}]
