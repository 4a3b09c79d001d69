"""Reading the keys of edition.toml one by one, telling everything that is wrong on the way."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from megler.carriers.rules.cells import misread
from megler.carriers.rules.place import shown
from megler.vocabulary.problems import Problem

E = TypeVar("E", bound=StrEnum)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CODE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_DECIMAL = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,9})?")
_TYPES = {str: "text", bool: "true or false", int: "whole number", float: "number without quotes"}
LARGEST_WHOLE = 10**12
LONGEST_CODE, LONGEST_TEXT = 64, 200
CURRENCY = re.compile(r"[A-Z]{3}")
_EXAMPLES = {
    SLUG: "lower-case letters, digits and hyphens",
    CODE: "lower-case letters, digits, hyphens and underscores",
    CURRENCY: "three capital letters such as USD",
}


class Keys:
    """The keys of one TOML table at `path`; `problems` is shared by the whole file.

    Every reader takes a key off; `done` tells the ones nobody asked for. A wrong value is told and
    read as None, so that one pass finds everything.
    """

    def __init__(self, values: object, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self._asked: set[str] = set()
        self._values: Mapping[str, Any] = {}
        if isinstance(values, Mapping):
            self._values = values
        else:
            self.tell("wrong_type", "", _type_name(values), "table of keys")

    def where(self, key: str = "") -> str:
        """The place of a key of this table."""
        dotted = ".".join(part for part in (self.path, key) if part)
        return f"edition.toml {shown(dotted)}" if dotted else "edition.toml"

    def tell(self, code: str, key: str = "", found: object = "", expected: object = "") -> None:
        """Notes a problem with a key."""
        self.problems.append(Problem(code, self.where(key), shown(str(found)), str(expected)))

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def names(self) -> list[str]:
        """The keys that are there, in order; asking counts as having read them."""
        self._asked.update(self._values)
        return list(self._values)

    def _take(self, key: str, kind: type, expected: str, required: bool) -> Any:
        self._asked.add(key)
        if key not in self._values:
            if required:
                self.tell("absent_key", key, "", expected)
            return None
        value = self._values[key]
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        self.tell("wrong_type", key, _type_name(value), expected)
        return None

    def text(
        self,
        key: str,
        required: bool = True,
        like: re.Pattern[str] | None = None,
        longest: int = LONGEST_TEXT,
    ) -> str:
        """A text that is not blank; '' when absent or wrong. `like`: it must match in full."""
        value = self._take(key, str, "text", required)
        if value is None:
            return ""
        if not value.strip() or value != value.strip() or not value.isprintable():
            self.tell("bad_text", key, repr(value), "text without spaces around it")
            return ""
        if (repaired := misread(value)) is not None:
            self.tell("wrong_encoding", key, value, repaired)
        longest = LONGEST_CODE if like else longest
        if len(value) > longest:
            self.tell("text_too_long", key, len(value), f"at most {longest}")
            return ""
        if like is not None and not like.fullmatch(value):
            self.tell("bad_code", key, value, _EXAMPLES.get(like, "lower-case letters and digits"))
            return ""
        return str(value)

    def flag(self, key: str) -> bool:
        """True or false; false when absent."""
        return bool(self._take(key, bool, "true or false", False))

    def whole(
        self, key: str, required: bool = True, least: int = 0, most: int = LARGEST_WHOLE
    ) -> int | None:
        """A whole number within bounds."""
        value = self._take(key, int, "whole number", required)
        if value is not None and not least <= value <= most:
            self.tell("out_of_range", key, value, f"{least} to {most}")
            return None
        return None if value is None else int(value)

    def decimal(self, key: str, required: bool = True, zero: bool = False) -> Decimal | None:
        """An exact figure: a quoted decimal such as "0.0875", or a whole number; above 0."""
        self._asked.add(key)
        if key not in self._values:
            if required:
                self.tell("absent_key", key, "", "quoted decimal")
            return None
        return self._decimal(key, self._values[key], zero)

    def _decimal(self, key: str, value: object, zero: bool) -> Decimal | None:
        figure = None
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_WHOLE:
            figure = Decimal(value)
        if isinstance(value, str) and _DECIMAL.fullmatch(value):
            figure = Decimal(value)
        if figure is None:
            found = value if isinstance(value, str) else _type_name(value)
            self.tell("not_a_decimal", key, found, 'quoted decimal such as "65" or "0.0875"')
            return None
        if figure < 0 or (figure == 0 and not zero):
            self.tell("not_positive", key, value, "above 0")
            return None
        return figure

    def day(self, key: str, required: bool = True) -> date | None:
        """A date without time."""
        value = self._take(key, date, "date such as 2026-01-01", required)
        if isinstance(value, datetime):
            self.tell("wrong_type", key, "date and time", "date such as 2026-01-01")
            return None
        return value if isinstance(value, date) else None

    def choice(self, key: str, among: type[E], required: bool = True) -> E | None:
        """One of a closed list."""
        value = self._take(key, str, "one of " + " ".join(among), required)
        if value is None:
            return None
        if value not in set(among):
            self.tell("not_in_list", key, value, " ".join(among))
            return None
        return among(value)

    def texts(self, key: str, required: bool = False) -> tuple[str, ...] | None:
        """A list of different texts (whole numbers count as texts); None when absent or wrong."""
        values = self._take(key, list, "list of texts", required)
        if values is None:
            return None
        read: list[str] = []
        for i, value in enumerate(values):
            if isinstance(value, bool) or not isinstance(value, str | int):
                self.tell("wrong_type", f"{key}[{i}]", _type_name(value), "text")
            elif isinstance(value, str) and (value != value.strip() or not value):
                self.tell("bad_text", f"{key}[{i}]", repr(value), "text without spaces around it")
            elif str(value) in read:
                self.tell("duplicate_value", f"{key}[{i}]", value, "each once")
            else:
                read.append(str(value))
        if not values:
            self.tell("empty_list", key, "[]", "at least one")
        return tuple(read)

    def inside(self, key: str, required: bool = False) -> "Keys | None":
        """The table under a key; None when absent or wrong."""
        values = self._take(key, dict, "table of keys", required)
        path = ".".join(part for part in (self.path, key) if part)
        return None if values is None else Keys(values, path, self.problems)

    def each(self, key: str, required: bool = False) -> Iterator["Keys"]:
        """The tables of a list of tables, in order."""
        values = self._take(key, list, "list of tables", required)
        path = ".".join(part for part in (self.path, key) if part)
        if required and values == []:
            self.tell("empty_list", key, "[]", "at least one")
        for i, value in enumerate(values or []):
            yield Keys(value, f"{path}[{i}]", self.problems)

    def done(self) -> None:
        """Tells every key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                known = sorted(self._asked)
                near = difflib.get_close_matches(key, known, n=1) or known
                self.tell("unknown_key", key, key, " ".join(near))


def no_doubles(keys: Iterable[tuple[Keys, str, str]]) -> None:
    """Tells every (table, key, value) whose value came before."""
    seen: dict[str, str] = {}
    for table, key, value in keys:
        if value and value in seen:
            table.tell("duplicate_name", key, value, f"once; first at {seen[value]}")
        elif value:
            seen[value] = table.where(key)


def _type_name(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, datetime):
        return "date and time"
    if isinstance(value, date):
        return "date"
    if isinstance(value, list):
        return "list"
    return _TYPES.get(type(value), "table of keys" if isinstance(value, Mapping) else "time")
