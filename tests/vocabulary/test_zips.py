"""ZIP codes and their states."""

from itertools import combinations

import pytest

from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.zips import PREFIXES, zip_fits


@pytest.mark.parametrize(
    ("state", "code"),
    [("TX", "75001"), ("TX", "88510"), ("NY", "00501"), ("CT", "06390"), ("NY", "06390"),
     ("DC", "20001"), ("PR", "00901"), ("AK", "99501"), ("HI", "96801"), ("CA", "90210"),
     ("MA", "02108"), ("VI", "00802"), ("VA", "20101"), ("NE", "68102"), ("ID", "83702"),
     ("HI", "96813")],
)  # fmt: skip
def test_a_zip_code_fits_its_state(state: str, code: str) -> None:
    assert zip_fits(state, code)


@pytest.mark.parametrize(
    ("state", "code"), [("TX", "10001"), ("NY", "90210"), ("HI", "99501"), ("TX", "09001")]
)
def test_a_zip_code_of_elsewhere_does_not_fit(state: str, code: str) -> None:
    assert not zip_fits(state, code)


def test_every_jurisdiction_has_prefixes_and_only_known_ones_are_shared() -> None:
    assert set(PREFIXES) == set(JURISDICTIONS)
    shared = {
        frozenset((a, b))
        for a, b in combinations(PREFIXES, 2)
        for low, high in PREFIXES[a]
        for low_b, high_b in PREFIXES[b]
        if low <= high_b and low_b <= high
    }
    known = [("CT", "NY"), ("MA", "VT"), ("AR", "TX"), ("GU", "MP"), ("ID", "WY"), ("HI", "AS")]
    assert shared <= {frozenset(pair) for pair in known}
