"""What a look-up finds has rates, and the places it reads are places."""

import pytest

from tests.carriers.lines import Told, told_when


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "expected"),
    [
        (
            "medicare-supplement",
            "areas.csv",
            "779,2",
            "779,3",
            ("not_in_table", "areas.csv row 5 column value"),
        ),
        (
            "medicare-supplement",
            "areas.csv",
            "779,2",
            "79,2",
            ("zip_zeros_lost", "areas.csv row 5 column zip3"),
        ),
        (
            "medicare-supplement",
            "areas.csv",
            "779,2",
            "7799,2",
            ("bad_zip", "areas.csv row 5 column zip3"),
        ),
        (
            "disability-income",
            "occupations.csv",
            "carpenter,2A",
            "carpenter,A2",
            ("not_in_table", "occupations.csv row 6 column value"),
        ),
        (
            "individual-health",
            "areas.csv",
            "36003,Autauga,11",
            "36003,Autauga,12",
            ("not_in_table", "areas.csv row 4 column value"),
        ),
    ],
)
def test_places_without_rates_and_places_that_are_none_are_named(
    name: str, file: str, old: str, new: str, expected: Told
) -> None:
    assert expected in told_when(name, old, new, file)
