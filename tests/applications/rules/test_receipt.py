"""Whether money may be taken with the application."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.receipt import (
    ReceiptFacts,
    least_premium,
    money_problems,
    receipt_answer,
)
from megler.forms.rules.receipt import ReceiptRule, Start

RULE = ReceiptRule(
    form="receipt",
    max_amount=Decimal(1_000_000),
    limit=Decimal(500_000),
    max_age=70,
    min_age=18,
    questions=("med_heart", "med_cancer"),
    lines=frozenset({"term_life"}),
    premium_months=2,
    start=Start.LATER,
    ends_after_days=60,
    excluded=frozenset({"KS"}),
)
FACTS = ReceiptFacts(
    line="term_life",
    state="TX",
    amount=Decimal(750_000),
    age=41,
    premium=Decimal("37.71"),
    mode="monthly",
    health={"med_heart": "no", "med_cancer": "no"},
    money_taken=True,
    money=Decimal("75.42"),
    signed_on=date(2026, 7, 1),
    exam_on=date(2026, 7, 10),
)


def test_money_may_be_taken_within_every_limit() -> None:
    answer = receipt_answer(RULE, FACTS)
    assert answer.may is True
    assert not answer.cash_on_delivery
    assert answer.form == "receipt"
    assert answer.limit == Decimal(500_000)
    assert answer.least == Decimal("75.42")
    assert (answer.starts_on, answer.ends_on) == (date(2026, 7, 10), date(2026, 9, 8))
    assert money_problems(answer, FACTS) == []


def test_the_receipt_is_worth_no_more_than_what_was_applied_for() -> None:
    answer = receipt_answer(RULE, replace(FACTS, amount=Decimal(100_000)))
    assert answer.limit == Decimal(100_000)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"line": "whole_life"}, "receipt_line"),
        ({"state": "KS"}, "receipt_state"),
        ({"amount": Decimal(1_000_001)}, "receipt_amount"),
        ({"age": 71}, "receipt_age"),
        ({"age": 17}, "receipt_age"),
        ({"health": {"med_heart": "yes", "med_cancer": "no"}}, "receipt_health"),
    ],
)
def test_each_limit_forbids(change: dict[str, object], code: str) -> None:
    facts = replace(FACTS, **change)  # type: ignore[arg-type]
    answer = receipt_answer(RULE, facts)
    assert answer.may is False
    assert answer.cash_on_delivery
    assert [reason.code for reason in answer.reasons] == [code]
    assert [(p.code, p.where) for p in money_problems(answer, facts)] == [
        ("money_not_allowed", "money_with_application")
    ]


def test_at_the_limits_money_may_be_taken() -> None:
    for change in ({"amount": Decimal(1_000_000)}, {"age": 18}, {"age": 70}):
        assert receipt_answer(RULE, replace(FACTS, **change)).may is True


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": ""}, "receipt_state_unknown"),
        ({"amount": None}, "receipt_amount_unknown"),
        ({"age": None}, "receipt_age_unknown"),
        ({"health": {"med_heart": "no"}}, "receipt_health_unknown"),
    ],
)
def test_what_is_not_answered_leaves_it_open(change: dict[str, object], code: str) -> None:
    facts = replace(FACTS, **change)  # type: ignore[arg-type]
    answer = receipt_answer(RULE, facts)
    assert answer.may is None
    assert answer.cash_on_delivery
    assert [p.code for p in money_problems(answer, facts)] == ["money_left_open"]
    assert money_problems(answer, replace(facts, money_taken=False)) == []
    assert [reason.code for reason in answer.reasons] == [code]


@pytest.mark.parametrize(
    ("start", "change", "day"),
    [
        (Start.APPLICATION, {}, date(2026, 7, 1)),
        (Start.EXAM, {}, date(2026, 7, 10)),
        (Start.EXAM, {"exam_on": None}, None),
        (Start.EXAM, {"exam_on": None, "exam_needed": False}, date(2026, 7, 1)),
        (Start.LATER, {"exam_on": date(2026, 6, 20)}, date(2026, 7, 1)),
        (Start.LATER, {"exam_on": None}, None),
        (Start.LATER, {"signed_on": None}, None),
    ],
)
def test_the_day_it_starts(start: Start, change: dict[str, object], day: date | None) -> None:
    facts = replace(FACTS, **change)  # type: ignore[arg-type]
    assert receipt_answer(replace(RULE, start=start), facts).starts_on == day


def test_two_months_of_a_quarterly_premium() -> None:
    facts = replace(FACTS, premium=Decimal("100.00"), mode="quarterly")
    assert least_premium(RULE, facts) == Decimal("66.67")
    assert least_premium(RULE, replace(FACTS, premium=None)) is None


def test_too_little_money_is_told_with_what_is_needed() -> None:
    facts = replace(FACTS, money=Decimal("37.71"))
    (problem,) = money_problems(receipt_answer(RULE, facts), facts)
    assert (problem.code, problem.found, problem.expected) == (
        "money_too_little",
        "$37.71",
        "$75.42",
    )


def test_no_receipt_in_a_known_form_set_means_no_money() -> None:
    answer = receipt_answer(None, FACTS)
    assert answer.may is False
    assert [p.code for p in money_problems(answer, FACTS)] == ["money_not_allowed"]


def test_without_a_form_set_nobody_knows_and_money_is_only_warned_of() -> None:
    facts = replace(FACTS, is_known=False)
    answer = receipt_answer(None, facts)
    assert answer.may is None
    (problem,) = money_problems(answer, facts)
    assert (problem.code, problem.severity) == ("money_rule_unknown", "warning")


def test_no_money_no_problem() -> None:
    for said in (None, False):
        facts = replace(FACTS, money_taken=said, age=99)
        assert money_problems(receipt_answer(RULE, facts), facts) == []


@given(
    amount=st.none() | st.decimals(1, 10_000_000, places=2),
    age=st.none() | st.integers(0, 110),
    heart=st.sampled_from([None, "yes", "no"]),
    state=st.sampled_from(["", "TX", "KS"]),
)
def test_yes_only_with_every_limit_kept(
    amount: Decimal | None, age: int | None, heart: str | None, state: str
) -> None:
    health = {"med_heart": heart, "med_cancer": "no"}
    answer = receipt_answer(
        RULE, replace(FACTS, amount=amount, age=age, health=health, state=state)
    )
    kept = (
        amount is not None
        and amount <= RULE.max_amount
        and age is not None
        and RULE.min_age <= age <= RULE.max_age
        and heart == "no"
        and state == "TX"
    )
    assert (answer.may is True) is kept
    assert answer.limit is None or answer.limit <= RULE.limit
