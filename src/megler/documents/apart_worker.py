"""The process in which files of strangers are opened: with little memory, and none of our secrets.

It reads calls from its standard input and writes answers to its standard output, each after its
length in eight bytes, as MessagePack. It ends when nobody has called for a while, or its caller is gone.
"""

import os
import resource
import select
import struct
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

import msgspec

from megler.documents.editing import edited
from megler.documents.looking import look
from megler.documents.reading import page_jpeg, page_jpegs
from megler.documents.rules.pages import PagePlan
from megler.documents.signing_places import ink_more
from megler.documents.taking import take, take_pictures
from megler.exchange.sheets import read_sheets
from megler.vocabulary.problems import Refused

MEMORY_BYTES_MAX = 3 * 1024**3
"""Addresses that the process may use: the largest picture taken, a few times over."""
IDLE_SECONDS = 300
LENGTH = struct.Struct(">Q")


def _edited(files: list[bytes], plan: list[tuple[Any, ...]]) -> bytes:
    return edited(files, [PagePlan(*one) for one in plan])


CALLS: Mapping[str, Callable[..., Any]] = {
    "take": take,
    "take_pictures": take_pictures,
    "edited": _edited,
    "look": look,
    "ink_more": ink_more,
    "page_jpeg": page_jpeg,
    "page_jpegs": page_jpegs,
    "read_sheets": read_sheets,
}


def answer(call: bytes) -> bytes:
    """What a call gives: `value`, or the `problems` for which it is refused, or what went `wrong`."""
    name, args, named = msgspec.msgpack.decode(call)
    try:
        told: dict[str, Any] = {"value": CALLS[name](*args, **named)}
    except Refused as refused:
        told = {"problems": refused.problems}
    except Exception as error:
        told = {"wrong": type(error).__name__}
    return msgspec.msgpack.encode(told)


def _whole(stream: BinaryIO, size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        sys.exit(0)
    return found


def main() -> None:
    """Answer calls until there are no more."""
    with suppress(ValueError, OSError):  # not every system limits addresses
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while select.select([calls], [], [], IDLE_SECONDS)[0]:
        (size,) = LENGTH.unpack(_whole(calls, LENGTH.size))
        told = answer(_whole(calls, size))
        answers.write(LENGTH.pack(len(told)) + told)
        answers.flush()


if __name__ == "__main__":
    main()
