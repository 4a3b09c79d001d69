from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.quoting.rules.tools.counter import Counter
from megler.quoting.rules.tools.save_age import (
    Ages,
    BackDating,
    ages_of,
    last_day_for,
    months_between,
)
from megler.vocabulary.ages import AgeBasis, add_months, age_on
from megler.vocabulary.codes import Line, Mode
from tests.quoting.books import group_book
from tests.quoting.rules.tools.market import counter, facts
from tests.underwriting.guides import ON, guide


def asked(born: str, rule: BackDating | None = None, **known: object) -> Ages:
    given_ = facts({"term_years": 10}, born=born, **known)
    return ages_of(counter(), given_, counter().offers(given_), rule)


def test_the_younger_age_is_kept_by_dating_back_to_the_day_before_it_changed() -> None:
    # Nearest age: 47 since 11 February 2026, half a year after the 46th birthday; asked on 1 March.
    (saved,) = asked("1979-08-11").saved
    assert saved.age == 46
    assert saved.policy_date == date(2026, 2, 10)
    assert saved.months == 1
    assert saved.last_day == date(2026, 8, 10)
    younger = counter().offers(facts({"term_years": 10}, born="1979-09-11"))[0]
    assert younger.age_used == 46
    assert saved.premium_younger == younger.premium[Mode.MONTHLY]
    assert saved.cost == saved.premium_younger
    assert saved.saving_a_year == 12 * (saved.premium - saved.premium_younger)
    assert saved.saving == 10 * saved.saving_a_year
    assert saved.worth == saved.saving - saved.cost
    assert saved.pays_off_in == -(-saved.cost // saved.saving_a_year)


def test_the_next_change_is_told_with_what_it_costs() -> None:
    (change,) = asked("1979-08-11").changes
    assert (change.age, change.changes_on) == (47, date(2027, 2, 11))
    assert change.days_left == (date(2027, 2, 11) - ON).days
    older = counter().offers(facts({"term_years": 10}, born="1978-08-11"))[0]
    assert change.premium_older == older.premium[Mode.MONTHLY]
    assert change.more_a_year == 12 * (older.premium[Mode.MONTHLY] - change.premium)
    assert change.last_day == date(2027, 8, 10)


def test_a_state_may_allow_fewer_months() -> None:
    born = "1979-05-11"  # 47 since 11 November 2025, nearly four months before
    assert asked(born).saved
    assert not asked(born, jurisdiction="OH").saved
    assert not asked(born, BackDating(months=3)).saved


def test_an_age_beyond_the_products_has_no_premium_ahead() -> None:
    (change,) = asked("1976-11-01").changes
    assert change.age == 49
    assert change.premium_older is None
    assert change.more_a_year is None


@pytest.mark.parametrize("known", [{"born": ..., "age": 47}, {"born": "1979-08"}])
def test_without_a_day_of_birth_nothing_is_told(known: dict[str, object]) -> None:
    given_ = facts({"term_years": 10}, **known)
    assert ages_of(counter(), given_, counter().offers(given_)) == Ages()


def test_lines_that_are_not_dated_back_are_left_alone() -> None:
    given_ = facts({"line": "group_term_life", "term_years": None})
    group = Counter([group_book()], {"fjordlife": [guide()]}, ON)
    assert ages_of(group, given_, group.offers(given_)) == Ages()
    assert Line.HEALTH not in BackDating().lines


def test_no_age_is_told_as_savable_that_costs_more_than_it_saves() -> None:
    given_ = facts({"term_years": 10, "face_amount": "100000"}, born="1979-03-02")
    offers = counter().offers(given_)
    for saved in ages_of(counter(), given_, offers).saved:
        assert saved.worth is not None
        assert saved.worth > 0


@settings(max_examples=200, deadline=None)
@given(
    policy_date=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    months=st.integers(1, 12),
)
def test_the_last_day_reaches_back_and_the_day_after_does_not(
    policy_date: date, months: int
) -> None:
    last = last_day_for(policy_date, months)
    assert add_months(last, -months) <= policy_date
    assert add_months(last + timedelta(days=1), -months) > policy_date


@settings(max_examples=60, deadline=None)
@given(born=st.dates(date(1977, 3, 2), date(1979, 8, 30)))
def test_the_policy_date_is_the_last_day_of_the_younger_age(born: date) -> None:
    for saved in asked(born.isoformat()).saved:
        assert age_on(born, saved.policy_date, AgeBasis.NEAREST) == saved.age
        assert (
            age_on(born, saved.policy_date + timedelta(days=1), AgeBasis.NEAREST) == saved.age + 1
        )
        assert saved.policy_date < ON <= saved.last_day
        assert 1 <= saved.months <= 6
        assert saved.cost == (saved.premium_younger * saved.months).quantize(Decimal("0.01"))


def test_begun_months_count() -> None:
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_between(date(2026, 1, 10), date(2026, 2, 10)) == 1
    assert months_between(date(2026, 1, 10), date(2026, 2, 11)) == 2
