"""What acts by itself is taken out of a PDF; what a reader shows stays."""

import io
import re

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, TextStringObject

from megler.documents.cleaning import take_pdf
from megler.documents.looking import look
from megler.vocabulary.problems import Refused
from tests.documents.files import pdf
from tests.documents.sheets import Field, bound, form
from tests.documents.strange import active_pdf, polyglots

ACTIVE = re.compile(
    rb"/(JavaScript|JS|AA|Launch|EmbeddedFiles|EF|RichMedia|XFA|URI|SubmitForm|OpenAction)\b"
)


def names_in(content: bytes) -> set[str]:
    """Every name that stands as a key or value in any object of the file."""
    reader = PdfReader(io.BytesIO(content))
    found: set[str] = set()

    def over(value: object) -> None:
        if isinstance(value, DictionaryObject):
            for key, inner in value.items():
                found.add(str(key))
                over(inner)
        elif isinstance(value, list):
            for inner in value:
                over(inner)
        elif isinstance(value, NameObject):
            found.add(str(value))

    for generation, numbers in reader.xref.items():
        for number in numbers:
            over(reader.get_object(IndirectObject(number, generation, reader)))
    return found


def test_whatever_acts_by_itself_is_gone_and_told() -> None:
    sent = active_pdf()
    taken = take_pdf(sent, "form.pdf")
    assert set(taken.removed) >= {"javascript", "launch", "embedded_file", "link", "media", "xfa"}
    assert taken.content is not None
    assert names_in(sent) & {"/JavaScript", "/Launch", "/RichMedia", "/URI", "/XFA", "/EF", "/AA"}
    left = {name for name in names_in(taken.content) if ACTIVE.fullmatch(name.encode())}
    assert left == set()
    assert ACTIVE.search(taken.content) is None
    assert b"tool.exe" not in taken.content
    assert b"example.com" not in taken.content


def test_what_is_shown_stays() -> None:
    taken = take_pdf(active_pdf(), "form.pdf")
    assert taken.content is not None
    facts = look(taken.content)
    assert [page.lines for page in facts.pages] == [
        page.lines for page in look(form("TL-100")).pages
    ]
    assert [(one.name, one.value) for one in facts.widgets] == [("name", "Kari")]
    reader = PdfReader(io.BytesIO(taken.content))
    inside = [one.get_object() for one in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert sum(1 for one in inside if "/Dest" in one) == 1


def test_a_clean_file_is_kept_byte_by_byte() -> None:
    for content in (pdf(3), form("TL-100", fields=[Field("name")], values={"name": "Kari"})):
        taken = take_pdf(content, "a.pdf")
        assert (taken.content, taken.removed) == (None, ())


def test_a_cleaned_file_is_clean() -> None:
    first = take_pdf(active_pdf(), "a.pdf").content
    assert first is not None
    assert take_pdf(first, "a.pdf").removed == ()


def test_a_file_locked_against_changes_is_opened_and_one_with_a_password_refused() -> None:
    taken = take_pdf(pdf(2, owner="carrier"), "a.pdf")
    assert (taken.pages, taken.removed) == (2, ("encryption",))
    assert taken.content is not None
    assert not PdfReader(io.BytesIO(taken.content)).is_encrypted
    with pytest.raises(Refused) as refused:
        take_pdf(pdf(1, password="secret"), "a.pdf")
    assert refused.value.problems[0].code == "document_locked"


def test_a_file_cut_short_is_repaired() -> None:
    whole = bound(form("TL-100", pages=3))
    taken = take_pdf(whole[: whole.rindex(b"xref")], "a.pdf")
    assert (taken.pages, taken.removed) == (3, ("repaired",))
    assert taken.content is not None
    assert len(PdfReader(io.BytesIO(taken.content)).pages) == 3


def test_what_hangs_behind_the_end_is_gone() -> None:
    taken = take_pdf(polyglots()["an archive behind a PDF"], "a.pdf")
    assert taken.removed == ("foreign_data",)
    assert taken.content is not None
    assert b"PK\x03\x04" not in taken.content


def test_an_older_revision_with_a_script_is_gone() -> None:
    script = b"9 0 obj\n<</S/JavaScript/JS(app.alert\\(1\\))>>\nendobj\n"
    head, rest = pdf(1).split(b"\n", 1)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(head + b"\n" + rest)))
    out = io.BytesIO()
    writer.write(out)
    whole = out.getvalue()
    hidden = whole + b"\n" + script + b"%%EOF\n"
    taken = take_pdf(hidden, "a.pdf")
    assert taken.content is not None
    assert b"JavaScript" not in taken.content


def test_a_script_behind_a_written_out_name_is_found() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(1))))
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("x"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = action
    out = io.BytesIO()
    writer.write(out)
    escaped = out.getvalue().replace(b"/JavaScript", b"/J#61vaScript")
    taken = take_pdf(escaped, "a.pdf")
    assert "javascript" in taken.removed


def test_too_many_pages_are_refused_before_they_are_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("megler.documents.cleaning.pypdfium2", None)
    with pytest.raises(Refused) as refused:
        take_pdf(pdf(5000), "long.pdf")
    (problem,) = refused.value.problems
    assert (problem.code, problem.found, problem.expected) == (
        "document_too_many_pages",
        "5000",
        "2000",
    )
