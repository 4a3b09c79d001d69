"""Pictures become pages of a PDF: upright, without what the camera wrote, of bounded size."""

import io

import pypdfium2
import pytest
from PIL import Image

from megler.documents.picturing import clean_picture, picture_pages
from megler.documents.taking import take_pictures
from megler.vocabulary.problems import Refused
from tests.documents.files import picture
from tests.documents.strange import huge_png, photo


def shown(page: bytes) -> Image.Image:
    pdf = pypdfium2.PdfDocument(page)
    try:
        found: Image.Image = pdf[0].render(scale=1).to_pil().convert("L")
        return found
    finally:
        pdf.close()


def test_a_photo_is_turned_upright_and_tells_nothing_of_the_camera() -> None:
    (page,), done = picture_pages(photo(orientation=6), "a.jpg")
    assert done == {"picture", "turned", "metadata"}
    assert b"Secret" not in page
    assert b"Exif" not in page
    upright = shown(page)
    assert upright.height > upright.width
    assert upright.getpixel((upright.width // 2, 10)) == 0  # what lay left stands on top
    assert upright.getpixel((upright.width // 2, upright.height - 10)) == 255


def test_photos_sent_together_make_one_pdf_in_their_order() -> None:
    taken = take_pictures(
        [("1.jpg", photo(300, 400, 1)), ("2.png", picture()), ("3.tif", picture("TIFF", frames=3))]
    )
    assert (taken.content_type, taken.pages) == ("application/pdf", 5)
    assert taken.content is not None
    pdf = pypdfium2.PdfDocument(taken.content)
    assert [page.get_size()[0] > page.get_size()[1] for page in pdf] == [False, *[True] * 4]
    pdf.close()
    again = take_pictures(
        [("1.jpg", photo(300, 400, 1)), ("2.png", picture()), ("3.tif", picture("TIFF", frames=3))]
    )
    assert again == taken


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I"])
def test_every_kind_of_dots_is_drawn(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (50, 60)).save(out, "TIFF" if mode in {"CMYK", "I"} else "PNG")
    (page,), _ = picture_pages(out.getvalue(), "a")
    assert shown(page).height > 0


def test_a_large_photo_is_made_smaller_and_fits_a_sheet() -> None:
    (page,), _ = picture_pages(photo(6000, 4000, 1), "a.jpg")
    pdf = pypdfium2.PdfDocument(page)
    width, height = pdf[0].get_size()
    pdf.close()
    assert (round(width), round(height) <= 612) == (792, True)
    assert len(page) < 1_000_000


@pytest.mark.parametrize("size", [(30_000, 30_000), (30_000, 10), (10, 30_000)])
def test_thirty_thousand_dots_are_refused_by_the_header(size: tuple[int, int]) -> None:
    with pytest.raises(Refused) as refused:
        picture_pages(huge_png(*size), "a.png")
    (problem,) = refused.value.problems
    assert problem.code == "document_too_many_pixels"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_that_stays_one_keeps_its_kind_alone(kind: str) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    Image.new("RGB", (40, 20), "navy").save(out, kind, exif=exif)
    cleaned, done = clean_picture(out.getvalue() + b"PK\x03\x04tool.exe", "logo")
    again = Image.open(io.BytesIO(cleaned))
    assert (again.format, again.size, done) == (kind, (40, 20), {"metadata"})
    assert b"Secret" not in cleaned
    assert b"tool.exe" not in cleaned
