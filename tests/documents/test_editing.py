"""Pages in another order, turned, blackened: what is under the black is nowhere in the file."""

import io
from collections.abc import Iterator

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from megler.documents import apart
from megler.documents.editing import edited
from megler.documents.rules.pages import PagePlan
from megler.vocabulary.problems import Refused
from tests.documents.files import written
from tests.documents.sheets import Field, form

SECRET = "Zyxomellitus"


def words(content: bytes) -> list[str]:
    """What each page says to whoever copies its text."""
    pdf = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return found


def everything(content: bytes) -> Iterator[bytes]:
    """The file as it is, and each of its objects with its stream unpacked."""
    yield content
    reader = PdfReader(io.BytesIO(content))
    for number in range(1, len(reader.xref.get(0, {})) + len(reader.xref_objStm) + 5):
        one = reader.get_object(number)
        yield repr(one).encode()
        if isinstance(one, StreamObject):
            yield one.get_data()


def test_pages_are_put_in_order_turned_and_left_out() -> None:
    file = written(["first"], ["second"], ["third"])
    made = edited([file], [PagePlan(0, 3), PagePlan(0, 1, turned=90)])
    assert [text.strip() for text in words(made)] == ["third", "first"]
    assert [page.rotation for page in PdfReader(io.BytesIO(made)).pages] == [0, 90]


def test_files_are_put_together() -> None:
    made = edited([written(["one"]), written(["two"])], [PagePlan(1, 1), PagePlan(0, 1)])
    assert [text.strip() for text in words(made)] == ["two", "one"]


def test_what_is_blackened_is_nowhere_in_the_file() -> None:
    file = written(["kept here"], ["in plain sight", f"diagnosis {SECRET}"])
    assert SECRET.encode() in b"".join(everything(file))
    made = edited([file], [PagePlan(0, 1), PagePlan(0, 2, black=((0, 0.05, 1, 0.12),))])
    said = words(made)
    assert "kept here" in said[0]
    assert said[1].strip() == ""
    assert SECRET.encode() not in b"".join(everything(made))
    picture = pypdfium2.PdfDocument(made)[1].render(scale=1, grayscale=True).to_numpy()
    assert picture[int(792 * 0.08), 300].max() < 40
    assert picture[700, 300].min() > 200


def test_a_blackened_fields_value_is_not_left_on_another_page() -> None:
    fields = [Field("form.secret", page=1), Field("form.open", page=2)]
    file = form("A-1", fields=fields, values={"form.secret": SECRET, "form.open": "shown"})
    made = edited([file], [PagePlan(0, 1, black=((0, 0, 1, 1),)), PagePlan(0, 2)])
    assert SECRET.encode() not in b"".join(everything(made))


def test_a_blackened_page_keeps_its_size_and_turn() -> None:
    made = edited([written(["x"])], [PagePlan(0, 1, turned=90, black=((0.1, 0.1, 0.2, 0.2),))])
    box = PdfReader(io.BytesIO(made)).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (792, 612)


def test_it_works_apart() -> None:
    made = apart.edited([written(["x"])], [PagePlan(0, 1, 180)], "x.pdf")
    assert PdfReader(io.BytesIO(made)).pages[0].rotation == 180
    with pytest.raises(Refused):
        apart.edited([b"no pdf"], [PagePlan(0, 1)], "x.pdf")
