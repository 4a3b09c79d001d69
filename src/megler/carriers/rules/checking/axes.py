"""The few values of each fact that tell a guide's conditions apart, and what goes together.

Conditions change only at the figures and texts that they name. So of each fact that some conditions
ask, it is enough to try those, the figures between and beyond them, and one text besides. Facts of one
underlying thing are one axis: months and years since, whether and how often.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from megler.carriers.rules.when.facts import FACTS, FactType, Known
from megler.carriers.rules.when.tree import Among, Compare, Fact, Value, When, comparisons_in

OTHER = "another"
"""Stands for any text that no condition names."""
WHOLE = frozenset(
    {
        "age", "systolic", "diastolic", "count", "entries", "days", "age_at_onset",
        "amount", "total_amount", "income_annual", "net_worth",
    }
)  # fmt: skip
"""Facts that are whole numbers; others of every guide are not, but for bmi, a tenth."""
_TENTHS = frozenset({"bmi"})
_BELOW_ZERO = frozenset({"net_worth", "net_worth_multiple"})
_MONTHS = Decimal(12)


@dataclass(frozen=True, slots=True)
class Domain:
    """What the facts of some conditions can be: what each is, and the texts of closed lists."""

    facts: Mapping[str, Known] = field(default_factory=lambda: FACTS)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fine: bool = False
    """Whether answers may be finer than the figures of the guide."""
    own: str = ""
    """The impairment that the entry in question is of; empty: there is no entry."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An underlying fact and the values to try, ascending where they are figures."""

    fact: Fact
    values: tuple[Value | None, ...]


def underlying(fact: Fact) -> Fact:
    """The fact that stands for all that say the same: months for years, how often for whether.

    >>> str(underlying(Fact("has", ("stroke",)))), str(underlying(Fact("years_since_stent")))
    ('count(stroke)', 'months_since_stent')
    """
    if fact.name == "has":
        return Fact("count", fact.arguments)
    if fact.name.startswith("years_since"):
        return Fact("months" + fact.name.removeprefix("years"), fact.arguments)
    return fact


def seen_as(fact: Fact, value: Value | None) -> Value | None:
    """What a fact is where the one underlying it has this value."""
    if fact.name == "has" and isinstance(value, Decimal):
        return value > 0
    if fact.name.startswith("years_since") and isinstance(value, Decimal):
        return value / _MONTHS
    return value


def axes_of(whens: Iterable[When | None], domain: Domain) -> list[Axis]:
    """The axes of everything that the conditions ask, in the order in which they first ask."""
    asked: dict[Fact, list[Value]] = {}
    for one in (c for when in whens for c in comparisons_in(when)):
        asked.setdefault(underlying(one.fact), []).extend(_thresholds(one))
    for fact in list(asked):
        if fact.name == "count" and len(fact.arguments) > 1:
            since = Fact("months_since", fact.arguments[:1])
            if since in asked:
                asked[since].append(Decimal(fact.arguments[1]))
    axes = [Axis(fact, tuple(_values(fact, named, domain))) for fact, named in asked.items()]
    return [_with_no_end(axis, asked) for axis in axes]


def _with_no_end(axis: Axis, asked: Mapping[Fact, object]) -> Axis:
    """Where conditions ask whether it has ended, the time since the end may be none."""
    if axis.fact.name == "months_since_end" and Fact("ended") in asked:
        return Axis(axis.fact, (*axis.values, None))
    return axis


def _thresholds(one: Compare | Among) -> Iterator[Value]:
    for value in one.values if isinstance(one, Among) else (one.value,):
        if one.fact.name == "has":
            yield Decimal(0)
        elif one.fact.name.startswith("years_since") and isinstance(value, Decimal):
            yield value * _MONTHS
        else:
            yield value


def _values(fact: Fact, named: Sequence[Value], domain: Domain) -> Iterator[Value]:
    known = domain.facts.get(fact.name) or FACTS.get(fact.name)
    kind = known.type if known else _kind_of(named[0])
    if kind is FactType.FLAG:
        yield from (False, True)
    elif kind is FactType.TEXT:
        listed = domain.values.get(fact.name, ())
        texts = dict.fromkeys(v for v in named if isinstance(v, str))
        closed = listed and (len(listed) <= _FEW or set(listed) <= set(texts))
        yield from (listed if closed else (*texts, OTHER))
    else:
        yield from _figures(fact.name, [v for v in named if isinstance(v, Decimal)], domain.fine)


_FEW = 12


def _kind_of(value: Value) -> FactType:
    if isinstance(value, bool):
        return FactType.FLAG
    return FactType.NUMBER if isinstance(value, Decimal) else FactType.TEXT


def _figures(name: str, named: Iterable[Decimal], fine: bool) -> Iterator[Decimal]:
    """Each threshold, something between each two that differ, one below and one above."""
    thresholds = sorted(set(named))
    if not thresholds:
        return
    unit = _unit(name, thresholds, fine)
    between = (_between(low, high, unit) for low, high in pairwise(thresholds))
    tried = {*thresholds, *(value for value in between if value is not None)}
    below = thresholds[0] - (unit or 1)
    tried |= {
        thresholds[-1] + (unit or 1),
        below if below >= 0 or _may_be_negative(name) else Decimal(0),
    }
    if name in WHOLE:
        tried = {
            Decimal(int(value) + n)
            for value in tried
            for n in ((0,) if value == int(value) else (0, 1))
        }
    yield from sorted(v for v in tried if v >= 0 or _may_be_negative(name))


def _unit(name: str, thresholds: Sequence[Decimal], fine: bool) -> Decimal | None:
    """The smallest step of a fact; None: it has none. Answers are as fine as the guide writes them."""
    if name in WHOLE:
        return Decimal(1)
    if name in _TENTHS:
        return Decimal("0.1")
    if fine or name in FACTS or name.startswith("months_since"):
        return None
    return min((_fineness(value) for value in thresholds), default=Decimal(1))


def _fineness(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0)) if isinstance(exponent, int) else Decimal(1)


def _between(low: Decimal, high: Decimal, unit: Decimal | None) -> Decimal | None:
    if unit is None:
        return (low + high) / 2
    return low + unit if low + unit < high else None


def _may_be_negative(name: str) -> bool:
    return name in _BELOW_ZERO or (name not in FACTS and not name.startswith("months_since"))
