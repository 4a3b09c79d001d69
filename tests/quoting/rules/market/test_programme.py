"""Operations on whole numbers give what fractions give, or say beforehand that they cannot."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from megler.quoting.rules.market import programme
from megler.quoting.rules.market.programme import Instruction, cap, compiled
from megler.quoting.rules.market.shape import Do, Op
from megler.vocabulary.money import Rounding

CENT = Fraction(1, 100)
_FACTORS = st.integers(1, 2000).map(lambda n: Fraction(n, 1000))
_OPS = st.lists(
    st.builds(Op, st.just(Do.ADD), st.integers(0, 10_000).map(lambda n: Fraction(n, 100)))
    | st.builds(Op, st.just(Do.MULTIPLY), _FACTORS)
    | st.builds(Op, st.just(Do.SUBTRACT), st.integers(0, 900).map(Fraction))
    | st.builds(Op, st.sampled_from([Do.AT_LEAST, Do.AT_MOST]), st.integers(1, 9000).map(Fraction))
    | st.builds(
        Op,
        st.just(Do.ROUND),
        to=st.sampled_from([CENT, Fraction(1, 20), Fraction(1), Fraction(5)]),
        how=st.sampled_from(Rounding),
    ),
    max_size=4,
)


def rounded(x: Fraction, to: Fraction, how: Rounding) -> Fraction:
    whole, rest = divmod(x / to, 1)
    more = {
        Rounding.UP: rest > 0,
        Rounding.DOWN: False,
        Rounding.HALF_UP: rest >= Fraction(1, 2),
        Rounding.HALF_EVEN: rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1),
    }[how]
    return (whole + int(more)) * to


def by_fractions(ops: list[Op], amount: int, cell: int) -> Fraction:
    x = Fraction(0)
    for op in ops:
        if op.do is Do.RATE:
            x = amount * cell * op.figure
        elif op.do is Do.ADD:
            x += op.figure
        elif op.do is Do.MULTIPLY:
            x *= op.figure
        elif op.do is Do.SUBTRACT:
            x = max(x - op.figure, Fraction(0))
        elif op.do is Do.ROUND:
            x = rounded(x, op.to, op.how)
        else:
            x = max(x, op.figure) if op.do is Do.AT_LEAST else min(x, op.figure)
    return rounded(x, CENT, Rounding.HALF_UP)


def run(program: tuple[Instruction, ...], amount: int, cell: int) -> int:
    """What the kernel does, in whole numbers that never overflow."""
    v = 0
    for one in program:
        m, c = one.m[0], one.c[0]
        if one.code == programme.RATE:
            v = cell * one.scale[0] * amount
        elif one.code == programme.AFFINE:
            v = v * m + c
        elif one.code == programme.ROUND:
            v = (v * m + c + int(one.shift)) // one.d
        elif one.code == programme.EVEN:
            v = int(rounded(Fraction(v * m + c, one.d), Fraction(1), Rounding.HALF_EVEN))
        elif one.code == programme.SUB:
            v = max(v - c, 0)
        else:
            v = max(v, c) if one.code == programme.LEAST else min(v, c)
    return v


@settings(max_examples=200, deadline=None)
@given(_OPS, st.integers(1, 4000), st.integers(1, 30_000), st.booleans())
def test_a_programme_ends_in_the_cents_of_its_steps(
    steps: list[Op], parts: int, cell: int, by_unit: bool
) -> None:
    ops = [Op(Do.RATE, Fraction(1, 100_000), "base"), *steps]
    unit = programme.UNIT if by_unit else 1
    program = compiled([ops], rated=False, unit=unit)
    assert run(program, parts, cell) == by_fractions(ops, parts * unit, cell) * 100


def test_the_cap_is_the_last_amount_whose_figures_are_exact() -> None:
    ops = [Op(Do.RATE, Fraction(1, 10**7), "base"), Op(Do.MULTIPLY, Fraction(7919, 10**8))]
    program = compiled([ops], rated=False)
    most = cap(program, [40_000], 12)
    assert 0 < most < 10**9
    assert cap(compiled([ops], False, programme.UNIT), [40_000], 12) > most
    assert cap(program, [80_000], 12) < most


def test_plans_with_other_figures_share_a_programme() -> None:
    fees = [Fraction(65), Fraction(5025, 100)]
    plans = [[Op(Do.RATE, Fraction(1, 100_000), "b"), Op(Do.ADD, fee)] for fee in fees]
    (load, end) = compiled(plans, rated=False)
    assert load.code == programme.RATE
    assert len(end.c) == 2
