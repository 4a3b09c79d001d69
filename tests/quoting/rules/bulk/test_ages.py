"""Ages of many, beside those of one."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from megler.quoting.rules.bulk.ages import ages, births, changes_on
from megler.vocabulary.ages import AgeBasis, age_changes_on, age_on

BORN = st.dates(date(1900, 1, 1), date(2026, 6, 1))
ON = st.dates(date(2026, 6, 1), date(2030, 12, 31))


@given(st.lists(BORN, min_size=1, max_size=20), ON, st.sampled_from(AgeBasis))
def test_ages_and_their_changes_are_those_of_one(
    days: list[date], on: date, basis: AgeBasis
) -> None:
    born = births(np.array(days, "datetime64[D]"))
    found = ages(born, on, basis)
    assert found.tolist() == [age_on(day, on, basis) for day in days]
    changes = changes_on(born, found, basis).tolist()
    assert changes == [age_changes_on(day, on, basis) for day in days]


@given(ON, st.sampled_from(AgeBasis))
def test_leap_days_are_counted_alike(on: date, basis: AgeBasis) -> None:
    days = [
        date(year, month, day)
        for year in (1996, 2000, 2024)
        for month, day in ((2, 29), (8, 29), (8, 31))
    ]
    born = births(np.array(days, "datetime64[D]"))
    assert ages(born, on, basis).tolist() == [age_on(day, on, basis) for day in days]
