"""Amounts, years, heights and weights as messages write them."""

import re
from decimal import ROUND_HALF_UP, Decimal

from megler.exchange.txlife.records import Measure

_CM, _KG = Decimal("2.54"), Decimal("0.45359237")
"""Centimetres of an inch and kilograms of a pound, exactly, by their definitions of 1959."""
_PER_FOOT, _PER_POUND = Decimal(12), Decimal(16)


def whole_of(measure: Measure, length: bool) -> str:
    """Whole inches (`length`) or pounds; nothing where the units do not tell what it is.

    >>> from megler.exchange.txlife.records import Coded
    >>> whole_of(Measure(Coded("metric"), "178"), True), whole_of(Measure(Coded("metric"), "82.5"), False)
    ('70', '182')
    """
    if not measure.value:
        return ""
    value = Decimal(measure.value)
    match measure.units.word:
        case "inches" if length:
            found: Decimal | None = value
        case "pounds" if not length:
            found = value
        case "us_standard":
            found = value
        case "metric":
            found = value / (_CM if length else _KG)
        case "feet":
            found = value * _PER_FOOT if length else value
        case "feet_and_inches":
            found = _of_two(measure.value, length)
        case _:
            found = None
    return "" if found is None else f"{found.quantize(Decimal(1), ROUND_HALF_UP):f}"


_SIGNS = {
    "metric": ("cm", "kg"), "feet": ("ft", "lb"), "feet_and_inches": ("ft.in", "lb.oz"),
    "us_standard": ("in", "lb"), "inches": ("in", "in"), "pounds": ("lb", "lb"),
}  # fmt: skip


def with_unit(measure: Measure, length: bool) -> str:
    """A height or weight as it was told: `178 cm`, `5.10 ft.in`."""
    return f"{measure.value} {_SIGNS.get(measure.units.word, ('', ''))[not length]}".strip()


def _of_two(text: str, length: bool) -> Decimal | None:
    """Feet and inches, or pounds and ounces, as ACORD writes them with a point: 5.10 is 5 feet and
    10 inches. One digit that may have lost its nought (5.1) tells neither 1 nor 10."""
    first, _, second = text.partition(".")
    if second == "1" or len(second) > 2:
        return None
    most = _PER_FOOT if length else _PER_POUND
    small = Decimal(second or 0)
    if small >= most:
        return None
    return Decimal(first) * most + small if length else Decimal(first) + small / most


_YEARS = re.compile(r"P?(\d{1,3})Y?")


def whole_years(text: str) -> str:
    """Years, bare or as a duration of XML's; nothing for another text.

    >>> whole_years("20"), whole_years("P20Y"), whole_years("P6M")
    ('20', '20', '')
    """
    found = _YEARS.fullmatch(text)
    return found[1] if found else ""


def same_number(one: str, other: str) -> bool:
    """Whether two amounts are the same, however they are written."""
    return one == other or bool(one and other and Decimal(one) == Decimal(other))


def positive(text: str) -> bool:
    """Whether an amount is more than nothing."""
    return bool(text) and Decimal(text) > 0


def plain(text: str) -> str:
    """An amount without noughts that say nothing.

    >>> plain("182.0")
    '182'
    """
    return f"{Decimal(text).normalize():f}"
