"""The heights of a build chart: how far apart they are, and which one a person's height is read at."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

Height = int | Decimal
"""Inches: an int where they are whole, so that ordinary charts reckon with ints."""
_USUAL: Height = 1


def height_in(written: Decimal) -> Height:
    """A height as charts hold it.

    >>> height_in(Decimal("60.0")), height_in(Decimal("60.50"))
    (60, Decimal('60.5'))
    """
    return int(written) if written == int(written) else written.normalize()


def step_of(heights: Iterable[Height]) -> Height:
    """How far the heights of a chart are apart, mostly; the smaller of two steps as frequent.

    >>> step_of([60, 62, 64, 68])
    2
    """
    steps = Counter(high - low for low, high in pairwise(sorted(set(heights))))
    return min(steps, key=lambda step: (-steps[step], step), default=_USUAL)


def charted(height: Decimal, heights: Sequence[Height]) -> Height | None:
    """The height of the chart that a person's is read at: the nearest, halves up.

    `heights` are those of the chart, ascending, each once. None beyond its ends by half a step.

    >>> charted(Decimal("61"), [60, 62, 64])
    62
    >>> charted(Decimal("65"), [60, 62, 64]) is None
    True
    """
    half = _half_step(tuple(heights))
    at = bisect_right(heights, height)
    if not heights or not heights[0] - half <= height < heights[-1] + half:
        return None
    below, above = heights[max(at - 1, 0)], heights[min(at, len(heights) - 1)]
    return above if above - height <= height - below else below


@lru_cache(1024)
def _half_step(heights: tuple[Height, ...]) -> Decimal:
    return Decimal(step_of(heights)) / 2
