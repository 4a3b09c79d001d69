"""Several lives: what comes after their sum is for all, and two ages always have a joint one."""

import pytest

from tests.carriers.lines import Told, product, step, told_when

SUM = step("lives", "sum_lives")
COUPLE = step("couple", "multiply", table="couple")
BASE = step("base", "rate", table="base", per="100")


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "long-term-care",
            SUM,
            SUM + step("late", "multiply", table="inflation"),
            ("fact_of_one_life", product("step[6].table")),
        ),
        (
            "long-term-care",
            SUM,
            SUM + step("late", "table_rating", percent="25"),
            ("step_not_here", product("step[6]")),
        ),
        ("individual-health", 'lives = "each"', "", ("contradicting_keys", product("charged[0]"))),
        (
            "individual-health",
            'role = "child"',
            'role = "kid"',
            ("not_in_list", product("charged[0].role")),
        ),
        ("joint-life", "max = 70", "max = 72", ("not_in_table", product("step[0].table"))),
        (
            "joint-life",
            'name = "age_difference"',
            'name = "older_age"',
            ("wrong_kind", product("step[0].table")),
        ),
    ],
)
def test_what_does_not_fit_the_lives_is_named(
    name: str, old: str, new: str, expected: Told
) -> None:
    assert expected in told_when(name, old, new)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("7,10,3", "7,9,3", ("not_in_table", product("step[0].table"))),
        ("7,10,3", "7,10,2.5", ("not_whole", product("step[0].table"))),
        ("0,0,0", "0,0,12", ("not_in_table", product("step[0].table"))),
    ],
)
def test_an_addition_that_leads_nowhere_is_named(old: str, new: str, expected: Told) -> None:
    assert expected in told_when("joint-life", old, new, "additions.csv")


def test_what_the_household_shares_may_come_after_the_sum() -> None:
    after = told_when("long-term-care", COUPLE, "") - {
        ("table_not_used", "edition.toml table[3].name")
    }
    assert after == set()
    assert told_when("long-term-care", SUM, SUM + step("late", "multiply", table="couple")) == set()
