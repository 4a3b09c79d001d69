"""Keeping files, showing a page, and clearing away what no row holds."""

import hashlib
import os
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from megler.accounts.encryption import encrypt_bytes
from megler.documents.models import Document, random_place
from megler.documents.reading import page_png, pages_of
from megler.documents.rules.kinds import clean_name, size_problem
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused


def store(
    content: "bytes | UploadedFile[Any]", name: str, actor: Actor, at: datetime | None = None
) -> Document:
    """Keep a file. Raises `Refused` when it is empty, too large, broken, locked or of another kind.

    The file is on the disk before its row is. When the caller's transaction is rolled back, the row
    goes with it and the file, which nothing names, is cleared away by `clear_orphans`.
    """
    name = clean_name(name)
    size = len(content) if isinstance(content, bytes) else int(content.size or 0)
    if problem := size_problem(name, size, settings.DOCUMENT_BYTES_MAX):
        raise Refused(problem)
    data = content if isinstance(content, bytes) else content.read()
    content_type, pages = pages_of(data, name)
    at = at or timezone.now()
    document = Document(
        name=name,
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
        created_at=at,
        by_id=actor.id,
        by_name=actor.name,
    )
    kept = ContentFile(encrypt_bytes(data, document.place))
    place = default_storage.save(random_place(timezone.localdate()), kept)
    try:
        _on_disk(place)
        with transaction.atomic():
            document.file = place
            document.save(force_insert=True)
            told = {"name": name, "pages": pages, "sha256": document.sha256}
            record(actor, "document.stored", ("document", document.pk), told, at)
    except BaseException:
        with suppress(OSError):
            default_storage.delete(place)
        raise
    return document


def _on_disk(place: str) -> None:
    """Wait until the file and its folders' names are on the disk, when the storage is a folder."""
    try:
        path = Path(default_storage.path(place))
    except NotImplementedError:
        return
    for part in (path, path.parent):
        _synced(part)
    _names_synced(path.parent, place.count("/"))


def _synced(part: Path) -> None:
    opened = os.open(part, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@lru_cache(maxsize=64)
def _names_synced(folder: Path, levels: int) -> None:
    """Once a process and folder: the names of a day's folder and of those it lies in never change."""
    for part in folder.parents[:levels]:
        _synced(part)


def preview_png(document: Document, page: int = 1, width: int = 400) -> bytes:
    """Page `page` (from 1) of a document as a PNG, `width` pixels wide at most.

    Raises `Refused` when there is no such page.
    """
    if not 1 <= page <= document.pages:
        has = str(document.pages)
        raise Refused(Problem("document_page_missing", document.name, str(page), has))
    return page_png(document.read(), document.content_type, document.name, page, width)


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
        kept = set(Document.objects.filter(file__in=places).values_list("file", flat=True))
        for place in places - kept:
            default_storage.delete(place)
            removed += 1
    return removed
