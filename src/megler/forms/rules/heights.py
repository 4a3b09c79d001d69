"""Heights as people write them: feet and inches, inches, or centimetres; kept as whole inches."""

import re

_FEET = re.compile(
    r"""(\d)\s*(?:'|’|′|ft\.?|feet|foot|-)\s*(?:(\d{1,2})\s*(?:"|”|″|''|in\.?|inches)?)?"""
)
_INCHES = re.compile(r"""(\d{2,3})\s*(?:"|”|″|in\.?|inches)?""")
_CENTIMETRES = re.compile(r"(\d{2,3})(?:[.,]\d)?\s*cm\.?|(\d)[.,](\d{2})\s*m\.?")
_CM_IN_INCH = 2.54
_TALLEST = 108
"""Inches; the tallest person measured stood 107 (Guinness World Records)."""


def inches_of(text: str) -> int | None:
    """Whole inches of a height as it was written; None when it is none.

    >>> inches_of("5'4\\""), inches_of("5 ft 4"), inches_of("64"), inches_of("163 cm")
    (64, 64, 64, 64)
    """
    written = " ".join(text.lower().split())
    inches: int | None = None
    if feet := _FEET.fullmatch(written):
        rest = int(feet[2] or 0)
        inches = int(feet[1]) * 12 + rest if rest < 12 else None
    elif metric := _CENTIMETRES.fullmatch(written):
        centimetres = int(metric[1]) if metric[1] else int(metric[2]) * 100 + int(metric[3])
        inches = round(centimetres / _CM_IN_INCH)
    elif plain := _INCHES.fullmatch(written):
        inches = int(plain[1])
    return inches if inches is not None and 10 <= inches <= _TALLEST else None


def height_shown(inches: int) -> str:
    """The height as it is said.

    >>> height_shown(64)
    '5 ft 4 in'
    """
    return f"{inches // 12} ft {inches % 12} in"
