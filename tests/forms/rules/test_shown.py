"""Answers as people read them; secrets only by their last four."""

import pytest

from megler.forms.rules.questionnaire import AnswerType, Question
from megler.forms.rules.shown import Manner, shown_answer
from tests.forms.asking import HOME, small


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("ssn", "078051121", "•••-••-1121"),
        ("account", "12345678", "•••• 5678"),
        ("date", "1985-06-14", "06/14/1985"),
        ("money", "250000.5", "$250,000.50"),
        ("money", "90000", "$90,000"),
        ("yes_no", "yes", "Yes"),
        ("percent", "33.3", "33.3 %"),
        ("phone", "5125550142", "512-555-0142"),
        ("phone", "+4722334455", "+4722334455"),
        ("state", "TX", "Texas"),
        ("whole", 12, "12"),
        ("text", None, ""),
    ],
)
def test_a_value_is_shown(kind: str, value: object, shown: str) -> None:
    assert shown_answer(Question("q", AnswerType(kind), "Q", "Q"), value) == shown


def test_an_address_and_a_list_are_shown_in_lines() -> None:
    made = small()
    assert shown_answer(made.by_key["home"], HOME) == "1 Oak St, Addison, TX 75001"
    heirs = [{"who": "Ola", "class": "primary", "share": "60"}, {"who": "Per"}]
    assert shown_answer(made.by_key["heirs"], heirs) == "Ola · Primary · 60 %\nPer"


def test_a_manner_writes_words_days_and_amounts_its_own_way() -> None:
    manner = Manner(str.upper, lambda day: day.strftime("%d.%m.%Y"), lambda amount: f"{amount} kr")
    heirs = [{"who": "Ola", "class": "primary", "share": "60"}]
    assert shown_answer(small().by_key["heirs"], heirs, manner) == "Ola · PRIMARY · 60 %"
    shown = [
        shown_answer(Question("q", AnswerType(kind), "Q", "Q"), value, manner)
        for kind, value in [("date", "1985-06-14"), ("money", "90000"), ("yes_no", "no")]
    ]
    assert shown == ["14.06.1985", "90000 kr", "NO"]
