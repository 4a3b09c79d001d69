"""A view: the plans that a wish is about, in the arrays that the kernel reads.

A market has few views (line, term, plan and mode of the wish), each made when it is first asked for.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray

from megler.quoting.rules.market import programme
from megler.quoting.rules.market.blocks import Block
from megler.quoting.rules.market.compiling import Market
from megler.quoting.rules.market.limits import Flags, Ints
from megler.quoting.rules.market.plans import Lane
from megler.quoting.rules.market.shape import Do, Op, operations
from megler.quoting.rules.market.sheet import Longs, Sheet
from megler.quoting.rules.market.spaces import Spaces, slot_arrays
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Line, Mode

MODES = tuple(Mode)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a wish chooses among plans; None: anything."""

    line: Line | None = None
    term_years: int | None = None
    plan: str | None = None
    mode: Mode | None = None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The lanes of a wish. `plans`, `modes` and `pays` [lanes] are each lane's plan, mode and
    payments a year; `lane_of` [places] turns a place in the order of plans into a lane.

    `terms` are the terms by which best offers are told apart. `alternates`: some plan has several
    lanes, of which the cheapest counts. `class_at` [lanes, 3]: offset and stride in `class_ids`, and the slot.
    `own` is what each thread keeps.
    """

    sheet: Sheet
    plans: Ints
    modes: Ints
    lane_of: Ints
    terms: tuple[int | None, ...]
    alternates: bool
    class_at: Longs
    class_ids: Ints
    own: local = field(default_factory=local, repr=False)


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring lanes of a block, paid in one mode; `stop` reaches into its padding."""

    number: int
    block: Block
    start: int
    stop: int
    mode: Mode
    ops: tuple[tuple[Op, ...], ...]

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes; those of the padding are like the last."""
        own = self.block.lanes[self.start : self.stop]
        return own + own[-1:] * (self.stop - self.start - len(own))

    @property
    def shape(self) -> tuple[object, ...]:
        """What lanes priced together have in common."""
        return tuple(op.shape for op in self.ops[0])


def view_of(market: Market, wish: Wish) -> View:
    """The view of a wish, made once."""
    found = market.once.get(wish)
    if not isinstance(found, View):
        found = market.once[wish] = _made(market, wish)
    return found


def _made(market: Market, wish: Wish) -> View:
    groups: dict[tuple[object, ...], list[_Run]] = {}
    for number, block in enumerate(market.blocks):
        for run in _runs(number, block, wish):
            groups.setdefault(run.shape, []).append(run)
    return _Laying(market, list(groups.values())).view()


def _runs(number: int, block: Block, wish: Wish) -> Iterator[_Run]:
    """The lanes of a block that the wish is about, by mode, as runs of neighbours."""
    by_mode: dict[Mode, list[int]] = {}
    for at, lane in enumerate(block.lanes):
        plan = lane.plan
        fits = (
            wish.line in (None, block.key.line)
            and wish.term_years in (None, plan.term_years)
            and wish.plan in (None, plan.plan)
        )
        for mode in _modes(lane, wish.mode) if fits else ():
            by_mode.setdefault(mode, []).append(at)
    for mode, places in by_mode.items():
        ops = {at: _ops(block.lanes[at], mode) for at in places}
        breaks = [
            i
            for i, (a, b) in enumerate(pairwise(places), 1)
            if b != a + 1 or _shape(ops[a]) != _shape(ops[b])
        ]
        for first, last in pairwise([0, *breaks, len(places)]):
            own = places[first:last]
            stop = own[-1] + 1
            stop = block.width if stop == len(block.lanes) and len(own) > 1 else stop
            each = tuple(ops[min(at, own[-1])] for at in range(own[0], stop))
            yield _Run(number, block, own[0], stop, mode, each)


def _modes(lane: Lane, wanted: Mode | None) -> tuple[Mode, ...]:
    """The modes of a lane that may be shown: as wanted, else annual, else whichever is cheapest."""
    for mode in (wanted, Mode.ANNUAL):
        if mode in lane.all_modes:
            return (mode,) if mode in lane.modes else ()
    return lane.modes


def _ops(lane: Lane, mode: Mode) -> tuple[Op, ...]:
    return operations(lane.plan.book, lane.plan.product, mode)


def _shape(ops: Sequence[Op]) -> tuple[object, ...]:
    return tuple(op.shape for op in ops)


class _Laying:
    """Lays groups of runs out as arrays, one after the other."""

    def __init__(self, market: Market, groups: list[list[_Run]]) -> None:
        self.market, self.all_groups = market, groups
        self.spaces = Spaces(len(market.areas))
        self.runs: list[list[int]] = []
        self.run_cells: list[tuple[int, int, int]] = []
        self.groups: list[list[int]] = []
        self.programmes: list[list[list[int]]] = []
        self.caps: list[list[int]] = []
        self.ops: list[list[int]] = []
        self.numbers: list[list[float]] = []
        self.figures: list[float] = []
        self.limits: list[Ints] = []
        self.limit_starts: dict[int, int] = {}
        self.class_ids: list[int] = []
        self.class_starts: dict[int, int] = {}
        self.lanes = 0

    def view(self) -> View:
        """Everything laid out."""
        runs = [run for group in self.all_groups for run in group]
        for group in self.all_groups:
            self._group(group)
        numbers = {id(plan): number for number, plan in enumerate(self.market.plans)}
        plans = np.full(self.lanes, -1, np.int32)
        at = 0
        for run in runs:
            own = run.block.lanes[run.start : run.stop]
            plans[at : at + len(own)] = [numbers[id(lane.plan)] for lane in own]
            at += run.stop - run.start
        modes = self._each(runs, lambda run: MODES.index(run.mode), np.int32)
        terms = sorted({p.term_years for p in self.market.plans}, key=lambda t: (t is not None, t))
        lane_terms = [terms.index(lane.plan.term_years) for run in runs for lane in run.lanes]
        places, order = self._order(plans, modes)
        sheet = Sheet(
            **self.spaces.arrays(),
            **slot_arrays(self.market),
            runs=_table(self.runs, 7),
            run_cells=_table(self.run_cells, 3),
            groups=_table(self.groups, 6),
            programmes=np.array(self.programmes, np.int64).reshape(-1, 4, 2),
            caps=_table(self.caps, 4),
            ops=_table(self.ops, 4),
            numbers=np.array(self.numbers, np.float64).reshape(-1, 4),
            figures=np.array([*self.figures, 0.0] + [0.0] * self.lanes, np.float64),
            limits=np.concatenate([*self.limits, np.empty(0, np.int32)]),
            cells=self.market.cells,
            sold=_sold(runs),
            pays=self._each(runs, lambda run: PAYMENTS_A_YEAR[run.mode], np.float64),
            order=order,
            terms=np.array(lane_terms, np.uint8),
        )
        told = plans[plans >= 0]
        return View(
            sheet=sheet,
            plans=plans,
            modes=modes,
            lane_of=places,
            terms=tuple(terms),
            alternates=len(set(told.tolist())) < len(told),
            class_at=self._class_at(runs),
            class_ids=np.array([*self.class_ids, -1], np.int32),
        )

    def _each(
        self, runs: Sequence[_Run], figure: Callable[[_Run], float], dtype: type
    ) -> NDArray[Any]:
        parts: list[NDArray[Any]] = [
            np.full(run.stop - run.start, figure(run), dtype) for run in runs
        ]
        return np.concatenate([*parts, np.empty(0, dtype)])

    def _order(self, plans: Ints, modes: Ints) -> tuple[Ints, Longs]:
        """Places of lanes in the order of plans (of one plan, as its modes are listed)."""
        places = np.lexsort((np.arange(len(plans)), plans)).astype(np.int32)
        currencies = sorted({plan.book.edition.currency for plan in self.market.plans})
        of_plan = np.array(
            [currencies.index(plan.book.edition.currency) for plan in self.market.plans] or [0]
        )
        order = np.empty(len(plans), np.int64)
        order[places] = np.arange(len(plans))
        return places, order + (of_plan[plans].astype(np.int64) << 60)

    def _group(self, group: list[_Run]) -> None:
        first, first_run = self.lanes, len(self.runs)
        ops = [own for run in group for own in run.ops]
        for run in group:
            self._run(run)
        kinds = {op.do: op for op in ops[0]}
        extra = kinds.get(Do.FLAT_EXTRA)
        exactly = 0 if extra is None else 1 if extra.payments in (1, 2, 4) else 2
        rates = int(Do.TABLE_RATING in kinds)
        stop = len(self.runs)
        self.groups.append([first, self.lanes - first, first_run, stop, rates, exactly])
        operands = len(group[0].block.operands)
        tops = [max(self.market.tops[run.number][k] for run in group) for k in range(operands)]
        payments = max(PAYMENTS_A_YEAR[run.mode] for run in group)
        versions, caps = [], []
        for rated, unit in product((False, True), (1, programme.UNIT)):
            instructions = programme.compiled(ops, rated, unit)
            start = len(self.ops)
            for one in instructions:
                self._instruction(one)
            versions.append([start, len(self.ops)])
            caps.append(programme.cap(instructions, tops, payments))
        self.programmes.append(versions)
        self.caps.append(caps)

    def _run(self, run: _Run) -> None:
        block, number = run.block, run.number
        width, count = block.width, run.stop - run.start
        if number not in self.limit_starts:
            self.limit_starts[number] = sum(len(part) for part in self.limits)
            self.limits.append(block.limits.reshape(-1))
        limits = self.limit_starts[number] + run.start
        space = self.spaces.number(block.limit_axes, None)
        slot = block.key.slot
        self.runs.append([self.lanes, count, slot, space, limits, width, len(self.run_cells)])
        for k, operand in enumerate(block.operands):
            space = self.spaces.number(operand.axes, block if operand.by_outcome else None)
            self.run_cells.append((space, self.market.starts[number][k] + run.start, width))
        self.lanes += count

    def _instruction(self, one: programme.Instruction) -> None:
        m = one.scale or one.m
        c = [float(figure + one.shift) for figure in one.c]
        at = []
        for figures in ([float(figure) for figure in m], c):
            at.append(len(self.figures) if len(figures) > 1 else -1)
            self.figures += figures if len(figures) > 1 else []
        self.ops.append([one.code, one.operand, *at])
        self.numbers.append([float(m[0]), c[0], 1.0 / one.d, float(one.d)])

    def _class_at(self, runs: Sequence[_Run]) -> Longs:
        """Where each lane's class by outcome stands."""
        numbers = {code: number for number, code in enumerate(self.market.classes)}
        found = []
        for run in runs:
            slot, width = run.block.slot, run.block.width
            if run.number not in self.class_starts:
                self.class_starts[run.number] = len(self.class_ids)
                kinds = [slot.kinds.index(lane.kind) for lane in run.block.lanes]
                kinds += [0] * (width - len(kinds))
                for row in slot.rows:
                    sold = (row[kind] for kind in kinds)
                    self.class_ids += [
                        numbers.get(one.class_code or "", -1) if one else -1 for one in sold
                    ]
            start = self.class_starts[run.number]
            found += [(start + at, width, run.block.key.slot) for at in range(run.start, run.stop)]
        return np.array(found, np.int64).reshape(-1, 3)


def _table(rows: Sequence[Sequence[int]], columns: int) -> Longs:
    return np.array(rows, np.int64).reshape(-1, columns)


def _sold(runs: Sequence[_Run]) -> Flags:
    parts = [run.block.sold_in[:, run.start : run.stop] for run in runs]
    return np.concatenate([*parts, np.zeros((57, 0), np.uint8)], axis=1).reshape(-1)
