"""Templates of many plans laid out as arrays, and the offers of a life written through them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.quoting.rules.market.plans import Plan
from megler.quoting.rules.writing.templates import COLUMNS, NoTemplate, Show, Template, template

Longs = NDArray[np.int64]
NUMBER_MOST = 40
"""Bytes that a number takes at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts one after the other: the bytes, and where each begins."""

    pool: NDArray[np.uint8]
    starts: Longs

    @property
    def lengths(self) -> Longs:
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True, eq=False)
class Templates:
    """The templates of plans: `of_plan` [plans] is each plan's number, -1 where it has none.

    `sizes` [templates] is how many bytes an offer takes at most, but for its given texts.
    """

    of_plan: Longs
    operands: int
    operations: Longs
    operations_at: Longs
    pieces: Longs
    pieces_at: Longs
    texts: Texts
    sizes: Longs


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """Offers to write: their plans, cells [n, operands], cents a year and given texts [n, 5]."""

    plans: Longs
    cells: Longs
    annual: Longs
    given: Longs


def texts_of(texts: Sequence[bytes]) -> Texts:
    """Texts in one pool."""
    starts = np.zeros(len(texts) + 1, np.int64)
    starts[1:] = np.cumsum([len(text) for text in texts]) if texts else []
    return Texts(np.frombuffer(b"".join(texts) or b" ", np.uint8), starts)


def templates_of(plans: Sequence[Plan]) -> Templates:
    """The templates of all plans that have one."""
    made: list[Template] = []
    of_plan = np.full(len(plans), -1, np.int64)
    for number, plan in enumerate(plans):
        try:
            made.append(template(plan.book, plan.product, plan.term_years, plan.plan))
            of_plan[number] = len(made) - 1
        except NoTemplate:
            continue
    numbers: dict[str, int] = {}
    pieces, sizes = [], []
    for one in made:
        size = 0
        for piece in one.pieces:
            if isinstance(piece, str):
                pieces.append((numbers.setdefault(piece, len(numbers)), -1, 0))
                size += len(piece.encode())
            elif isinstance(piece, int):
                pieces.append((piece, -1, 0))
            else:
                slot, show, skip = piece
                pieces.append((slot, int(show), skip))
                size += 0 if show is Show.IF_SET else NUMBER_MOST
        sizes.append(size)
    operations = [row for one in made for row in one.operations]
    return Templates(
        of_plan=of_plan,
        operands=max((len(one.tables) for one in made), default=0),
        operations=np.array(operations, np.int64).reshape(-1, COLUMNS),
        operations_at=_starts([len(one.operations) for one in made]),
        pieces=np.array(pieces, np.int64).reshape(-1, 3),
        pieces_at=_starts([len(one.pieces) for one in made]),
        texts=texts_of([text.encode() for text in numbers]),
        sizes=np.array(sizes, np.int64),
    )


def _starts(counts: Sequence[int]) -> Longs:
    found = np.zeros(len(counts) + 1, np.int64)
    found[1:] = np.cumsum(counts) if counts else []
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """Offers as JSON: `whole` has them all with commas between, `each` is one, None: not written."""

    whole: memoryview
    ends: Sequence[int]

    def each(self) -> list[memoryview | None]:
        """Each offer; None where the exact engine must write it."""
        found: list[memoryview | None] = []
        first = 0
        for end in self.ends:
            found.append(self.whole[first + (first > 0) : end] if end > first else None)
            first = end
        return found

    @property
    def is_complete(self) -> bool:
        """Whether every offer is there."""
        ends = np.array([0, *self.ends])
        return bool((np.diff(ends) > 0).all())


def written(templates: Templates, priced: Priced, amount: int, given: Texts) -> Written:
    """The offers as JSON."""
    from megler.quoting.rules.writing.kernel import fill

    chosen = templates.of_plan[priced.plans]
    sizes = (
        np.where(chosen >= 0, templates.sizes[chosen], 0) if len(templates.sizes) else chosen * 0
    )
    room = int(sizes.sum() + given.lengths[priced.given].sum()) + len(chosen)
    out, ends = np.empty(room, np.uint8), np.zeros(len(chosen), np.int64)
    fill(
        chosen, priced.cells, amount, priced.given,
        templates.operations, templates.operations_at, templates.pieces, templates.pieces_at,
        templates.texts.pool, templates.texts.starts, given.pool, given.starts,
        priced.annual, out, ends,
    )  # fmt: skip
    last = int(ends[-1]) if len(ends) else 0
    return Written(memoryview(out.data)[:last], ends.tolist())
