"""Files bound into one show what each showed, and are the same each time."""

import io
import time

import pytest
from pypdf import PdfReader

from megler.documents.binding import bind
from megler.documents.reading import page_png, pages_of
from megler.forms.actions.papers import typeset
from tests.documents.files import pdf


def paper(words: str) -> bytes:
    content = {"form": words, "edition": "2026", "reference": "A-1", "facts": [["Who", "Ø. Å."]]}
    lists = {"sections": [], "statements": [words * 900], "signers": []}
    return typeset("paper", content | lists)


def test_pages_follow_each_other_and_look_as_they_did() -> None:
    one, other = paper("First "), paper("Second ")
    bound = bind([one, pdf(2), other], "A-10001 signed")
    each = [
        (file, page)
        for file in (one, pdf(2), other)
        for page in range(1, pages_of(file, "x")[1] + 1)
    ]
    assert pages_of(bound, "bound.pdf") == ("application/pdf", len(each))
    for place, (file, page) in enumerate(each, start=1):
        alone = page_png(file, "application/pdf", "x", page, 300)
        assert page_png(bound, "application/pdf", "x", place, 300) == alone


def test_the_same_files_make_the_same_bytes_at_any_time() -> None:
    files = [paper("First "), pdf(1)]
    first = bind(files, "A-10001 signed")
    time.sleep(1.1)  # PDF files tell the second in which they were made
    assert bind(files, "A-10001 signed") == first
    assert bind(files[:1], "A-10001 signed") != first


def test_it_is_named_and_says_nothing_else() -> None:
    bound = PdfReader(io.BytesIO(bind([pdf(1)], "A-(1)\\ signed")))
    assert bound.metadata == {"/Title": "A-(1)\\ signed", "/Producer": "Megler"}


@pytest.mark.parametrize("title", ["Søknad", "x" * 45, "a\nb"])
def test_other_titles_are_refused(title: str) -> None:
    with pytest.raises(ValueError, match="44 ASCII"):
        bind([pdf(1)], title)
