"""Fetching what a partner has put into a folder of an SFTP server, and taking it away once it is kept.

The caller keeps a file before it has it taken away: killed in between, the same file is fetched again
and is known by its content. Nothing that could not be kept is ever taken away.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

import asyncssh

from megler.wires.carried import Answer
from megler.wires.sftp.putting import Account, tried

FILES_MAX = 200
"""Of one look; the rest the next time."""
BYTES_MAX = 100 * 1024 * 1024
"""Of one look, in memory together; a single file that is larger is never fetched."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it lay there."""

    name: str
    content: bytes


def fetch(account: Account, known: Collection[str] = ()) -> tuple[list[Fetched], Answer]:
    """The files of the folder in the order of their names, as far as the limits of one look go.

    Hidden files, folders and those whose names are `known` are left. Nothing changes there.
    """
    found: list[Fetched] = []

    async def work(sftp: asyncssh.SFTPClient) -> str:
        left = BYTES_MAX
        for name in await _names(sftp, account.folder or ".", known):
            content = await _content(sftp, _path(account, name), left)
            if content is not None:
                found.append(Fetched(name, content))
                left -= len(content)
            if len(found) >= FILES_MAX:
                break
        return str(len(found))

    return found, tried(account, work)


def take_away(account: Account, names: Collection[str]) -> Answer:
    """Remove files that are kept. What cannot be removed stays, and does no harm."""

    async def work(sftp: asyncssh.SFTPClient) -> str:
        for name in names:
            with suppress(asyncssh.SFTPError):
                await sftp.remove(_path(account, name))
        return ""

    return tried(account, work)


def _path(account: Account, name: str) -> str:
    return f"{account.folder.rstrip('/')}/{name}" if account.folder else name


async def _names(sftp: asyncssh.SFTPClient, folder: str, known: Collection[str]) -> list[str]:
    found: list[str] = []
    async for entry in sftp.scandir(folder):
        name = str(entry.filename)
        is_file = entry.attrs.type in {
            asyncssh.FILEXFER_TYPE_REGULAR,
            asyncssh.FILEXFER_TYPE_UNKNOWN,
        }
        if is_file and not name.startswith(".") and name not in known:
            found.append(name)
    return sorted(found)


async def _content(sftp: asyncssh.SFTPClient, path: str, most: int) -> bytes | None:
    """The file; None for one that is too large now, or has gone meanwhile."""
    try:
        if ((await sftp.stat(path)).size or 0) > most:
            return None
        async with sftp.open(path, "rb") as opened:
            return cast(bytes, await opened.read())
    except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
        return None
