"""Whether somebody signed is seen on scans that lie otherwise than the form, and never guessed."""

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from megler.documents.looking import look
from megler.documents.rules.pages import Box
from megler.documents.signing_places import ink_more
from tests.documents.files import pdf
from tests.documents.sheets import scribble

FORM = Path("editions/tundra-life/term-forms/pdf/hipaa.pdf").read_bytes()
DOTS = 150
FAINT, DARK = 0.008, 0.05


def place() -> Box:
    return next(one.box for one in look(FORM).widgets if one.name == "signature.insured")


def picture(*, signed: bool) -> Image.Image:
    opened = pypdfium2.PdfDocument(FORM)
    found: Image.Image = opened[0].render(scale=DOTS / 72).to_pil().convert("L")
    opened.close()
    if signed:
        scribble(found, place(), DOTS)
    return found


def sheet(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PDF", resolution=DOTS)
    return out.getvalue()


def aslant(image: Image.Image) -> Image.Image:
    return image.rotate(2, Image.Resampling.BICUBIC, fillcolor=255)


def on_a4(image: Image.Image) -> Image.Image:
    paper = Image.new("L", (1240, 1754), 255)
    smaller = image.resize((1202, 1556))
    paper.paste(smaller, (19, 99))
    return paper


def dim(image: Image.Image) -> Image.Image:
    shade = np.linspace(0.45, 0.9, image.width)[None, :]
    return Image.fromarray((np.asarray(image) * shade).astype(np.uint8))


@pytest.mark.parametrize("lies", [lambda image: image, aslant, on_a4, dim])
def test_a_signature_is_told_from_an_empty_place_however_the_scan_lies(lies: object) -> None:
    assert callable(lies)
    for signed in (True, False):
        (more,) = ink_more(sheet(lies(picture(signed=signed))), FORM, [(1, 1, 0, place())])
        assert more is not None
        assert more > DARK if signed else more <= FAINT


def test_a_turned_page_is_turned_back() -> None:
    lying = picture(signed=True).rotate(-90, expand=True)
    (more,) = ink_more(sheet(lying), FORM, [(1, 1, 90, place())])
    assert more is not None
    assert more > DARK


def test_what_is_not_found_is_not_judged() -> None:
    other = Image.effect_noise((1275, 1650), 120)
    assert ink_more(sheet(other), FORM, [(1, 1, 0, place())]) == [None]
    assert ink_more(pdf(), FORM, [(1, 1, 0, place()), (9, 1, 0, place()), (1, 9, 0, place())]) == [
        None,
        None,
        None,
    ]
