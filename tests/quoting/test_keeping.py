"""The compiled market on disk."""

import threading
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from megler.quoting.keeping import KEPT_MARKETS, content_digest, kept_market
from megler.quoting.rules.books import Book
from megler.quoting.rules.market.compiling import compile_market
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.wishes import Wants
from megler.vocabulary.codes import Sex
from tests.quoting.books import group_book, health_book, term_book
from tests.quoting.rules.market.offered import compiled
from tests.underwriting.guides import guide

ON = date(2026, 3, 1)
BOOKS = (term_book(), health_book(), group_book())
GUIDES = {"fjordlife": [guide()]}
HEALTHY = Person(age=47, sex=Sex.FEMALE, jurisdiction="TX", nicotine=(), zip="75002")
WISH = Wants(face_amount=Decimal(300_000))


def test_a_market_opened_from_its_files_offers_what_one_in_memory_does(tmp_path: Path) -> None:
    in_memory = compile_market(BOOKS, GUIDES, ON)
    made = kept_market(tmp_path, BOOKS, GUIDES, ON)
    opened = kept_market(tmp_path, BOOKS, GUIDES, ON)
    assert isinstance(opened.cells.base, np.memmap)
    assert (opened.cells == in_memory.cells).all()
    assert (opened.starts, opened.tops) == (in_memory.starts, in_memory.tops)
    offers = [compiled(market, HEALTHY, WISH) for market in (in_memory, made, opened)]
    assert offers[0]
    assert offers[0] == offers[1] == offers[2]


def test_a_new_edition_compiles_only_its_own_book(tmp_path: Path) -> None:
    kept_market(tmp_path, BOOKS, GUIDES, ON)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("book-*")}
    changed = term_book({'amount = "65"': 'amount = "70"'})
    kept_market(tmp_path, (changed, *BOOKS[1:]), GUIDES, ON)
    after = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("book-*")}
    assert len(before) == 3
    assert {name: after[name] for name in before} == before
    assert len(list(tmp_path.glob("market-*"))) <= 2


def test_another_figure_is_another_content() -> None:
    book = group_book(cents=10)
    assert content_digest(book) == content_digest(group_book(cents=10))
    assert content_digest(book) != content_digest(group_book(cents=11))


def test_many_that_start_together_all_have_the_market(tmp_path: Path) -> None:
    found: list[object] = []

    def start() -> None:
        market = kept_market(tmp_path, BOOKS, GUIDES, ON)
        found.append(compiled(market, HEALTHY, WISH))

    compiled(compile_market(BOOKS, GUIDES, ON), HEALTHY, WISH)
    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert all(one == found[0] for one in found)
    assert not list(tmp_path.glob(".aside-*"))


def test_old_markets_are_dropped(tmp_path: Path) -> None:
    for cents in range(10, 10 + KEPT_MARKETS + 2):
        other: Book = group_book(cents=cents)
        kept_market(tmp_path, (other,), GUIDES, ON)
    assert len(list(tmp_path.glob("market-*"))) == KEPT_MARKETS
