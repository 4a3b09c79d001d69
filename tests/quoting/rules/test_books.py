from datetime import date

import pytest

from megler.quoting.rules.books import chosen_books
from tests.quoting.books import group_book, health_book, term_book


@pytest.mark.parametrize(
    ("on", "year"),
    [(date(2023, 12, 31), 2022), (date(2024, 1, 1), 2024), (date(2026, 1, 1), 2026)],
)
def test_of_several_editions_the_latest_begun_holds(on: date, year: int) -> None:
    books = [group_book(y) for y in (2024, 2022, 2026)]
    ((book, refusal),) = chosen_books(books, on)
    assert (book.edition.effective_from.year, refusal) == (year, None)


def test_a_series_with_no_edition_in_effect_says_when() -> None:
    ((early, not_yet),) = chosen_books([group_book(2024), group_book(2022)], date(2021, 12, 31))
    assert not_yet is not None
    assert (early.edition.effective_from.year, not_yet.code) == (2022, "not_yet_in_effect")
    ((_, ended),) = chosen_books([health_book()], date(2027, 1, 1))
    assert ended is not None
    assert (ended.code, ended.params) == ("no_longer_in_effect", {"until": "2026-12-31"})


def test_a_book_knows_the_facts_that_its_products_need() -> None:
    (term,), (silver,) = term_book().edition.products, health_book().edition.products
    assert term_book().dimensions_of(term) == {"term_years", "age", "amount", "class"}
    assert health_book().dimensions_of(silver) == {"zip", "county", "age"}
    assert term_book().values_of(term, "term_years") == ("10", "20")
    assert term_book().values_of(term, "plan") == ()
