"""Where files lie: encrypted for the row that names them, on the disk before that row is."""

import hashlib
import os
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from functools import lru_cache
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from megler.accounts.encryption import encrypt_bytes
from megler.documents.models import Document, Original, random_place


def digest(data: bytes) -> str:
    """SHA-256 of a file's content."""
    return hashlib.sha256(data).hexdigest()


def put(row: Document | Original, content: bytes) -> str:
    """Lay the content down, encrypted, where the row names it; returns the place."""
    sealed = ContentFile(encrypt_bytes(content, row.place))
    place: str = default_storage.save(random_place(timezone.localdate()), sealed)
    row.file = place
    with ExitStack() as undo:
        undo.callback(delete, [place])
        _on_disk(place)
        undo.pop_all()
    return place


def delete(places: Iterable[str]) -> None:
    """Remove files that no row names any more."""
    for place in places:
        with suppress(OSError):
            default_storage.delete(place)


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
