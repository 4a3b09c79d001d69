from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.products import AmountOf
from megler.carriers.rules.steps import (
    AddStep,
    AmountStep,
    CompoundStep,
    JointAgeStep,
    LimitStep,
    LookUpStep,
    MultiplyStep,
    RateStep,
    RoundStep,
    ShareStep,
    Step,
    SubtractStep,
)
from megler.quoting.rules.reckoning import Run, Stop, document_key, growth, ready
from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.money import Rounding
from tests.quoting.lines import book, choice, figures, product, texts, whole

TABLES = (
    figures("by_plan", [choice("plan", "a", "b")], ["1.5", "0.25"]),
    figures("credited", [whole("term_years", 1, 10)], ["4.5"] * 10),
    figures("joint", [whole("age_difference", 0, 5)], ["0", "1", "1", "2", "2", "3"]),
    texts("work", ["occupation"], {("electrician",): "2A", ("clerk",): "4A"}),
)
BOOK = book(product(Line.TERM_LIFE), *TABLES)
D = Decimal


def done(step: Step, **more: Any) -> Any:
    return ready(BOOK, step, AmountOf.FACE_AMOUNT).act(a_run(**more), D(100), Mode.ANNUAL)


def a_run(**more: Any) -> Run:
    facts: dict[str, Any] = {"plan": "b", **more.pop("facts", {})}
    told: dict[str, Any] = {"amount": D(1000), "table": None, "flat_extra": None, "riders": ()}
    return Run(facts, taken=[], **{**told, **more})


@pytest.mark.parametrize(
    ("step", "do", "expected"),
    [
        (AmountStep("deposit"), "amount", ("1000", "1000")),
        (RateStep("base", "by_plan", D(100)), "rate", ("0.25", "2.5")),
        (ShareStep("tenth", by=D("0.1")), "share", ("0.1", "5")),
        (ShareStep("share", table="by_plan"), "share", ("0.25", "12.5")),
        (AddStep("fee", D(65)), "add", ("65", "165")),
        (AddStep("fee", table="by_plan"), "add", ("0.25", "100.25")),
        (SubtractStep("off", D(30)), "subtract", ("30", "70")),
        (SubtractStep("off", D(130)), "subtract", ("130", "0")),
        (MultiplyStep("by", D("1.2")), "multiply", ("1.2", "120")),
        (MultiplyStep("by", table="by_plan", per=D(100)), "multiply", ("0.25", "0.25")),
        (LimitStep("least", True, D(150)), "at_least", ("150", "150")),
        (LimitStep("least", True, D(50)), "at_least", ("50", "100")),
        (LimitStep("most", False, table="by_plan"), "at_most", ("0.25", "0.25")),
        (RoundStep("cents", D("0.05"), Rounding.UP), "round", ("0.05", "100.00")),
    ],
)
def test_each_kind_of_step_does_to_the_amount_what_it_says(
    step: Step, do: str, expected: tuple[str, str]
) -> None:
    assert ready(BOOK, step, AmountOf.FACE_AMOUNT).do == do
    assert done(step, so_far=D(50)) == tuple(map(D, expected))


def test_interest_is_compounded_exactly_for_whole_years() -> None:
    step = CompoundStep("credited", "credited")
    assert done(step, facts={"term_years": 2}) == (D("4.5"), D("109.2025"))
    with pytest.raises(Stop) as stop:
        done(step)
    (reason,) = stop.value.unpriced.reasons
    assert reason.params == {"fact": "wants.term_years"}


@given(st.integers(1, 2_000), st.integers(0, 60))
def test_growth_is_exact(basis_points: int, years: int) -> None:
    ratio = growth(D(basis_points) / 100, years)
    numerator, denominator = ratio.as_integer_ratio()
    assert numerator * 10_000**years == denominator * (10_000 + basis_points) ** years


def test_the_joint_age_is_the_younger_ones_and_what_the_difference_adds() -> None:
    run = a_run(facts={"younger_age": 60, "age_difference": 4})
    step = ready(BOOK, JointAgeStep("joint age", "joint", "joint_age"), AmountOf.FACE_AMOUNT)
    assert step.act(run, D(0), Mode.ANNUAL) == ("62", D(0))
    assert run.facts["joint_age"] == 62


def test_a_text_that_is_looked_up_becomes_a_fact() -> None:
    run = a_run(facts={"occupation": "Electrician"})
    step = ready(BOOK, LookUpStep("class", "work", "occupation_class"), AmountOf.FACE_AMOUNT)
    assert step.act(run, D(0), Mode.ANNUAL) == ("2A", D(0))
    assert run.facts["occupation_class"] == "2A"


def test_what_is_missing_is_named_as_the_facts_document_calls_it() -> None:
    assert document_key("amount", AmountOf.BENEFIT_MONTHLY) == "wants.benefit_monthly"
    assert document_key("elimination_days", AmountOf.FACE_AMOUNT) == "wants.elimination_days"
    assert document_key("zip3", AmountOf.FACE_AMOUNT) == "zip"
    with pytest.raises(Stop) as stop:
        done(MultiplyStep("by", table="by_plan"), facts={"plan": None})
    assert stop.value.unpriced.reasons[0].params == {"fact": "wants.plan"}
    deposit, nothing = ready(BOOK, AmountStep("deposit"), AmountOf.PREMIUM), a_run(amount=None)
    with pytest.raises(Stop) as stop:
        deposit.act(nothing, D(0), Mode.ANNUAL)
    assert stop.value.unpriced.reasons[0].params == {"fact": "wants.premium"}
