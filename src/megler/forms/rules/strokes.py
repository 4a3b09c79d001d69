"""A drawn signature: lines of points, bounded, and as an SVG path.

Points are whole numbers in a box 1,000 wide and 300 high, the origin at the top left. The page sends
them as `x,y x,y …` with a `;` between lines: text that is easy to bound before it is read.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from megler.vocabulary.problems import Problem

WIDTH, HEIGHT = 1000, 300
LINES_MAX = 60
POINTS_MAX = 3000
TEXT_MAX = 40_000
INK_MIN = 120
"""Length of all lines together below which it is a blot and no signature."""

Strokes = list[list[tuple[int, int]]]


def read_strokes(text: str) -> tuple[Strokes, list[Problem]]:
    """The lines of a drawn signature, or what is wrong with them. Empty text is no signature.

    >>> read_strokes("0,0 300,20;310,20 500,80")[0]
    [[(0, 0), (300, 20)], [(310, 20), (500, 80)]]
    """
    if not text.strip():
        return [], []
    if len(text) > TEXT_MAX or text.count(",") > POINTS_MAX or text.count(";") >= LINES_MAX:
        return [], [Problem("drawing_too_large", "strokes", "", str(POINTS_MAX))]
    try:
        lines = [[_point(one) for one in line.split()] for line in text.split(";")]
    except ValueError:
        return [], [Problem("drawing_unreadable", "strokes")]
    strokes = [line for line in lines if line]
    if ink(strokes) < INK_MIN:
        return [], [Problem("drawing_too_small", "strokes")]
    return strokes, []


def _point(text: str) -> tuple[int, int]:
    across, _, down = text.partition(",")
    if not (across.isascii() and across.isdigit() and down.isascii() and down.isdigit()):
        raise ValueError(text)
    x, y = int(across), int(down)
    if x > WIDTH or y > HEIGHT:
        raise ValueError(text)
    return x, y


def ink(strokes: Sequence[Sequence[Sequence[int]]]) -> float:
    """The length of all lines together."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for line in strokes for a, b in pairwise(line))


def svg_path(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """The `d` of an SVG path in a view box of 1,000 by 300.

    >>> svg_path([[(0, 0), (300, 20)], [(310, 20)]])
    'M0 0L300 20M310 20L310 20'
    """
    parts = []
    for line in strokes:
        points = [f"{x} {y}" for x, y in line]
        parts.append("M" + "L".join(points if len(points) > 1 else points * 2))
    return "".join(parts)
