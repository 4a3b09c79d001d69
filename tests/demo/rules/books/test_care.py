"""Long-term care by sex, age, benefit period and inflation."""

from megler.carriers.rules.checks import check_edition
from megler.demo.rules.books.care import AGES, RIDERS, CareBook, base_rate, care_edition
from megler.demo.rules.roster.large import LOFOTEN
from megler.demo.rules.roster.protection import LOFOTEN_PROTECTION


def test_women_pay_more_and_age_makes_it_dearer_faster_and_faster() -> None:
    for age in range(AGES[0], AGES[1]):
        assert base_rate("female", age) > base_rate("male", age)
        assert base_rate("male", age + 1) > base_rate("male", age)
    early, late = (
        base_rate("male", 51) / base_rate("male", 50),
        base_rate("male", 71) / base_rate("male", 70),
    )
    assert late > early


def test_the_edition_passes_and_inflation_costs_more_the_younger_it_starts() -> None:
    (book,) = LOFOTEN_PROTECTION
    assert isinstance(book, CareBook)
    edition, tables, problems = check_edition(care_edition(LOFOTEN.house, book, book.editions[0]))
    assert problems == []
    assert edition is not None
    assert {rider.code for rider in edition.products[0].riders} == {code for code, _, _ in RIDERS}
    growth = tables["inflation"]
    factors = [growth.cell({"inflation": 3, "age": age}) for age in (50, 60, 70)]
    assert factors == sorted(factors, reverse=True)  # type: ignore[type-var]
    assert growth.cell({"inflation": 0, "age": 50}) == 1
    assert str(tables["couple"].cell({"couple": "yes"})) == book.couple
