"""Opening files of strangers in a process of its own: what breaks there breaks nothing here.

The process has no database, no secrets, little memory and little time. A file that needs more is
refused; the process is ended and the next call gets a new one. One call at a time.
"""

import atexit
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from megler.documents.apart_worker import LENGTH
from megler.documents.rules.pages import Box, FileFacts, PagePlan, Taken
from megler.exchange.sheets import Sheet
from megler.vocabulary.problems import Problem, Refused

SECONDS = 60.0
"""How long one file may take to be opened; looking at all its pages may take twice as long."""
Found = TypeVar("Found")
_SOURCE = Path(__file__).resolve().parents[2]
_PIECE = 1 << 20
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",  # each of many would take a share of the memory allowed
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}


class TooHeavy(Exception):
    """A file for which the memory or the time did not do."""


class _Apart:
    """The process, begun at the first call and begun anew after an end."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.of = 0

    def ask(self, call: bytes, seconds: float) -> bytes:
        """The answer's bytes. Raises `TooHeavy`."""
        with self.lock:
            until = time.monotonic() + seconds
            for _try in range(2):
                process, is_new = self._running()
                with ExitStack() as undo:
                    undo.callback(self.end)  # one that did not answer is not asked again
                    try:
                        answer = _asked(process, call, until)
                    except (BrokenPipeError, EOFError):
                        if is_new:  # an old one may have gone home; a new one died of this file
                            raise TooHeavy from None
                    else:
                        undo.pop_all()
                        return answer
            raise TooHeavy

    def _running(self) -> tuple["subprocess.Popen[bytes]", bool]:
        if self.process and self.of == os.getpid() and self.process.poll() is None:
            return self.process, False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "megler.documents.apart_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_SOURCE), "PATH": os.defpath, **_ENVIRONMENT},
            cwd="/",
            bufsize=0,
        )
        self.of = os.getpid()
        for pipe in (self.process.stdin, self.process.stdout):
            os.set_blocking(pipe.fileno(), False)  # type: ignore[union-attr]
        return self.process, True

    def end(self) -> None:
        """End the process, whatever it does."""
        process, self.process = self.process, None
        if process and self.of == os.getpid():
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                pipe.close()  # type: ignore[union-attr]


_apart = _Apart()
atexit.register(_apart.end)


def _asked(process: "subprocess.Popen[bytes]", call: bytes, until: float) -> bytes:
    into, out = process.stdin.fileno(), process.stdout.fileno()  # type: ignore[union-attr]
    left = memoryview(LENGTH.pack(len(call)) + call)
    while left:
        _wait(into, select.POLLOUT, until)
        left = left[os.write(into, left[:_PIECE]) :]
    (size,) = LENGTH.unpack(_read(out, LENGTH.size, until))
    return _read(out, size, until)


def _read(out: int, size: int, until: float) -> bytes:
    found = bytearray()
    while len(found) < size:
        _wait(out, select.POLLIN, until)
        part = os.read(out, min(size - len(found), _PIECE))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


def _wait(opened: int, event: int, until: float) -> None:
    """Until the pipe can be read or written. Raises `TooHeavy` when time is up."""
    left = until - time.monotonic()
    poll = select.poll()
    poll.register(opened, event)
    if left <= 0 or not poll.poll(left * 1000):
        raise TooHeavy


def _call(kind: type[Found], seconds: float, name: str, *args: Any, **named: Any) -> Found:
    told = msgspec.msgpack.decode(
        _apart.ask(msgspec.msgpack.encode((name, args, named)), seconds), type=_Answer
    )
    if told.problems:
        raise Refused(told.problems)
    if told.wrong:
        raise TooHeavy(told.wrong)
    return msgspec.convert(told.value, kind)


class _Answer(msgspec.Struct):
    value: Any = None
    problems: tuple[Problem, ...] = ()
    wrong: str = ""


def take(
    content: bytes, name: str, *, also: Iterable[str] = (), keeps_pictures: bool = False
) -> Taken:
    """`taking.take`, apart. Raises `Refused`."""
    how = {"also": sorted(also), "keeps_pictures": keeps_pictures}
    try:
        return _call(Taken, SECONDS, "take", content, name, **how)
    except TooHeavy:
        raise Refused(Problem("document_too_heavy", name)) from None


def take_pictures(files: Iterable[tuple[str, bytes]]) -> Taken:
    """`taking.take_pictures`, apart. Raises `Refused`."""
    listed = list(files)
    try:
        return _call(Taken, SECONDS, "take_pictures", listed)
    except TooHeavy:
        raise Refused(Problem("document_too_heavy", listed[0][0])) from None


def look(content: bytes, name: str) -> FileFacts:
    """`looking.look`, apart. Raises `Refused`."""
    try:
        return _call(FileFacts, 2 * SECONDS, "look", content)
    except TooHeavy:
        raise Refused(Problem("document_too_heavy", name)) from None


def ink_more(
    content: bytes, empty: bytes, places: Iterable[tuple[int, int, int, Box]], name: str = ""
) -> list[float | None]:
    """`signing_places.ink_more`, apart. Raises `Refused`."""
    try:
        wanted = list(places)
        return _call(list[float | None], 2 * SECONDS, "ink_more", content, empty, wanted)
    except TooHeavy:
        raise Refused(Problem("document_too_heavy", name)) from None


def edited(files: Iterable[bytes], plan: Iterable[PagePlan], name: str) -> bytes:
    """`editing.edited`, apart. Raises `Refused`."""
    told = [(one.file, one.page, one.turned, one.black) for one in plan]
    try:
        return _call(bytes, 2 * SECONDS, "edited", list(files), told)
    except TooHeavy:
        raise Refused(Problem("document_too_heavy", name)) from None


def page_jpeg(content: bytes, page: int, width: int) -> bytes:
    """A small picture of a page (from 1) of a PDF; nothing when it cannot be drawn."""
    try:
        return _call(bytes, SECONDS, "page_jpeg", content, page, width)
    except (TooHeavy, Refused):
        return b""


def page_jpegs(content: bytes, pages: Iterable[int], width: int) -> list[bytes]:
    """Small pictures of pages; none of any when they took too long."""
    wanted = list(pages)
    try:
        return _call(list[bytes], SECONDS, "page_jpegs", content, wanted, width)
    except (TooHeavy, Refused):
        return [b""] * len(wanted)


def read_sheets(content: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    """`exchange.sheets.read_sheets`, apart."""
    try:
        return _call(tuple[list[Sheet], list[Problem]], SECONDS, "read_sheets", content, name)
    except TooHeavy:
        return [], [Problem("document_too_heavy", name)]
