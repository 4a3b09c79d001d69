"""Files as people send them."""

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from megler.journal.rules.actors import Actor

LUND = Actor("7", "Kari Lund", "case_manager")


def pdf(pages: int = 1, password: str = "", owner: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    if password or owner:
        writer.encrypt(password, owner_password=owner or None, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), frames: int = 1) -> bytes:
    out = io.BytesIO()
    more = [Image.new("RGB", size, "white") for _ in range(frames - 1)]
    extra: dict[str, Any] = {"save_all": True, "append_images": more} if more else {}
    Image.new("RGB", size, "navy").save(out, kind, **extra)
    return out.getvalue()


def written(*pages: Sequence[str]) -> bytes:
    """A PDF with a line of words below the other on each page."""
    writer = PdfWriter()
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    for lines in pages:
        sheet = writer.add_blank_page(612, 792)
        drawn = [
            f"BT /F1 11 Tf 60 {740 - 15 * i} Td ({line}) Tj ET"
            for i, line in enumerate(
                line.replace("\\", "").replace("(", "\\(").replace(")", "\\)") for line in lines
            )
        ]
        stream = DecodedStreamObject()
        stream.set_data("\n".join(drawn).encode("latin-1", "replace"))
        sheet[NameObject("/Contents")] = writer._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): font})
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
