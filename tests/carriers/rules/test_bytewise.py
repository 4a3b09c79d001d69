"""Figures straight from their bytes: exact, or none."""

import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from megler.carriers.rules.bytewise import FAULTY, FIGURE, TEXT, read_rows
from megler.carriers.rules.cells import FIGURE as GRAMMAR
from megler.carriers.rules.columns import EMPTY, ODD


def read(line: str, kinds: list[int]) -> tuple[int, list[int], list[int], list[int]]:
    """What the pass answers for the rows of a text, with codes, mantissas and decimals."""
    content = line.encode() + bytes(8)
    rows = line.count("\n")
    codes = np.zeros((kinds.count(TEXT), rows), np.int32)
    figures = np.zeros((kinds.count(FIGURE), rows), np.int64)
    decimals = np.zeros((kinds.count(FIGURE), rows), np.uint8)
    done = read_rows(
        np.ndarray((len(content) - 7,), "<u8", content, 0, (1,)), 0, len(line.encode()),
        np.array(kinds, np.uint8), 0, codes, figures, decimals,
        np.zeros((len(codes), 64, 4), np.uint64), np.zeros(len(codes) + 1, np.int64),
        np.zeros((9, 4), np.int64),
    )  # fmt: skip
    return int(done), codes.ravel().tolist(), figures.ravel().tolist(), decimals.ravel().tolist()


CELLS = st.one_of(
    st.from_regex(r"[0-9]{0,14}\.?[0-9]{0,8}", fullmatch=True),
    st.text(
        st.characters(min_codepoint=32, max_codepoint=126, exclude_characters='",'), max_size=20
    ),
)


@settings(deadline=None)
@given(CELLS)
@example("999999999999.999999")
@example("1000000000000")
@example("12345678")
@example("1234567.")
@example("0.123456")
@example("00")
@example("0/")
@example("0:")
@example(".5")
@example("1..5")
def test_a_cell_is_a_figure_exactly_when_the_grammar_says_so(cell: str) -> None:
    done, _, mantissas, decimals = read(f"x,{cell}\n", [TEXT, FIGURE])
    assert done == 1
    if GRAMMAR.fullmatch(cell):
        whole, _, rest = cell.partition(".")
        assert (mantissas, decimals) == ([int(whole + rest)], [len(rest)])
    else:
        assert decimals == ([ODD] if cell else [EMPTY])


@pytest.mark.parametrize("size", [1, 6, 7, 8, 9, 15, 16, 17, 40])
def test_texts_of_any_length_are_told_apart(size: int) -> None:
    texts = ["a" * size, "a" * (size - 1) + "b", "a" * size, "b" + "a" * size, "a" * size]
    done, codes, _, _ = read("".join(f"{text},{text}\n" for text in texts), [TEXT, TEXT])
    assert done == 5
    assert codes == [0, 1, 0, 2, 0] * 2


def test_a_text_that_begins_like_the_one_above_is_another() -> None:
    assert read("ab,x\nabc,x\na,x\n,x\nab,x\n", [TEXT, TEXT])[1][:5] == [0, 1, 2, 3, 0]


@pytest.mark.parametrize("line", ["a\n", "a,b,c\n", 'a,"b\n', "a\r,b\n", ' ,""\n', 'a"b,c\n'])
def test_rows_of_another_form_are_faulty(line: str) -> None:
    assert read("x,y\n" + line, [TEXT, TEXT])[0] == FAULTY


def test_every_byte_that_ends_a_cell_is_seen_at_every_place_of_a_word() -> None:
    for before in range(18):
        for end in (",", "\r\n", "\n"):
            kinds = [TEXT, TEXT] if end == "," else [TEXT]
            line = "x" * before + end + ("y\n" if end == "," else "")
            done = read(line, kinds)[0]
            assert done == (1 if before or end == "," else FAULTY), re.escape(line)
