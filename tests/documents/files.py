"""Files as people send them."""

import io
from typing import Any

from PIL import Image
from pypdf import PdfWriter

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
