"""What a proposal's chart shows."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from megler.quoting.rules.proposals.chart import TICKS_MAX, ChartKind, chart_of, ticks
from tests.quoting.rules.proposals.offers import an_offer

TERMS = [an_offer(term_years=years, annualised=f"{years * 20}.00") for years in (10, 20, 30)]
WHOLE = an_offer(line="whole_life", term_years=None, product="whole", annualised="4000.00")


def test_with_several_terms_the_premium_is_drawn_by_term() -> None:
    chart = chart_of(TERMS, [1])
    assert chart is not None
    assert chart.kind is ChartKind.BY_TERM
    (line,) = chart.series
    assert line.points == ((10, Decimal(200)), (20, Decimal(400)), (30, Decimal(600)))
    assert (chart.across(10), chart.across(20), chart.across(30)) == (0, 0.5, 1)


def test_another_class_or_wish_of_the_same_product_is_not_on_its_line() -> None:
    others = [an_offer(term_years=15, **{"class": "standard"}), an_offer(term_years=25, wants=1)]
    chart = chart_of([*TERMS, *others], [0])
    assert chart is not None
    assert [years for years, _amount in chart.series[0].points] == [10, 20, 30]


def test_with_one_term_the_cost_is_added_up_until_each_ends() -> None:
    chart = chart_of([TERMS[1], WHOLE], [0, 1])
    assert chart is not None
    assert chart.kind is ChartKind.COST_OVER_TIME
    assert [one.points[-1] for one in chart.series] == [(20, Decimal(8000)), (30, Decimal(120000))]
    assert chart.years == (0, 10, 20, 30)


def test_where_premiums_rise_with_age_only_the_first_year_is_drawn() -> None:
    group = an_offer(line="group_term_life", term_years=None, annualised="264.00")
    chart = chart_of([group, TERMS[0]], [0, 1])
    assert chart is not None
    assert chart.kind is ChartKind.YEARLY
    assert [one.points for one in chart.series] == [((1, Decimal(264)),), ((1, Decimal(200)),)]


def test_an_income_is_drawn_as_a_years_income() -> None:
    income = an_offer(
        line="annuity",
        term_years=None,
        premium=None,
        income={"monthly": "50.00"},
        annualised="600.00",
    )
    chart = chart_of([income, income], [0, 1])
    assert chart is not None
    assert chart.series[0].points == ((1, Decimal(600)),)
    assert chart_of([income, TERMS[0]], [0, 1]) is None


def test_a_value_is_not_drawn() -> None:
    value = an_offer(premium=None, annualised=None, value={"years": 5, "amount": "110.00"})
    assert chart_of([value, TERMS[0]], [0, 1]) is None


def test_a_premium_that_falls_later_is_not_added_up() -> None:
    later = an_offer(later=[{"from_year": 6, "premium": {"monthly": "40.00"}}])
    chart = chart_of([later, later], [0, 1])
    assert chart is not None
    assert chart.kind is ChartKind.YEARLY


def test_one_bar_alone_is_not_drawn() -> None:
    group = an_offer(line="group_term_life", term_years=None, annualised="264.00")
    assert chart_of([group], [0]) is None


def test_currencies_are_never_drawn_together() -> None:
    assert chart_of([TERMS[0], an_offer(currency="NOK")], [0, 1]) is None


@given(st.decimals("0.01", "10000000", places=2))
def test_the_axis_reaches_over_every_amount_in_few_round_steps(highest: Decimal) -> None:
    marks = ticks(highest)
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert 2 <= len(marks) <= TICKS_MAX + 1
    assert len({b - a for a, b in pairwise(marks)}) == 1
    if highest >= 1:
        assert marks[-2] < highest
