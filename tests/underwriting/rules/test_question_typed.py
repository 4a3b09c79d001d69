"""What people type in a field of a question's facts, and what it is read as."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.underwriting.rules.question_fields import Field, Kind
from megler.underwriting.rules.question_typed import day, read
from megler.underwriting.rules.typed import Unread

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        (Field("age", Kind.AGE), "52", {"age": 52}),
        (Field("age", Kind.AGE), "2/11/1979", {"born": "1979-02-11"}),
        (Field("height", Kind.HEIGHT), "5'10", {"height_in": 70}),
        (Field("height", Kind.HEIGHT), "178 cm", {"height_cm": 178}),
        (Field("weight", Kind.WEIGHT), "82 kg", {"weight_kg": 82}),
        (
            Field("blood_pressure", Kind.PRESSURE),
            "128/82",
            {"blood_pressure.systolic": 128, "blood_pressure.diastolic": 82},
        ),
        (Field("wants.face_amount", Kind.AMOUNT), "1.5M", {"wants.face_amount": "1500000"}),
        (Field("wants.term_years", Kind.WHOLE), "20", {"wants.term_years": 20}),
        (Field("a.details.a1c", Kind.NUMBER), "7,1", {"a.details.a1c": 7.1}),
        (Field("a.details.insulin", Kind.FLAG), "no", {"a.details.insulin": False}),
        (Field("sex", Kind.CHOICE, choices=("female", "male")), "male", {"sex": "male"}),
        (Field("a.since", Kind.DAY), "May 2019", {"a.since": "2019-05"}),
        (Field("a.since", Kind.DAY), "4 years ago", {"a.since": "2022-11-23"}),
        (Field("a.since", Kind.DAY), "at age 40", {"a.since": "2014-12"}),
        (Field("nicotine", Kind.WORDS), "never", {"nicotine": []}),
        (Field("family", Kind.WORDS), "none", {"family": []}),
        (
            Field("driving", Kind.WORDS),
            "DUI 2021",
            {"driving": [{"event": "DUI", "on": "2021-12"}]},
        ),
    ],
)
def test_what_is_typed_is_read_as_it_is_meant(
    field: Field, text: str, told: dict[str, object]
) -> None:
    assert read(field, f" {text} ", ON, 52) == told


def test_lists_are_told_in_words() -> None:
    used = read(Field("nicotine", Kind.WORDS), "quit smoking 3 years ago", ON, None)["nicotine"]
    assert used == [{"product": "cigarette", "last_used": "2023-11-23"}]
    told = read(Field("family", Kind.WORDS), "father heart attack at 58", ON, None)["family"]
    assert told == [{"relation": "father", "condition": "Myocardial infarction", "onset_age": 58}]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.AGE, "old", "a day such as"),
        (Kind.HEIGHT, "tall", "a height such as"),
        (Kind.PRESSURE, "high", "a blood pressure such as"),
        (Kind.AMOUNT, "lots", "an amount such as"),
        (Kind.WHOLE, "²", "a whole number"),
        (Kind.NUMBER, "NaN", "a number"),
        (Kind.DAY, "whenever", "a day such as"),
        (Kind.FLAG, "perhaps", "yes, no"),
        (Kind.CHOICE, "otter", "female, male"),
        (Kind.WORDS, "flibberty", "words such as"),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(kind: Kind, text: str, expected: str) -> None:
    with pytest.raises(Unread, match=expected):
        read(Field("nicotine", kind, choices=("female", "male")), text, ON, None)


@given(st.sampled_from(list(Kind)), st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(kind: Kind, text: str) -> None:
    with suppress(Unread):
        assert len(read(Field("nicotine", kind), text, ON, 40)) in {1, 2}


def test_today_is_a_day() -> None:
    assert day("Today", ON) == "2026-11-23"
