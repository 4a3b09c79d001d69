"""Single fields as people in the trade type them: 5'10, 500k, 128/82; read as they are meant."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem

Document = dict[str, object]
_T = TypeVar("_T")

_DIGITS_MAX = 12
_TIMES = {"": 1, "K": 1_000, "M": 1_000_000, "MM": 1_000_000}
_AMOUNT = re.compile(r"\$?\s*([\d.,\s]*\d)\s*(K|MM|M)?\s*\$?", re.IGNORECASE)
_FEET = re.compile(r"(\d)\s*(?:'|’|′|ft|-|\s)\s*(?:(\d{1,2}(?:\.\d)?)\s*(?:\"|''|”|″|in)?)?", re.I)
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(cm|in|\"|lbs?|kg)?", re.IGNORECASE)
_PRESSURE = re.compile(r"(\d{2,3})\s*(?:/|over|-|\s)\s*(\d{2,3})", re.IGNORECASE)


class Unread(ValueError):
    """A field that could not be read; the argument says what was expected."""


def amount(text: str) -> str:
    """Money as a decimal string.

    >>> amount("1.5M"), amount("$250,000"), amount("500k")
    ('1500000', '250000', '500000')
    """
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        raise Unread("an amount such as 500000, 500k or 1.5M")
    digits = re.sub(r"[,\s](?=\d{3}(\D|$))", "", found[1])
    try:
        value = Decimal(digits) * _TIMES[(found[2] or "").upper()]
    except InvalidOperation:
        raise Unread("an amount such as 500000, 500k or 1.5M") from None
    return f"{value.normalize():f}"


def height(text: str) -> Document:
    """Height under its own unit's key; a bare number from 36 to 96 is inches, above that centimetres.

    >>> height("5'10"), height("178 cm"), height("70")
    ({'height_in': 70}, {'height_cm': 178}, {'height_in': 70})
    """
    clean = text.strip()
    if feet := _FEET.fullmatch(clean):
        return {"height_in": plain(Decimal(feet[1]) * 12 + Decimal(feet[2] or 0))}
    found = _NUMBER.fullmatch(clean)
    if not found or (found[2] or "").lower() in {"lb", "lbs", "kg"}:
        raise Unread("a height such as 5'10 or 178 cm")
    value = Decimal(found[1].replace(",", "."))
    metric = (found[2] or "").lower() == "cm" or (not found[2] and value > 96)
    return {"height_cm" if metric else "height_in": plain(value)}


def weight(text: str) -> Document:
    """Weight under its own unit's key; a bare number is pounds.

    >>> weight("180"), weight("82 kg")
    ({'weight_lb': 180}, {'weight_kg': 82})
    """
    found = _NUMBER.fullmatch(text.strip())
    if not found or (found[2] or "").lower() in {"cm", "in", '"'}:
        raise Unread("a weight such as 180 or 82 kg")
    value = plain(Decimal(found[1].replace(",", ".")))
    return {"weight_kg" if (found[2] or "").lower() == "kg" else "weight_lb": value}


def pressure(text: str) -> Document:
    """Blood pressure, systolic over diastolic, in mmHg.

    >>> pressure("128/82")
    {'systolic': 128, 'diastolic': 82}
    """
    found = _PRESSURE.fullmatch(text.strip())
    if not found:
        raise Unread("a blood pressure such as 128/82")
    return {"systolic": int(found[1]), "diastolic": int(found[2])}


def plain(value: Decimal) -> int | float:
    """A JSON number: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def whole_number(text: str) -> int:
    """A whole number."""
    found = whole(text.strip())
    if found is None:
        raise Unread("a whole number")
    return found


def figure(text: str) -> int | float:
    """A number with or without decimals."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise Unread("a number") from None
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS_MAX:
        raise Unread("a number")
    return plain(value)


class Reader:
    """Reads fields of one entry, those that begin with `prefix`, and gathers what is unreadable."""

    def __init__(
        self, entry: Mapping[str, str], prefix: str = "", problems: list[Problem] | None = None
    ) -> None:
        self.entry = entry
        self.prefix = prefix
        self.problems: list[Problem] = [] if problems is None else problems

    def of(self, prefix: str) -> "Reader":
        """A reader of other fields of the entry that tells its problems here."""
        return Reader(self.entry, prefix, self.problems)

    def text(self, name: str) -> str:
        """What was typed, without the spaces around it; empty when nothing."""
        return self.entry.get(self.prefix + name, "").strip()

    def read(self, name: str, how: Callable[[str], _T]) -> _T | None:
        """What was typed as `how` reads it; None when nothing was, or a problem is told."""
        text = self.text(name)
        if not text:
            return None
        try:
            return how(text)
        except Unread as unread:
            self.refuse(name, text, str(unread))
            return None

    def refuse(self, name: str, found: str, expected: str, code: str = "cannot_read") -> None:
        """Tell that a field is not as it must be."""
        self.problems.append(Problem(code, self.prefix + name, found[:40], expected))


def without_unknown(document: Document) -> Document:
    """The document without what nothing was said of."""
    return {key: value for key, value in document.items() if value is not None}
