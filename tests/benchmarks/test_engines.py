"""Every engine of the benchmarks answers alike on a small market: otherwise none is to be timed."""

import numpy as np
import pytest
from benchmarks.answers import must_agree
from benchmarks.books import SMALL
from benchmarks.lives import People, make_people
from benchmarks.market import Market, make_market
from benchmarks.ours import Compiled, Exact
from benchmarks.peers.duckdb_ import DuckDB
from benchmarks.peers.numba_gather import NumbaGather
from benchmarks.peers.numpy_gather import NumPyGather
from benchmarks.peers.polars_ import Polars
from benchmarks.peers.sqlite import SQLite
from benchmarks.peers.zen import Zen
from benchmarks.plain import Plain, flatten

LIVES = 30


@pytest.fixture(scope="module")
def market() -> Market:
    return make_market(SMALL)


@pytest.fixture(scope="module")
def plain(market: Market) -> Plain:
    return flatten(market)


@pytest.fixture(scope="module")
def people() -> People:
    return make_people(LIVES, SMALL)


@pytest.fixture(scope="module")
def exact(market: Market) -> Exact:
    return Exact(market)


def priced_by(name: str, market: Market, plain: Plain) -> Compiled | SQLite | DuckDB | Polars:
    if name == "Compiled":
        return Compiled(market)
    if name == "DuckDB":
        return DuckDB(plain, threads=1)
    return SQLite(plain) if name == "SQLite" else Polars(plain)


@pytest.mark.parametrize("name", ["Compiled", "SQLite", "DuckDB", "Polars"])
def test_offers_are_those_of_the_exact_engine(
    name: str, exact: Exact, market: Market, plain: Plain, people: People
) -> None:
    engine = priced_by(name, market, plain)
    answers = [exact.one(people, row) for row in range(LIVES)]
    assert sum(len(answer.plan) for answer in answers) > 10 * LIVES
    for row, answer in enumerate(answers):
        must_agree(f"life {row}", engine.name, answer, engine.one(people, row))


def test_decisions_of_zen_are_those_of_the_exact_engine(
    exact: Exact, plain: Plain, people: People
) -> None:
    zen = Zen(plain)
    for row in range(3):
        zen.prepare(people, row)
        must_agree(f"life {row}", zen.name, exact.one(people, row), zen.one(people, row))


@pytest.mark.parametrize("name", ["Compiled", "DuckDB", "Polars"])
def test_the_cheapest_of_many_lives_are_alike(name: str, market: Market, plain: Plain) -> None:
    some = make_people(40, SMALL, seed=11)
    engine = priced_by(name, market, plain)
    assert not isinstance(engine, SQLite)
    must_agree("40 lives", name, NumbaGather(plain).bulk(some), engine.bulk(some))


def test_the_cheapest_are_the_first_offers_of_each_term(
    exact: Exact, plain: Plain, people: People
) -> None:
    cheapest, terms = NumbaGather(plain).bulk(people), len(SMALL.terms)
    for row in range(LIVES):
        offers = exact.one(people, row)
        for term in range(terms):
            (of_term,) = np.nonzero(offers.plan % terms == term)
            first = of_term[0] if len(of_term) else None
            plan, cents = (-1, 0) if first is None else (offers.plan[first], offers.cents[first])
            assert (cheapest.plan[row, term], cheapest.cents[row, term]) == (plan, cents)


def test_the_bare_gathers_read_the_cells_of_the_offers(
    exact: Exact, plain: Plain, people: People
) -> None:
    """NumPy's cells, the least of each term, are what the compiled gather finds."""
    compiled, numpy = NumbaGather(plain), NumPyGather(plain)
    order = np.lexsort([people.age_last, people.age_nearest, people.sex])
    least = compiled.gather(compiled.prepare(people))
    for place, row in enumerate(order):
        offers = exact.one(people, int(row))
        cells = numpy.gather(numpy.prepare(people, int(row), offers))
        for term in range(len(SMALL.terms)):
            of_term = cells[offers.plan % len(SMALL.terms) == term]
            assert least[place, term] == of_term.min(initial=2**31 - 1)
