"""Signatures are drawn at their places, on papers of ours and on carriers' own."""

import io

import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from megler.forms.actions.papers import typeset
from megler.forms.actions.stamping import stamp
from megler.forms.rules.stamps import Mark
from tests.form_sets import acroform

LINES = [[(100, 200), (200, 50), (300, 250), (900, 40)]]
SCALE = 2


def paper(*roles: str) -> bytes:
    content = {
        "form": "Application", "number": "", "edition": "E-1", "reference": "A-1", "facts": [],
        "sections": [], "statements": ["I state."],
        "signers": [{"role": role, "name": role.title()} for role in roles],
    }  # fmt: skip
    return typeset("paper", content)


def look(pdf: bytes, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[page].render(scale=SCALE).to_pil().convert("L")
    document.close()
    return picture


def changed(before: bytes, after: bytes) -> tuple[float, float, float, float]:
    """The box, in points from the lower left corner, in which two PDFs look different."""
    one, other = look(before), look(after)
    box = ImageChops.difference(one, other).point(lambda v: 255 * (v > 24)).getbbox()
    assert box is not None
    height = one.height / SCALE
    return box[0] / SCALE, height - box[3] / SCALE, box[2] / SCALE, height - box[1] / SCALE


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_on_a_paper_of_ours_each_signs_between_heading_and_line(number: int) -> None:
    roles = ("insured", "owner", "agent")
    before = paper(*roles)
    mark = Mark("Kari Hope", True, (), "2026-03-01 14:03:09 UTC · 1f3a9c20")
    (after,) = stamp([(before, {f"signature.{roles[number]}": mark})])
    left, bottom, right, top = changed(before, after)
    column = 57.6 + number * (496.8 - 32) / 3 + number * 16
    assert column - 1 <= left
    assert right <= column + 151
    assert top - bottom <= 34
    assert "Kari Hope" in text_of(after)
    assert "1f3a9c20" in text_of(after)
    assert after.startswith(before)
    heading, line = _around(before)
    assert line - 1 <= bottom
    assert top <= heading + 1


def _around(pdf: bytes) -> tuple[float, float]:
    """Where the small heading's letters end and the line to sign on lies, from the lower edge."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    found = text.search("Signature of the insured")
    index, _count = found.get_next()
    heading = text.get_charbox(index)[1]
    picture = document[0].render(scale=SCALE).to_pil().convert("L")
    column = [picture.getpixel((int(100 * SCALE), y)) for y in range(picture.height)]
    start = int((792 - heading) * SCALE) + 6
    line = next(y for y in range(start, picture.height) if column[y] < 128)
    return heading, 792 - line / SCALE


def test_a_drawing_is_drawn_as_lines() -> None:
    before = paper("insured")
    (after,) = stamp([(before, {"signature.insured": Mark("Kari Hope", True, LINES, "note")})])
    assert "Kari Hope" not in text_of(after)
    left, bottom, right, top = changed(before, after)
    assert right - left > 60
    assert top - bottom > 15


def test_a_carriers_own_fields_are_filled_and_nothing_can_be_typed_any_more() -> None:
    before = acroform()
    marks = {"sign": Mark("Kari Hope", True, (), "note"), "state": Mark("Austin, TX")}
    (after,) = stamp([(before, marks)])
    reader = PdfReader(io.BytesIO(after))
    assert not any("/Annots" in page and page["/Annots"] for page in reader.pages)
    assert "Kari Hope" in text_of(after)
    assert "Austin, TX" in text_of(after)
    left, bottom, right, _top = changed(before, after)
    assert left >= 49
    assert right <= 251
    assert bottom >= 760 - 30 * 12 - 1


def test_names_without_a_place_are_left_out_and_many_papers_go_at_once() -> None:
    one, two = paper("insured"), paper("agent")
    mark = Mark("Łukasz Ærø", True)
    stamped = stamp([(one, {"signature.agent": mark}), (two, {"signature.agent": mark}), (one, {})])
    assert [("Łukasz Ærø" in text_of(pdf)) for pdf in stamped] == [False, True, False]
