"""A table is read by facts that exist, as they are, and that its product can know."""

import pytest

from megler.carriers.rules.checking.facts import FACTS, FOUND, OF_TWO_LIVES
from tests.carriers.lines import Told, product, step, told_when


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "specialty",
            'name = "attendance"\nlabel',
            'name = "guests"\nlabel',
            ("unknown_fact", "edition.toml table[1].dimension[0].name"),
        ),
        (
            "joint-life",
            'lives = "joint"\n\n[product.eligibility]\nage = { min = 64',
            "[product.eligibility]\nage = { min = 64",
            ("fact_not_known_here", product("step[0].table", 1)),
        ),
        (
            "joint-life",
            'as = "joint_age"',
            'as = "one_age"',
            ("fact_not_known_here", product("step[1].table")),
        ),
        (
            "medicare-supplement",
            'as = "rating_area"',
            'as = "area"',
            ("fact_not_known_here", product("step[2].table")),
        ),
        (
            "long-term-care",
            'values = ["yes", "no"]',
            'values = ["yes", "nope"]',
            ("not_in_list", "edition.toml table[3].dimension[0].values"),
        ),
        (
            "joint-life",
            'name = "younger_age"\nkind = "whole"\ncolumn = "younger_age"\nfrom = 64\nto = 66',
            'name = "younger_age"\nkind = "choice"\ncolumn = "younger_age"\nvalues = [64, 65, 66]',
            ("wrong_kind", "edition.toml table[2].dimension[0].kind"),
        ),
        (
            "long-term-care",
            'name = "couple"\nkind',
            'name = "mode"\nkind',
            ("not_in_list", "edition.toml table[3].dimension[0].values"),
        ),
        (
            "universal-life",
            'file = "least.csv"\nmeasure = "premium"',
            'file = "least.csv"\nmeasure = "text"',
            ("wrong_measure", product("step[4].table")),
        ),
    ],
)
def test_facts_that_the_product_cannot_know_are_named(
    name: str, old: str, new: str, expected: Told
) -> None:
    assert expected in told_when(name, old, new)


def test_an_ask_is_known_to_its_own_product_only() -> None:
    asked = 'code = "event-liability"'
    other = f"""[[product]]
code = "plain"
name = "Plain"
line = "specialty"
age_basis = "last"
premium_period = "annual"
{step("base", "cell", table="base")}"""
    found = told_when("specialty", f"[[product]]\n{asked}", f"{other}\n[[product]]\n{asked}")
    assert found == {("fact_not_known_here", product("step[0].table"))}


def test_every_fact_of_two_lives_and_every_found_one_is_a_fact() -> None:
    assert set(FACTS) >= OF_TWO_LIVES | FOUND
