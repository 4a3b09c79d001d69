"""Times of several engines on the same questions, taken in turn so that all meet the same machine."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes, without the collector running in it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun
    finally:
        if was_on:
            gc.enable()


def medians(
    asked: Mapping[str, Callable[[int], object]], questions: Sequence[int], rounds: int = 3
) -> dict[str, float]:
    """The median seconds of each engine over the questions, of each question the best of `rounds`.

    In every round each engine answers all questions in a row, then the next engine: whatever else
    the machine does meanwhile hits all alike, and no engine finds its caches emptied by another
    between two questions.
    """
    best = {name: [float("inf")] * len(questions) for name in asked}
    for _ in range(rounds):
        for name, ask in asked.items():
            for i, question in enumerate(questions):
                best[name][i] = min(best[name][i], seconds(partial(ask, question)))
    return {name: statistics.median(times) for name, times in best.items()}


@dataclass(frozen=True)
class Rate:
    """Things a second by the clock, and by all processors' time together."""

    clock: float
    processor: float


def rates(
    asked: Mapping[str, tuple[int, Callable[[], object]]], rounds: int = 3
) -> dict[str, Rate]:
    """The rate of each engine (how many it does at a go, and the go), the best of `rounds`.

    The processor time of all threads is told too: on a machine that does other things besides, it
    compares engines better than the clock does.
    """
    best = {name: Rate(0.0, 0.0) for name in asked}
    for _ in range(rounds):
        for name, (count, work) in asked.items():
            used = time.process_time()
            clock = count / seconds(work)
            processor = count / (time.process_time() - used)
            before = best[name]
            best[name] = Rate(max(before.clock, clock), max(before.processor, processor))
    return best
