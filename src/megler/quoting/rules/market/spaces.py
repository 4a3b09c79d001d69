"""The axes of a view and the addresses that are reckoned from them, each once."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from megler.quoting.rules.market.axes import ByAmount, ByKey, CompiledAxis, Key
from megler.quoting.rules.market.blocks import Block
from megler.quoting.rules.market.compiling import Market
from megler.quoting.rules.market.sheet import BAND, KEY, STEP

SHARED = {("age", 0): 0, ("age", 1): 1, ("sex", 0): 2, ("jurisdiction", 0): 3}
Arrays = dict[str, Any]


class Spaces:
    """Distinct axes, and distinct addresses over them (a space), numbered as they are met."""

    def __init__(self, areas: int) -> None:
        self._areas = areas
        self._axes: dict[CompiledAxis, int] = {}
        self._spaces: dict[tuple[tuple[int, int], ...], int] = {}
        self._rows: list[list[int]] = []
        self._lut: list[int] = []

    def number(self, axes: Sequence[CompiledAxis], by_outcome: Block | None) -> int:
        """The number of an address over axes, row-major; a block's outcome comes first."""
        every = list(axes)
        if by_outcome is not None:
            rows = len(by_outcome.slot.rows)
            outcome = Key("outcome", by_outcome.key.slot)
            every.insert(0, ByKey(outcome, (-1, *range(rows))))
        parts, stride = [], 1
        for axis in reversed(every):
            parts.append((self._axis(axis), stride))
            stride *= axis.size
        space = tuple(sorted(part for part in parts))
        return self._spaces.setdefault(space, len(self._spaces))

    def _axis(self, axis: CompiledAxis) -> int:
        if axis not in self._axes:
            self._axes[axis] = len(self._axes)
            first = len(self._lut)
            if isinstance(axis, ByKey):
                self._lut += axis.places
                self._rows.append([KEY, self._key(axis.key), first, len(axis.places)])
            elif isinstance(axis, ByAmount):
                self._lut += [*axis.starts, *axis.stops]
                self._rows.append([BAND, 0, first, axis.size])
            else:
                self._lut += [axis.start, axis.step]
                self._rows.append([STEP, 0, first, 1])
        return self._axes[axis]

    def _key(self, key: Key) -> int:
        """The place of a key among a life's: shared ones, then areas, then outcomes."""
        if (shared := SHARED.get((key.name, key.of))) is not None:
            return shared
        return len(SHARED) + key.of + (0 if key.name == "area" else self._areas)

    def arrays(self) -> Arrays:
        """The arrays of a sheet."""
        starts = np.cumsum([0, *(len(space) for space in self._spaces)])
        parts = [part for space in self._spaces for part in space]
        return {
            "axes": np.array(self._rows, np.int64).reshape(-1, 4),
            "lut": np.array([*self._lut, 0], np.int32),
            "spaces": starts.astype(np.int64),
            "space_axes": np.array(parts, np.int64).reshape(-1, 2),
        }


def slot_arrays(market: Market) -> Arrays:
    """The slots of a market as a sheet has them."""
    table = market.class_table
    places = {(guide.name, basis): n for n, (guide, basis) in enumerate(table.guides)}
    rows: list[list[int]] = []
    lut: list[int] = []
    for slot in market.slots:
        guide = -1 if slot.guide is None else places.get((slot.guide.name, slot.basis), -1)
        starts = []
        for part in (slot.by_guide, slot.by_asked, slot.tables):
            starts.append(len(lut))
            lut += part
        rows.append([guide, *starts, len(market.classes)])
    return {
        "slots": np.array(rows, np.int64).reshape(-1, 5),
        "slot_lut": np.array([*lut, 0], np.int32),
    }
