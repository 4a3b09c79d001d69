"""What stands on pages, in fields and in bar codes is found; how dark a place is, too."""

import io

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from megler.documents.looking import look
from megler.documents.rules.pages import Code
from tests.documents.files import pdf
from tests.documents.sheets import Field, bound, box_of, form, pictures, scan

FIELDS = [
    Field("insured.name"),
    Field("smoker", "radio", states=("Y", "N")),
    Field("citizen", "tick"),
    Field("purpose", "choice"),
    Field("sign", "signature", page=2),
]
VALUES = {"insured.name": "Kåre Ødegård", "smoker": "N", "citizen": "Yes", "purpose": "income"}


def test_fields_are_read_with_their_values_and_places() -> None:
    facts = look(form("TL-100", fields=FIELDS, values=VALUES))
    found = [(one.page, one.name, one.kind, one.value) for one in facts.widgets]
    assert found == [
        (1, "insured.name", "text", "Kåre Ødegård"),
        (1, "smoker", "radio", ""),
        (1, "smoker", "radio", "N"),
        (1, "citizen", "tick", "Yes"),
        (1, "purpose", "choice", "income"),
        (2, "sign", "signature", ""),
    ]
    assert facts.widgets[-1].box == box_of(0)


def test_an_empty_form_has_empty_fields() -> None:
    assert {one.value for one in look(form("TL-100", fields=FIELDS)).widgets} == {""}


def test_fields_of_bound_files_stay_apart() -> None:
    one = form("TL-100", fields=[Field("name")], values={"name": "Kari"})
    other = form("TL-200", fields=[Field("owner")], values={"owner": "Ola"})
    found = [(w.page, w.name, w.value) for w in look(bound(one, other)).widgets]
    assert found == [(1, "name", "Kari"), (3, "owner", "Ola")]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_scan_is_known_by_its_bar_code_however_it_lies(turned: int) -> None:
    facts = look(scan(form("TL-100"), turned=turned))
    assert [page.is_picture for page in facts.pages] == [True, True]
    assert [code.text for page in facts.pages for code in page.codes] == [
        "MEGLER1|TL-100|2026-01|1|2",
        "MEGLER1|TL-100|2026-01|2|2",
    ]
    upright = {code.turned for page in facts.pages for code in page.codes}
    assert upright == {-turned % 360}


def test_the_back_of_a_sheet_is_blank() -> None:
    assert [page.is_blank for page in look(bound(pdf(), form("TL-100"))).pages] == [
        True, False, False,
    ]  # fmt: skip


def test_when_time_runs_out_it_says_which_pages_were_not_read() -> None:
    facts = look(form("TL-100"), seconds=-1)
    assert [page.is_read for page in facts.pages] == [False, False]
    assert facts.widgets == ()


def test_a_scan_with_words_laid_over_still_shows_its_code() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(form("ZZ-9", pages=1)))
    words = DecodedStreamObject()
    words.set_data(b"BT /F1 8 Tf 20 780 Td (Envelope 8A7B66C5-1234-4DD1-9F11) Tj ET")
    stamp = writer.pages[0]
    stamp[NameObject("/Contents")] = writer._add_object(words)
    stamp.merge_page(PdfReader(io.BytesIO(scan(form("TL-100", pages=1)))).pages[0], over=False)
    out = io.BytesIO()
    writer.write(out)
    (page,) = look(out.getvalue()).pages
    assert "Envelope" in page.lines[0]
    assert [code.text for code in page.codes] == ["MEGLER1|TL-100|2026-01|1|1"]


def test_fields_are_read_though_pages_were_taken_out_without_the_forms_list() -> None:
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(form("TL-100", fields=FIELDS, values=VALUES))).pages:
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    assert "/AcroForm" not in writer.root_object
    found = {one.name: one.value for one in look(out.getvalue()).widgets}
    assert found["insured.name"] == "Kåre Ødegård"


def test_a_code_is_read_under_dust_and_noise() -> None:
    (jpeg,) = pictures(form("TL-100", pages=1))
    dots = np.array(Image.open(io.BytesIO(jpeg)))
    seen: list[Code] = []
    for seed in range(4):
        specks = np.random.default_rng(seed).random(dots.shape)
        noisy = np.where(specks < 0.02, 0, np.where(specks > 0.98, 255, dots)).astype(np.uint8)
        out = io.BytesIO()
        Image.fromarray(noisy).save(out, "PDF", resolution=150)
        seen += look(out.getvalue()).pages[0].codes
    assert [code.text for code in seen] == ["MEGLER1|TL-100|2026-01|1|1"] * 4
