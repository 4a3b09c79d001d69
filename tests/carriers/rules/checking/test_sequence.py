"""Each step stands where it can work, once where once is right, and where another key calls for it."""

import pytest

from tests.carriers.books import replaced
from tests.carriers.lines import Told, line, product, rider_step, step, told, told_when

FEE = step("policy fee", "add", amount="65")
ON_RIDERS = step("riders", "riders")
CHILD = rider_step("child amount", "amount")
CENTS = 'name = "cents"\ndo = "round"\nto = "0.01"\nhow = "half_up"'
SUM = step("lives", "sum_lives")


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "term-life",
            FEE,
            step("policy fee", "share", by="0.1"),
            ("step_not_here", product("step[4]")),
        ),
        ("term-life", FEE, FEE + step("again", "riders"), ("step_twice", product("step[5]"))),
        ("term-life", ON_RIDERS, "", ("step_absent", product("step"))),
        ("term-life", FEE, FEE + step("lives", "sum_lives"), ("step_not_here", product("step[5]"))),
        (
            "term-life",
            FEE,
            step("interest", "compound", table="waiver"),
            ("step_not_here", product("step[4]")),
        ),
        (
            "term-life",
            FEE,
            step("interest", "compound", table="waiver"),
            ("wrong_measure", product("step[4].table")),
        ),
        ("term-life", CHILD, "", ("step_before_start", product("rider[0].step[0]"))),
        (
            "term-life",
            CHILD,
            CHILD.replace('do = "amount"', 'do = "riders"'),
            ("step_not_here", product("rider[0].step[0]")),
        ),
        (
            "term-life",
            CHILD,
            rider_step("child amount", "joint_age", table="waiver", **{"as": "x"}),
            ("step_not_here", product("rider[0].step[0]")),
        ),
        (
            "term-life",
            CENTS,
            'name = "cents"\ndo = "flat_extra"',
            ("step_after_mode", product("step[6]")),
        ),
        ("long-term-care", SUM, "", ("step_absent", product("step"))),
        ("long-term-care", 'lives = "each"', "", ("step_not_here", product("step[5]"))),
        ("joint-life", 'lives = "joint"', "", ("step_not_here", product("step[0]"))),
        (
            "annuity-fixed",
            'yields = "value"',
            'yields = "income"',
            ("step_not_here", product("step[2]")),
        ),
        (
            "annuity-fixed",
            'yields = "value"',
            'yields = "value"\npremium_period = "annual"',
            ("contradicting_keys", product("premium_period")),
        ),
        (
            "annuity-fixed",
            step("interest", "compound", table="credited"),
            "",
            ("step_absent", product("step")),
        ),
        ("annuity-fixed", step("deposit", "amount"), "", ("no_start", product("step"))),
        (
            "annuity-fixed",
            step("deposit", "amount"),
            step("deposit", "amount") + step("twice", "amount"),
            ("starts_twice", product("step[1]")),
        ),
        ("specialty", 'per = "100"', "", ("contradicting_keys", product("step[6].per"))),
        (
            "term-life",
            'per = "1000"',
            'per = "100"',
            ("contradicting_keys", product("step[0].per")),
        ),
        (
            "annuity-income",
            'annual = "12.312"',
            'annual = "0.9"',
            ("modes_out_of_order", product("step[4].factors.semiannual")),
        ),
    ],
)
def test_steps_out_of_place_are_named(name: str, old: str, new: str, expected: Told) -> None:
    assert expected in told_when(name, old, new)


def test_an_income_may_be_more_by_the_year_when_it_is_paid_rarely_and_a_premium_not() -> None:
    assert told(line("annuity-income")) == set()
    paid_in = ("term-life", 'monthly = "0.0875"', 'monthly = "0.08"')
    assert ("modes_out_of_order", product("step[5].factors.monthly")) in told_when(*paid_in)


RIDER = """
[[product.rider]]
code = "more"
name = "More"
[[product.rider.step]]
name = "its cost"
do = "cell"
table = "TABLE"
"""


def test_a_rider_has_the_modes_of_its_product_where_they_stand_in_a_table() -> None:
    start = '[[product]]\ncode = "graded-benefit"'
    fee = 'table = "fee"\n[[product.step]]\nname = "cents"'
    with_step = replaced(
        line("final-expense"),
        "edition.toml",
        fee,
        f'table = "fee"\n{ON_RIDERS}[[product.step]]\nname = "cents"',
    )
    shared = RIDER.replace('do = "cell"\ntable = "TABLE"', 'do = "share"\nby = "0.05"')
    fixed = RIDER.replace('do = "cell"\ntable = "TABLE"', 'do = "amount"')
    for rider, expected in (
        (RIDER.replace("TABLE", "fee"), set()),
        (shared, set()),
        (fixed, {("mode_missing", product("rider[0].step"))}),
    ):
        assert told(replaced(with_step, "edition.toml", start, f"{rider}\n{start}")) == expected


def test_a_rider_alone_does_not_bring_modes() -> None:
    modal = RIDER.replace("TABLE", "modal")
    table = """
[[table]]
name = "modal"
file = "fee.csv"
measure = "premium"
[[table.dimension]]
name = "mode"
kind = "choice"
across = true
values = ["annual", "monthly"]
"""
    files = replaced(
        line("term-life"),
        "edition.toml",
        '[[table]]\nname = "base"',
        f'{modal}\n[[table]]\nname = "base"',
    )
    files["edition.toml"] += table.encode()
    files["fee.csv"] = b"annual,monthly\n36,3.13\n"
    assert told(files) == {("modes_twice", product("rider[4].step"))}
