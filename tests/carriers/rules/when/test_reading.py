import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.when.reading import LONGEST, Misread, read_when
from megler.carriers.rules.when.tree import (
    All,
    Among,
    Any,
    Compare,
    Fact,
    Not,
    Sign,
    comparisons_in,
)

AGE = Fact("age")


def test_and_binds_closer_than_or() -> None:
    read = read_when("smoker or age > 3 and not tall")
    assert read == Any(
        (
            Compare(Fact("smoker"), Sign.IS, True),
            All((Compare(AGE, Sign.ABOVE, Decimal(3)), Not(Compare(Fact("tall"), Sign.IS, True)))),
        )
    )


def test_a_chain_is_each_of_its_comparisons() -> None:
    read = read_when("1 <= age < 3")
    low, high = Compare(AGE, Sign.AT_LEAST, Decimal(1)), Compare(AGE, Sign.BELOW, Decimal(3))
    assert read == All((low, high))


def test_figures_are_read_as_they_are_written() -> None:
    read = read_when("a1c >= 7.10")
    assert isinstance(read, Compare)
    assert str(read.value) == "7.10"
    assert read_when("t_score <= -2.5") == Compare(Fact("t_score"), Sign.AT_MOST, Decimal("-2.5"))


def test_calls_have_codes_and_months() -> None:
    read = read_when('count("dui", 36) == 0')
    assert read == Compare(Fact("count", ("dui", "36")), Sign.IS, Decimal(0))


def test_one_of_several_and_none_of_several() -> None:
    among = Among(Fact("severity"), ("mild", "moderate"))
    assert read_when("severity in ['mild', 'moderate']") == among
    assert read_when("severity not in ['mild', 'moderate']") == Not(among)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age >",
        "age = 3",
        "age + 1 > 3",
        "3 < 4",
        "age > 3 if x else 4",
        "__import__('os').system('x') == 0",
        "age.real > 3",
        "has(code='x')",
        "has(*x)",
        "f'{age}' == 'x'",
        "age in []",
        "age in other",
        "age is None",
        "age > None",
        "age > 1e400 ** 9",
        "lambda: age > 3",
        "[a for a in age]",
        "x" * (LONGEST + 1),
        "(" * 300 + "age > 3" + ")" * 300,
        "age > 3\x00",
        "years_since > 1e999999",
        "years_since > 1e-999999",
        "age > 0x10",
        "age > 3j",
        "not " * 100 + "insulin",
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        read_when(text)


def test_what_could_not_be_read_is_told() -> None:
    with pytest.raises(Misread) as told:
        read_when("age >= 60 and bmi + 1 > 30")
    assert (told.value.found, told.value.expected) == ("bmi + 1", "a fact by its name")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Misread):
        assert list(comparisons_in(read_when(text)))
