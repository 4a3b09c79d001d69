"""A page that was marked is known again after it was printed and scanned, and looks as before."""

import pytest

from megler.documents.looking import look
from megler.documents.marking import mark_pages
from tests.documents.files import pdf
from tests.documents.sheets import Field, bound, form, scan

CODES = [
    "MEGLER1|A-10001.application|0123456789ab|1|2",
    "MEGLER1|A-10001.application|0123456789ab|2|2",
]


@pytest.mark.parametrize(("dots", "turned"), [(150, 0), (150, 180), (200, 90)])
def test_marks_are_read_from_a_scan_beside_those_of_the_carrier(dots: int, turned: int) -> None:
    marked = mark_pages(form("TL-100"), CODES)
    for page, code in zip(look(scan(marked, dots, turned)).pages, CODES, strict=True):
        assert {one.text for one in page.codes} == {code, f"MEGLER1|TL-100|2026-01|{page.number}|2"}


def test_a_page_keeps_its_words_and_fields() -> None:
    plain = form("TL-100", fields=[Field("name")], values={"name": "Kari"})
    before, after = look(plain), look(mark_pages(plain, CODES))
    assert [page.lines for page in after.pages] == [page.lines for page in before.pages]
    assert after.widgets == before.widgets


def test_a_page_without_anything_on_it_is_marked_too() -> None:
    marked = mark_pages(bound(pdf(1)), CODES[:1])
    assert [code.text for code in look(marked).pages[0].codes] == CODES[:1]


def test_as_many_codes_as_pages() -> None:
    with pytest.raises(ValueError, match="shorter"):
        mark_pages(pdf(2), CODES[:1])
