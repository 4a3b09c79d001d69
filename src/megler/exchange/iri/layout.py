"""Where each field of a record stands in JSON: its name, its type and its rules, found once."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from megler.exchange.iri.records import Told


@dataclass(frozen=True, slots=True)
class Place:
    """One field: its attribute, its JSON name, what it holds, whether many of it, and its rules."""

    attribute: str
    name: str
    holds: type
    many: bool
    rules: Told


def camel(name: str) -> str:
    """A name as JSON has it.

    >>> camel("policy_number")
    'policyNumber'
    """
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


PLAIN = (str, bool, int, date, Decimal)
"""What a field can hold besides words and records."""


@cache
def places(record: Any) -> tuple[Place, ...]:
    """The fields of a record that stand in JSON under their own name."""
    hints = get_type_hints(record, include_extras=True)
    found = []
    for one in fields(record):
        hint, rules = hints[one.name], Told()
        if get_origin(hint) is Annotated:
            hint, rules = get_args(hint)
        holds, many = _held(hint)
        if holds is not None:
            name = rules.name or camel(one.name)
            found.append(Place(one.name, name, holds, many, rules))
    return tuple(found)


def _held(hint: Any) -> tuple[type | None, bool]:
    """What a field holds and whether many; (None, False) for one that several records can fill."""
    if get_origin(hint) in {Union, UnionType}:
        kinds = [part for part in get_args(hint) if part is not type(None)]
        return (kinds[0], False) if len(kinds) == 1 else (None, False)
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True
    return hint, False


def is_word(holds: type) -> bool:
    """Whether a field holds a coded word."""
    return issubclass(holds, StrEnum)
