"""Who may buy has a rate, also by a second life's facts and by other amounts than the face."""

import pytest

from tests.carriers.lines import Told, product, told_when


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "joint-life",
            "age = { min = 64, max = 66 }",
            "age = { min = 64, max = 67 }",
            ("not_in_table", product("eligibility.age.max", 1)),
        ),
        (
            "annuity-fixed",
            'amount = { min = "10000"',
            'amount = { min = "5000"',
            ("not_in_table", product("eligibility.amount.min")),
        ),
        (
            "annuity-fixed",
            "{ term_years = 3 }",
            "{ term_years = 4 }",
            ("not_in_table", product("eligibility.terms[0].term_years")),
        ),
        (
            "disability-income",
            "age = { min = 40, max = 42 }",
            "age = { min = 40, max = 43 }",
            ("not_in_table", product("eligibility.age.max")),
        ),
        (
            "specialty",
            'only = ["OH", "TX"]',
            'only = ["OH", "TX", "UT"]',
            ("not_in_table", product("eligibility.jurisdictions.only")),
        ),
        (
            "critical-illness",
            "min = 18",
            "min = 16",
            ("not_in_table", product("eligibility.age.min")),
        ),
        (
            "medicare-supplement",
            'plans = ["G", "N"]',
            'plans = ["F", "G"]',
            ("not_in_table", product("eligibility.plans")),
        ),
    ],
)
def test_what_may_be_bought_and_has_no_rate_is_named(
    name: str, old: str, new: str, expected: Told
) -> None:
    assert expected in told_when(name, old, new)
