"""One difference between two guides, and pairing the rows of two editions."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

R = TypeVar("R")
Pair = tuple[R | None, R | None]


class Kind(StrEnum):
    """Whether something is new, gone or otherwise."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """What one guide says otherwise than another.

    `part` is the part of the guide, `place` whom or what it is about as people read it: a class, an
    impairment; empty for the guide itself. `before` and `after` are the records that differ, None
    where there is none. `code` names the sentence, and `params` fill it where records cannot.
    `names` are the classes of both guides by code.
    """

    code: str
    part: str
    kind: Kind
    place: str = ""
    before: object = None
    after: object = None
    params: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


def paired(
    before: Iterable[R], after: Iterable[R], *keys: Callable[[R], Hashable]
) -> list[Pair[R]]:
    """Rows of two editions side by side, in the order of the later one; rows gone come last.

    Rows go together by the first key on which one of each agree, tried key after key among what is
    left; of several with one key the first go together. A key of None never agrees.
    """
    left, right = list(before), list(after)
    found: dict[int, R] = {}
    for key in keys:
        waiting: dict[Hashable, list[R]] = defaultdict(list)
        for row in left:
            waiting[key(row)].append(row)
        for i, row in enumerate(right):
            own = key(row)
            if i not in found and own is not None and waiting[own]:
                found[i] = waiting[own].pop(0)
        taken = {id(row) for row in found.values()}
        left = [row for row in left if id(row) not in taken]
    return [(found.get(i), row) for i, row in enumerate(right)] + [(row, None) for row in left]


def kind_of(pair: Pair[R]) -> Kind:
    """Whether a pair is an addition, a removal or a change."""
    if pair[0] is None:
        return Kind.ADDED
    return Kind.REMOVED if pair[1] is None else Kind.CHANGED


def rows_differ(
    part: str,
    pairs: Sequence[Pair[R]],
    said: Callable[[R], object],
    place: Callable[[R], str],
    names: Mapping[str, str],
) -> Iterator[Difference]:
    """A difference for each pair whose two sides do not say the same."""
    for pair in pairs:
        one, other = pair
        if one is not None and other is not None and said(one) == said(other):
            continue
        row = other if other is not None else one
        if row is not None:
            kind = kind_of(pair)
            code = f"row_{kind.value}"
            yield Difference(code, part, kind, place(row), one, other, names=names)
