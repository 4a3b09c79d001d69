"""As of when a file speaks."""

from datetime import date

from megler.feeds.rules.dating import as_of_day
from megler.feeds.rules.records import Keys, Record

SAID = [Record(1, Keys(), said_on=date(2026, 2, 1)), Record(2, Keys(), said_on=date(2026, 2, 3))]


def test_the_title_says_it_before_the_name_and_the_rows() -> None:
    titles = [("Pending Business", ""), ("Report date: Mar 3, 2026",)]
    assert as_of_day(titles, "pending_20260301.csv", SAID, "") == date(2026, 3, 3)
    assert as_of_day([], "pending_20260301.csv", SAID, "") == date(2026, 3, 1)
    assert as_of_day([], "pending.csv", SAID, "") == date(2026, 2, 3)
    assert as_of_day([], "pending.csv", [], "") is None
