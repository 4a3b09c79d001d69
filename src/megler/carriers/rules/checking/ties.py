"""Which values of several facts can be together: facts that say something of each other."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from megler.carriers.rules.checking.axes import Axis
from megler.carriers.rules.when.tree import Fact, Value
from megler.vocabulary.conditions import wider

TIED = frozenset(
    {
        "count", "months_since", "months_since_end", "ended", "amount", "total_amount",
        "age_at_onset", "age", "systolic", "diastolic", "bmi", "height_in", "weight_lb",
        "income_multiple", "income_annual", "net_worth_multiple", "net_worth",
    }
)  # fmt: skip
"""The facts that say something of another."""
_Goes = Callable[[Decimal, Decimal], bool]
Test = Callable[[Value | None, Value | None], bool]
_POUNDS_PER_BMI = 703
_SHORTEST_IN, _TALLEST_IN, _LIGHTEST_LB, _HEAVIEST_LB = 48, 84, 60, 600


def pairs(one: Axis, other: Axis, own: str, strict: bool) -> Iterator[Test]:
    """What must hold between the values of two facts; `own` is the impairment of the entry.

    `strict`: besides, what holds roughly, of which a few tried values may miss what is possible.
    """
    a, b = one.fact, other.fact
    if a.name == b.name == "count":
        yield from map(_of_figures, _counts(a, b))
    elif (a.name, b.name) == ("months_since", "count"):
        yield from map(_of_figures, _since_and_count(a, b, own))
        if a.arguments and a.arguments == b.arguments:
            never = one.values[-1]
            yield lambda ago, often: often != 0 or ago == never
    elif (a.name, b.name) == ("ended", "months_since_end"):
        yield lambda ended, since: ended is (since is not None)
    else:
        yield from map(_of_figures, _simply(a, b, own))
        yield from map(_of_figures, _roughly(a, b) if strict else ())


def threes(one: str, two: str, three: str) -> Callable[[Decimal, Decimal, Decimal], bool] | None:
    """What must hold, roughly, between three facts of which two give the third."""
    match one, two, three:
        case "age_at_onset", "months_since", "age":
            return lambda onset, months, age: abs(age - onset - months / 12) <= 1
        case "bmi", "height_in", "weight_lb":
            return lambda bmi, inches, lb: _near(bmi * inches**2, _POUNDS_PER_BMI * lb)
        case "income_multiple", "income_annual", "total_amount":
            return lambda times, income, total: _near(times * income, total)
        case "net_worth_multiple", "net_worth", "total_amount":
            return lambda times, worth, total: _near(times * worth, total)
        case _:
            return None


def _of_figures(goes: _Goes) -> Test:
    """The test where both are figures; anything goes where one is not."""
    return lambda a, b: not (isinstance(a, Decimal) and isinstance(b, Decimal)) or goes(a, b)


def _counts(one: Fact, other: Fact) -> Iterator[_Goes]:
    """A narrower thing, in a shorter time, was no more often."""
    narrow, wide = one.arguments[0], other.arguments[0]
    short, long = (int(f.arguments[1]) if len(f.arguments) > 1 else None for f in (one, other))
    if wide in wider(narrow) and (long is None or (short is not None and short <= long)):
        yield lambda few, many: few <= many


def _since_and_count(since: Fact, count: Fact, own: str) -> Iterator[_Goes]:
    """How long ago the latest was, and how often there was any in the last months."""
    if len(count.arguments) < 2 or (since.arguments or (own,))[0] != count.arguments[0]:
        return
    months = int(count.arguments[1])
    yield lambda ago, often: ago >= months or often > 0
    if since.arguments:
        yield lambda ago, often: ago < months or often == 0


def _simply(one: Fact, other: Fact, own: str) -> Iterator[_Goes]:
    match one.name, other.name:
        case ("months_since", "months_since") if not one.arguments and other.arguments == (own,):
            yield lambda ago, latest: latest <= ago
        case ("months_since_end", "months_since") if not other.arguments:
            yield lambda end, start: end <= start
        case ("amount", "total_amount") | ("age_at_onset", "age"):
            yield lambda less, more: less <= more
        case _:
            return


def _roughly(one: Fact, other: Fact) -> Iterator[_Goes]:
    match one.name, other.name:
        case "months_since", "age":
            yield lambda months, age: months / 12 <= age + 1
        case "diastolic", "systolic":
            yield lambda low, high: low < high
        case "weight_lb", "bmi":
            yield (
                lambda lb, bmi: (
                    bmi * _SHORTEST_IN**2 <= _POUNDS_PER_BMI * lb <= bmi * _TALLEST_IN**2
                )
            )
        case "height_in", "bmi":
            yield (
                lambda inches, bmi: (
                    _LIGHTEST_LB <= bmi * inches**2 / _POUNDS_PER_BMI <= _HEAVIEST_LB
                )
            )
        case _:
            return


def _near(one: Decimal, other: Decimal) -> bool:
    """Within a twentieth."""
    return abs(one - other) * 20 <= abs(other)
