"""How one trading partner wants TXLife: identifiers, code tables and extensions, as data in TOML.

docs/txlife.md documents the format. A word that neither the dialect nor ACORD has a number for is
written as ACORD's "other" with its text; a number unknown to both is kept with its text.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from megler.exchange.txlife.codes import numbers, words
from megler.vocabulary.problems import Problem


class AnswersIn(StrEnum):
    """Where the answers to a form's questions travel."""

    FORMS = "forms"
    EXTENSION = "extension"


class Around(StrEnum):
    """Which object's OLifEExtension holds a value."""

    INSURED = "insured"
    OWNER = "owner"
    POLICY = "policy"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Slot:
    """An element of a partner's own: in whose extension, and its name."""

    around: Around
    element: str


@dataclass(frozen=True)
class Dialect:
    """A trading partner's way of TXLife. Without anything said it is ACORD's own.

    `products` maps our product codes to theirs, `slots` a question's key to an element of theirs,
    `codes` our words to their numbers for each list that differs.
    """

    name: str = "acord"
    carrier: str = ""
    version: str = "2.37"
    namespace: bool = True
    login: str = ""
    vendor: str = "Megler"
    vendor_code: str = "Megler"
    app: str = "Megler"
    carrier_code: str = ""
    answers_in: AnswersIn = AnswersIn.FORMS
    extension_code: str = "Answers"
    products: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> dict[str, dict[str, int]]:
        """The number to write for our word, by list."""
        return {name: {**known, **self.codes.get(name, {})} for name, known in numbers().items()}

    @cached_property
    def words(self) -> dict[str, dict[int, str]]:
        """Our word for a number that comes, by list: theirs before ACORD's."""
        found = {name: dict(known) for name, known in words().items()}
        for name, own in self.codes.items():
            found[name] |= {tc: word for word, tc in own.items()}
        return found

    def product_code(self, ours: str) -> str:
        """The partner's code of a product of ours."""
        return self.products.get(ours, ours)

    def our_product(self, theirs: str) -> str:
        """Our code of a product that the partner names."""
        return next((ours for ours, code in self.products.items() if code == theirs), theirs)


ACORD = Dialect()

_TOP = {"dialect", "name", "carrier", "version", "namespace", "identifiers", "answers",
        "products", "extensions", "codes"}  # fmt: skip
_IDENTIFIERS = {"login", "vendor", "vendor_code", "app", "carrier_code"}
_ANSWERS = {"in", "extension_code"}
_FORMAT = 1


def read_dialect(text: str) -> tuple[Dialect | None, list[Problem]]:
    """The dialect in a TOML text; None when anything in it is wrong, with everything that is.

    >>> read_dialect('dialect = 1\\nname = "Fjord"\\ncarrier = "fjord-life"')[0].carrier
    'fjord-life'
    """
    try:
        top = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [Problem("not_toml", "dialect", str(error)[:120])]
    problems = list(_wrong(top))
    if problems:
        return None, problems
    own, answers = top.get("identifiers", {}), top.get("answers", {})
    return Dialect(
        name=top["name"],
        carrier=top["carrier"],
        version=top.get("version", ACORD.version),
        namespace=top.get("namespace", True),
        login=own.get("login", ""),
        vendor=own.get("vendor", ACORD.vendor),
        vendor_code=own.get("vendor_code", ACORD.vendor_code),
        app=own.get("app", ACORD.app),
        carrier_code=own.get("carrier_code", ""),
        answers_in=AnswersIn(answers.get("in", AnswersIn.FORMS)),
        extension_code=answers.get("extension_code", ACORD.extension_code),
        products=top.get("products", {}),
        slots={
            question: Slot(Around(where.split("/")[0]), where.split("/")[1])
            for question, where in top.get("extensions", {}).items()
        },
        codes=top.get("codes", {}),
    ), []


def _wrong(top: Mapping[str, Any]) -> Iterator[Problem]:
    if top.get("dialect") != _FORMAT:
        yield Problem("wrong_value", "dialect", str(top.get("dialect", "")), str(_FORMAT))
    yield from _unknown("dialect", top, _TOP)
    for key in ("name", "carrier"):
        if not isinstance(top.get(key), str) or not top[key]:
            yield Problem("missing", key, "", "text")
    if not isinstance(top.get("namespace", True), bool):
        yield Problem("wrong_value", "namespace", str(top["namespace"]), "true, false")
    for name, known in (("identifiers", _IDENTIFIERS), ("answers", _ANSWERS)):
        yield from _texts(name, top.get(name, {}))
        if isinstance(top.get(name), dict):
            yield from _unknown(name, top[name], known)
    yield from _texts("products", top.get("products", {}))
    yield from _answers_wrong(top.get("answers", {}))
    yield from _slots_wrong(top.get("extensions", {}))
    yield from _codes_wrong(top.get("codes", {}))


def _unknown(where: str, table: Mapping[str, Any], known: set[str]) -> Iterator[Problem]:
    for key in sorted(set(table) - known):
        yield Problem("unknown_key", where, key, ", ".join(sorted(known)))


def _texts(where: str, table: object) -> Iterator[Problem]:
    if not isinstance(table, dict):
        yield Problem("wrong_type", where, str(table)[:80], "a table")
        return
    for key, value in table.items():
        if not isinstance(value, str) or not value:
            yield Problem("wrong_type", f"{where}.{key}", str(value)[:80], "text")


def _answers_wrong(table: object) -> Iterator[Problem]:
    given = table.get("in", "forms") if isinstance(table, dict) else "forms"
    if given not in set(AnswersIn):
        yield Problem("wrong_value", "answers.in", str(given), ", ".join(AnswersIn))


def _slots_wrong(table: object) -> Iterator[Problem]:
    yield from _texts("extensions", table)
    for question, where in table.items() if isinstance(table, dict) else ():
        around, _, element = str(where).partition("/")
        if around not in set(Around) or not element.isidentifier():
            expected = f"{'|'.join(Around)}/Element"
            yield Problem("wrong_value", f"extensions.{question}", str(where)[:80], expected)


def _codes_wrong(table: object) -> Iterator[Problem]:
    if not isinstance(table, dict):
        yield Problem("wrong_type", "codes", str(table)[:80], "a table")
        return
    yield from _unknown("codes", table, set(numbers()))
    for name, own in table.items():
        if not isinstance(own, dict):
            yield Problem("wrong_type", f"codes.{name}", str(own)[:80], "a table")
            continue
        seen: dict[int, str] = {}
        for word, tc in own.items():
            where = f"codes.{name}.{word}"
            if type(tc) is not int or not 0 <= tc < 2**31:
                yield Problem("wrong_type", where, str(tc)[:80], "a number")
            elif tc in seen:
                yield Problem("duplicate_key", where, f"{tc}: {seen[tc]}")
            else:
                seen[tc] = word
