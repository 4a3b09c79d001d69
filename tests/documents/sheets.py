"""Forms as carriers draw them: pages with a bar code, a footer and fields to fill; and scans of them."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from megler.forms.rules.marks import Mark, bar_code, footer

WIDTH, HEIGHT = 612, 792


@dataclass(frozen=True)
class Field:
    """A field on a page: `text`, `tick`, `radio` (one place for each state) or `signature`."""

    name: str
    kind: str = "text"
    page: int = 1
    states: tuple[str, ...] = ("Yes",)


def form(
    number: str,
    edition: str = "2026-01",
    pages: int = 2,
    fields: Sequence[Field] = (),
    values: Mapping[str, str] = {},
    *,
    words: Sequence[str] = ("Application for insurance, part of it",),
) -> bytes:
    """A form of a carrier with what is filled in; fields stand one below the other."""
    writer = PdfWriter()
    font = writer._add_object(_font())
    for page in range(1, pages + 1):
        mark = Mark(number, edition, page, pages)
        drawn = [f"BT /F1 9 Tf 60 30 Td ({footer(mark)}) Tj ET"]
        drawn += [f"BT /F1 12 Tf 60 {740 - 16 * i} Td ({w}) Tj ET" for i, w in enumerate(words)]
        drawn += list(_bars(bar_code(mark), 520, 22))
        sheet = writer.add_blank_page(WIDTH, HEIGHT)
        stream = DecodedStreamObject()
        stream.set_data("\n".join(drawn).encode("latin-1", "replace"))
        sheet[NameObject("/Contents")] = writer._add_object(stream)
        sheet[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    if fields:
        _add_fields(writer, fields, values, font)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _font() -> DictionaryObject:
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    return DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})


def _bars(text: str, left: float, bottom: float, side: float = 54) -> Iterable[str]:
    """A QR code of black boxes, three quarters of an inch wide."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    dots = np.array(zxingcpp.write_barcode_to_image(code, scale=1)) < 128
    size = side / len(dots)
    for down, across in zip(*np.nonzero(dots), strict=True):
        y = bottom + side - (down + 1) * size
        yield f"{left + across * size:.3f} {y:.3f} {size:.3f} {size:.3f} re f"


def box_of(index: int) -> tuple[float, float, float, float]:
    """Where the field of that index stands on its page."""
    top = 690 - 26 * index
    return (200, top - 20, 420, top)


def _add_fields(
    writer: PdfWriter, fields: Sequence[Field], values: Mapping[str, str], font: object
) -> None:
    roots = ArrayObject()
    for field in fields:
        before = [one for one in fields if one.page == field.page]
        box, value = box_of(before.index(field)), values.get(field.name, "")
        widgets = [_widget(field, state, value, box, i) for i, state in enumerate(field.states)]
        sheet = writer.pages[field.page - 1]
        if "/Annots" not in sheet:
            sheet[NameObject("/Annots")] = ArrayObject()
        if field.kind == "radio":
            parent = DictionaryObject(
                {
                    NameObject("/FT"): NameObject("/Btn"),
                    NameObject("/Ff"): NumberObject(1 << 15),
                    NameObject("/T"): TextStringObject(field.name),
                    NameObject("/V"): NameObject(f"/{value}" if value else "/Off"),
                }
            )
            above = writer._add_object(parent)
            for widget in widgets:
                widget[NameObject("/Parent")] = above
            added = [writer._add_object(widget) for widget in widgets]
            parent[NameObject("/Kids")] = ArrayObject(added)
            roots.append(above)
        else:
            added = [writer._add_object(widgets[0])]
            roots += added
        sheet["/Annots"].extend(added)  # type: ignore[attr-defined]
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {
            NameObject("/Fields"): roots,
            NameObject("/NeedAppearances"): BooleanObject(True),
        }
    )


def _widget(
    field: Field, state: str, value: str, box: tuple[float, ...], place: int
) -> DictionaryObject:
    left = box[0] + 40 * place
    right = left + 16 if field.kind in {"tick", "radio"} else box[2]
    made = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/F"): NumberObject(4),
            NameObject("/Rect"): ArrayObject(map(FloatObject, (left, box[1], right, box[3]))),
        }
    )
    if field.kind in {"tick", "radio"}:
        shown = state if value == state else "Off"
        made[NameObject("/AS")] = NameObject(f"/{shown}")
        empty = DictionaryObject({NameObject(f"/{state}"): DictionaryObject()})
        made[NameObject("/AP")] = DictionaryObject({NameObject("/N"): empty})
    if field.kind == "radio":
        return made
    kinds = {"text": "/Tx", "tick": "/Btn", "signature": "/Sig", "choice": "/Ch"}
    made[NameObject("/FT")] = NameObject(kinds[field.kind])
    made[NameObject("/T")] = TextStringObject(field.name)
    if field.kind == "tick":
        made[NameObject("/V")] = made["/AS"]
    elif field.kind != "signature" and value:
        made[NameObject("/V")] = TextStringObject(value)
    return made


def bound(*files: bytes) -> bytes:
    """The pages of several files as one, their fields kept."""
    writer = PdfWriter()
    for file in files:
        writer.append(PdfReader(io.BytesIO(file)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pictures(file: bytes, dots: int = 150, turned: int = 0) -> list[bytes]:
    """Photos of the pages of a PDF, as JPEG, turned by so many degrees."""
    found = []
    pdf = pypdfium2.PdfDocument(file)
    for page in pdf:
        picture = page.render(scale=dots / 72).to_pil().convert("L").rotate(turned, expand=True)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=80)
        found.append(out.getvalue())
    pdf.close()
    return found


def scan(
    file: bytes, dots: int = 150, turned: int = 0, ink: Mapping[int, Sequence[float]] = {}
) -> bytes:
    """A scan of a PDF's pages; `ink` has boxes in which somebody wrote, by page."""
    writer = PdfWriter()
    for number, jpeg in enumerate(pictures(file, dots), start=1):
        picture = Image.open(io.BytesIO(jpeg))
        if number in ink:
            scribble(picture, ink[number], dots)
        made = io.BytesIO()
        picture.rotate(turned, expand=True).save(made, "PDF", resolution=dots)
        writer.append(PdfReader(made))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scribble(picture: Image.Image, box: Sequence[float], dots: int) -> None:
    """Write something like a name into a box of a page, given in points."""
    from PIL import ImageDraw

    scale = dots / 72
    left, bottom, right, top = box
    pen = ImageDraw.Draw(picture)
    steps = 40
    middle, height = HEIGHT - (bottom + top) / 2, (top - bottom) * 0.35
    points = [
        (
            (left + (right - left) * (0.1 + 0.8 * i / steps)) * scale,
            (middle + height * np.sin(i * 1.3)) * scale,
        )
        for i in range(steps + 1)
    ]
    pen.line(points, fill=0, width=max(2, round(1.2 * scale)))
