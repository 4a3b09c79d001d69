"""Days as American records write them."""

from datetime import date

import pytest

from megler.orders.rules.aps_dates import dates_in


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Seen 3/5/24", [date(2024, 3, 5)]),
        ("03-05-2024 follow-up", [date(2024, 3, 5)]),
        ("2024-03-05", [date(2024, 3, 5)]),
        ("March 5, 2024 and 6 June 2024", [date(2024, 3, 5), date(2024, 6, 6)]),
        ("Sept. 1st, 2023", [date(2023, 9, 1)]),
        ("12-Sep-2024, 3-mar-24", [date(2024, 9, 12), date(2024, 3, 3)]),
        ("DOB: 02/11/1979", []),
        ("ratio 13/45/2024, 2/30/2024", []),
        ("seen in March 2024", []),
        ("chart 1/2/51", [date(1951, 1, 2)]),
    ],
)
def test_days_in_a_line(line: str, found: list[date]) -> None:
    assert dates_in(line) == found
