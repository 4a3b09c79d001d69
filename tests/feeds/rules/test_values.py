"""Days, amounts and names as carriers write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.feeds.rules.values import DayOrder, amount_of, day_of, day_order, name_of, number_key

WAYS = ("%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d", "%d-%b-%Y", "%b %d, %Y", "%Y/%m/%d")


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(WAYS))
def test_a_day_written_in_any_way_is_that_day(day: date, way: str) -> None:
    assert day_of(day.strftime(way)) == day


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_excels_number_of_a_day_is_that_day(day: date) -> None:
    assert day_of(str((day - date(1899, 12, 30)).days)) == day


def test_days_first_are_known_by_one_that_can_be_nothing_else() -> None:
    assert day_order(["03/04/2026", "31/12/2026"]) is DayOrder.DAY_FIRST
    assert day_of("03/04/2026", DayOrder.DAY_FIRST) == date(2026, 4, 3)


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "13/13/2026", "12345678", "0"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


@given(st.decimals(0, 10**9, places=2))
def test_an_amount_in_either_way_of_writing_is_that_amount(amount: Decimal) -> None:
    assert amount_of(f"${amount:,.2f}") == amount
    european = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert amount_of(european) == amount


def test_an_amount_below_nothing_stays_so() -> None:
    assert amount_of("(1,200.00)") == Decimal("-1200.00")


@pytest.mark.parametrize(
    "written",
    ["HOPE, KARI M", "Kari Hope", "Kari M. Hope", "Hope/Kari", "Ms Kari Anne Hope", "HOPE, KARI"],
)
def test_a_name_in_any_order_is_the_same_person(written: str) -> None:
    assert name_of(written).key == "kari hope"


def test_a_number_is_the_same_without_its_signs() -> None:
    assert number_key("nl-100 200") == number_key("NL100200")
