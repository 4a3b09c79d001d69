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
LATE_SECONDS_MAX = 3600.0
"""How much earlier than one sealed before it an entry may have been written: transactions end in
another order than they began, but none of ours lasts an hour."""


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


def problems_in(key: bytes, seals: Iterable[Sealed], *heads: Head) -> Iterable[Problem]:
    """Every place where the chain does not hold; `seals` in the order of their numbers.

    `heads` are seals as they were known to be at some time: beside the database, or noted elsewhere.
    """
    before, expected, newest = FIRST, 1, 0.0
    at_heads = {head.number: FIRST if head.number == 0 else "" for head in heads}
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
        else:
            recorded = _recorded_at(seal.entry)
            if recorded < newest - LATE_SECONDS_MAX:
                yield Problem("journal_entry_late", f"entry {seal.entry_id}", "put in afterwards")
            newest = max(newest, recorded)
        before, expected = seal.hash, seal.number + 1
        if seal.number in at_heads:
            at_heads[seal.number] = seal.hash
    for head in heads:
        if at_heads[head.number] != head.hash:
            yield Problem("journal_head_missing", f"seal {head.number}", before, head.hash)


def _recorded_at(entry: Mapping[str, object]) -> float:
    found = entry.get("recorded_at")
    return found if isinstance(found, float) else 0.0
