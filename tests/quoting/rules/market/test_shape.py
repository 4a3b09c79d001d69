"""Which steps compile, and to what."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from megler.carriers.rules.steps import RateStep
from megler.quoting.rules.market.shape import Do, NotCompiled, modes_of, operations, refuse
from megler.vocabulary.codes import Mode
from tests.quoting.books import group_book, health_book, term_book


def test_the_steps_of_a_term_book_are_one_operation_each() -> None:
    book = term_book()
    (product,) = book.edition.products
    ops = operations(book, product, Mode.MONTHLY)
    assert [op.do for op in ops] == [
        Do.RATE,
        Do.TABLE_RATING,
        Do.FLAT_EXTRA,
        Do.ADD,
        Do.ROUND,
        Do.MULTIPLY,
        Do.ROUND,
    ]
    assert ops[0].figure == Fraction(1, 100_000)
    assert ops[2].payments == 1
    assert ops[5].figure == Fraction(Decimal("0.0875"))


def test_modes_come_from_the_tables_the_step_or_the_period() -> None:
    for book, modes in (
        (term_book(), (Mode.ANNUAL, Mode.SEMIANNUAL, Mode.QUARTERLY, Mode.MONTHLY)),
        (group_book(), (Mode.BIWEEKLY, Mode.MONTHLY)),
        (health_book(), (Mode.MONTHLY,)),
    ):
        assert modes_of(book, book.edition.products[0]) == modes


def test_a_division_that_never_ends_is_left_to_the_exact_engine() -> None:
    book = term_book()
    product = book.edition.products[0]
    start = product.steps[0]
    assert isinstance(start, RateStep)
    odd = replace(product, steps=(replace(start, per=Decimal(999)), *product.steps[1:]))
    with pytest.raises(NotCompiled, match="division by 999"):
        operations(book, odd, Mode.ANNUAL)


def test_a_benefit_that_is_reduced_is_left_to_the_exact_engine() -> None:
    head = 'jurisdictions = { except = ["NY"] }'
    book = term_book({head: head + '\nreductions = [{ age = 48, percent = "65" }]'})
    with pytest.raises(NotCompiled, match="reduced"):
        refuse(book.edition.products[0])
