"""A product's steps as operations on exact whole numbers, many plans side by side.

The running amount of a plan is v / D with a whole v and one D for all plans, so that every step is
a few multiplications of whole numbers. v is kept in 64-bit floats, which hold whole numbers below
2 ** 53 exactly; `cap` is the largest amount for which none of them comes near that. Sums and
products by constants gather as v * M + C until a rounding or a table needs the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from megler.quoting.rules.market.axes import LARGEST_AMOUNT
from megler.quoting.rules.market.shape import Do, Op
from megler.vocabulary.money import Rounding

LIMIT = 2**51
"""What no running amount may reach: half and quarter units are still exact below it."""
UNIT = 500
"""Amounts that are whole multiples of this are reckoned in it: three digits more for the rest."""
LARGEST_TABLE = 16
LARGEST_FLAT = 100_00
"""The largest flat extra that is compiled, in hundredths per 1,000 a year."""
LARGEST_YEAR = 2**40
"""What a year may cost, in cents, so that it sorts with its plan in one 64-bit number."""
RATE, CELL, AMOUNT, AFFINE, ROUND, EVEN = range(6)
MUL_CELL, ADD_CELL, SUB_CELL, LEAST_CELL, MOST_CELL = range(6, 11)
SUB, LEAST, MOST, TABLE, FLAT = range(11, 16)
_CELL_CODES = {
    Do.ADD: ADD_CELL,
    Do.SUBTRACT: SUB_CELL,
    Do.AT_LEAST: LEAST_CELL,
    Do.AT_MOST: MOST_CELL,
}
_PLAIN_CODES = {Do.SUBTRACT: SUB, Do.AT_LEAST: LEAST, Do.AT_MOST: MOST}


@dataclass(frozen=True, slots=True)
class Instruction:
    """One operation over all plans of a group.

    `operand` is the number of the table read; `scale` what each plan's cell is multiplied by.
    `m` and `c` hold a figure a plan (or one for all); `d` is what a rounding divides by.
    """

    code: int
    operand: int = -1
    scale: tuple[int, ...] = ()
    m: tuple[int, ...] = (1,)
    c: tuple[int, ...] = (0,)
    d: int = 1
    shift: Fraction = Fraction(0)


@dataclass(slots=True)
class _Running:
    """What was emitted so far: v * m + c is the amount in parts of 1 / d."""

    lanes: int
    out: list[Instruction] = field(default_factory=list)
    d: int = 1
    m: list[int] = field(default_factory=list)
    c: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.m, self.c = [1] * self.lanes, [0] * self.lanes

    def times(self, factors: Sequence[Fraction]) -> None:
        whole = lcm(*(f.denominator for f in factors))
        self.m = [m * int(f * whole) for m, f in zip(self.m, factors, strict=True)]
        self.c = [c * int(f * whole) for c, f in zip(self.c, factors, strict=True)]
        self.d *= whole

    def finer(self, denominator: int) -> None:
        """Makes D a multiple of the denominator."""
        more = lcm(self.d, denominator) // self.d
        if more > 1:
            self.m, self.c = [m * more for m in self.m], [c * more for c in self.c]
            self.d *= more

    def plus(self, amounts: Sequence[Fraction]) -> None:
        self.finer(lcm(*(a.denominator for a in amounts)))
        self.c = [c + int(a * self.d) for c, a in zip(self.c, amounts, strict=True)]

    def emit(self, instruction: Instruction) -> None:
        self.flush()
        self.out.append(instruction)

    def flush(self) -> None:
        """Emits what has gathered, if anything."""
        if any(m != 1 for m in self.m) or any(self.c):
            self.out.append(Instruction(AFFINE, m=_one(self.m), c=_one(self.c)))
        self.m, self.c = [1] * self.lanes, [0] * self.lanes

    def round(self, to: Fraction, how: Rounding) -> None:
        """To a multiple of `to`: v becomes a whole number of `to`."""
        self.finer((self.d * to).denominator * self.d)
        d = int(self.d * to)
        if d > 1:
            m, c = _one(self.m), _one(self.c)
            if how is Rounding.HALF_EVEN and d % 2 == 0:
                self.out.append(Instruction(EVEN, m=m, c=c, d=d))
            else:
                shift = {Rounding.UP: d - 1, Rounding.DOWN: 0}.get(how, d // 2)
                self.out.append(Instruction(ROUND, m=m, c=c, d=d, shift=shift + Fraction(1, 2)))
            self.m, self.c = [1] * self.lanes, [0] * self.lanes
            self.d = to.denominator
            self.times([Fraction(to.numerator)] * self.lanes)


def _one(figures: Sequence[int]) -> tuple[int, ...]:
    """A figure for each plan, or the one for all."""
    return (figures[0],) if len(set(figures)) == 1 else tuple(figures)


def compiled(lanes: Sequence[Sequence[Op]], rated: bool, unit: int = 1) -> tuple[Instruction, ...]:
    """The operations of several plans whose steps have the same shape; they end in whole cents.

    `rated`: with table ratings and flat extras, which only few lives have. The amount is counted in
    `unit`.
    """
    running = _Running(len(lanes))
    operand = 0
    for ops in zip(*lanes, strict=True):
        reads = ops[0].reads
        _compile(running, ops, operand if reads else -1, rated, unit)
        operand += reads
    cents = Fraction(1, 100)
    if 100 % running.d:
        running.round(cents, Rounding.HALF_UP)
    running.finer(100)
    running.flush()
    return tuple(running.out)


def _compile(running: _Running, ops: Sequence[Op], operand: int, rated: bool, unit: int) -> None:
    do = ops[0].do
    figures = [op.figure * (unit if do is Do.RATE else 1) for op in ops]
    if do in (Do.RATE, Do.CELL):
        denominator = lcm(*(f.denominator for f in figures))
        scale = _one([int(f * denominator) for f in figures])
        running.emit(Instruction(RATE if do is Do.RATE else CELL, operand, scale))
        running.d = denominator
    elif do is Do.AMOUNT:
        running.emit(Instruction(AMOUNT))
        running.times([Fraction(unit)] * running.lanes)
    elif do is Do.ROUND:
        running.round(ops[0].to, ops[0].how)
    elif do is Do.TABLE_RATING:
        if rated:
            whole = lcm(*(f.denominator for f in figures))
            running.emit(Instruction(TABLE, m=_one([int(f * whole) for f in figures]), c=(whole,)))
            running.d *= whole
    elif do is Do.FLAT_EXTRA:
        if rated:
            share = Fraction(unit, 100_000 * ops[0].payments)
            running.finer(share.denominator)
            running.emit(Instruction(FLAT, c=(int(share * running.d),)))
    elif operand >= 0 and do is Do.MULTIPLY:
        denominator = lcm(*(f.denominator for f in figures))
        scale = _one([int(f * denominator) for f in figures])
        running.emit(Instruction(MUL_CELL, operand, scale))
        running.d *= denominator
    elif operand >= 0:
        running.finer(lcm(*(f.denominator for f in figures)))
        scale = _one([int(f * running.d) for f in figures])
        running.emit(Instruction(_CELL_CODES[do], operand, scale))
    elif do is Do.MULTIPLY:
        running.times(figures)
    elif do is Do.ADD:
        running.plus(figures)
    else:
        running.finer(lcm(*(f.denominator for f in figures)))
        running.emit(Instruction(_PLAIN_CODES[do], c=_one([int(f * running.d) for f in figures])))


def cap(program: Sequence[Instruction], tops: Sequence[int], payments: int) -> int:
    """The largest amount, counted in the programme's unit, that it takes exactly; -1: none.

    `tops` are the largest cells of each table read.
    """
    low, high = -1, LARGEST_AMOUNT
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(program, tops, middle, payments):
            low = middle
        else:
            high = middle - 1
    return low


def _fits(program: Sequence[Instruction], tops: Sequence[int], amount: int, payments: int) -> bool:
    v = 0
    for one in program:
        cell = max(one.scale, default=0) * tops[one.operand] if one.operand >= 0 else 0
        v = _bounded(one, v, cell, amount)
        if v >= LIMIT:
            return False
        if one.code in (ROUND, EVEN):
            v = v // one.d + 1
    return v * payments < LARGEST_YEAR


def _bounded(one: Instruction, v: int, cell: int, amount: int) -> int:
    """The most that an operation can make of amounts up to v (a rounding: before it divides)."""
    if one.code in (RATE, CELL, AMOUNT):
        return {RATE: cell * amount, CELL: cell, AMOUNT: amount}[one.code]
    if one.code in (AFFINE, ROUND, EVEN):
        return v * max(one.m) + max(one.c) + one.d
    if one.code in (MUL_CELL, ADD_CELL, LEAST_CELL):
        return {MUL_CELL: v * cell, ADD_CELL: v + cell, LEAST_CELL: max(v, cell)}[one.code]
    if one.code == LEAST:
        return max(v, *one.c)
    if one.code == TABLE:
        return v * (one.c[0] + max(one.m) * LARGEST_TABLE)
    return v + amount * LARGEST_FLAT * one.c[0] if one.code == FLAT else v
