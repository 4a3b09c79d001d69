"""A scanned page without ink or code is the back of a sheet."""

import pytest

from megler.documents.rules.pages import Code, PageFacts


@pytest.mark.parametrize(
    ("page", "blank"),
    [
        (PageFacts(1, 612, 792, is_picture=True, ink=0.0015), True),
        (PageFacts(1, 612, 792, is_picture=True, ink=0.01), False),
        (PageFacts(1, 612, 792, codes=(Code("x"),), is_picture=True), False),
        (PageFacts(1, 612, 792, lines=("words",)), False),
        (PageFacts(1, 0, 0, is_read=False), False),
    ],
)
def test_blank_is_what_was_read_and_shows_nothing(page: PageFacts, blank: bool) -> None:
    assert page.is_blank is blank
