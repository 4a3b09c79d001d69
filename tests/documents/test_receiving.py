"""What somebody sends is kept clean with its original apart, waits in quarantine, or leaves nothing."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.documents.actions import (
    Sent,
    clear_orphans,
    preview_png,
    read_original,
    receive,
    receive_all,
    scan_quarantined,
)
from megler.documents.models import Document, Original, Standing
from megler.documents.rules.pages import REMOVED
from megler.documents.sentences import REMOVED as SAID
from megler.journal.models import Entry
from megler.vocabulary.problems import Refused
from tests.documents.files import LUND, pdf, picture
from tests.documents.strange import active_pdf, bomb_pdf, huge_png, photo, polyglots
from tests.wires.clamav.server import EICAR, Clamd, clamd

pytestmark = pytest.mark.django_db


def files(folder: Path) -> list[Path]:
    return [found for found in folder.rglob("*") if found.is_file()]


def person(role: Role) -> User:
    return User.objects.create_user(f"{uuid.uuid4().hex}@example.com", name="X", role=role)


def verbs() -> list[str]:
    found = Entry.objects.filter(subject_type="document").order_by("pk")
    return list(found.values_list("verb", flat=True))


@pytest.fixture
def scanner(settings: Any, tmp_path: Path) -> Iterator[Clamd]:
    with clamd() as daemon:
        settings.CLAMAV = daemon.address
        yield daemon


@pytest.fixture
def no_scanner(settings: Any, tmp_path: Path) -> None:
    """One is set, and does not answer."""
    settings.CLAMAV = f"unix://{tmp_path / 'nobody.sock'}"


def test_a_clean_file_is_kept_as_it_came() -> None:
    kept = receive(LUND, Sent("C:\\scan\\APS.pdf", pdf(3)))
    assert (kept.name, kept.pages, kept.removed, kept.standing) == ("APS.pdf", 3, [], "clear")
    assert kept.read() == pdf(3)
    assert not kept.originals.exists()


def test_an_active_file_is_kept_clean_and_its_original_apart(folder: Path) -> None:
    sent = active_pdf()
    kept = receive(LUND, Sent("form.pdf", SimpleUploadedFile("x", sent)))
    assert "javascript" in kept.removed
    assert b"JavaScript" not in kept.read()
    original = kept.originals.get()
    assert (original.name, original.size, original.number) == ("form.pdf", len(sent), 1)
    assert len(files(folder)) == 2
    assert all(b"JavaScript" not in lying.read_bytes() for lying in files(folder))
    told = Entry.objects.get(verb="document.stored").data
    assert told["removed"] == kept.removed


def test_an_original_is_for_staff_who_work_cases_and_noted() -> None:
    original = receive(LUND, Sent("form.pdf", active_pdf())).originals.get()
    for role in (Role.AGENT, Role.ASSISTANT, Role.ACCOUNTING, Role.CARRIER):
        with pytest.raises(Refused):
            read_original(person(role), original)
    assert read_original(person(Role.CASE_MANAGER), original) == active_pdf()
    assert verbs()[-1] == "document.original_read"


def test_photos_sent_together_are_one_document_and_other_files_their_own() -> None:
    sent = [
        Sent("1.jpg", photo()),
        Sent("aps.pdf", pdf(2)),
        Sent("2.png", SimpleUploadedFile("2.png", picture())),
    ]
    photos, aps = receive_all(LUND, sent)
    assert (photos.name, photos.pages, photos.content_type) == ("1.pdf", 2, "application/pdf")
    assert [one.name for one in photos.originals.order_by("number")] == ["1.jpg", "2.png"]
    assert (aps.name, aps.pages) == ("aps.pdf", 2)


def test_of_files_sent_together_all_are_kept_or_none(folder: Path) -> None:
    sent = [Sent("a.pdf", pdf()), Sent("b.exe", b"MZ"), Sent("c.pdf", b"")]
    with pytest.raises(Refused) as refused:
        receive_all(LUND, sent)
    assert [(p.code, p.where) for p in refused.value.problems] == [
        ("document_wrong_type", "b.exe"),
        ("document_empty", "c.pdf"),
    ]
    assert not Document.objects.exists()

    clear_orphans(timezone.localdate() + timedelta(days=2))
    assert files(folder) == []


def test_what_is_not_taken_leaves_nothing(folder: Path) -> None:
    web = polyglots()["a page of the web before a PDF"]
    for content, code in (
        (b"", "document_empty"),
        (web, "document_wrong_type"),
        (pdf(1, password="secret"), "document_locked"),
        (pdf(5000), "document_too_many_pages"),
        (pdf(3)[:60], "document_broken"),
        (huge_png(30_000, 30_000), "document_too_many_pixels"),
    ):
        with pytest.raises(Refused) as refused:
            receive(LUND, Sent("sent", content))
        assert [p.code for p in refused.value.problems] == [code]
    assert (files(folder), Document.objects.count(), verbs()) == ([], 0, [])


def test_a_bomb_is_kept_unopened() -> None:
    kept = receive(LUND, Sent("bomb.pdf", bomb_pdf()))
    assert kept.pages == 1


def test_too_large_a_file_is_refused_before_it_is_read(settings: Any) -> None:
    settings.DOCUMENT_BYTES_MAX = 10
    upload = SimpleUploadedFile("a.pdf", pdf())
    with pytest.raises(Refused) as refused:
        receive(LUND, Sent("a.pdf", upload))
    assert refused.value.problems[0].code == "document_too_large"
    assert upload.tell() == 0


def test_malware_is_refused_by_its_name(folder: Path, scanner: Clamd) -> None:
    infected = pdf() + b"%" + EICAR + b"\n%%EOF\n"
    with pytest.raises(Refused) as refused:
        receive(LUND, Sent("a.pdf", infected))
    (problem,) = refused.value.problems
    assert (problem.code, problem.found) == ("document_malware", "Eicar-Test-Signature")
    assert (files(folder), Document.objects.count()) == ([], 0)
    assert receive(LUND, Sent("a.pdf", pdf())).standing == Standing.CLEAR
    assert scanner.seen == [infected, pdf()]


def test_while_the_scanner_is_down_nobody_reads_what_came(no_scanner: None) -> None:
    kept = receive(LUND, Sent("a.pdf", active_pdf()))
    assert kept.standing == Standing.QUARANTINE
    for read in (
        kept.read,
        lambda: preview_png(kept),
        lambda: read_original(person(Role.CASE_MANAGER), kept.originals.get()),
    ):
        with pytest.raises(Refused) as refused:
            read()
        assert refused.value.problems[0].code == "document_in_quarantine"
    assert scan_quarantined() == 0
    assert Document.objects.get().standing == Standing.QUARANTINE


def test_when_the_scanner_answers_again_the_clean_is_released_and_the_rest_deleted(
    folder: Path, no_scanner: None, settings: Any
) -> None:
    clean = receive(LUND, Sent("clean.pdf", pdf()))
    infected = receive(LUND, Sent("bad.pdf", pdf() + b"%" + EICAR))
    assert infected.originals.count() == 1
    assert len(files(folder)) == 3
    with clamd() as daemon:
        settings.CLAMAV = daemon.address
        assert scan_quarantined() == 2
        assert scan_quarantined() == 0
    clean.refresh_from_db()
    infected.refresh_from_db()
    assert clean.read() == pdf()
    assert (infected.standing, infected.file.name) == (Standing.REFUSED, None)
    assert Original.objects.get().file.name is None
    assert len(files(folder)) == 1
    with pytest.raises(Refused) as refused:
        infected.read()
    assert refused.value.problems[0].code == "document_in_refused"
    assert verbs()[-2:] == ["document.released", "document.refused"]


def test_a_file_larger_than_the_scanner_takes_is_refused(settings: Any) -> None:
    with clamd(bytes_max=100) as daemon:
        settings.CLAMAV = daemon.address
        with pytest.raises(Refused) as refused:
            receive(LUND, Sent("a.pdf", pdf()))
    assert refused.value.problems[0].code == "document_not_scanned"


def test_whatever_is_taken_out_has_its_words() -> None:
    assert set(SAID) == set(REMOVED)
