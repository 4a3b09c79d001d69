"""Putting files into a folder of an SFTP server, once in effect however often it is tried.

A file goes up under a hidden name, is measured there, gets a hidden mark beside it and is then given
its own name: whoever watches the folder never sees half a file. When the process dies anywhere on
that way, the next try goes on where it ended: a file that is there is read back; a mark without its
hidden file says that the file was there and has been fetched since. `clear_marks` ends it, once the
caller has written down that the files arrived.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, cast

import asyncssh

from megler.wires.carried import SAID_MAX, Answer, Carried, Outcome
from megler.wires.loops import outside_loop

_STEP_SECONDS = 20
_BLOCK = 256 * 1024
_LISTED_MAX = 10_000
_NO_COMMON_KEY = asyncssh.DISC_KEY_EXCHANGE_FAILED
"""What a server says that has no key of the kind that is pinned."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where files go and as whom: all of it is the partner's, told to us beforehand.

    `host_keys` are the server's public keys, one a line as `ssh-ed25519 AAAA…`: another key, and
    nothing is sent, not even the password. With a `private_key` (OpenSSH or PEM) the password is its
    passphrase. `folder` is where the files go; empty, where one stands after signing in. `seconds`
    bound the whole.
    """

    host: str
    port: int
    user: str
    host_keys: str
    password: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    folder: str = ""
    seconds: float = 300


class _No(Exception):
    """A try that ends here, with its answer."""

    def __init__(self, outcome: Outcome, code: str, said: str = "") -> None:
        super().__init__(code)
        self.answer = Answer(outcome, code, said[:SAID_MAX])


def put(account: Account, files: Sequence[Carried], token: str) -> Answer:
    """Have all the files in the folder, in their order; the answer's receipt names each with its SHA-256.

    `token` is the caller's own for these files (letters and digits), the same on every try. A file
    of the same name with another content is never overwritten: `name_taken`.
    """

    async def work(sftp: asyncssh.SFTPClient) -> str:
        return "\n".join([await _settled(sftp, account.folder, one, token) for one in files])

    return tried(account, work)


def check(account: Account) -> Answer:
    """Sign in and look into the folder; nothing is sent."""

    async def work(sftp: asyncssh.SFTPClient) -> str:
        found = 0
        async for _entry in sftp.scandir(account.folder or "."):
            found += 1
            if found >= _LISTED_MAX:
                break
        return f"{await sftp.realpath(account.folder or '.')}: {found - 2 if found > 1 else found}"

    return tried(account, work)


def clear_marks(account: Account, files: Sequence[Carried], token: str) -> Answer:
    """Take the marks of files that arrived away. Those that stay do no harm."""

    async def work(sftp: asyncssh.SFTPClient) -> str:
        for one in files:
            with suppress(asyncssh.SFTPError):
                await sftp.remove(_Places(account.folder, one.name, token).mark)
        return ""

    return tried(account, work)


def host_key(host: str, port: int, seconds: float = _STEP_SECONDS) -> tuple[str, str] | None:
    """The server's public key and its fingerprint, for somebody to compare with what the partner says.

    None when nobody answers there. It proves nothing by itself.
    """

    async def asked() -> asyncssh.SSHKey | None:
        return await asyncssh.get_server_host_key(host, port, config=None)

    try:
        key = outside_loop(lambda: asyncio.run(asyncio.wait_for(asked(), seconds)))
    except (TimeoutError, OSError, asyncssh.Error, UnicodeError):
        return None
    if key is None:
        return None
    return key.export_public_key("openssh").decode().strip(), key.get_fingerprint()


def readable_host_keys(lines: str) -> bool:
    """Whether every line is a public key."""
    try:
        return bool(_host_keys(lines))
    except _No:
        return False


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a file ends up, and the hidden names on its way."""

    folder: str
    name: str
    token: str

    def _in(self, name: str) -> str:
        return f"{self.folder.rstrip('/')}/{name}" if self.folder else name

    @property
    def end(self) -> str:
        return self._in(self.name)

    @property
    def part(self) -> str:
        return self._in(f".{self.name}.{self.token}.part")

    @property
    def mark(self) -> str:
        return self._in(f".{self.name}.{self.token}.sent")


def tried(account: Account, work: Callable[[asyncssh.SFTPClient], Awaitable[str]]) -> Answer:
    """Sign in, work and sign out within the account's time; every trouble becomes its answer."""

    async def whole() -> str:
        async with _signed_in(account) as sftp:
            return await work(sftp)

    try:
        said = outside_loop(lambda: asyncio.run(asyncio.wait_for(whole(), account.seconds)))
    except _No as no:
        return no.answer
    except TimeoutError:
        return Answer(Outcome.LATER, "timed_out")
    except (asyncssh.Error, OSError, UnicodeError) as error:
        outcome, code = _meaning(error)
        return Answer(outcome, code, str(error)[:SAID_MAX])
    return Answer(Outcome.TAKEN, said=said[:SAID_MAX])


_FOR_GOOD: tuple[tuple[type[Exception], str], ...] = (
    (asyncssh.HostKeyNotVerifiable, "host_key_other"),
    (asyncssh.PermissionDenied, "sign_in_refused"),
    (asyncssh.SFTPNoSuchFile, "folder_missing"),
    (asyncssh.SFTPNoSuchPath, "folder_missing"),
    (asyncssh.SFTPPermissionDenied, "folder_refused"),
)


def _meaning(error: Exception) -> tuple[Outcome, str]:
    """What asks for a person, and what another try may do."""
    for kind, code in _FOR_GOOD:
        if isinstance(error, kind):
            return Outcome.REFUSED, code
    if isinstance(error, asyncssh.SFTPError):
        return Outcome.LATER, "folder_trouble"
    if isinstance(error, asyncssh.DisconnectError) and error.code == _NO_COMMON_KEY:
        return Outcome.REFUSED, "host_key_other"
    return Outcome.LATER, "connection_lost" if isinstance(error, asyncssh.Error) else "not_reached"


@asynccontextmanager
async def _signed_in(account: Account) -> AsyncIterator[asyncssh.SFTPClient]:
    how: dict[str, Any] = {
        "port": account.port,
        "username": account.user,
        "known_hosts": (_host_keys(account.host_keys), [], []),
        "client_keys": _client_keys(account),
        "password": None if account.private_key else account.password or None,
        "agent_path": None,
        "config": None,
        "gss_host": None,
        "connect_timeout": _STEP_SECONDS,
        "login_timeout": _STEP_SECONDS,
        "keepalive_interval": _STEP_SECONDS,
    }
    async with (
        asyncssh.connect(account.host, **how) as connection,
        connection.start_sftp_client() as sftp,
    ):
        yield sftp


def _host_keys(lines: str) -> list[asyncssh.SSHKey]:
    given = [line.strip() for line in lines.splitlines() if line.strip()]
    if not given:
        raise _No(Outcome.REFUSED, "host_key_missing")
    try:
        return [asyncssh.import_public_key(line) for line in given]
    except asyncssh.KeyImportError as error:
        raise _No(Outcome.REFUSED, "host_key_unreadable") from error


def _client_keys(account: Account) -> list[asyncssh.SSHKey] | None:
    if not account.private_key:
        return None
    try:
        return [asyncssh.import_private_key(account.private_key, account.password or None)]
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise _No(Outcome.REFUSED, "key_unreadable") from error


async def _settled(sftp: asyncssh.SFTPClient, folder: str, file: Carried, token: str) -> str:
    """Have one file at its place, whatever earlier tries left; its line of the receipt."""
    at = _Places(folder, file.name, token)
    digest = hashlib.sha256(file.content).hexdigest()
    line = f"{at.end} {len(file.content)} bytes sha256 {digest}"
    if (size := await _size(sftp, at.end)) is not None:
        if not await _is_same(sftp, at, file, size, digest):
            raise _No(Outcome.REFUSED, "name_taken", at.end)
        await _remove(sftp, at.part)
        return line
    if await _size(sftp, at.mark) is not None:
        if await _size(sftp, at.part) is None:
            return f"{line}, fetched since"
    else:
        await _upload(sftp, at, file)
        await _write(sftp, at.mark, f"{len(file.content)} {digest}\n".encode())
    try:
        await sftp.rename(at.part, at.end)
    except asyncssh.SFTPError:
        await _remove(sftp, at.mark)  # it was not given its name: nobody can have fetched it
        raise
    return line


async def _upload(sftp: asyncssh.SFTPClient, at: _Places, file: Carried) -> None:
    await _write(sftp, at.part, file.content)
    if await _size(sftp, at.part) != len(file.content):
        raise _No(Outcome.LATER, "size_other", at.part)


async def _write(sftp: asyncssh.SFTPClient, path: str, content: bytes) -> None:
    async with sftp.open(path, "wb") as opened:
        await opened.write(content)


async def _size(sftp: asyncssh.SFTPClient, path: str) -> int | None:
    """The file's size; None when it is not there."""
    try:
        return (await sftp.stat(path)).size
    except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
        return None


async def _remove(sftp: asyncssh.SFTPClient, path: str) -> None:
    with suppress(asyncssh.SFTPError):
        await sftp.remove(path)


async def _is_same(
    sftp: asyncssh.SFTPClient, at: _Places, file: Carried, size: int, digest: str
) -> bool:
    """Whether what is there is this file: read back, or by our mark where reading is not allowed."""
    if size != len(file.content):
        return False
    found = hashlib.sha256()
    try:
        async with sftp.open(at.end, "rb") as opened:
            while block := await opened.read(_BLOCK):
                found.update(cast(bytes, block))
    except asyncssh.SFTPPermissionDenied:
        return await _size(sftp, at.mark) is not None
    return found.hexdigest() == digest
