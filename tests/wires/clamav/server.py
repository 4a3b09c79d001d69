"""A server on this machine that speaks clamd's protocol, well or badly."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass
class Clamd:
    """What the server does and what it was sent.

    `raw` is answered instead of a verdict; `silent` answers nothing; `bytes_max` is its StreamMaxLength.
    """

    raw: bytes | None = None
    silent: bool = False
    bytes_max: int = 100 * 1024 * 1024
    seen: list[bytes] = field(default_factory=list)
    address: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def answer(self, line: socket.socket) -> None:
        """One connection, as clamd holds it."""
        if _exactly(line, 10) != b"zINSTREAM\0":
            line.sendall(b"UNKNOWN COMMAND\0")
            return
        content = bytearray()
        while length := struct.unpack(">I", _exactly(line, 4))[0]:
            if len(content) + length > self.bytes_max:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
            content += _exactly(line, length)
        self.seen.append(bytes(content))
        if self.silent:
            self.closing.wait(30)
            return
        line.sendall(self.raw if self.raw is not None else self.verdict(bytes(content)))

    def verdict(self, content: bytes) -> bytes:
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


def _exactly(line: socket.socket, count: int) -> bytes:
    found = bytearray()
    while len(found) < count:
        part = line.recv(count - len(found))
        if not part:
            raise ConnectionResetError
        found += part
    return bytes(found)


@contextmanager
def clamd(path: Path | None = None, *, raw: bytes | None = None, silent: bool = False,
          bytes_max: int = 100 * 1024 * 1024) -> Iterator[Clamd]:  # fmt: skip
    """A server while the block runs, at a unix socket `path` or at a free TCP port."""
    daemon = Clamd(raw=raw, silent=silent, bytes_max=bytes_max)
    listening = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    listening.bind(str(path) if path else ("127.0.0.1", 0))
    listening.listen()
    daemon.address = f"unix://{path}" if path else f"tcp://127.0.0.1:{listening.getsockname()[1]}"

    def serve() -> None:
        while not daemon.closing.is_set():
            with suppress(OSError):
                line, _who = listening.accept()
                with line:
                    daemon.answer(line)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield daemon
    finally:
        daemon.closing.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(2)
