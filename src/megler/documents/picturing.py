"""Turns pictures into pages of a PDF, and cleans those that stay pictures.

Upright, without what a camera wrote into them (place, time, device), and of bounded size.
"""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from megler.documents.reading import few_pixels, image_in
from megler.documents.rules.kinds import PAGES_MAX
from megler.vocabulary.problems import Problem, Refused

SHEET = (8.5, 11.0)
"""Inches of the sheet on which a picture is laid, as carriers print them: US Letter."""
DOTS = 300
"""Dots an inch above which a picture is made smaller: what a fax or a scanner reads."""
_QUALITY = 88
_TOLD = {"icc_profile", "comment", "xmp", "photoshop", "exif"}
"""What a picture carries besides its dots."""


def picture_pages(content: bytes, name: str) -> tuple[list[bytes], set[str]]:
    """Each frame of a picture as a PDF of one page, and what was done, of `pages.REMOVED`.

    Raises `Refused` when it is no whole picture, or has too many pixels or pages.
    """
    pages: list[bytes] = []
    with image_in(content, name) as image:
        done = {"picture"} | _carries(image)
        for frame in _frames(image, name):
            upright = ImageOps.exif_transpose(frame)
            if frame.getexif().get(0x0112, 1) not in {1, None}:
                done.add("turned")
            pages.append(_page(upright))
    return pages, done


def clean_picture(content: bytes, name: str) -> tuple[bytes, set[str]]:
    """The first frame of a picture in its own kind, upright and with its dots alone."""
    with image_in(content, name) as image:
        done = _carries(image)
        kind = image.format or "PNG"
        upright = ImageOps.exif_transpose(image)
        out = io.BytesIO()
        if kind == "JPEG":
            plain = _plain(upright)
            plain.info.clear()
            plain.save(out, "JPEG", quality=92)
        else:
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
            if upright.mode == "P" and (palette := upright.getpalette("RGB")):
                bare.putpalette(palette)
            bare.save(out, kind)
    return out.getvalue(), done


def _carries(image: Image.Image) -> set[str]:
    return {"metadata"} if image.getexif() or _TOLD & set(image.info) else set()


def _frames(image: Image.Image, name: str) -> Iterator[Image.Image]:
    """The pages of a TIFF; of other kinds the first picture, as a moving one is no paper."""
    number = 0
    while True:
        if number == PAGES_MAX:
            found = f"> {PAGES_MAX}"
            raise Refused(Problem("document_too_many_pages", name, found, str(PAGES_MAX)))
        few_pixels(image, name)
        yield image
        number += 1
        if image.format != "TIFF":
            return
        try:
            image.seek(number)
        except EOFError:
            return


def _plain(image: Image.Image) -> Image.Image:
    """In grey or colour, without transparency, on white."""
    if image.mode in {"1", "L", "RGB"}:
        return image
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        whole = image.convert("RGBA")
        white = Image.new("RGB", whole.size, "white")
        white.paste(whole, mask=whole.getchannel("A"))
        return white
    if image.mode.startswith("I"):
        return ImageOps.autocontrast(image.convert("F").point(lambda dot: dot / 256).convert("L"))
    return image.convert("RGB")


def _page(image: Image.Image) -> bytes:
    """A PDF of one page as wide or as high as the sheet, lying or standing as the picture does."""
    across, down = SHEET if image.height >= image.width else (SHEET[1], SHEET[0])
    most = (round(across * DOTS), round(down * DOTS))
    plain = _plain(image)
    if plain.width > most[0] or plain.height > most[1]:
        if plain.mode == "1":
            plain = plain.convert("L")
        plain = ImageOps.contain(plain, most)
    dots = max(plain.width / across, plain.height / down, 1)
    plain.info.clear()
    how = {} if plain.mode == "1" else {"quality": _QUALITY}
    out = io.BytesIO()
    plain.save(out, "PDF", resolution=dots, **how)
    return out.getvalue()
