"""One life against all products: eligibility, class, exact premiums, sorted, as columns.

Every engine gets the same facts as whole numbers and gives the same columns (plan, class, monthly
cents, cheapest first). Before anything is timed all answers are held against each other, those of
the exact engine among them. The fifty cheapest offers as objects and the JSON answer are timed
apart, from the facts document on.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from msgspec.json import encode

from benchmarks.answers import OneLife, must_agree
from benchmarks.books import FULL, SMALL, Size
from benchmarks.lives import People, documents, make_people
from benchmarks.market import Market, first_carriers, make_market
from benchmarks.ours import Compiled, Exact
from benchmarks.peers.duckdb_ import DuckDB
from benchmarks.peers.numpy_gather import NumPyGather
from benchmarks.peers.polars_ import Polars
from benchmarks.peers.sqlite import SQLite
from benchmarks.peers.zen import Zen
from benchmarks.plain import Plain, flatten
from benchmarks.report import Line, Report, duration, goal, times
from benchmarks.timing import medians
from megler.quoting.rules.answer import quote_json
from megler.vocabulary.problems import Problem, Reason

ZEN_LIVES = 5
"""People for whom zen-engine's decisions are made: they take seconds each to make."""
_GOAL = 20.0
Ask = Callable[[int], object]


def full() -> Iterator[Report]:
    """At the size that docs/performance.md tells of."""
    yield from one_life(FULL, people=100, rounds=5)


def quick() -> Iterator[Report]:
    """At a size that takes seconds: agreement is proved, times mean little."""
    yield from one_life(SMALL, people=10, rounds=1)


def one_life(size: Size, people: int, rounds: int) -> Iterator[Report]:
    """The reports: beside the peers, then by the number of products and of rates."""
    market = make_market(size)
    yield _beside_peers(market, people, rounds)
    yield _growth(market, size, people, rounds)


def _beside_peers(market: Market, count: int, rounds: int) -> Report:
    plain, people = flatten(market), make_people(count, market.size)
    ours, exact = Compiled(market), Exact(market)
    engines: list[OneLife] = [SQLite(plain), DuckDB(plain), Polars(plain)]
    zen = Zen(plain)
    for row in range(min(count, ZEN_LIVES)):
        zen.prepare(people, row)
        must_agree(f"life {row}", exact.name, exact.one(people, row), ours.one(people, row))
        must_agree(f"life {row}", zen.name, ours.one(people, row), zen.one(people, row))
    for row in range(count):
        for engine in engines:
            answer = ours.one(people, row)
            must_agree(f"life {row}", engine.name, answer, engine.one(people, row))
    lives, bare = ours.lives(people), _bare(plain, people, ours)
    asked: dict[str, Ask] = {
        ours.name: partial(ours.ask, lives),
        **{e.name: partial(e.one, people) for e in engines},
        NumPyGather.name: bare,
    }
    took = medians(asked, range(count), rounds)
    took |= medians({zen.name: partial(zen.one, people)}, range(min(count, ZEN_LIVES)), rounds)
    best = min(took[e.name] for e in engines)
    offers = sum(len(ours.one(people, row).plan) for row in range(count)) / count
    return Report(
        f"One life against {market.size.plans:,} plans ({market.rates:,} rates, {offers:,.0f} offers)",
        [
            *_lines(took, ours.name, {zen.name: f"{ZEN_LIVES} lives"}),
            *_documents(exact, people, took[ours.name]),
        ],
        [goal("20 times as fast as the best peer", best / took[ours.name], _GOAL)],
    )


def _bare(plain: Plain, people: People, ours: Compiled) -> Ask:
    """The gather of each life's cells, with what it is told prepared."""
    gather = NumPyGather(plain)
    known = [gather.prepare(people, row, ours.one(people, row)) for row in range(len(people))]
    return lambda row: gather.gather(known[row])


def _lines(took: Mapping[str, float], ours: str, remarks: Mapping[str, str]) -> Iterator[Line]:
    for name, seconds in sorted(took.items(), key=lambda item: item[1]):
        ratio = "" if name == ours else times(seconds / took[ours])
        yield Line(name, duration(seconds), ratio, remarks.get(name, ""))


def _documents(exact: Exact, people: People, columns: float) -> Iterator[Line]:
    """From a facts document to every offer with its steps and reasons, and on to JSON."""
    few = list(documents(people.some(slice(0, 3))))
    answers = [exact.answer(document) for document in few]
    took = medians(
        {
            "facts document to all offers as objects, every step and reason": lambda row: (
                exact.answer(few[row])
            ),
            "that answer as JSON": lambda row: encode(quote_json(answers[row], _code, _code)),
        },
        range(len(few)),
    )
    for name, seconds in took.items():
        yield Line(name, duration(seconds), times(seconds / columns), "Megler, exact engine")


def _code(told: Reason | Problem) -> str:
    """Instead of sentences, which the edge makes in the reader's language."""
    return told.code


def _growth(market: Market, size: Size, count: int, rounds: int) -> Report:
    """Half and a quarter of the carriers; and all of them with a quarter of the rates."""
    quarter, half = max(size.carriers // 4, 1), max(size.carriers // 2, 1)
    fewer = make_market(replace(size, by_state_every=10**6))
    more = make_market(replace(size, by_state_every=max(size.by_state_every // 2, 1)))
    markets = {
        "a quarter of the carriers": first_carriers(market, quarter),
        "half of the carriers": first_carriers(market, half),
        "all": market,
        "all, rates of no state": fewer,
        "all, rates of more states": more,
    }
    people = make_people(count, size)
    asked: dict[str, Ask] = {}
    for name, one in markets.items():
        ours = Compiled(one)
        lives = ours.lives(people)
        ours.ask(lives, 0)
        asked[name] = partial(ours.ask, lives)
    took = medians(asked, range(count), rounds)
    return Report(
        "Growth: one life, Megler",
        [
            Line(
                name,
                duration(took[name]),
                remark=f"{one.size.plans:,} plans, {one.rates:,} rates",
            )
            for name, one in markets.items()
        ],
    )
