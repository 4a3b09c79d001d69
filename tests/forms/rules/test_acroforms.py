"""Reading and filling PDFs with fields, ours and strangers'."""

import io
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject, TextStringObject

from megler.forms.rules.acroforms import FieldKind, fill_acroform, read_acroform
from megler.forms.rules.filling import fits
from megler.forms.rules.helvetica import WIDTHS
from tests.forms.pdfs import Field, Widget, pdf_with, states

EXAMPLE = Path(__file__).parents[3] / "editions" / "tundra-life" / "term-forms" / "pdf"
LINE = (50, 700, 250, 715)


def read_back(pdf: bytes) -> dict[str, str]:
    fields = PdfReader(io.BytesIO(pdf)).get_fields() or {}
    return {
        name: str(given["/V"]).removeprefix("/") for name, given in fields.items() if "/V" in given
    }


def test_fields_are_read_with_kind_states_length_and_room() -> None:
    form, problems = read_acroform("application.pdf", (EXAMPLE / "application.pdf").read_bytes())
    assert form
    assert not problems
    assert form.fields["owner_is_insured"].states == ("yes", "no")
    assert form.fields["cover_riders.waiver"].kind is FieldKind.BOX
    assert form.fields["signature.insured"].kind is FieldKind.SIGNATURE
    serial = form.fields["insured_ssn.serial"]
    assert (serial.longest, serial.room and serial.room.comb) == (4, 4)
    reason = form.fields["replacing_reason"].room
    assert reason
    assert reason.is_multiline
    assert reason.size == 8.5
    assert "Texas" in form.fields["signed_in"].states
    assert form.pages == 5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_pdf"),
        (b"%PDF-1.7 and no more", "not_a_pdf"),
        (pdf_with(), "pdf_without_fields"),
    ],
)
def test_what_cannot_be_filled_is_told(content: bytes, code: str) -> None:
    form, problems = read_acroform("a.pdf", content)
    assert form is None
    assert [(problem.code, problem.where) for problem in problems] == [(code, "a.pdf")]


def test_a_locked_pdf_is_told() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_with(Field("a", "Tx", [Widget(LINE)])))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert read_acroform("a.pdf", out.getvalue())[1][0].code == "pdf_encrypted"


def test_the_same_values_make_the_same_bytes() -> None:
    blank = (EXAMPLE / "hipaa.pdf").read_bytes()
    values = {"head.insured_name": "Kari Nordmann", "insured_ssn.area": "078"}
    assert fill_acroform(blank, values) == fill_acroform(blank, values)


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        fill_acroform((EXAMPLE / "hipaa.pdf").read_bytes(), {"nowhere": "x"})


def test_filled_fields_are_locked_and_signatures_left_open() -> None:
    blank = (EXAMPLE / "hipaa.pdf").read_bytes()
    fields = PdfReader(io.BytesIO(fill_acroform(blank, {"head.insured_name": "Kari"}))).get_fields()
    assert fields
    assert int(fields["head.insured_name"]["/Ff"]) & 1
    assert int(fields["signed_on.insured"]["/Ff"]) & 1
    assert "/Ff" not in fields["signature.insured"]


def test_of_boxes_of_one_name_the_one_with_the_state_is_on() -> None:
    places = [
        Widget((50, 700, 59, 709), more=states(["yes"])),
        Widget((80, 700, 89, 709), more=states(["no"])),
    ]
    radio = Field("q", "Btn", places, {"Ff": NumberObject(1 << 15)})
    filled = fill_acroform(pdf_with(radio), {"q": "no"})
    page = PdfReader(io.BytesIO(filled)).pages[0]
    shown = [str(one.get_object()["/AS"]) for one in page["/Annots"]]  # type: ignore[attr-defined]
    assert (shown, read_back(filled)) == (["/Off", "/no"], {"q": "no"})


def test_a_box_that_stands_on_two_pages_is_ticked_on_both() -> None:
    places = [Widget((50, 700, 59, 709), page=n, more=states(["On"])) for n in (0, 1)]
    filled = fill_acroform(pdf_with(Field("q", "Btn", places), pages=2), {"q": "On"})
    pages = PdfReader(io.BytesIO(filled)).pages
    assert [str(p["/Annots"][0].get_object()["/AS"]) for p in pages] == ["/On", "/On"]  # type: ignore[index]


def test_a_text_that_stands_in_two_places_is_written_in_both_and_fits_the_smaller() -> None:
    both = Field("name", "Tx", [Widget(LINE), Widget((50, 600, 110, 612))])
    pdf = pdf_with(both, default="/Helv 10 Tf 0 g")
    form, _ = read_acroform("a.pdf", pdf)
    assert form
    assert form.fields["name"].room
    assert form.fields["name"].room.width == 60
    page = PdfReader(io.BytesIO(fill_acroform(pdf, {"name": "Kari"}))).pages[0]
    looks = [one.get_object()["/AP"]["/N"].get_data() for one in page["/Annots"]]  # type: ignore[attr-defined]
    assert all(b"(Kari) Tj" in look for look in looks)


def test_a_field_below_another_has_both_names() -> None:
    pdf = pdf_with(Field("insured.name", "Tx", [Widget(LINE)]))
    assert read_back(fill_acroform(pdf, {"insured.name": "Kari"})) == {"insured.name": "Kari"}


def test_a_field_on_a_turned_page_is_as_wide_as_it_is_read() -> None:
    turned = {"MK": _turned(90)}
    pdf = pdf_with(Field("a", "Tx", [Widget((50, 500, 65, 700), more=turned)]))
    form, _ = read_acroform("a.pdf", pdf)
    assert form
    assert form.fields["a"].room
    assert (form.fields["a"].room.width, form.fields["a"].room.height) == (200, 15)
    widget = PdfReader(io.BytesIO(fill_acroform(pdf, {"a": "Kari"}))).pages[0]["/Annots"][0]  # type: ignore[index]
    look = widget.get_object()["/AP"]["/N"]
    assert (list(look["/BBox"]), list(look["/Matrix"])) == ([0, 0, 200, 15], [0, 1, -1, 0, 0, 0])


def _turned(degrees: int) -> object:
    from pypdf.generic import DictionaryObject

    return DictionaryObject({NameObject("/R"): NumberObject(degrees)})


def test_a_choice_shows_what_was_chosen() -> None:
    options = ArrayObject([TextStringObject(one) for one in ("Texas", "Utah")])
    choice = Field("state", "Ch", [Widget(LINE)], {"Opt": options, "Ff": NumberObject(1 << 17)})
    pdf = pdf_with(choice)
    form, _ = read_acroform("a.pdf", pdf)
    assert form
    assert form.fields["state"].states == ("Texas", "Utah")
    filled = fill_acroform(pdf, {"state": "Utah"})
    look = PdfReader(io.BytesIO(filled)).pages[0]["/Annots"][0].get_object()["/AP"]["/N"]  # type: ignore[index]
    assert b"(Utah) Tj" in look.get_data()
    assert read_back(filled) == {"state": "Utah"}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.sampled_from(["hipaa", "trust", "payment", "replacement-ca"]))
def test_every_value_that_fits_is_read_back(seed: int, name: str) -> None:
    blank = (EXAMPLE / f"{name}.pdf").read_bytes()
    form, _ = read_acroform(name, blank)
    assert form
    dice = random.Random(seed)
    values: dict[str, str] = {}
    for field in form.fields.values():
        if field.kind is FieldKind.TEXT:
            text = "".join(dice.choices(sorted(WIDTHS), k=dice.randint(1, 30))).strip()
            if text and fits(field, text):
                values[field.name] = text
        elif field.states and any(field.states):
            values[field.name] = dice.choice([one for one in field.states if one])
    assert read_back(fill_acroform(blank, values)) == _plain(values)


def _plain(values: Mapping[str, str]) -> dict[str, str]:
    return {name: text.removeprefix("/") for name, text in values.items()}


def test_the_pages_behind_follow() -> None:
    first, second = pdf_with(Field("a", "Tx", [Widget(LINE)])), pdf_with(pages=2)
    filled = fill_acroform(first, {"a": "x"}, second)
    assert len(PdfReader(io.BytesIO(filled)).pages) == 3
