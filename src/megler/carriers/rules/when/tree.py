"""A condition of a guide as it reads: comparisons of facts with figures, joined by and, or, not.

`None` for a condition means that it always holds. Facts are named in `facts.py` beside this.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: a name of `facts.py`, a question's key, or a call with arguments: has("stroke")."""

    name: str
    arguments: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.name)

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})" if self.arguments else self.name


class Sign(StrEnum):
    """How a fact is compared."""

    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    IS = "=="
    IS_NOT = "!="


Value = Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Compare:
    """One fact against one value. A flag by itself is compared with True."""

    fact: Fact
    sign: Sign
    value: Value


@dataclass(frozen=True, slots=True)
class Among:
    """Whether a fact is one of several texts or figures."""

    fact: Fact
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["When", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple["When", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "When"


When = Compare | Among | All | Any | Not


def facts_in(when: When | None) -> Iterator[Fact]:
    """Every fact that a condition asks, in its order, also more than once."""
    match when:
        case Compare() | Among():
            yield when.fact
        case All() | Any():
            for part in when.parts:
                yield from facts_in(part)
        case Not():
            yield from facts_in(when.part)
        case None:
            return


def comparisons_in(when: When | None) -> Iterator[Compare | Among]:
    """Every comparison of a condition, in its order."""
    match when:
        case Compare() | Among():
            yield when
        case All() | Any():
            for part in when.parts:
                yield from comparisons_in(part)
        case Not():
            yield from comparisons_in(when.part)
        case None:
            return
