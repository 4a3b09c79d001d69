"""Whether a condition holds of facts that are all known."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any as Anything

from megler.carriers.rules.when.tree import (
    All,
    Among,
    Any,
    Compare,
    Fact,
    Not,
    Sign,
    Value,
    When,
)

Values = Mapping[Fact, Value | None]
"""What each fact is. None: there is no such thing (the end of what has not ended)."""
_SIGNS: Mapping[Sign, Callable[[Anything, Anything], bool]] = {
    Sign.BELOW: operator.lt,
    Sign.AT_MOST: operator.le,
    Sign.ABOVE: operator.gt,
    Sign.AT_LEAST: operator.ge,
    Sign.IS: operator.eq,
    Sign.IS_NOT: operator.ne,
}


def holds(when: When | None, values: Values) -> bool:
    """Whether a condition holds; None always does. Every fact that it names must be in `values`.

    >>> from megler.carriers.rules.when.reading import read_when
    >>> holds(read_when("1 <= age < 3"), {Fact("age"): Decimal(3)})
    False
    """
    match when:
        case None:
            return True
        case Compare():
            return compares(when, values[when.fact])
        case Among():
            return compares(when, values[when.fact])
        case Not():
            return not holds(when.part, values)
        case All():
            return all(holds(part, values) for part in when.parts)
        case Any():
            return any(holds(part, values) for part in when.parts)


def compares(one: Compare | Among, value: Value | None) -> bool:
    """Whether one comparison holds of its fact's value; of None none does."""
    if value is None:
        return False
    if isinstance(one, Among):
        return any(_same_kind(value, other) and value == other for other in one.values)
    if not _same_kind(value, one.value):
        return one.sign is Sign.IS_NOT
    return _SIGNS[one.sign](value, one.value)


def _same_kind(one: Value, other: Value) -> bool:
    return isinstance(one, Decimal) == isinstance(other, Decimal) and isinstance(
        one, bool
    ) == isinstance(other, bool)
