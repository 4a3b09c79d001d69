"""Heights, weights and years as other systems write them."""

import pytest

from megler.applications.rules.acord.measures import same_number, whole_of, whole_years, with_unit
from megler.exchange.txlife.records import Coded, Measure


@pytest.mark.parametrize(
    ("units", "value", "inches"),
    [
        ("us_standard", "70", "70"),
        ("inches", "70.0", "70"),
        ("metric", "178", "70"),
        ("feet", "5.5", "66"),
        ("feet_and_inches", "5.10", "70"),
        ("feet_and_inches", "5.05", "65"),
        ("feet_and_inches", "5.6", "66"),
        ("feet_and_inches", "6", "72"),
        ("pounds", "70", ""),
        ("", "70", ""),
        ("metric", "", ""),
    ],
)
def test_a_height_is_whole_inches(units: str, value: str, inches: str) -> None:
    assert whole_of(Measure(Coded(units), value), length=True) == inches


@pytest.mark.parametrize("value", ["5.1", "5.13", "5.100"])
def test_feet_and_inches_that_may_be_either_tell_nothing(value: str) -> None:
    assert whole_of(Measure(Coded("feet_and_inches"), value), length=True) == ""


@pytest.mark.parametrize(
    ("units", "value", "pounds"),
    [
        ("us_standard", "182.0", "182"),
        ("metric", "82.5", "182"),
        ("feet_and_inches", "182.08", "183"),
    ],
)
def test_a_weight_is_whole_pounds(units: str, value: str, pounds: str) -> None:
    assert whole_of(Measure(Coded(units), value), length=False) == pounds


def test_years_and_amounts_are_read_however_they_are_written() -> None:
    assert [whole_years(text) for text in ("20", "P20Y", "P6M", "to 65")] == ["20", "20", "", ""]
    assert same_number("250000", "250000.00")
    assert not same_number("250000", "")
    assert with_unit(Measure(Coded("metric"), "178"), length=True) == "178 cm"
