"""The hash chain over journal entries.

Each seal is HMAC-SHA-256, under the journal's key, of the seal before it, its own number and the
entry's whole content. Without the key nobody can mend the chain after a change; a change, a
removal in the middle, a swap or a forged seal breaks it at its place. A removal of the newest seals
shows against the head, the number and hash of the last seal, that is kept beside the database too.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from megler.vocabulary.problems import Problem

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal as stored, with the content of its entry; `entry` is None when the entry is gone."""

    number: int
    entry_id: int
    hash: str
    entry: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal as it was known to be."""

    number: int = 0
    hash: str = FIRST


def link(key: bytes, before: str, number: int, entry: Mapping[str, object]) -> str:
    """The hash of seal `number`, as 64 hexadecimal digits.

    >>> link(b"k", FIRST, 1, {"verb": "opened"})[:8]
    '5b995b05'
    """
    content = json.dumps(entry, sort_keys=True, ensure_ascii=False, default=str)
    return hmac.new(key, f"{before}\n{number}\n{content}".encode(), hashlib.sha256).hexdigest()


def problems_in(key: bytes, seals: Iterable[Sealed], head: Head) -> Iterable[Problem]:
    """Every place where the chain does not hold; `seals` in the order of their numbers."""
    before, expected = FIRST, 1
    at_head = FIRST if head.number == 0 else ""
    for seal in seals:
        if seal.number != expected:
            yield Problem(
                "journal_seal_missing", f"seal {expected}", str(seal.number), str(expected)
            )
        if seal.entry is None:
            yield Problem("journal_entry_missing", f"entry {seal.entry_id}", "nothing", "an entry")
        elif not hmac.compare_digest(link(key, before, seal.number, seal.entry), seal.hash):
            yield Problem(
                "journal_entry_changed", f"entry {seal.entry_id}", "another content or order"
            )
        before, expected = seal.hash, seal.number + 1
        if seal.number == head.number:
            at_head = seal.hash
    if at_head != head.hash:
        yield Problem("journal_head_missing", f"seal {head.number}", before, head.hash)
