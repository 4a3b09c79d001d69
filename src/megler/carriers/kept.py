"""Built tables of large published editions, kept on this machine for all its processes.

A rate book is read and built once, by whoever publishes or first opens it; the others map the file
into memory and share its pages. The folder `editions` under the settings' VAR_DIR may be deleted at
any time: what is missing or damaged is made again from the database.
"""

import logging
import mmap
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from megler.carriers.rules.keeping import Kept, from_kept_form, kept_form
from megler.carriers.rules.tables import Table

SMALLEST = 200_000
"""Editions with fewer bytes in their tables are built anew by each process: it takes no longer."""
_log = logging.getLogger(__name__)


def keep(digest: str, files: Mapping[str, bytes], tables: Mapping[str, Table]) -> None:
    """Keeps the built tables of the edition whose files have this digest; small ones are not kept.

    A disk that is full or read-only is no matter: each process builds the tables for itself.
    """
    named = {table.spec.file for table in tables.values()}
    if sum(len(files[name]) for name in named) < SMALLEST:
        return
    rest = {name: content for name, content in files.items() if name not in named}
    place = _place(digest)
    new = place.with_name(f"{place.name}.{uuid4().hex}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as out:
            out.writelines(kept_form(digest, rest, tables))
        new.replace(place)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        _log.warning("the tables of edition %s are not kept: %s", digest, error)


def kept(digest: str) -> Kept | None:
    """What is kept of the edition whose files have this digest; None when it must be built."""
    try:
        with _place(digest).open("rb") as held:
            content = mmap.mmap(held.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    found = from_kept_form(memoryview(content))
    if found is None or found.digest != digest:
        _log.warning("the kept tables of edition %s are damaged and are built again", digest)
        return None
    return found


def _place(digest: str) -> Path:
    return Path(settings.VAR_DIR) / "editions" / digest
