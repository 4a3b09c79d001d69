"""An upload of 200 pages taken, split into its forms and its fields read, beside pypdf alone.

The pages are the demo's own AcroForms, over and over. pypdf alone opens the file and extracts the
text of its pages. Megler looks through every object for whatever acts by itself, in a process apart,
reads words, codes and fields of all pages, and says which page is which form's.
"""

import io
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pypdfium2
from pypdf import PdfReader, PdfWriter

from benchmarks.report import Line, Report, duration, goal, times
from benchmarks.timing import medians
from megler.documents import apart
from megler.documents.rules.pages import FileFacts
from megler.forms.rules.marks import FormMarks, read_footer
from megler.forms.rules.recognising import Recognition, recognise

FORMS = Path(__file__).parents[1] / "editions" / "tundra-life" / "term-forms" / "pdf"
WANTED = 3
_ALONE, _FIELDS = "pypdf alone: text", "pypdf alone: text and fields"
_OURS, _TAKE = "Megler: taken, split and read", "of that, looked through for what acts by itself"


def full() -> Iterator[Report]:
    """200 pages of forms and 40 of a scan, the best of three."""
    yield forms(200, 3)
    yield scans(40, 2)


def quick() -> Iterator[Report]:
    """A few pages, once."""
    yield forms(20, 1)
    yield scans(4, 1)


def forms(pages: int, rounds: int) -> Report:
    """Filled forms, as a program makes them."""
    content, known = packet(pages), known_forms()
    _agrees(content, known, pages)
    asked: dict[str, Callable[[int], object]] = {
        _ALONE: lambda _row: _text(content),
        _FIELDS: lambda _row: (_text(content), PdfReader(io.BytesIO(content)).get_fields()),
        _OURS: lambda _row: split(content, known),
        _TAKE: lambda _row: apart.take(content, "packet.pdf"),
    }
    took = medians(asked, range(1), rounds)
    fields = len(apart.look(content, "packet.pdf").widgets)
    return Report(
        f"An upload of {pages} pages with {fields} fields, {len(content) // 1024} kB",
        [Line(name, duration(s), times(took[_ALONE] / s)) for name, s in took.items()],
        [goal(f"within {WANTED} times pypdf's text", WANTED * took[_ALONE] / took[_OURS], 1)],
    )


def scans(pages: int, rounds: int) -> Report:
    """The same pages as pictures of 150 dots an inch: known by their bar codes alone."""
    content, known = scanned(packet(pages)), known_forms()
    found = split(content, known)
    if sum(len(piece.at) + len(piece.doubled) for piece in found.pieces) != pages:
        raise ValueError("pages of the scan were not recognised")
    asked: dict[str, Callable[[int], object]] = {
        "Megler: taken, pictured, bar codes read, split": lambda _row: split(content, known)
    }
    took = medians(asked, range(1), rounds)
    lines = [
        Line(name, duration(s), "", f"{duration(s / pages)} a page") for name, s in took.items()
    ]
    return Report(f"A scan of {pages} pages, {len(content) // 1024} kB", lines)


@cache
def packet(pages: int) -> bytes:
    """So many pages of forms, bound."""
    writer = PdfWriter()
    files = sorted(FORMS.glob("*.pdf"))
    while len(writer.pages) < pages:
        for file in files:
            left = pages - len(writer.pages)
            reader = PdfReader(file)
            if left:
                writer.append(reader, pages=(0, min(left, len(reader.pages))))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def known_forms() -> tuple[FormMarks, ...]:
    """What the demo's forms are known by."""
    found = []
    for file in sorted(FORMS.glob("*.pdf")):
        lines = apart.look(file.read_bytes(), file.name).pages[0].lines
        mark = next(mark for line in lines if (mark := read_footer(line)))
        number = mark.number.rsplit(" ", 1)[-1]
        found.append(FormMarks(file.stem, number, mark.edition, mark.pages))
    return tuple(found)


def split(content: bytes, known: tuple[FormMarks, ...]) -> Recognition:
    """What an upload goes through."""
    taken = apart.take(content, "packet.pdf")
    facts: FileFacts = apart.look(taken.content or content, "packet.pdf")
    return recognise(facts, known)


def _text(content: bytes) -> int:
    return sum(len(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages)


def _agrees(content: bytes, known: tuple[FormMarks, ...], pages: int) -> None:
    """Every page is some form's."""
    found = split(content, known)
    told = sum(len(piece.at) + len(piece.doubled) for piece in found.pieces)
    if (told, len(PdfReader(io.BytesIO(content)).pages)) != (pages, pages):
        raise ValueError(f"{told} of {pages} pages were recognised")


def scanned(content: bytes) -> bytes:
    """Pictures of the pages, as a scanner binds them."""
    writer = PdfWriter()
    pdf = pypdfium2.PdfDocument(content)
    for page in pdf:
        made = io.BytesIO()
        page.render(scale=150 / 72).to_pil().convert("L").save(made, "PDF", resolution=150)
        writer.append(PdfReader(made))
    pdf.close()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
