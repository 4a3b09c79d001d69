"""The synthetic market is one of real editions, and every engine answers alike about it."""

import numpy as np
import pytest
from benchmarks.answers import Cheapest, Disagreement, must_agree
from benchmarks.books import SMALL, Size
from benchmarks.lives import documents, make_people
from benchmarks.market import ON, edition_files, make_market

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import EditionKind
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.ages import AgeBasis, age_on

FEW = Size(carriers=5, products=2, terms=(10, 15), states=3, by_state_every=2)


def test_the_figures_put_straight_in_are_those_of_the_checked_files() -> None:
    market = make_market(FEW)
    books = {book.edition.carrier: book for book in market.books}
    for name, files in edition_files(FEW).items():
        edition, tables, problems = check_edition(files)
        assert edition is not None
        assert problems == [], name
        if edition.kind is EditionKind.GUIDE:
            assert market.guides[edition.carrier] == (edition,)
            continue
        book = books[edition.carrier]
        assert book.edition == edition
        assert list(book.tables) == list(tables)
        for own, read in zip(book.tables.values(), tables.values(), strict=True):
            assert (own.spec, own.axes, own.scale) == (read.spec, read.axes, read.scale)
            assert np.array_equal(own.cells, read.cells)


def test_a_market_is_the_same_whenever_it_is_made() -> None:
    once, again = make_market(SMALL), make_market(SMALL)
    for book, other in zip(once.books, again.books, strict=True):
        for name, table in book.tables.items():
            assert np.array_equal(table.cells, other.tables[name].cells)


def test_people_have_in_columns_the_ages_that_their_documents_give() -> None:
    people = make_people(300, SMALL)
    for i, document in enumerate(documents(people)):
        facts, problems = read_facts(document, ON)
        assert facts is not None, problems
        born = facts.people[0].born
        assert born is not None
        assert people.age_nearest[i] == age_on(born.first, ON, AgeBasis.NEAREST)
        assert people.age_last[i] == age_on(born.first, ON, AgeBasis.LAST)


def test_a_difference_of_a_cent_is_told() -> None:
    plan, cents = np.array([[3, -1]]), np.array([[1234, 0]])
    with pytest.raises(Disagreement, match=r"other.cents at \(0, 0\) is 1235, expected 1234"):
        must_agree(
            "a life", "other", Cheapest(plan, cents), Cheapest(plan, cents + np.array([[1, 0]]))
        )
