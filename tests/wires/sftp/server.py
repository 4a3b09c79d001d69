"""An SFTP server on this machine, well or badly disposed; it keeps its files in a folder."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import asyncssh

USER, PASSWORD = "fjord", "open sesame"


@lru_cache
def a_key(number: int = 0) -> asyncssh.SSHKey:
    """A key pair, made once a test run."""
    return asyncssh.generate_private_key("ssh-ed25519")


@dataclass
class Disposed:
    """What the server does and what it was asked.

    `breaks_at` hangs up before the named act, once: `write`, `rename`, `renamed` (after it), `mark`.
    `fails_at` answers the named act with an SFTP failure, always. `forbids` is refused permission.
    `when_renamed` is called after a file got its name, before the client is told.
    """

    root: Path
    breaks_at: str = ""
    fails_at: str = ""
    forbids: str = ""
    silent: bool = False
    keeps_bytes: int | None = None
    renamed: list[str] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    port: int = 0
    when_renamed: Callable[[], None] = lambda: None

    @property
    def host_key(self) -> str:
        return a_key().export_public_key("openssh").decode()

    @property
    def names(self) -> list[str]:
        return sorted(
            str(one.relative_to(self.root)) for one in self.root.rglob("*") if one.is_file()
        )


def _folder(does: Disposed) -> Any:
    class Folder(asyncssh.SFTPServer):
        def __init__(self, chan: Any) -> None:
            super().__init__(chan, chroot=str(does.root).encode())
            self.line = chan.get_connection()

        def _before(self, act: str) -> None:
            if does.breaks_at == act:
                does.breaks_at = ""
                self.line.abort()
                raise asyncssh.SFTPConnectionLost("gone")
            if does.fails_at == act:
                raise asyncssh.SFTPFailure("the disk is full")
            if does.forbids == act:
                raise asyncssh.SFTPPermissionDenied("no")

        def open(self, path: bytes, pflags: int, attrs: Any) -> Any:
            writes = bool(pflags & asyncssh.FXF_WRITE)
            self._before("mark" if path.endswith(b".sent") else "write" if writes else "read")
            return super().open(path, pflags, attrs)

        def write(self, file_obj: Any, offset: int, data: bytes) -> Any:
            if does.keeps_bytes is not None:
                data = data[: does.keeps_bytes]
            return super().write(file_obj, offset, data)

        def rename(self, oldpath: bytes, newpath: bytes) -> Any:
            self._before("rename")
            if Path(does.root / newpath.decode().lstrip("/")).exists():
                raise asyncssh.SFTPFailure("it exists")
            super().rename(oldpath, newpath)
            does.renamed.append(newpath.decode())
            does.when_renamed()
            self._before("renamed")

    return Folder


def _way_in(does: Disposed) -> Any:
    class WayIn(asyncssh.SSHServer):
        async def begin_auth(self, username: str) -> bool:
            if does.silent:
                await asyncio.sleep(30)
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            does.passwords.append(password)
            return (username, password) == (USER, PASSWORD)

        def public_key_auth_supported(self) -> bool:
            return True

        def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
            return username == USER and key == a_key(1).convert_to_public()

    return WayIn


@contextmanager
def sftp_server(root: Path, **does: Any) -> Iterator[Disposed]:
    """A server while the block runs, at a free port."""
    server = Disposed(root, **does)
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def listen() -> Any:
        listening = await asyncssh.create_server(
            _way_in(server), "127.0.0.1", 0, server_host_keys=[a_key()],
            sftp_factory=_folder(server),
        )  # fmt: skip
        server.port = listening.get_port()
        ready.set()
        return listening

    def serve() -> None:
        asyncio.set_event_loop(loop)
        listening = loop.run_until_complete(listen())
        loop.run_forever()
        listening.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
