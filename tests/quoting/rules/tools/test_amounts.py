from decimal import Decimal

from megler.quoting.rules.tools.amounts import Stretch, stretches, wishing_amount
from tests.quoting.books import group_book, term_book
from tests.quoting.rules.tools.market import facts


def parts(book: object) -> list[tuple[int, int]]:
    (product,) = book.edition.products  # type: ignore[attr-defined]
    return [(int(s.first), int(s.last)) for s in stretches(book, product)]  # type: ignore[arg-type]


def test_stretches_end_where_a_band_begins_and_where_a_limit_ends() -> None:
    assert parts(term_book()) == [(100000, 249000), (250000, 500000), (501000, 1000000)]


def test_amounts_count_from_the_least_where_the_step_does_not_reach_it() -> None:
    odd = term_book({'min = "100000", max = "1000000"': 'min = "100500", max = "300000"'})
    assert parts(odd) == [(100500, 249500), (250500, 299500)]


def test_a_book_without_bounds_goes_by_thousands() -> None:
    ((first, last),) = parts(group_book())
    assert (first, last) == (1000, 1_000_000_000)


def test_a_stretch_counts_its_amounts() -> None:
    stretch = Stretch(Decimal(100), Decimal(130), Decimal(10))
    assert stretch.count == 4
    assert stretch.at(3) == 130


def test_the_amount_stands_under_the_products_name_for_it() -> None:
    (product,) = term_book().edition.products
    assert wishing_amount(facts(), product, Decimal(5)).wants[0].face_amount == 5
