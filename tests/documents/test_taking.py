"""What somebody sends is known by its content, and whatever it holds there is a clear answer."""

import pytest

from megler.documents.taking import take, text_in
from megler.vocabulary.problems import Refused
from tests.documents.files import pdf, picture
from tests.documents.strange import bomb_pdf, polyglots

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40


def code_of(content: bytes, **how: object) -> str:
    with pytest.raises(Refused) as refused:
        take(content, "sent", **how)  # type: ignore[arg-type]
    (problem,) = refused.value.problems
    return problem.code


def test_kinds_are_told_by_content() -> None:
    assert take(pdf(2), "a.exe").content_type == "application/pdf"
    taken = take(picture("JPEG"), "a.pdf")
    assert (taken.content_type, taken.pages) == ("application/pdf", 1)
    assert take(picture(), "logo.gif", keeps_pictures=True).content_type == "image/png"
    assert code_of(b"MZ\0\0") == "document_wrong_type"
    assert code_of(HEIC) == "document_heic"
    assert code_of(b"PK\x03\x04" + b"\0" * 40) == "document_wrong_type"


@pytest.mark.parametrize(
    ("content", "also", "kind"),
    [
        (b"age,rate\n40,1.20\n", ["text/csv"], "text/csv"),
        ("\ufeffalder;Sum\n40;1,20\n".encode(), ["text/csv"], "text/csv"),
        ("å,ø\n".encode("cp1252"), ["text/csv", "application/xml"], "text/csv"),
        ("a,b\n".encode("utf-16"), ["text/csv"], "text/csv"),
        (b"<?xml version='1.0'?><TXLife/>", ["text/csv", "application/xml"], "application/xml"),
    ],
)
def test_texts_are_taken_where_they_are_asked_for(
    content: bytes, also: list[str], kind: str
) -> None:
    assert take(content, "a", also=also).content_type == kind
    assert code_of(content) == "document_wrong_type"


@pytest.mark.parametrize(
    "content",
    [b"a\0b,c", b"<html><body>x", b"<!DOCTYPE html>", b"", b"  \n", b"\xff\xfe\0", b"a\x1bb"],
)
def test_what_is_no_text_is_not_taken_for_one(content: bytes) -> None:
    assert code_of(content, also=["text/csv", "application/xml"]) == "document_wrong_type"


def test_two_kinds_at_once_are_one_or_none() -> None:
    files = polyglots()
    assert code_of(files["a page of the web before a PDF"]) == "document_wrong_type"
    for name in ("a PDF behind a picture", "an archive behind a picture"):
        kept = take(files[name], "a").content
        assert kept is not None
        assert kept.count(b"%PDF") == 1
        assert b"PK\x03\x04" not in kept


def test_a_stream_that_unpacks_without_end_is_never_unpacked() -> None:
    content = bomb_pdf(400)
    assert len(content) < 100_000
    assert take(content, "bomb.pdf").pages == 1


def test_text_is_read_in_what_offices_write() -> None:
    assert text_in("Bodø".encode()) == "Bodø"
    assert text_in("Bodø".encode("cp1252")) == "Bodø"
    assert text_in(b"\x81") is None
