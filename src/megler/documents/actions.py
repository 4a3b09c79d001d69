"""Keeping files, showing a page, and clearing away what no row holds."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.documents import apart
from megler.documents.files import delete, digest, put
from megler.documents.models import Document, Original, Standing
from megler.documents.reading import content_type_of, page_png, pages_of
from megler.documents.rules.kinds import PICTURES, clean_name, pdf_name, size_problem
from megler.documents.rules.pages import Taken
from megler.journal.actions import record
from megler.journal.rules.actors import SYSTEM, Actor
from megler.vocabulary.problems import Problem, Refused
from megler.wires.clamav.scanning import Finding, scan

Content: TypeAlias = "bytes | UploadedFile[Any]"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that somebody sends: its name as they call it, and its content or a stream of it."""

    name: str
    content: Content


def store(content: Content, name: str, actor: Actor, at: datetime | None = None) -> Document:
    """Keep a file that the house itself made. What somebody sends comes in by `receive`.

    Raises `Refused` when it is empty, too large, broken, locked or of another kind. The file is on
    the disk before its row is. When the caller's transaction is rolled back, the row goes with it
    and the file, which nothing names, is cleared away by `clear_orphans`.
    """
    name = clean_name(name)
    data = _whole(Sent(name, content))
    kind, pages = pages_of(data, name)
    return keep(actor, Examined(name, data, Taken(kind, pages), Standing.CLEAR), at)


@dataclass(frozen=True, slots=True)
class Examined:
    """What somebody sent, looked through and cleaned, and nothing of it kept yet."""

    name: str
    content: bytes
    taken: Taken
    standing: Standing
    sent: Sequence[tuple[str, bytes]] = ()


def examine(sent: Sent, *, also: Iterable[str] = (), keeps_pictures: bool = False) -> Examined:
    """Look at a file by its content, not its name; have it scanned; open it in a process of its own.

    What is left is without whatever acts by itself (see `cleaning`). A picture becomes a PDF, unless
    it `keeps_pictures`. `also` are kinds of text (`kinds.TEXTS`) that are taken here. Raises `Refused`.
    """
    one = Sent(clean_name(sent.name), sent.content)
    data = _whole(one)
    standing = _scanned([(one.name, data)])
    taken = apart.take(data, one.name, also=also, keeps_pictures=keeps_pictures)
    if taken.content is None:
        return Examined(one.name, data, taken, standing)
    became = taken.content_type == "application/pdf" and content_type_of(data) in PICTURES
    name = pdf_name(one.name) if became else one.name
    return Examined(name, taken.content, taken, standing, [(one.name, data)])


def examine_pictures(files: Sequence[Sent]) -> Examined:
    """Several photos or scans as one PDF, in their order; as `examine` otherwise."""
    read = [(clean_name(one.name), _whole(one)) for one in files]
    first, total = read[0][0], sum(len(data) for _, data in read)
    if problem := size_problem(first, total, settings.UPLOAD_BYTES_MAX):
        raise Refused(problem)
    standing = _scanned(read)
    taken = apart.take_pictures(read)
    return Examined(pdf_name(first), taken.content or b"", taken, standing, read)


def examine_all(files: Sequence[Sent]) -> list[Examined]:
    """Several files sent together: all pictures make one PDF, in their order; others stay alone.

    Raises `Refused` with the problems of every file.
    """
    if not files:
        raise Refused(Problem("document_empty", "files", "0 bytes"))
    pictures = [one for one in files if _is_picture(one)]
    calls: list[Callable[[], Examined]] = []
    if len(pictures) > 1:
        calls.append(lambda: examine_pictures(pictures))
    alone = [one for one in files if len(pictures) < 2 or not any(one is p for p in pictures)]
    calls += [partial(examine, one) for one in alone]
    made: list[Examined] = []
    problems: list[Problem] = []
    for call in calls:
        try:
            made.append(call())
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return made


def receive(
    actor: Actor,
    sent: Sent,
    *,
    also: Iterable[str] = (),
    keeps_pictures: bool = False,
    at: datetime | None = None,
) -> Document:
    """The one door for a file that somebody sends: `examine` it, and keep it with its original apart
    where it had to be changed. Raises `Refused`; then nothing is kept.

    While the malware scanner does not answer the document stands in quarantine.
    """
    return keep(actor, examine(sent, also=also, keeps_pictures=keeps_pictures), at)


def receive_all(actor: Actor, files: Sequence[Sent], at: datetime | None = None) -> list[Document]:
    """Several files sent together, as `examine_all`. Raises `Refused`, and keeps none."""
    examined = examine_all(files)
    with transaction.atomic():
        return [keep(actor, one, at) for one in examined]


def _is_picture(one: Sent) -> bool:
    if isinstance(one.content, bytes):
        return content_type_of(one.content) in PICTURES
    head = one.content.read(8192)
    one.content.seek(0)
    return content_type_of(head) in PICTURES


def _whole(one: Sent) -> bytes:
    """The content, refused by its size before it is read."""
    content = one.content
    size = len(content) if isinstance(content, bytes) else int(content.size or 0)
    if problem := size_problem(one.name, size, settings.DOCUMENT_BYTES_MAX):
        raise Refused(problem)
    return content if isinstance(content, bytes) else content.read()


def _scanned(files: Iterable[tuple[str, bytes]]) -> Standing:
    """Whether the files may be read. Raises `Refused` for malware, and for what is not scanned."""
    standing = Standing.CLEAR
    for name, data in files:
        verdict = scan(data)
        if verdict.finding is Finding.FOUND:
            raise Refused(Problem("document_malware", name, verdict.name))
        if verdict.finding is Finding.UNAVAILABLE:
            if verdict.why == "too_large":
                raise Refused(Problem("document_not_scanned", name))
            standing = Standing.QUARANTINE
    return standing


def keep(actor: Actor, arrival: Examined, at: datetime | None = None) -> Document:
    """Keep what was examined: the row of the file, and those of its originals."""
    at = at or timezone.now()
    name, kept, taken = arrival.name, arrival.content, arrival.taken
    if problem := size_problem(name, len(kept), settings.UPLOAD_BYTES_MAX):
        raise Refused(problem)
    document = Document(
        name=name,
        content_type=taken.content_type,
        size=len(kept),
        sha256=digest(kept),
        pages=taken.pages,
        standing=arrival.standing,
        removed=list(taken.removed),
        created_at=at,
        by_id=actor.id,
        by_name=actor.name,
    )
    originals = [
        Original(document=document, number=i, name=one, size=len(raw), sha256=digest(raw))
        for i, (one, raw) in enumerate(arrival.sent, start=1)
    ]
    rows: list[Document | Original] = [document, *originals]
    places: list[str] = []
    with ExitStack() as undo:
        undo.callback(delete, places)
        for row, content in zip(rows, (kept, *(raw for _, raw in arrival.sent)), strict=True):
            places.append(put(row, content))
        with transaction.atomic():
            document.save(force_insert=True)
            Original.objects.bulk_create(originals)
            told = {"name": name, "pages": taken.pages, "sha256": document.sha256}
            if taken.removed or arrival.standing != Standing.CLEAR:
                told |= {"removed": list(taken.removed), "standing": arrival.standing.value}
            record(actor, "document.stored", ("document", document.pk), told, at)
        undo.pop_all()
    return document


def preview_png(document: Document, page: int = 1, width: int = 400) -> bytes:
    """Page `page` (from 1) of a document as a PNG, `width` pixels wide at most.

    Raises `Refused` when there is no such page.
    """
    if not 1 <= page <= document.pages:
        has = str(document.pages)
        raise Refused(Problem("document_page_missing", document.name, str(page), has))
    return page_png(document.read(), document.content_type, document.name, page, width)


def read_original(person: User, original: Original, at: datetime | None = None) -> bytes:
    """A file as it was sent, for staff who work cases; what it does when opened is their risk.

    Raises `Refused` for anybody else, and while the document may not be read.
    """
    if not (person.is_staff_member and person.may(Can.WORK_CASES)):
        raise Refused(Problem("not_allowed", original.name))
    document = original.document
    if document.standing != Standing.CLEAR:
        raise Refused(Problem(f"document_in_{document.standing}", document.name))
    told = {"original": str(original.pk), "name": original.name}
    record(person.actor(), "document.original_read", ("document", document.pk), told, at)
    return original.content()


def scan_quarantined(at: datetime | None = None, most: int = 100) -> int:
    """Scan again what is in quarantine, oldest first; returns how many left it.

    What is clean may be read from now on. Of what is not, the content is deleted and the row says
    so. When the scanner still does not answer, the rest waits.
    """
    left = 0
    waiting = Document.objects.filter(standing=Standing.QUARANTINE).order_by("created_at")
    for pk in list(waiting.values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            held = waiting.select_for_update(skip_locked=True).filter(pk=pk).first()
            if held is None:
                continue
            originals = list(held.originals.all())
            contents = [one.content() for one in originals] or [held.content()]
            verdicts = [scan(content) for content in contents]
            if any(verdict.finding is Finding.UNAVAILABLE for verdict in verdicts):
                return left
            names = [v.name for v in verdicts if v.finding is Finding.FOUND]
            places = [str(held.file), *(str(one.file) for one in originals)] if names else []
            if names:
                waiting.filter(pk=pk).update(standing=Standing.REFUSED, file=None)
                held.originals.update(file=None)
            else:
                waiting.filter(pk=pk).update(standing=Standing.CLEAR)
            verb = "document.refused" if names else "document.released"
            told = {"found": names, "scanner": verdicts[0].finding.value}
            record(SYSTEM, verb, ("document", held.pk), told, at or timezone.now())
        delete(places)
        left += 1
    return left


def clear_orphans(today: date, days: int = 7) -> int:
    """Remove files put away in the `days` before yesterday that no row names; returns how many.

    A transaction that is still open may name today's and yesterday's: those are left alone.
    """
    removed = 0
    for back in range(2, 2 + days):
        folder = f"{today - timedelta(days=back):%Y/%m/%d}"
        try:
            names = default_storage.listdir(folder)[1]
        except FileNotFoundError:
            continue
        places = {f"{folder}/{name}" for name in names}
        kept: set[str | None] = set()
        for rows in (Document.objects, Original.objects):
            kept |= set(rows.filter(file__in=places).values_list("file", flat=True))
        for place in places - kept:
            default_storage.delete(place)
            removed += 1
    return removed
