"""A drawn signature is bounded, readable, and becomes a path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.strokes import (
    HEIGHT,
    LINES_MAX,
    POINTS_MAX,
    TEXT_MAX,
    WIDTH,
    ink,
    read_strokes,
    svg_path,
)

POINTS = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))
LINES = st.lists(st.lists(POINTS, min_size=1, max_size=40), min_size=1, max_size=10)


def sent(lines: list[list[tuple[int, int]]]) -> str:
    """As the page sends it."""
    return ";".join(" ".join(f"{x},{y}" for x, y in line) for line in lines)


@given(LINES)
def test_what_is_drawn_is_read_back(lines: list[list[tuple[int, int]]]) -> None:
    read, problems = read_strokes(sent(lines))
    if problems:
        assert [p.code for p in problems] == ["drawing_too_small"]
        assert ink(lines) < 120
    else:
        assert read == lines
        assert svg_path(read).count("M") == len(lines)


@given(st.text(max_size=200))
def test_any_other_text_is_refused_and_never_breaks(text: str) -> None:
    read, problems = read_strokes(text)
    assert not (read and problems)
    assert read or problems or not text.strip()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1001,0 0,0", "drawing_unreadable"),
        ("-1,0 500,0", "drawing_unreadable"),
        ("1e3,0 500,0", "drawing_unreadable"),
        ("٣,0 500,0", "drawing_unreadable"),
        ("1,2 3", "drawing_unreadable"),
        ("0,0 10,10", "drawing_too_small"),
        ("0,0 1,1 " * (POINTS_MAX // 2 + 1), "drawing_too_large"),
        (";" * LINES_MAX, "drawing_too_large"),
        (" " * TEXT_MAX + "0,0", "drawing_too_large"),
    ],
)
def test_what_is_no_signature_is_refused(text: str, code: str) -> None:
    assert [p.code for p in read_strokes(text)[1]] == [code]


def test_nothing_drawn_is_no_mistake() -> None:
    assert read_strokes(" \n") == ([], [])
