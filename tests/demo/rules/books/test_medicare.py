"""Medicare supplement by plan, age and area."""

import pytest

from megler.carriers.rules.checks import check_edition
from megler.demo.actions.editions import health_figures
from megler.demo.rules.books.medicare import (
    AREAS,
    MedicareBook,
    Rating,
    medicare_edition,
    monthly,
    zip_areas,
)
from megler.demo.rules.roster.every import CARRIERS

BOOKS = [
    (profile.house, book)
    for profile in CARRIERS
    for book in profile.others
    if isinstance(book, MedicareBook)
]


def test_every_zip_area_of_the_states_has_an_area_and_dear_ones_a_dearer() -> None:
    areas = zip_areas(health_figures(), ("TX",))
    texan = {zip_code[:3] for zip_code, state, _, _ in health_figures().zips if state == "TX"}
    assert set(areas) == texan
    assert len(set(areas.values())) > 2
    factors = [float(factor) for factor, _ in AREAS.values()]
    assert factors == sorted(factors)


def test_premiums_grow_more_slowly_from_eighty() -> None:
    early = monthly("male", "N", 71) / monthly("male", "N", 70)
    late = monthly("male", "N", 91) / monthly("male", "N", 90)
    assert early > late > 1


@pytest.mark.parametrize(("house", "book"), BOOKS)
def test_each_way_of_rating_has_its_table(house: object, book: MedicareBook) -> None:
    files = medicare_edition(health_figures(), house, book, book.editions[0])  # type: ignore[arg-type]
    edition, tables, problems = check_edition(files)
    assert problems == []
    assert edition is not None
    has_age = "age" in {axis.name for axis in tables["base"].axes}
    assert has_age is (book.rating is not Rating.COMMUNITY)
    assert edition.products[0].eligibility.plans == book.plans


def test_all_three_ways_of_rating_are_sold() -> None:
    assert {book.rating for _, book in BOOKS} == set(Rating)
