"""Averages of days by holder."""

from hypothesis import given
from hypothesis import strategies as st

from megler.insight.rules.held import DAY_SECONDS, Counted, averages


def test_the_longest_comes_first_and_without_cases_there_is_no_average() -> None:
    rows = [
        Counted("a", "A", "", 1, 0),
        Counted("a", "A", "agency", 0, DAY_SECONDS),
        Counted("b", "B", "", 2, 0),
        Counted("b", "B", "carrier", 0, 10 * DAY_SECONDS),
        Counted("c", "C", "agent", 0, DAY_SECONDS),
    ]
    assert [(one.name, one.days_in_all) for one in averages(rows)] == [("B", 5.0), ("A", 1.0)]
    assert averages(rows, 0) == []


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_months_add_up(seconds: list[int]) -> None:
    rows = [Counted("", "", "", 1, 0) for _ in seconds]
    rows += [Counted("", "", "agency", 0, n) for n in seconds]
    [found] = averages(rows)
    assert abs(found.days["agency"] - sum(seconds) / len(seconds) / DAY_SECONDS) < 1e-9
