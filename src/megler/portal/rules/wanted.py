"""What an agent's side may ask to be changed, field by field, in the words that a change is made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from megler.vocabulary.problems import Problem

TEXT_MAX = 2_000
_BETWEEN = re.compile(r"[;]|,(?!\d)|(?<!\d),")
"""What parts a line: not the comma of a decimal number, 33,3."""
_CONTINGENT = frozenset({"contingent", "secondary", "subsidiær", "subsidiær begunstiget"})
_PRIMARY = frozenset({"primary", "primær", "primær begunstiget", "hovedbegunstiget"})
_SHARE = re.compile(r"^(\d{1,3}(?:[.,]\d{1,2})?)\s*%?$")


class Wanted(StrEnum):
    """What to change. Everything but `OTHER` is made by an action when staff confirm it."""

    AMOUNT = "amount"
    PRODUCT = "product"
    CLASS = "class"
    BENEFICIARY = "beneficiary"
    OWNER = "owner"
    AGENT = "agent"
    OTHER = "other"


class Type(StrEnum):
    """What is typed into a field."""

    TEXT = "text"
    MONEY = "money"
    PEOPLE = "people"
    NPN = "npn"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a request; `key` is the word that the change itself uses."""

    key: str
    type: Type = Type.TEXT
    required: bool = True


FIELDS: dict[Wanted, tuple[Field, ...]] = {
    Wanted.AMOUNT: (Field("face_amount", Type.MONEY),),
    Wanted.PRODUCT: (Field("product"), Field("face_amount", Type.MONEY, False)),
    Wanted.CLASS: (Field("class"),),
    Wanted.BENEFICIARY: (Field("beneficiaries", Type.PEOPLE),),
    Wanted.OWNER: (Field("name"), Field("relationship", required=False)),
    Wanted.AGENT: (Field("agent", Type.NPN),),
    Wanted.OTHER: (Field("words"),),
}


def read_wanted(
    kind: Wanted, given: Mapping[str, str]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The new values by their keys, from what was typed, with every problem.

    >>> read_wanted(Wanted.AMOUNT, {"face_amount": "$750,000"})
    ({'face_amount': '750000'}, ())
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in FIELDS[kind]:
        typed = str(given.get(field.key, "") or "").strip()
        if not typed:
            if field.required:
                problems.append(Problem("missing", field.key, "", field.type.value))
            continue
        if len(typed) > TEXT_MAX:
            problems.append(Problem("too_long", field.key, str(len(typed)), str(TEXT_MAX)))
            continue
        values[field.key] = _READ[field.type](field.key, typed, problems)
    return values, tuple(problems)


def _text(key: str, typed: str, problems: list[Problem]) -> str:
    return " ".join(typed.split()) if key != "words" else typed


def _money(key: str, typed: str, problems: list[Problem]) -> str:
    bare = re.sub(r"[\s$,]", "", typed)
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 < amount < Decimal(10) ** 12:
        problems.append(Problem("wrong_value", key, typed[:40], "> 0"))
        return ""
    return f"{amount:f}"


def _npn(key: str, typed: str, problems: list[Problem]) -> str:
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 10):
        problems.append(Problem("npn_shape", key, typed[:40], "1 to 10 digits"))
    return typed


def _people(key: str, typed: str, problems: list[Problem]) -> list[dict[str, str]]:
    """People one a line: name, relationship, share; "contingent", "subsidiær" anywhere says so.

    Both languages of the pages are understood, whichever the reader has.
    """
    found = []
    for number, line in enumerate(typed.splitlines(), 1):
        parts = [part.strip() for part in _BETWEEN.split(line) if part.strip()]
        is_contingent = any(part.casefold() in _CONTINGENT for part in parts)
        parts = [part for part in parts if part.casefold() not in _CONTINGENT | _PRIMARY]
        if not parts:
            continue
        match = _SHARE.match(parts[-1]) if len(parts) > 1 else None
        if match is None or Decimal(match[1].replace(",", ".")) > 100:
            where, expected = f"{key} {number}", "Ola Hope, son, 50 %"
            problems.append(Problem("wrong_value", where, line[:60], expected))
            continue
        found.append(
            {
                "name": parts[0],
                "relationship": " ".join(parts[1:-1]),
                "class": "contingent" if is_contingent else "primary",
                "share": match[1].replace(",", "."),
            }
        )
    return found


_READ = {
    Type.TEXT: _text,
    Type.MONEY: _money,
    Type.PEOPLE: _people,
    Type.NPN: _npn,
}


def shown(
    kind: Wanted, to: Mapping[str, Any], contingent: str = "contingent"
) -> list[tuple[str, str]]:
    """The new values as (key, text), in the order of the fields; people one after the other.

    `contingent`: the reader's word for who comes after.

    >>> shown(Wanted.BENEFICIARY, {"beneficiaries": [{"name": "Ola Hope", "share": "50"}]})
    [('beneficiaries', 'Ola Hope, 50 %')]
    """
    found = []
    for field in FIELDS[kind]:
        value = to.get(field.key)
        if isinstance(value, list):
            value = "; ".join(_person(one, contingent) for one in value)
        if value:
            found.append((field.key, str(value)))
    return found


def _person(one: Mapping[str, str], contingent: str) -> str:
    parts = [one.get("name", ""), one.get("relationship", ""), f"{one.get('share', '')} %"]
    if one.get("class") == "contingent":
        parts.append(contingent)
    return ", ".join(part for part in parts if part)
