"""Hundreds of damaged files of each kind: each is taken whole or refused in words, and leaves nothing.

They go through the door as anybody's would, each opened apart in bounded memory and time; what
is taken is looked at, too. `tests/documents/mutants.py` tells how they are made.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from megler.documents import apart
from megler.documents.actions import Sent, receive
from megler.documents.models import Document
from megler.vocabulary.problems import Refused
from tests.documents.files import LUND, picture
from tests.documents.mutants import mutants
from tests.documents.sheets import Field, bound, form, scan
from tests.documents.strange import active_pdf, photo

pytestmark = pytest.mark.django_db
COUNT = 600
PARTS = 4
"""They are done in so many parts, for several workers to share."""

FIELDS = (Field("name"), Field("ok", "tick"), Field("sign", "signature", page=2))
PDFS = (
    lambda: form("TL-100", fields=FIELDS, values={"name": "Kari", "ok": "Yes"}),
    active_pdf,
    lambda: scan(form("TL-100", pages=1), dots=60),
    lambda: bound(form("A", pages=1), form("B", pages=1)),
)
PICTURES = (
    lambda: picture("PNG", (120, 90)),
    lambda: photo(160, 120),
    lambda: picture("TIFF", (60, 40), frames=3),
)
SHEETS = (
    lambda: b"age,male,female\n" + b"".join(b"%d,%d.10,%d.20\n" % (a, a, a) for a in range(40)),
    lambda: "navn;beløp\nKåre;1 200,50\n=cmd|' /C calc'!A0;2\n".encode() * 5,
    lambda: "a,b\nå,ø\n".encode("utf-16") * 3,
)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is waited for each time tells no more than one that is not."""
    monkeypatch.setattr("os.fsync", lambda _opened: None)


def take_all(contents: Iterator[bytes], also: tuple[str, ...] = ()) -> dict[str, int]:
    """How many were taken, and how many refused by which code."""
    found: dict[str, int] = {}
    for content in contents:
        try:
            kept = receive(LUND, Sent("sent", content), also=also)
            code = "taken"
            if kept.content_type == "application/pdf":
                apart.look(kept.read(), "sent")
        except Refused as refused:
            code = refused.problems[0].code
        found[code] = found.get(code, 0) + 1
    return found


def part(samples: tuple[Callable[[], bytes], ...], number: int) -> Iterator[bytes]:
    size = COUNT // PARTS
    return mutants([made() for made in samples], size, seed=number)


def leaves_nothing(found: dict[str, int], folder: Path) -> None:
    """Every file that lies there has its row, and the process that opened them is no giant."""
    kept = Document.objects.exclude(file=None)
    named = set(kept.values_list("file", flat=True))
    named |= {one.file.name for document in kept for one in document.originals.all()}
    lying = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    assert lying == named
    assert kept.count() == found.get("taken", 0)
    assert sum(found.values()) == COUNT // PARTS
    process = apart._apart.process
    if process and process.poll() is None:
        told = Path(f"/proc/{process.pid}/status").read_text()
        (peak,) = [line for line in told.splitlines() if line.startswith("VmHWM")]
        assert int(peak.split()[1]) < 1_000_000


@pytest.mark.parametrize("number", range(PARTS))
def test_damaged_pdfs(number: int, folder: Path) -> None:
    found = take_all(part(PDFS, number))
    assert set(found) <= {"taken", "document_broken", "document_wrong_type", "document_locked",
                          "document_too_many_pages", "document_empty", "document_too_heavy"}  # fmt: skip
    assert found["taken"] > 20
    assert found["document_broken"] > 5
    leaves_nothing(found, folder)


@pytest.mark.parametrize("number", range(PARTS))
def test_damaged_pictures(number: int, folder: Path) -> None:
    found = take_all(part(PICTURES, number))
    assert set(found) <= {"taken", "document_broken", "document_wrong_type", "document_empty",
                          "document_too_many_pixels", "document_too_many_pages",
                          "document_too_heavy"}  # fmt: skip
    assert found["taken"] > 20
    assert found["document_broken"] > 5
    leaves_nothing(found, folder)


@pytest.mark.parametrize("number", range(PARTS))
def test_damaged_sheets(number: int, folder: Path) -> None:
    found = take_all(part(SHEETS, number), also=("text/csv",))
    assert set(found) <= {"taken", "document_wrong_type", "document_empty"}
    assert min(found["taken"], found["document_wrong_type"]) > 5
    leaves_nothing(found, folder)
