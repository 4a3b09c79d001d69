"""Which days hold for giving a policy back, and on which day they end."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.free_look import (
    HOUSE_DAYS,
    Basis,
    FreeLook,
    LookRule,
    Sold,
    StatesRow,
    free_look_of,
)
from megler.vocabulary.codes import Line

ON = date(2026, 3, 2)
RULES = st.lists(
    st.builds(
        LookRule,
        days=st.integers(1, 90),
        holds_from=st.dates(date(2020, 1, 1), date(2028, 1, 1)),
        state=st.sampled_from(["", "TX", "FL"]),
        line=st.none() | st.sampled_from([Line.TERM_LIFE, Line.ANNUITY]),
        is_replacement=st.none() | st.booleans(),
    ),
    max_size=8,
)


@given(RULES, st.booleans())
def test_a_rule_holds_only_where_it_is_for_and_from_its_day(
    rules: list[LookRule], replaces: bool
) -> None:
    look = free_look_of(Sold("TX", Line.TERM_LIFE, replaces, ON), rules)
    mine = [
        rule
        for rule in rules
        if rule.state in {"", "TX"}
        and rule.line in {None, Line.TERM_LIFE}
        and rule.is_replacement in {None, replaces}
        and rule.holds_from <= ON
    ]
    assert (look.basis is Basis.HOUSE) is (not mine)
    if mine:
        of_state = [rule.days for rule in mine if rule.state] or [rule.days for rule in mine]
        assert look.days in of_state
    else:
        assert (look.days, look.is_confirmed) == (HOUSE_DAYS, False)


@given(st.integers(1, 90), st.integers(1, 90))
def test_a_replacement_never_has_fewer_days_than_its_state_gives(days: int, states: int) -> None:
    rules = [LookRule(days, ON, state="TX")]
    row = StatesRow(states, "28 TAC 3", True)
    assert free_look_of(Sold("TX", None, True, ON), rules, row).days == max(days, states)
    assert free_look_of(Sold("TX", None, False, ON), rules, row).days == days


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 90))
def test_the_day_of_delivery_is_not_counted(delivered: date, days: int) -> None:
    assert FreeLook(days, Basis.RULE).ends_on(delivered) - delivered == timedelta(days=days)
