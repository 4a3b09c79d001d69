"""Incomes and guaranteed rates."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.tables import Fact
from megler.demo.actions.editions import mortality_tables
from megler.demo.rules.books.annuity import (
    FixedBook,
    IncomeBook,
    fixed_edition,
    income_edition,
    life_income,
)
from megler.demo.rules.roster.large import NORDHAVN, PRAIRIE
from megler.demo.rules.roster.savings import NORDHAVN_SAVINGS, PRAIRIE_SAVINGS

INCOME = next(book for book in PRAIRIE_SAVINGS if isinstance(book, IncomeBook))
FIXED = next(book for book in NORDHAVN_SAVINGS if isinstance(book, FixedBook))


def test_a_longer_guarantee_pays_less_and_a_later_start_more() -> None:
    files = income_edition(mortality_tables(), PRAIRIE.house, INCOME, INCOME.editions[0])
    _, tables, problems = check_edition(files)
    assert problems == []
    at: dict[str, Fact] = {"payout": "life-10-certain", "qualified": "no", "age": 65, "sex": "male"}
    paid = tables["payout"].cell(at)
    assert paid is not None
    for change, more in (
        ({"payout": "life-only"}, True),
        ({"age": 66}, True),
        ({"payout": "life-20-certain"}, False),
        ({"sex": "female"}, False),
    ):
        other = tables["payout"].cell({**at, **change})
        assert other is not None
        assert (other > paid) is more
    assert Decimal("5.5") < paid < Decimal("7")


def test_qualified_money_is_paid_alike_to_both_sexes_and_two_lives_less_than_one() -> None:
    files = income_edition(mortality_tables(), PRAIRIE.house, INCOME, INCOME.editions[0])
    tables = check_edition(files)[1]
    at: dict[str, Fact] = {"payout": "life-only", "qualified": "yes", "age": 70}
    female = tables["payout"].cell({**at, "sex": "female"})
    assert female == tables["payout"].cell({**at, "sex": "male"})
    joint = tables["joint"].cell({"younger_age": 70, "age_difference": 0})
    assert joint is not None
    assert female is not None
    assert joint < female


def test_rates_come_in_steps_of_a_twentieth_and_fall_with_the_edition() -> None:
    credited = []
    for dated in FIXED.editions:
        _, tables, problems = check_edition(fixed_edition(NORDHAVN.house, FIXED, dated))
        assert problems == []
        rate = tables["credited"].cell({"amount": 50_000, "term_years": 5})
        large = tables["credited"].cell({"amount": 100_000, "term_years": 5})
        assert rate is not None
        assert large is not None
        assert large > rate
        assert rate % Decimal("0.05") == 0
        credited.append(rate)
    assert credited == sorted(credited, reverse=True)


@given(st.floats(0.0, 0.08), st.floats(0.01, 0.2), st.sampled_from([10, 20]))
def test_a_guarantee_is_worth_something_and_never_more_than_the_years_themselves(
    interest: float, q: float, certain: int
) -> None:
    mortality = np.append(np.full(40, q), 1.0)
    with_it = float(life_income(mortality, max(interest, 1e-4), certain))
    without = float(life_income(mortality, max(interest, 1e-4)))
    assert without < with_it < certain + without + 1


def test_paid_for_life_at_no_interest_is_the_years_expected() -> None:
    assert float(life_income(np.array([0.0, 0.0, 1.0]), 0.0)) == pytest.approx(3 - 13 / 24)
