"""How wide letters are, and where lines break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

from megler.forms.rules.helvetica import WIDTHS, has_letters, width_of, wrapped

LETTERS = "".join(sorted(WIDTHS))
WRITTEN = st.text(st.sampled_from(LETTERS + "\n"), max_size=200)


def test_every_letter_of_windows_1252_has_its_width_of_the_published_metrics() -> None:
    published = CORE_FONT_METRICS["Helvetica"].character_widths
    letters = bytes(range(32, 256)).decode("cp1252", "ignore")
    for letter in letters:
        if letter in published:
            assert WIDTHS[letter] == published[letter], letter
    assert set(letters) - {"\x7f"} == set(WIDTHS)


@pytest.mark.parametrize("text", ["Łukasz", "東京", "Ω", "🙂", "a\tb", "\x00"])
def test_other_letters_cannot_be_written(text: str) -> None:
    assert not has_letters(text)


@given(WRITTEN)
def test_what_can_be_written_can_be_encoded(text: str) -> None:
    assert has_letters(text)
    assert text.encode("cp1252")[:0] == b""


@given(WRITTEN, st.floats(6, 14), st.floats(20, 500))
def test_no_line_is_wider_than_there_is_room(text: str, size: float, width: float) -> None:
    assert all(width_of(line, size) <= width for line in wrapped(text, size, width))


@given(WRITTEN, st.floats(6, 14), st.floats(20, 500))
def test_wrapping_loses_no_letter(text: str, size: float, width: float) -> None:
    bare = "".join(text.split())
    assert "".join("".join(wrapped(text, size, width)).split()) == bare


def test_paragraphs_stay_apart_and_empty_lines_stand() -> None:
    assert wrapped("one\n\ntwo", 10, 100) == ["one", "", "two"]


def test_a_word_wider_than_a_line_is_broken() -> None:
    assert wrapped("a WWWWWWWW", 10, 40) == ["a", "WWWW", "WWWW"]
