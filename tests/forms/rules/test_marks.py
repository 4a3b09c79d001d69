"""What is written on a page as its mark is read back, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.marks import Mark, bar_code, footer, read_bar_code, read_footer

WORDS = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9./_-]{0,30}[A-Za-z0-9])?", fullmatch=True)


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    pages = draw(st.integers(1, 999))
    return Mark(draw(WORDS), draw(WORDS), draw(st.integers(1, pages)), pages)


@given(marks())
def test_a_mark_is_read_back(mark: Mark) -> None:
    assert read_bar_code(bar_code(mark)) == mark
    assert read_footer(footer(mark)) == mark


def test_a_footer_is_found_at_the_end_of_a_line_with_what_stands_before() -> None:
    found = read_footer("Tundra Life  ·  TL-100 (2026-01), page 2 of 9")
    assert found == Mark("TL-100", "2026-01", 2, 9)


@given(st.text(max_size=300))
def test_nothing_else_fails(text: str) -> None:
    read_bar_code(text)
    read_footer(text)


@pytest.mark.parametrize(
    "text",
    ["MEGLER1|A|B|3|2", "MEGLER1|A|B|0|2", "MEGLER2|A|B|1|2", "MEGLER1|A|B|1|2|", "MEGLER1|A||1|2",
     "MEGLER1|A|B|1|1000", "MEGLER1|A|B|1|2" + " " * 300],
)  # fmt: skip
def test_what_is_no_bar_code_of_a_form_is_none(text: str) -> None:
    assert read_bar_code(text) is None


def test_a_mark_that_could_not_be_read_back_is_refused() -> None:
    with pytest.raises(ValueError, match="not a form's number"):
        bar_code(Mark("A|B", "2026-01", 1, 2))
