"""Files are opened by what they hold, and refused when they cannot be."""

import io
import struct
import time
import zlib

import pytest
from PIL import Image

from megler.documents.reading import content_type_of, page_png, pages_of
from megler.documents.rules import kinds
from megler.vocabulary.problems import Refused
from tests.documents.files import pdf, picture


def test_content_types_come_from_the_content() -> None:
    assert content_type_of(pdf()) == "application/pdf"
    assert content_type_of(picture("PNG")) == "image/png"
    assert content_type_of(b"hello") == ""


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (pdf(3), ("application/pdf", 3)),
        (pdf(2, owner="carrier"), ("application/pdf", 2)),
        (picture("PNG"), ("image/png", 1)),
        (picture("JPEG"), ("image/jpeg", 1)),
        (picture("TIFF", frames=4), ("image/tiff", 4)),
    ],
)
def test_pages_are_counted(content: bytes, answer: tuple[str, int]) -> None:
    assert pages_of(content, "file") == answer


def huge_png() -> bytes:
    """A PNG that claims 20,000 by 20,000 pixels."""
    png = bytearray(picture("PNG"))
    head = png.index(b"IHDR")
    png[head + 4 : head + 12] = (20_000).to_bytes(4, "big") * 2
    png[head + 17 : head + 21] = zlib.crc32(png[head : head + 17]).to_bytes(4, "big")
    return bytes(png)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ" + b"\0" * 100, "document_wrong_type"),
        (b"just words", "document_wrong_type"),
        (b"<html><script>alert(1)</script></html>", "document_wrong_type"),
        (pdf(1, password="secret"), "document_locked"),
        (pdf(1)[:40], "document_broken"),
        (b"%PDF-1.7\n%%EOF", "document_broken"),
        (picture("PNG", (300, 300))[:80], "document_broken"),
        (picture("JPEG", (300, 300))[:300], "document_broken"),
        (huge_png(), "document_too_many_pixels"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        pages_of(content, "sent.pdf")
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.where == "sent.pdf"
    assert problem.found
    assert problem.expected


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("megler.documents.reading.PAGES_MAX", 3)
    assert kinds.PAGES_MAX > 3
    with pytest.raises(Refused) as refused:
        pages_of(pdf(4), "long.pdf")
    assert refused.value.problems[0].found == "4"


@pytest.mark.parametrize(
    ("content", "kind", "page", "size"),
    [
        (pdf(2), "application/pdf", 2, (200, 258)),
        (picture("PNG", (800, 400)), "image/png", 1, (200, 100)),
        (picture("TIFF", (800, 400), frames=2), "image/tiff", 2, (200, 100)),
    ],
)
def test_a_preview_is_as_wide_as_asked(
    content: bytes, kind: str, page: int, size: tuple[int, int]
) -> None:
    shown = Image.open(io.BytesIO(page_png(content, kind, "file", page, 200)))
    assert shown.format == "PNG"
    assert abs(shown.width - size[0]) <= 1
    assert abs(shown.height - size[1]) <= 2


def test_a_preview_has_bounds() -> None:
    shown = Image.open(io.BytesIO(page_png(pdf(), "application/pdf", "file", 1, 10**9)))
    assert shown.width <= 2000


def tiff(sizes: list[tuple[int, int]]) -> bytes:
    """A TIFF with a directory for each page and next to no content."""
    length = 2 + 4 * 12 + 4
    parts = [b"II*\0" + struct.pack("<I", 8)]
    for place, (width, height) in enumerate(sizes, 1):
        entries = [(256, width), (257, height), (258, 8), (273, 8)]
        body = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
        following = 8 + length * place if place < len(sizes) else 0
        parts.append(struct.pack("<H", 4) + body + struct.pack("<I", following))
    return b"".join([*parts, b"\0" * 200])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (tiff([(10, 10), (30_000, 30_000)]), "document_too_many_pixels"),
        (tiff([(10, 10)] * 50_000), "document_too_many_pages"),
    ],
)
def test_a_bomb_on_a_later_page_is_refused_at_once(content: bytes, code: str) -> None:
    started = time.process_time()
    with pytest.raises(Refused) as refused:
        pages_of(content, "scan.tif")
    assert refused.value.problems[0].code == code
    assert time.process_time() - started < 2


def test_colours_count_against_the_memory_of_an_image() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (9000, 9000)).save(out, "PNG", compress_level=1)
    with pytest.raises(Refused) as refused:
        pages_of(out.getvalue(), "big.png")
    assert refused.value.problems[0].expected == "60,000,000"
