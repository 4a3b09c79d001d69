"""A book laid out: its plans side by side in blocks, a row of cells for every address.

All lanes of a block have the same axes, so that a life reckons one address for each table and reads
a run of cells, one for each plan. What a guide decides (class and nicotine) is one axis, the
outcome. Cells and limits are whole numbers in 32 bits; a cell that is not there is -1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.tables import MISSING
from megler.quoting.rules.market.axes import AGE, ByKey, CompiledAxis, Key, OnStep
from megler.quoting.rules.market.limits import Flags, Ints, amounts, sold_in
from megler.quoting.rules.market.outcomes import Slot
from megler.quoting.rules.market.plans import Cells, Lane
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line

PAD = 8
"""Blocks of as many plans are widened to a multiple of this, with lanes that nobody buys."""


@dataclass(frozen=True, slots=True)
class BlockKey:
    """What the lanes of a block have in common."""

    line: Line
    basis: AgeBasis
    slot: int
    shape: tuple[object, ...]
    axes: tuple[tuple[bool, tuple[CompiledAxis, ...]], ...]
    places: tuple[ByKey, ...]
    step: OnStep | None


@dataclass(frozen=True, slots=True, eq=False)
class Operand:
    """A table of every lane of a block: [address, width] cells, by `axes`; `top` is the largest."""

    axes: tuple[CompiledAxis, ...]
    lanes: tuple[Cells, ...]
    by_outcome: bool

    def cells(self, block: "Block") -> Ints:
        """The matrix of cells."""
        rows = len(block.slot.rows) if self.by_outcome else 1
        sizes = [axis.size for axis in self.axes]
        found = np.full((rows, *sizes, block.width), -1, np.int32)
        for at, (lane, cells) in enumerate(zip(block.lanes, self.lanes, strict=True)):
            kind = block.slot.kinds.index(lane.kind)
            if not self.by_outcome:
                found[0, ..., at] = _cells(cells, self.axes, {})
                continue
            for number, row in enumerate(block.slot.rows):
                sold = row[kind]
                if sold is not None:
                    facts = {"class": sold.rated_as, "nicotine": sold.status.value}
                    found[number, ..., at] = _cells(cells, self.axes, facts)
        return found.reshape(-1, block.width)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lanes side by side, with who may buy each.

    `limits` [rows, 2, width] are least and most amount at an address of `limit_axes`; `sold_in`
    [jurisdictions, width] is 1 where a lane is sold.
    """

    key: BlockKey
    slot: Slot
    lanes: tuple[Lane, ...]
    width: int
    limit_axes: tuple[CompiledAxis, ...]
    limits: Ints
    sold_in: Flags
    operands: tuple[Operand, ...]


def blocks_of(lanes: Iterable[Lane], slots: Sequence[Slot]) -> list[Block]:
    """The blocks of a book."""
    groups: dict[BlockKey, list[Lane]] = {}
    for lane in lanes:
        groups.setdefault(_key(lane), []).append(lane)
    return [_block(key, slots[key.slot], group) for key, group in groups.items()]


def _key(lane: Lane) -> BlockKey:
    product = lane.plan.product
    return BlockKey(
        line=product.line,
        basis=product.age_basis,
        slot=lane.slot,
        shape=lane.shape,
        axes=tuple((cells.by_outcome, cells.compiled) for cells in lane.cells),
        places=lane.places,
        step=lane.step,
    )


def _block(key: BlockKey, slot: Slot, lanes: list[Lane]) -> Block:
    lanes = sorted(lanes, key=lambda lane: (lane.modes[:1], lane.plan.term_years or 0))
    width = len(lanes) if len(lanes) < PAD else -(-len(lanes) // PAD) * PAD
    axes, limits = _limits(key, slot, lanes, width)
    sold = np.zeros((len(sold_in(lanes[0].plan.product)), width), np.uint8)
    for at, lane in enumerate(lanes):
        sold[:, at] = sold_in(lane.plan.product)
    operands = tuple(
        Operand(axes, tuple(lane.cells[i] for lane in lanes), by_outcome)
        for i, (by_outcome, axes) in enumerate(key.axes)
    )
    return Block(key, slot, tuple(lanes), width, axes, limits, sold, operands)


def _limits(
    key: BlockKey, slot: Slot, lanes: Sequence[Lane], width: int
) -> tuple[tuple[CompiledAxis, ...], Ints]:
    """Least and most amounts, one row for all ages and outcomes that have the same ones."""
    by_status: dict[tuple[Nicotine | None, ...], int] = {}
    places = [-1]
    for row in slot.rows:
        statuses = tuple(
            None if (sold := row[slot.kinds.index(lane.kind)]) is None else sold.status
            for lane in lanes
        )
        places.append(by_status.setdefault(statuses, len(by_status)))
    known: dict[tuple[int, Nicotine], Ints] = {}
    found = np.zeros((len(by_status), 131, 2, width), np.int32)
    found[:, :, 0], found[:, :, 1] = 2, 1
    for statuses, number in by_status.items():
        for at, (lane, status) in enumerate(zip(lanes, statuses, strict=True)):
            if status is not None:
                one = known.get((at, status))
                if one is None:
                    one = known[at, status] = amounts(lane.sale, status)
                found[number, :, :, at] = one.T
    by_age = found.transpose(1, 0, 2, 3).reshape(131, -1)
    _, first, inverse = np.unique(by_age, axis=0, return_index=True, return_inverse=True)
    ages = ByKey(AGE[key.basis], (-1, *(int(i) for i in inverse.ravel())))
    axes: list[CompiledAxis] = [ByKey(Key("outcome", key.slot), tuple(places)), ages]
    axes += [*key.places, *([key.step] if key.step else [])]
    return tuple(axes), found[:, first].reshape(-1, 2, width)


def _cells(
    cells: Cells, axes: Sequence[CompiledAxis], facts: dict[str, str | None]
) -> NDArray[np.int32] | int:
    """A plan's cells with the axes in the block's order, -1 where there is none."""
    table = cells.table
    grid = table.cells.reshape([axis.size for axis in table.axes])
    index: list[int | slice] = []
    order: list[CompiledAxis] = []
    for axis, own in zip(cells.axes, table.axes, strict=True):
        if isinstance(axis, int):
            index.append(axis)
        elif isinstance(axis, str):
            place = own.index(facts.get(axis))
            if place < 0:
                return -1
            index.append(place)
        else:
            index.append(slice(None))
            order.append(axis)
    part = grid[tuple(index)]
    part = part.transpose([order.index(axis) for axis in axes]) if order else part
    return np.where(part == MISSING, -1, part).astype(np.int32)
