"""A file is kept whole or not at all."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from megler.accounts.encryption import CannotOpen
from megler.documents.actions import clear_orphans, preview_png, store
from megler.documents.models import Document
from megler.journal.models import Entry
from megler.vocabulary.problems import Refused
from tests.documents.files import LUND, pdf, picture

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def files(folder: Path) -> list[Path]:
    return [found for found in folder.rglob("*") if found.is_file()]


def test_a_file_is_kept_with_digest_pages_and_who_sent_it(folder: Path) -> None:
    content = pdf(3)
    kept = store(content, "C:\\scan\\APS.pdf", LUND, AT)
    again = Document.objects.get(pk=kept.pk)
    assert (again.name, again.content_type, again.pages) == ("APS.pdf", "application/pdf", 3)
    assert again.sha256 == hashlib.sha256(content).hexdigest()
    assert (again.by_name, again.created_at, again.size) == ("Kari Lund", AT, len(content))
    assert again.read() == content
    assert len(files(folder)) == 1
    assert "APS" not in str(files(folder)[0])
    (entry,) = Entry.objects.filter(subject_type="document")
    assert (entry.verb, entry.subject_id, entry.at) == ("document.stored", str(kept.pk), AT)


def test_an_upload_is_kept() -> None:
    kept = store(SimpleUploadedFile("x.png", picture()), "photo.png", LUND)
    assert kept.content_type == "image/png"
    assert timezone.now() - kept.created_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "document_empty"), (b"#!/bin/sh", "document_wrong_type")]
)
def test_a_refused_file_leaves_nothing(folder: Path, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        store(content, "a.pdf", LUND)
    assert refused.value.problems[0].code == code
    assert not files(folder)
    assert not Document.objects.exists()
    assert not Entry.objects.exists()


def test_an_oversized_file_is_refused_before_it_is_read(settings: object, folder: Path) -> None:
    settings.DOCUMENT_BYTES_MAX = 10  # type: ignore[attr-defined]
    upload = SimpleUploadedFile("a.pdf", pdf())
    with pytest.raises(Refused) as refused:
        store(upload, "a.pdf", LUND)
    assert refused.value.problems[0].code == "document_too_large"
    assert upload.tell() == 0
    assert not files(folder)


def test_the_file_goes_when_its_row_cannot_be_written(folder: Path) -> None:
    nobody = type(LUND)("x" * 65, "Kari Lund", "case_manager")
    with pytest.raises(Exception, match="too long"), transaction.atomic():
        store(pdf(), "a.pdf", nobody)
    assert not files(folder)


def test_files_of_a_transaction_rolled_back_are_cleared_away(folder: Path) -> None:
    kept = store(pdf(), "kept.pdf", LUND)

    def store_and_fail() -> None:
        with transaction.atomic():
            store(pdf(2), "lost.pdf", LUND)
            raise KeyError

    with pytest.raises(KeyError):
        store_and_fail()
    assert len(files(folder)) == 2
    today = timezone.localdate()
    assert clear_orphans(today) == 0
    assert clear_orphans(today + timedelta(days=2)) == 1
    assert len(files(folder)) == 1
    assert kept.read()
    assert clear_orphans(date(2020, 1, 1)) == 0


def test_a_preview_of_a_page_that_is_not_there_is_refused() -> None:
    kept = store(pdf(2), "a.pdf", LUND)
    assert preview_png(kept, 2, 100).startswith(b"\x89PNG")
    for page in (0, 3):
        with pytest.raises(Refused) as refused:
            preview_png(kept, page, 100)
        assert refused.value.problems[0].expected == "2"


def test_a_file_lies_encrypted_and_opens_only_in_its_place(folder: Path) -> None:
    kept, other = store(pdf(3), "a.pdf", LUND), store(pdf(1), "b.pdf", LUND)
    first, second = Path(kept.file.path), Path(other.file.path)
    for lying in (first, second):
        assert b"PDF" not in lying.read_bytes()
        assert lying.stat().st_mode & 0o077 == 0
    swapped = first.read_bytes()
    first.write_bytes(second.read_bytes())
    with pytest.raises(CannotOpen):
        kept.read()
    first.write_bytes(swapped[:-1] + bytes([swapped[-1] ^ 1]))
    with pytest.raises(CannotOpen):
        preview_png(kept)
    first.write_bytes(swapped)
    assert kept.read() == pdf(3)


def test_an_older_key_still_opens(folder: Path, settings: Any) -> None:
    kept = store(pdf(), "a.pdf", LUND)
    settings.FIELD_KEYS = (b"n" * 32, *settings.FIELD_KEYS)
    assert Document.objects.get(pk=kept.pk).read() == pdf()
