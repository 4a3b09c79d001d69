"""Drawn forms: fields where the boxes are, bar codes that can be read, nothing that runs."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from megler.demo.drawing.pages import draw
from megler.demo.drawing.syntax import objects_of, text, whole_file
from megler.demo.rules.papers.sheet import Letterhead, Look, sheet
from megler.forms.rules.acroforms import read_acroform
from megler.forms.rules.marks import Mark, read_bar_code, read_footer
from tests.demo.formsets import checked, files

SETS = (
    "tundra-life/term-forms", "prairie-mutual/annuity-forms", "fjordgard/life-forms",
    "sogne-life/disability-forms", "vidda-health/health-forms",
)  # fmt: skip
"""One for each kind of bar code, and one more."""
LARGEST_BYTES = 80_000
EDGES = (34.0, 56.0, 578.0, 750.0)
"""Left, bottom, right and top of where fields may stand, in points."""


def pdfs(name: str) -> Iterator[tuple[str, bytes]]:
    for file, content in files(name).items():
        if file.endswith(".pdf"):
            yield file, content


def widgets(content: bytes) -> Iterator[tuple[int, str, tuple[float, ...]]]:
    """Page, full name and box of every widget."""
    for n, page in enumerate(PdfReader(io.BytesIO(content), strict=True).pages):
        for annotation in page["/Annots"]:  # type: ignore[attr-defined]
            widget: Any = annotation.get_object()
            names, node = [], widget
            while node is not None:
                names.append(str(node.get("/T", "")))
                node = node["/Parent"].get_object() if "/Parent" in node else None
            box = tuple(float(side) for side in widget["/Rect"])
            yield n, ".".join(one for one in reversed(names) if one), box


@pytest.mark.parametrize("name", SETS)
def test_every_field_stands_on_the_paper_and_none_on_another(name: str) -> None:
    left, bottom, right, top = EDGES
    for file, content in pdfs(name):
        boxes: dict[int, list[tuple[float, ...]]] = {}
        for page, _, box in widgets(content):
            assert left <= box[0] < box[2] <= right, (file, box)
            assert bottom <= box[1] < box[3] <= top, (file, box)
            boxes.setdefault(page, []).append(box)
        for here in boxes.values():
            rows = sorted(here, key=lambda box: (-box[3], box[0]))
            for n, one in enumerate(rows):
                for other in rows[n + 1 : n + 12]:
                    apart = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
                    assert apart or other[3] <= one[1] + 0.1 or one[3] <= other[1] + 0.1, file


@pytest.mark.parametrize("name", SETS)
def test_signatures_have_room(name: str) -> None:
    for file, content in pdfs(name):
        for _, field, (left, bottom, right, top) in widgets(content):
            if field.startswith("signature."):
                assert right - left >= 180, file
                assert top - bottom >= 28, file


@pytest.mark.parametrize("name", SETS)
def test_bar_code_and_footer_of_each_page_say_which_it_is(name: str) -> None:
    made = checked(name)[0].questionnaire
    for form in [made.forms[0], made.forms[-1]]:
        opened = pypdfium2.PdfDocument(files(name)[form.pdf])
        for n, page in enumerate(opened, 1):
            mark = Mark(form.number, form.edition, n, len(opened))
            picture = page.render(scale=200 / 72).to_pil()
            codes = [read_bar_code(one.text) for one in zxingcpp.read_barcodes(picture)]
            assert codes == [mark], form.key
            lines = page.get_textpage().get_text_range().splitlines()
            assert mark in [read_footer(line) for line in lines]


@pytest.mark.parametrize("name", SETS)
def test_nothing_that_is_asked_is_cut_off(name: str) -> None:
    """What is printed is the whole text of each question, inside the page."""
    made = checked(name)[0].questionnaire
    for form in made.forms:
        printed = ""
        for page in pypdfium2.PdfDocument(files(name)[form.pdf]):
            words = page.get_textpage()
            printed += words.get_text_bounded(20, 5, 592, 787)
            assert len(words.get_text_bounded(20, 5, 592, 787)) == len(words.get_text_bounded())
        bare = _bare(printed)
        for section in made.sections:
            for question in section.questions if section.form == form.key else ():
                assert _bare(question.text) in bare, (form.key, question.key)
        for statement in form.statements:
            assert _bare(statement) in bare, form.key


def _bare(words: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe\ufb00-\ufb04-]|fi|fl|ff|ffi", "", words).replace("’", "'")


@pytest.mark.parametrize("name", SETS)
def test_forms_are_small_and_nothing_in_them_runs(name: str) -> None:
    for file, content in pdfs(name):
        assert len(content) < LARGEST_BYTES, file
        told = b"".join(objects_written(content))
        assert RUNS.search(told) is None, file


RUNS = re.compile(rb"/(JavaScript|JS|AA|OpenAction|URI|EmbeddedFile|Launch)\b")


def objects_written(content: bytes) -> Iterator[bytes]:
    reader = PdfReader(io.BytesIO(content))
    size: Any = reader.trailer["/Size"]
    for number in range(1, int(size)):
        found = reader.get_object(number)
        if found is not None:
            written = io.BytesIO()
            found.write_to_stream(written)
            yield written.getvalue().partition(b"stream\n")[0]  # not what is packed


def test_the_same_sheet_makes_the_same_bytes() -> None:
    made = checked("tundra-life/illness-forms")[0].questionnaire
    drawn = sheet(made, made.forms[0], Look(), Letterhead("A", "B"), {})
    first = draw(drawn)
    assert draw(drawn) == first
    form, problems = read_acroform("a.pdf", first)
    assert form
    assert problems == []
    assert set(form.fields) == {place.name for place in drawn.places}


def test_a_file_is_put_together_of_its_objects() -> None:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 0/Kids[]>>"}
    assert len(PdfReader(io.BytesIO(whole_file(objects, 1)), strict=True).pages) == 0


def test_a_pdf_written_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="another way"):
        objects_of(whole_file({1: b"<<>>"}, 1))


@pytest.mark.parametrize(
    ("words", "written"), [("a", b"(a)"), ("Ł", b"<FEFF0141>"), ("(", b"(\\()")]
)
def test_texts_are_written_as_pdf_has_them(words: str, written: bytes) -> None:
    assert text(words) == written
