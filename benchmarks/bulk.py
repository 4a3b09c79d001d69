"""Many lives: for each the cheapest plan of every term, with its monthly premium, on both cores.

Every engine gets the same columns of people and gives the same two arrays. Their answers to a
sample are held against each other before anything is timed; Megler's answers to all lives are held
against a loop written for this market alone (`peers/numba_gather.py`).

Megler prices all lives. The peers price those of every fifth group of one sex and age, the bare
gather those of every twentieth: whole groups, because their work on a group is shared by all in it.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from benchmarks.answers import ManyLives, must_agree
from benchmarks.books import FULL, SMALL, Size
from benchmarks.lives import every_group, make_people
from benchmarks.market import make_market
from benchmarks.ours import Compiled
from benchmarks.peers.duckdb_ import DuckDB
from benchmarks.peers.numba_gather import NumbaGather
from benchmarks.peers.polars_ import Polars
from benchmarks.plain import flatten
from benchmarks.report import Line, Report, goal, times
from benchmarks.timing import Rate, rates

SAMPLE = 500
PEERS_EVERY, GATHERED_EVERY = 5, 20
"""Of so many groups of lives one; what the gather is told of a life takes 5 KB."""
_PEER_GOAL, _BARE_GOAL = 10.0, 0.5


def full() -> Iterator[Report]:
    """At the size that docs/performance.md tells of."""
    yield from bulk(FULL, lives=1_000_000, rounds=3)


def quick() -> Iterator[Report]:
    """At a size that takes seconds: agreement is proved, times mean little."""
    yield from bulk(SMALL, lives=3_000, rounds=1)


def bulk(size: Size, lives: int, rounds: int) -> Iterator[Report]:
    """The reports: beside the peers and the bare gather, then by the number of lives."""
    market = make_market(size)
    plain, people = flatten(market), make_people(lives, size)
    ours, gather = Compiled(market, threads=os.cpu_count() or 1), NumbaGather(plain)
    peers: list[ManyLives] = [DuckDB(plain), Polars(plain)]
    sample, some = people.some(slice(0, SAMPLE)), every_group(people, PEERS_EVERY)
    answer = gather.bulk(sample)
    engines: list[ManyLives] = [ours, *peers]
    for engine in engines:
        must_agree(f"{len(sample)} lives", engine.name, answer, engine.bulk(sample))
    must_agree(f"{lives} lives", ours.name, gather.bulk(people), ours.bulk(people))
    ready = gather.prepare(every_group(people, GATHERED_EVERY))
    gather.gather(ready)
    whole, few = ours.lives(people), ours.lives(people.some(slice(0, max(lives // 10, 1))))
    quick: dict[str, tuple[int, Callable[[], object]]] = {
        ours.name: (lives, lambda: ours.best(whole)),
        gather.name: (len(ready.first) - 1, lambda: gather.gather(ready)),
        _FEW: (len(few), lambda: ours.best(few)),
    }
    found = rates(quick, rounds)
    found |= rates({e.name: (len(some), partial(e.bulk, some)) for e in peers}, min(rounds, 2))
    counts = dict.fromkeys(found, len(some)) | {name: count for name, (count, _) in quick.items()}
    yield _report(found, counts)
    yield Report(
        "Growth: Megler by the number of lives",
        [
            Line(f"{count:,} lives", f"{found[name].clock:,.0f} lives/s")
            for name, count in ((_FEW, len(few)), (ours.name, lives))
        ],
    )


_FEW = "a tenth of the lives"


def _report(found: Mapping[str, Rate], counts: Mapping[str, int]) -> Report:
    ours, bare = found[Compiled.name], found[NumbaGather.name]
    peers = [rate for name, rate in found.items() if name not in _NO_PEERS]
    to_peer = ours.clock / max(rate.clock for rate in peers)
    return Report(
        f"{counts[Compiled.name]:,} lives, the cheapest plan of each term, {os.cpu_count()} threads",
        [
            Line(
                name,
                f"{rate.clock:,.0f} lives/s",
                "" if name == Compiled.name else times(ours.clock / rate.clock),
                f"{counts[name]:,} lives; {rate.processor:,.0f} lives a processor second",
            )
            for name, rate in sorted(found.items(), key=lambda item: -item[1].clock)
            if name != _FEW
        ],
        [
            goal("10 times as fast as the best peer", to_peer, _PEER_GOAL),
            goal("half as fast as the bare compiled gather", ours.clock / bare.clock, _BARE_GOAL),
            f"by processor time: {times(ours.processor / max(rate.processor for rate in peers))} "
            f"the best peer, {times(ours.processor / bare.processor)} the bare gather",
        ],
    )


_NO_PEERS = (Compiled.name, NumbaGather.name, _FEW)
