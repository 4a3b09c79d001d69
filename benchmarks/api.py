"""`POST /api/v1/quotes` beside a bare address of the same server that answers the same bytes.

Both pass the same server, middleware, authentication and permission, and read the same body; the
bare one then answers from memory. Requests per second over several connections, taken in turns, and
the time of an answer over one. The load comes from the same machine; so that its own work does not
hide the server's, the processor time that the server took for a request is told too.
"""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.json import decode, encode

from benchmarks.books import FULL, SMALL, Size
from benchmarks.lives import documents, make_people
from benchmarks.market import ON, edition_files
from benchmarks.report import Line, Report, duration, goal, times
from benchmarks.server import Connection, Serving, agency, asked_together, say, serving

CONNECTIONS = 4
_PEOPLE = 64
"""Documents that are asked in turn: more than anything of an answer might be remembered for."""
_GOAL = 0.5
_WARM_SECONDS_MIN = 15
_QUOTES, _BARE = "POST /api/v1/quotes", "the same bytes from memory"


@dataclass(frozen=True)
class Figures:
    """What was measured of one address: seconds of single answers, and answers together."""

    alone: list[float]
    a_second: list[float]
    cpu: float | None


def full() -> Iterator[Report]:
    """At the size that docs/performance.md tells of."""
    yield api(FULL, rounds=5, seconds=4.0, alone=400)


def quick() -> Iterator[Report]:
    """At a size that takes seconds."""
    yield api(SMALL, rounds=1, seconds=0.5, alone=20)


def api(size: Size, rounds: int, seconds: float, alone: int) -> Report:
    """The report at a size of the market."""
    bodies = [encode(document) for document in documents(make_people(_PEOPLE, size))]
    with agency(edition_files(size)) as (folder, key):
        answers = folder / "answers"
        answers.mkdir()
        sizes = _keep_answers(bodies, answers)
        with serving(folder, key, answers) as server:
            asked = {
                _QUOTES: [
                    say(server.port, f"/api/v1/quotes?on={ON}", key, body) for body in bodies
                ],
                _BARE: [
                    say(server.port, f"/api/v1/bare?n={n}", key, body)
                    for n, body in enumerate(bodies)
                ],
            }
            _warm(server, asked[_QUOTES], answers)
            found = {name: Figures([], [], None) for name in asked}
            for _ in range(rounds):
                for name, requests in asked.items():
                    found[name] = _measure(server, requests, found[name], seconds, alone // rounds)
    return _report(size, found, statistics.mean(sizes))


def _keep_answers(bodies: list[bytes], answers: Path) -> list[int]:
    """Keeps the product's own answer to each document; their sizes in bytes."""
    from megler.quoting.actions.answers import answer_to

    sizes = []
    for n, body in enumerate(bodies):
        answer = answer_to(body, ON)
        (answers / f"{n}.json").write_bytes(answer)
        sizes.append(len(answer))
    return sizes


def _warm(server: Serving, requests: list[bytes], answers: Path) -> None:
    """Asks until the rate grows no more, so that every worker has its market ready.

    Before that the answers are held against those kept.
    """
    connection = Connection(server.port)
    for n, request in enumerate(requests):
        if decode(connection.ask(request)) != decode((answers / f"{n}.json").read_bytes()):
            raise ValueError(f"the server answers document {n} otherwise than the bare address")
    connection.close()
    begun, best, since = time.monotonic(), 0, 0
    while since < 2 or time.monotonic() < begun + _WARM_SECONDS_MIN:
        count = asked_together(server.port, requests, CONNECTIONS * 2, 3.0)
        best, since = (count, 0) if count > 1.1 * best else (best, since + 1)


def _measure(
    server: Serving, requests: list[bytes], so_far: Figures, seconds: float, alone: int
) -> Figures:
    connection, took = Connection(server.port), []
    for n in range(alone):
        begun = time.perf_counter()
        connection.ask(requests[n % len(requests)])
        took.append(time.perf_counter() - begun)
    connection.close()
    cpu, begun = server.cpu_seconds(), time.perf_counter()
    count = asked_together(server.port, requests, CONNECTIONS, seconds)
    rate, after = count / (time.perf_counter() - begun), server.cpu_seconds()
    each = None if cpu is None or after is None else (after - cpu) / count
    least = each if so_far.cpu is None else min(so_far.cpu, each or so_far.cpu)
    return Figures(so_far.alone + took, [*so_far.a_second, rate], least)


def _report(size: Size, found: dict[str, Figures], answer_bytes: float) -> Report:
    lines = []
    ours, bare = found[_QUOTES], found[_BARE]
    for name, one in found.items():
        parts = statistics.quantiles(one.alone, n=100)
        remark = f"p50 {duration(parts[49])}, p99 {duration(parts[98])}"
        if one.cpu is not None:
            remark += f", {duration(one.cpu)} of the server's processors each"
        lines.append(Line(name, f"{max(one.a_second):,.0f} a second", remark=remark))
    ratio = statistics.median(a / b for a, b in zip(ours.a_second, bare.a_second, strict=True))
    goals = [goal("half the request rate of the same bytes from memory", ratio, _GOAL)]
    if ours.cpu and bare.cpu:
        goals.append(f"by the server's processor time alone: {times(bare.cpu / ours.cpu)}")
    title = f"HTTP, all offers of {size.plans:,} plans: {answer_bytes / 1000:,.0f} KB an answer"
    return Report(title, lines, goals)
