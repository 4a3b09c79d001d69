"""A market of a day: what is in it, what is left out, and where its cells lie."""

from datetime import date

import numpy as np

from megler.quoting.rules.market.blocks import PAD
from megler.quoting.rules.market.compiling import compile_market
from tests.quoting.books import group_book, health_book, term_book
from tests.underwriting.guides import ON, guide

GUIDES = {"fjordlife": [guide()]}


def test_plans_are_numbered_as_offers_of_one_price_are_ordered() -> None:
    market = compile_market([term_book(), health_book(), group_book()], GUIDES, ON)
    assert [(p.product.code, p.term_years) for p in market.plans] == [
        ("silver", None),
        ("term", 10),
        ("term", 20),
        ("option-b", None),
    ]
    assert market.left_out == ()


def test_a_book_not_in_effect_is_not_in_the_market() -> None:
    market = compile_market([term_book(), group_book()], GUIDES, date(2025, 12, 31))
    assert market.plans == ()
    assert len(market.cells) == 0


def test_what_is_left_out_is_told_with_its_reason() -> None:
    head = 'jurisdictions = { except = ["NY"] }'
    reduced = term_book({head: head + '\nreductions = [{ age = 48, percent = "65" }]'})
    market = compile_market([reduced], GUIDES, ON)
    assert [(one.product.code, one.why) for one in market.left_out] == [
        ("term", "a benefit that is reduced")
    ]


def test_every_cell_of_the_table_is_in_its_block() -> None:
    book = term_book()
    market = compile_market([book], GUIDES, ON)
    (block,) = market.blocks
    assert block.width < PAD
    assert set(np.unique(market.cells)) - {-1} == set(np.unique(book.tables["base"].cells))
    assert market.tops == ((int(book.tables["base"].cells.max()),),)
    assert not market.cells.flags.writeable
