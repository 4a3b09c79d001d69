"""The receipt rule of a form set, read from its TOML table."""

import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.receipt import ReceiptKind, Start, read_receipt, unlinked

TEXT = """
kind = "temporary"
form = "receipt"
lines = ["term_life"]
max_amount = 1000000
min_age = 18
max_age = 70
questions = ["med_heart"]
premium_months = 2
limit = "500000"
start = "later"
ends_after_days = 60
excluded = ["KS"]
"""


def table(**change: Any) -> dict[str, Any]:
    return tomllib.loads(TEXT) | change


def test_a_whole_rule_is_read() -> None:
    rule, problems = read_receipt(table())
    assert problems == []
    assert rule is not None
    assert (rule.max_amount, rule.limit) == (Decimal(1_000_000), Decimal(500_000))
    assert (rule.kind, rule.start) == (ReceiptKind.TEMPORARY, Start.LATER)
    assert rule.lines == {"term_life"}
    assert rule.excluded == {"KS"}


def test_what_may_be_left_out_has_its_usual_value() -> None:
    rule, problems = read_receipt(
        {"form": "receipt", "max_amount": 1, "limit": 1, "max_age": 70, "ends_after_days": 60}
    )
    assert problems == []
    assert rule is not None
    assert (rule.min_age, rule.premium_months, rule.start) == (0, 1, Start.APPLICATION)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"form": ""}, ("wrong_type", "receipt.form")),
        ({"max_amount": 0.5}, ("not_an_amount", "receipt.max_amount")),
        ({"max_amount": "lots"}, ("not_an_amount", "receipt.max_amount")),
        ({"max_amount": "NaN"}, ("not_an_amount", "receipt.max_amount")),
        ({"limit": -1}, ("not_an_amount", "receipt.limit")),
        ({"max_age": 200}, ("out_of_range", "receipt.max_age")),
        ({"min_age": 71}, ("out_of_range", "receipt.min_age")),
        ({"ends_after_days": 0}, ("out_of_range", "receipt.ends_after_days")),
        ({"premium_months": True}, ("out_of_range", "receipt.premium_months")),
        ({"lines": ["boats"]}, ("not_allowed_value", "receipt.lines")),
        ({"excluded": ["XX"]}, ("not_allowed_value", "receipt.excluded")),
        ({"questions": "med_heart"}, ("wrong_type", "receipt.questions")),
        ({"start": "tomorrow"}, ("not_allowed_value", "receipt.start")),
        ({"colour": "red"}, ("unknown_key", "receipt")),
    ],
)
def test_each_mistake_is_named_at_its_key(change: dict[str, Any], problem: tuple[str, str]) -> None:
    rule, problems = read_receipt(table(**change))
    assert rule is None
    assert [(p.code, p.where) for p in problems] == [problem]


def test_all_that_is_missing_is_told_at_once() -> None:
    rule, problems = read_receipt({})
    assert rule is None
    assert {p.where for p in problems if p.code == "missing_key"} == {
        f"receipt.{key}" for key in ("form", "max_amount", "limit", "max_age", "ends_after_days")
    }


def test_what_the_form_set_does_not_have_is_told() -> None:
    rule, _ = read_receipt(table())
    assert rule is not None
    assert unlinked(rule, ["med_heart"], ["receipt"]) == []
    assert [(p.code, p.found) for p in unlinked(rule, [], ["application"])] == [
        ("question_missing", "med_heart"),
        ("form_missing", "receipt"),
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*tomllib.loads(TEXT), "else"]), VALUES) | VALUES)
def test_nothing_written_there_breaks_the_reader(found: Any) -> None:
    rule, problems = read_receipt(found)
    assert (rule is None) is bool(problems)
