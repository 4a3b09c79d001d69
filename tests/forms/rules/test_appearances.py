"""What a field shows, and whether a text fits it."""

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.forms.rules.acroforms import fill_acroform
from megler.forms.rules.appearances import Room, fitting, look_of, text_drawn
from megler.forms.rules.helvetica import WIDTHS, width_of
from tests.forms.pdfs import Field, Widget, pdf_with

LINE = Room(100, 14, 9)
BOX = Room(200, 50, 9, is_multiline=True)
OPEN = Room(100, 16)
COMB = Room(80, 14, 10, comb=4)
TEXTS = st.text(st.sampled_from(sorted(WIDTHS)), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("appearance", "found"),
    [
        ("/Helv 9 Tf 0 g", (9, "0 g")),
        ("/F3 0 Tf 0.1 0.2 0.3 rg", (0, "0.1 0.2 0.3 rg")),
        ("0 0 0 1 k /Cour 10.5 Tf", (10.5, "0 0 0 1 k")),
        ("", (0, "0 g")),
        ("/Helv ... Tf", (0, "0 g")),
    ],
)
def test_size_and_colour_stand_in_the_default_appearance(
    appearance: str, found: tuple[float, str]
) -> None:
    assert look_of(appearance) == found


def test_one_line_takes_no_second_line_and_nothing_too_wide() -> None:
    assert fitting(LINE, "Kari Nordmann") == (9, ["Kari Nordmann"])
    assert fitting(LINE, "two\nlines") is None
    assert fitting(LINE, "W" * 12) is None


def test_a_box_of_lines_takes_as_many_as_are_high_enough() -> None:
    assert BOX.lines_at(9) == 4
    assert fitting(BOX, "\n".join("abcd")) == (9, ["a", "b", "c", "d"])
    assert fitting(BOX, "\n".join("abcde")) is None


def test_where_the_size_is_open_it_shrinks_until_the_text_fits() -> None:
    short, long = fitting(OPEN, "Kari"), fitting(OPEN, "Kari Nordmann of Fargo, ND")
    assert short
    assert long
    assert short[0] == 12
    assert 6 <= long[0] < 12
    assert fitting(OPEN, "Kari Nordmann of Fargo, North Dakota, and others") is None


def test_a_comb_takes_a_letter_for_each_cell() -> None:
    assert fitting(COMB, "1234") == (10, ["1234"])
    assert fitting(COMB, "12345") is None


@given(TEXTS, st.floats(20, 300), st.sampled_from([0.0, 7.0, 9.0]))
def test_what_fits_is_never_wider_than_its_room(text: str, width: float, size: float) -> None:
    found = fitting(Room(width, 14, size), text)
    if found:
        assert width_of(found[1][0], found[0]) <= width - 4


def test_parentheses_and_backslashes_are_escaped() -> None:
    assert rb"(\(a\\b\)) Tj" in text_drawn(LINE, r"(a\b)")


def _read(room: tuple[float, float], text: str, **more: object) -> str:
    box = (50, 500, 50 + room[0], 500 + room[1])
    pdf = pdf_with(Field("a", "Tx", [Widget(box)], more), default="/Helv 9 Tf 0 g")
    page = pypdfium2.PdfDocument(io.BytesIO(fill_acroform(pdf, {"a": text})))
    page.init_forms()
    flat = page[0]
    flat.flatten()
    return str(page[0].get_textpage().get_text_range())


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("abcdefgABCØæåé019 ,.;()\\-–%$&"), min_size=1, max_size=30))
def test_pdfium_reads_on_the_page_what_was_filled_in(text: str) -> None:
    words = " ".join(text.split())
    if words:
        assert words.replace(" ", "") in _read((400, 16), words).replace(" ", "")
