"""Products, riders and asks read as they are written."""

from decimal import Decimal

import pytest

from megler.carriers.rules.products import (
    AmountOf,
    Ask,
    AskKind,
    Charged,
    Conversion,
    Lives,
    Product,
    Yields,
)
from megler.carriers.rules.reading.editions import read_edition
from megler.carriers.rules.steps import (
    AmountStep,
    CompoundStep,
    JointAgeStep,
    LimitStep,
    MultiplyStep,
    RidersStep,
    ShareStep,
    SumLivesStep,
)
from tests.carriers.books import replaced
from tests.carriers.lines import HEAD, Told, line, product, told_when


def read(name: str, number: int = 0) -> Product:
    edition, problems = read_edition(line(name))
    assert problems == []
    assert edition is not None
    return edition.products[number]


def test_riders_are_read_with_their_steps() -> None:
    term = read("term-life")
    child, accident, waiver, accelerated = term.riders
    assert (child.code, child.amount, child.included) == ("child_term", Decimal(10_000), False)
    assert child.steps == (
        AmountStep("child amount"),
        MultiplyStep("child rate", Decimal("5.50"), None, Decimal(1000)),
    )
    assert accident.percent_max == 100
    assert waiver.eligibility.age_max == 60
    assert waiver.steps == (ShareStep("waiver share", table="waiver"),)
    assert (accelerated.included, accelerated.steps) == (True, ())
    assert RidersStep("riders") in term.steps


def test_asks_are_read_by_their_kind() -> None:
    event, attendance, days, _ = read("specialty").asks
    assert event == Ask(
        "event", "Kind of event", AskKind.CHOICE, ("wedding", "conference", "concert")
    )
    assert (attendance.low, attendance.high, attendance.default) == (
        Decimal(1),
        Decimal(5000),
        None,
    )
    assert (days.kind, days.default) == (AskKind.WHOLE, "1")


def test_lives_amounts_and_yields_are_read_or_follow_from_the_line() -> None:
    care, family = read("long-term-care"), read("individual-health")
    assert (care.lives, care.amount_of) == (Lives.EACH, AmountOf.BENEFIT_MONTHLY)
    assert care.defaults == {"elimination_days": "90"}
    assert SumLivesStep("lives") in care.steps
    assert family.charged == (Charged("child", 21, 3),)
    assert read("disability-income").eligibility.income_percent_max == 60
    survivor = read("joint-life")
    assert survivor.lives is Lives.JOINT
    assert survivor.steps[0] == JointAgeStep("joint age", "additions", "joint_age")
    fixed = read("annuity-fixed")
    assert (fixed.amount_of, fixed.yields) == (AmountOf.PREMIUM, Yields.VALUE)
    assert fixed.steps[2] == CompoundStep("interest", "credited", "term_years")
    assert read("term-life").amount_of is AmountOf.FACE_AMOUNT
    least = LimitStep("least premium", True, None, "least")
    assert least in read("universal-life").steps


def test_the_right_to_convert_is_read() -> None:
    period = 'premium_period = "annual"'
    right = f"{period}\nconversion = {{ years = 15, until_age = 70 }}"
    edition, problems = read_edition(replaced(line("term-life"), HEAD, period, right))
    assert problems == []
    assert edition is not None
    assert edition.products[0].conversion == Conversion(years=15, until_age=70)
    assert read("term-life").conversion is None


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("long-term-care", 'lives = "each"', 'lives = "all"', ("not_in_list", product("lives"))),
        (
            "specialty",
            'kind = "whole"\nfrom = 1\nto = 5000',
            'kind = "number"',
            ("not_in_list", product("ask[1].kind")),
        ),
        ("specialty", "from = 1\nto = 5000", "from = 1", ("absent_key", product("ask[1].to"))),
        (
            "specialty",
            "from = 1\nto = 5000",
            "from = 1.5\nto = 5000",
            ("wrong_type", product("ask[1].from")),
        ),
        ("specialty", 'label = "Days"', "", ("absent_key", product("ask[2].label"))),
        (
            "specialty",
            'name = "days"\nlabel',
            'name = "event"\nlabel',
            ("duplicate_name", product("ask[2].name")),
        ),
        (
            "individual-health",
            "most = 3",
            "most = 3, least = 1",
            ("unknown_key", product("charged[0].least")),
        ),
        (
            "universal-life",
            'table = "least"',
            'table = "least"\namount = "5"',
            ("contradicting_keys", product("step[4]")),
        ),
        (
            "disability-income",
            'income_percent_max = "60"',
            'income_percent_max = "6000"',
            ("out_of_range", product("eligibility.income_percent_max")),
        ),
        ("term-life", 'per = "1000"', 'per = "0"', ("not_positive", product("step[0].per"))),
        (
            "term-life",
            'premium_period = "annual"',
            'premium_period = "annual"\nconversion = { until_age = 700 }',
            ("out_of_range", product("conversion.until_age")),
        ),
    ],
)
def test_keys_of_a_wrong_kind_are_named(name: str, old: str, new: str, expected: Told) -> None:
    assert expected in told_when(name, old, new)
