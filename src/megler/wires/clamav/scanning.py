"""Asking clamd whether a file is malware: its INSTREAM command, over TCP or a unix socket.

`zINSTREAM\\0`, then the file in pieces, each after its length in four bytes, big-endian, and a length
of zero at the end. The answer is one line: `stream: OK`, `stream: NAME FOUND` or `… ERROR`
(clamd(8), "COMMANDS").
"""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

PIECE_BYTES = 64 * 1024
ANSWER_BYTES_MAX = 4 * 1024
"""An answer longer than this is none."""
_NAME_MAX = 200
_LENGTH = struct.Struct(">I")


class Finding(StrEnum):
    """What came out. Only `CLEAN` says that the file was looked through and nothing was found."""

    CLEAN = "clean"
    FOUND = "found"
    UNAVAILABLE = "unavailable"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner says of one file.

    `name` is the malware's, with `FOUND`. `why`, with `UNAVAILABLE`, is one of `not_reached`,
    `no_answer_in_time`, `too_large` (for the scanner's own limit) and `not_understood`; `OFF` means
    that no scanner is set.
    """

    finding: Finding
    name: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens, `tcp://host:port` or `unix:///path`, and how long one file may take."""

    address: str
    seconds: float = 30

    def scan(self, content: bytes | BinaryIO) -> Verdict:
        """Look through a file, read from where it stands. Never raises for what clamd does."""
        until = time.monotonic() + self.seconds
        try:
            with closing(self._connected(until)) as line:
                return _verdict(_asked(line, content, until))
        except TimeoutError:
            return Verdict(Finding.UNAVAILABLE, why="no_answer_in_time")
        except OSError:
            return Verdict(Finding.UNAVAILABLE, why="not_reached")

    def _connected(self, until: float) -> socket.socket:
        parts = urlsplit(self.address)
        if parts.scheme == "tcp":
            return socket.create_connection((parts.hostname, parts.port or 3310), _left(until))
        line = socket.socket(socket.AF_UNIX)
        with ExitStack() as undo:
            undo.callback(line.close)
            line.settimeout(_left(until))
            line.connect(parts.path)
            undo.pop_all()
        return line


def scan(content: bytes | BinaryIO) -> Verdict:
    """Have a file looked through by the scanner that the setting MEGLER_CLAMAV names."""
    if not settings.CLAMAV:
        return Verdict(Finding.OFF)
    return Scanner(settings.CLAMAV, settings.CLAMAV_SECONDS).scan(content)


def _left(until: float) -> float:
    """Seconds left; raises `TimeoutError` when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _asked(line: socket.socket, content: bytes | BinaryIO, until: float) -> bytes:
    """The answer's bytes. A scanner that has heard enough answers and hangs up while we speak."""
    try:
        for piece in _pieces(content):
            line.settimeout(_left(until))
            line.sendall(piece)
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = bytearray()
    while len(answer) <= ANSWER_BYTES_MAX and b"\0" not in answer:
        line.settimeout(_left(until))
        if not (part := line.recv(ANSWER_BYTES_MAX)):
            break
        answer += part
    return bytes(answer)


def _pieces(content: bytes | BinaryIO) -> Iterator[bytes]:
    opened = BytesIO(content) if isinstance(content, bytes) else content
    yield b"zINSTREAM\0"
    while piece := opened.read(PIECE_BYTES):
        yield _LENGTH.pack(len(piece)) + piece
    yield _LENGTH.pack(0)


def _verdict(answer: bytes) -> Verdict:
    said = answer.partition(b"\0")[0].decode("utf-8", "replace").strip()
    if said == "stream: OK":
        return Verdict(Finding.CLEAN)
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        name = said.removeprefix("stream: ").removesuffix(" FOUND")
        return Verdict(Finding.FOUND, name=name[:_NAME_MAX])
    too_large = "size limit exceeded" in said
    return Verdict(Finding.UNAVAILABLE, why="too_large" if too_large else "not_understood")
