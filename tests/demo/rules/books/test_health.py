"""Individual health against the published age curves and benchmarks."""

from decimal import Decimal

import pytest

from megler.carriers.rules.checks import check_edition
from megler.demo.actions.editions import health_figures
from megler.demo.rules.books.health import age_factor, health_edition
from megler.demo.rules.roster.benefits import CONEFLOWER, VIDDA


@pytest.mark.parametrize(
    ("state", "age", "factor"),
    [
        ("TX", 14, "1.0"),
        ("TX", 21, "1.3072"),
        ("TX", 24, "1.3072"),
        ("TX", 64, "3.9216"),
        ("MN", 20, "1.0"),
        ("MN", 46, "1.6854"),
        ("UT", 40, "1.8651"),
        ("UT", 64, "3.7831"),
    ],
)
def test_factors_are_those_of_the_states_curve(state: str, age: int, factor: str) -> None:
    assert age_factor(health_figures(), state, age) == Decimal(factor)


def test_the_tables_find_a_zip_and_its_base_rate() -> None:
    book = VIDDA.health[0]
    _edition, tables, problems = check_edition(
        health_edition(health_figures(), VIDDA.house, book, book.editions[0])
    )
    assert problems == []
    found = tables["area"].find({"zip": "75001", "county": None, "jurisdiction": "TX"})
    assert found == ("TX-8",)
    silver = tables["base"].cell({"rating_area": "TX-8", "plan": "vidda-silver"})
    benchmark = health_figures().benchmarks["TX", "8"]
    assert silver == (benchmark * Decimal("0.99")).quantize(Decimal("0.01"))


def test_a_zip_in_two_counties_of_different_areas_stays_open() -> None:
    book = CONEFLOWER.health[0]
    files = health_edition(health_figures(), CONEFLOWER.house, book, book.editions[0])
    _edition, tables, _problems = check_edition(files)
    several = [
        zip_code
        for zip_code, state, _county, _area in health_figures().zips
        if state == "MN"
        and len(tables["area"].find({"zip": zip_code, "county": None, "jurisdiction": None})) > 1
    ]
    assert several
