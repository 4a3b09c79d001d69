"""Fixed facts, defaults and asks: read by a table, and at values that it has."""

import pytest

from megler.carriers.rules.checking.wishes import MAY_DEFAULT, as_fact
from tests.carriers.lines import Told, product, told_when


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "disability-income",
            'elimination_days = "90"',
            'elimination_days = "45"',
            ("not_in_table", product("defaults.elimination_days")),
        ),
        (
            "disability-income",
            'elimination_days = "90"',
            'sex = "male"',
            ("not_in_list", product("defaults.sex")),
        ),
        (
            "disability-income",
            'elimination_days = "90"',
            'payout = "life"',
            ("default_not_used", product("defaults.payout")),
        ),
        (
            "disability-income",
            'elimination_days = "90"',
            "elimination_days = 90",
            ("wrong_type", product("defaults.elimination_days")),
        ),
        (
            "disability-income",
            "[product.defaults]",
            '[product.fixed]\nbenefit_years = "5"\n[product.defaults]',
            ("contradicting_keys", product("defaults.benefit_years")),
        ),
        (
            "specialty",
            'values = ["wedding", "conference", "concert"]',
            'values = ["wedding", "parade"]',
            ("not_in_table", product("ask[0].values")),
        ),
        ("specialty", "to = 5000", "to = 9000", ("not_in_table", product("ask[1].to"))),
        (
            "specialty",
            "from = 1\nto = 5000",
            "from = 0\nto = 5000",
            ("not_in_table", product("ask[1].from")),
        ),
        (
            "specialty",
            "from = 1\nto = 5000",
            "from = 9\nto = 5",
            ("bounds_reversed", product("ask[1].to")),
        ),
        ("specialty", "default = 1", "default = 6", ("out_of_range", product("ask[2].default"))),
        (
            "specialty",
            'default = "no"',
            'default = "some"',
            ("not_in_list", product("ask[3].default")),
        ),
        (
            "specialty",
            'name = "alcohol"\nlabel',
            'name = "zip"\nlabel',
            ("duplicate_name", product("ask[3].name")),
        ),
        (
            "specialty",
            'name = "alcohol"\nlabel',
            'name = "wine"\nlabel',
            ("ask_not_used", product("ask[3].name")),
        ),
        (
            "specialty",
            'kind = "whole"\nfrom = 1\nto = 5000',
            'kind = "choice"\nvalues = ["few"]',
            ("wrong_kind", product("ask[1].kind")),
        ),
        ("annuity-income", 'yields = "income"', "", ("contradicting_keys", product("yields"))),
        (
            "term-life",
            'line = "term_life"',
            'line = "term_life"\nyields = "income"',
            ("contradicting_keys", product("amount_of")),
        ),
        (
            "term-life",
            'classes = ["preferred", "standard"]',
            'classes = ["preferred"]\nincome_percent_max = "60"',
            ("contradicting_keys", product("eligibility.income_percent_max")),
        ),
        (
            "annuity-fixed",
            'table = "credited"',
            'table = "credited"\nyears = "age"',
            ("not_in_list", product("step[2].years")),
        ),
        (
            "annuity-income",
            'qualified = "no"',
            'qualified = "perhaps"',
            ("not_in_table", product("defaults.qualified")),
        ),
    ],
)
def test_what_no_table_has_or_reads_is_named(name: str, old: str, new: str, expected: Told) -> None:
    assert expected in told_when(name, old, new)


def test_a_person_s_facts_have_no_default() -> None:
    assert not {"age", "sex", "class", "nicotine", "jurisdiction", "amount"} & set(MAY_DEFAULT)


@pytest.mark.parametrize("text", ["²", "1.", ".5", "-1", "1e3", "10 years"])
def test_only_plain_figures_are_numbers(text: str) -> None:
    assert as_fact(text) == text
