"""The age wherever it stands, and numbers that are none."""

import pytest

from tests.underwriting.rules.asking.market import told


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("prop insured 39, melanoma 2020, 500k", 39),
        ("cancer survivor, 50, which company?", 50),
        ("hes 58, losartan, 500k", 58),
        ("the husband (58) takes lisinopril, 500k", 58),
        ("asthma and advair. 52. never smoked", 52),
        ("age forty-five, diabetic type 2, 500k", 45),
        ("about 60ish female 250k", 60),
        ("kid is 9, 50k whole life", 9),
        ("jumbo case 12M 46 m", 46),
        ("kvinne 48, ikke røyker, 500k 20 år", 48),
        ("at 60, how much without an exam", 60),
    ],
)
def test_the_age(question: str, age: int) -> None:
    assert told(question)["age"] == age


@pytest.mark.parametrize(
    "question",
    [
        "Father died of a stroke at 81, who is best",
        "which terms do you have 10 15 20 25 30?",
        "chapter 13 waiting period",
        "family history rule, heart disease before 60",
        "scuba below 130 feet",
    ],
)
def test_a_number_of_something_else_is_no_age(question: str) -> None:
    assert "age" not in told(question)


def test_a_birth_date_without_the_word() -> None:
    assert told("m, 1975-08-02, 5'7 180, 600k")["born"] == "1975-08-02"


@pytest.mark.parametrize(
    ("question", "sex"),
    [("prostate cancer 2018, age 66, 250k", "male"), ("ovarian cancer 2015, age 60", "female")],
)
def test_an_illness_of_one_sex_tells_it(question: str, sex: str) -> None:
    assert told(question)["sex"] == sex
