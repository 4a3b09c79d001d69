"""Rows of outcomes say of each product what the classing says."""

from megler.carriers.rules.guide import Nicotine
from megler.quoting.rules.market.outcomes import Kind, Sold, make_slot
from megler.underwriting.rules.compiled import compile_classes
from megler.vocabulary.ages import AgeBasis
from tests.quoting.books import term_book
from tests.underwriting.guides import guide

PRODUCT = term_book().edition.products[0]
ALL = Kind(("preferred_plus", "preferred", "standard", "standard_tobacco"), True, PRODUCT)
FEW = Kind(("standard",), True, PRODUCT)
WITHOUT = Kind((), False, PRODUCT)
TABLE = compile_classes([(guide(), AgeBasis.LAST)])
SLOT = make_slot(
    guide(), AgeBasis.LAST, (ALL, FEW, WITHOUT), TABLE.candidates[0], ("preferred", "gold")
)


def row(number: int) -> tuple[Sold | None, ...]:
    return SLOT.rows[number]


def test_a_class_that_is_not_sold_gives_way_to_the_next_one() -> None:
    first = row(SLOT.by_guide[2])
    assert first[0] == Sold("preferred_plus", "preferred_plus", Nicotine.NONE)
    assert first[1] == Sold("standard", "standard", Nicotine.NONE)
    assert first[2] == Sold(None, None, Nicotine.NONE)


def test_beyond_the_guide_only_products_without_classes_are_sold() -> None:
    assert row(SLOT.by_guide[0]) == (None, None, Sold(None, None, Nicotine.NONE))
    assert row(SLOT.by_guide[1]) == (None, None, Sold(None, None, Nicotine.USER))


def test_a_class_asked_for_is_sold_as_asked_or_not_at_all() -> None:
    asked = row(SLOT.by_asked[0])
    assert asked[:2] == (Sold("preferred", "preferred", Nicotine.NONE), None)
    assert row(SLOT.by_asked[2])[:2] == (None, None)


def test_table_ratings_belong_to_the_candidates() -> None:
    assert SLOT.tables[0] == 0
    assert {2, 4} <= set(SLOT.tables)
