"""A page that was marked is known again after it was printed and scanned, and looks as before."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from megler.documents.looking import look
from megler.documents.marking import mark_pages
from megler.documents.reading import page_png
from tests.documents.files import pdf
from tests.documents.sheets import Field, bound, form, scan

EDITIONS = Path(__file__).parents[2] / "editions"
CODES = [
    "MEGLER1|A-10001.application|0123456789ab|1|2",
    "MEGLER1|A-10001.application|0123456789ab|2|2",
]


WORDS = [
    "A-10001.application (0123456789ab) page 1 of 2",
    "A-10001.application (0123456789ab) page 2 of 2",
]


@pytest.mark.parametrize(("dots", "turned"), [(150, 0), (150, 180), (200, 90)])
def test_marks_are_read_from_a_scan_beside_those_of_the_carrier(dots: int, turned: int) -> None:
    marked = mark_pages(form("TL-100"), CODES, WORDS)
    for page, code in zip(look(scan(marked, dots, turned)).pages, CODES, strict=True):
        assert {one.text for one in page.codes} == {code, f"MEGLER1|TL-100|2026-01|{page.number}|2"}


def test_a_page_keeps_its_words_and_fields() -> None:
    plain = form("TL-100", fields=[Field("name")], values={"name": "Kari"})
    before, after = look(plain), look(mark_pages(plain, CODES, WORDS))
    for page, was, words in zip(after.pages, before.pages, WORDS, strict=True):
        assert sorted(" ".join(page.lines).split()) == sorted(" ".join([*was.lines, words]).split())
    assert after.widgets == before.widgets


def test_a_page_without_anything_on_it_is_marked_too() -> None:
    marked = mark_pages(bound(pdf(1)), CODES[:1], WORDS[:1])
    assert look(marked).pages[0].lines == (WORDS[0],)
    assert [code.text for code in look(scan(marked)).pages[0].codes] == CODES[:1]


def test_as_many_codes_as_pages() -> None:
    with pytest.raises(ValueError, match="shorter"):
        mark_pages(pdf(2), CODES[:1], WORDS)


@pytest.mark.parametrize("name", ["application.pdf", "trust.pdf"])
def test_a_carriers_form_looks_the_same_but_for_the_mark(name: str) -> None:
    plain = (EDITIONS / "tundra-life/term-forms/pdf" / name).read_bytes()
    count = len(look(plain).pages)
    marked = mark_pages(plain, CODES[:1] * count, WORDS[:1] * count)
    for page in range(1, count + 1):
        before, after = (
            np.asarray(
                Image.open(io.BytesIO(page_png(one, "application/pdf", "", page, 612))).convert("L")
            )
            for one in (plain, marked)
        )
        assert (before[64:-64] == after[64:-64]).all()
