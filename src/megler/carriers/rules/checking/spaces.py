"""Everything that can be together, as far as some conditions can tell: arrays of yes and no.

Each axis of `axes.py` is one dimension; a condition is an array that has the axes it asks and is 1
long on the others, so that `and` and `or` of conditions are `&` and `|` of arrays.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.checking.axes import OTHER, Axis, Domain, axes_of, seen_as, underlying
from megler.carriers.rules.checking.ties import TIED, pairs, threes
from megler.carriers.rules.when.holding import compares
from megler.carriers.rules.when.tree import (
    All,
    Among,
    Any,
    Compare,
    Fact,
    Not,
    Value,
    When,
    facts_in,
)

Flags = NDArray[np.bool_]
MOST = 2_000_000
"""So many combinations are tried; beyond, nothing is said."""


@dataclass(frozen=True, slots=True)
class Space:
    """The axes of some conditions. `own` is the impairment that the entry in question is of."""

    axes: tuple[Axis, ...]
    own: str = ""
    _found: dict[Compare | Among, Flags] = field(default_factory=dict, compare=False, repr=False)

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return int(np.prod([len(axis.values) for axis in self.axes], dtype=np.float64))

    def where(self, when: When | None) -> Flags:
        """Where a condition holds."""
        match when:
            case None:
                return np.ones([1] * len(self.axes), bool)
            case Compare() | Among():
                if when not in self._found:
                    self._found[when] = self._along(
                        underlying(when.fact),
                        lambda value: compares(when, seen_as(when.fact, value)),
                    )
                return self._found[when]
            case Not():
                return ~self.where(when.part)
            case All():
                return self._joined(when.parts, np.logical_and)
            case Any():
                return self._joined(when.parts, np.logical_or)

    def _joined(self, parts: Iterable[When], join: np.ufunc) -> Flags:
        found: Flags | None = None
        for part in parts:
            own = self.where(part)
            found = own if found is None else join(found, own)
        return self.where(None) if found is None else found

    def _along(self, fact: Fact, test: Callable[[Value | None], bool]) -> Flags:
        at = next(i for i, axis in enumerate(self.axes) if axis.fact == fact)
        shape = [1] * len(self.axes)
        shape[at] = len(self.axes[at].values)
        return np.array([test(value) for value in self.axes[at].values], bool).reshape(shape)

    def possible(self, strict: bool) -> Flags:
        """What can be together. `strict`: also without what only figures in between could be."""
        found = self.where(None)
        tied = [axis for axis in self.axes if axis.fact.name in TIED]
        for one, other in permutations(tied, 2):
            for test in pairs(one, other, self.own, strict):
                found = found & self._across(one, other, test)
        if strict:
            for three in permutations(tied, 3):
                together = threes(*(axis.fact.name for axis in three))
                found = found & self._over(three, together) if together else found
        for axis in self.axes:
            if self.own and axis.fact in (Fact("count", (self.own,)), Fact("entries")):
                found = found & self._along(axis.fact, lambda value: value != 0)
        return found

    def _over(
        self, three: Sequence[Axis], test: Callable[[Decimal, Decimal, Decimal], bool]
    ) -> Flags:
        """Where three figures hang together."""
        order = sorted(range(3), key=lambda n: self.axes.index(three[n]))
        grid = np.zeros([len(axis.values) for axis in three], np.bool_)
        for at in np.ndindex(grid.shape):
            values = [axis.values[n] for axis, n in zip(three, at, strict=True)]
            figures = [value for value in values if isinstance(value, Decimal)]
            grid[at] = len(figures) == len(values) and test(*figures)
        shape = [1] * len(self.axes)
        for axis in three:
            shape[self.axes.index(axis)] = len(axis.values)
        return grid.transpose(order).reshape(shape)

    def _across(
        self, one: Axis, other: Axis, test: Callable[[Value | None, Value | None], bool]
    ) -> Flags:
        i, j = self.axes.index(one), self.axes.index(other)
        grid = np.array([[test(a, b) for b in other.values] for a in one.values], bool)
        shape = [1] * len(self.axes)
        shape[i], shape[j] = grid.shape
        return np.asarray(grid if i < j else grid.T).reshape(shape)

    def example(self, flags: Flags) -> dict[Fact, Value | None]:
        """One combination at which `flags` holds, with only the facts that matter to it."""
        whole = np.broadcast_to(flags, [len(axis.values) for axis in self.axes])
        first = np.unravel_index(int(np.argmax(whole)), whole.shape)
        kept: list[int | slice] = [int(i) for i in first]
        for i in range(len(self.axes)):
            freed: list[int | slice] = [*kept[:i], slice(None), *kept[i + 1 :]]
            if whole[tuple(freed)].all():
                kept = freed
        return {
            axis.fact: axis.values[at]
            for axis, at in zip(self.axes, kept, strict=True)
            if isinstance(at, int)
        }


def space_of(whens: Iterable[When | None], domain: Domain) -> Space | None:
    """The space of the conditions; None where it would be too large."""
    space = Space(tuple(axes_of(whens, domain)), domain.own)
    return space if space.size <= MOST else None


def in_words(example: Mapping[Fact, Value | None]) -> str:
    """A combination as short data: `a1c 7.05, insulin no`.

    >>> in_words({Fact("count", ("stroke",)): Decimal(0), Fact("sex"): "male"})
    'count(stroke) 0, sex male'
    """
    return ", ".join(f"{fact} {_shown(value)}" for fact, value in example.items()) or "always"


def _shown(value: Value | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "never" if value is None else OTHER if value == OTHER else value


def shares(when: When | None, facts: set[Fact]) -> bool:
    """Whether a condition asks any of the underlying facts."""
    return any(underlying(fact) in facts for fact in facts_in(when))
