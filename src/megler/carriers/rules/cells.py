"""What may stand in a cell of a table, and what is wrong with one that may not.

A figure is plain digits with at most one decimal point: `12.50`. Everything that spreadsheets and
typists make of it (thousands, decimal commas, currency signs, exponents, dashes) is named.
"""

import re
from decimal import Decimal

FIGURE = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
WHOLE = re.compile(r"0|[1-9][0-9]{0,11}")
ZIP = re.compile(r"[0-9]{5}")

_MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u200b\u2060\ufeff]")
_SPACE_ENDS = re.compile(rf"^{_SPACES.pattern}+|{_SPACES.pattern}+$")
_CURRENCY = re.compile(r"[$\u20ac\u00a3\u00a5]|USD|EUR|GBP|NOK|SEK|DKK|kr", re.IGNORECASE)
_MARKS = (
    ("text_in_number", re.compile(r".*[A-Za-z#=].*", re.DOTALL)),
    ("thousands_separator", re.compile(r"[0-9]{1,3}(?:[,'\u2019 ][0-9]{3})+(?:\.[0-9]+)?")),
    ("thousands_separator", re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")),
    ("decimal_comma", re.compile(r"[0-9]*(?:\.[0-9]{3})*,[0-9]+")),
    ("percent_sign", re.compile(r"[0-9.]+%")),
    ("leading_zero", re.compile(r"0[0-9]+(?:\.[0-9]+)?")),
    ("too_many_decimals", re.compile(r"[0-9]{1,12}\.[0-9]{7,}")),
    ("figure_too_large", re.compile(r"[0-9]{13,}(?:\.[0-9]+)?")),
    ("not_a_figure", re.compile(r"[0-9]+\.|\.[0-9]+")),
)
_LIMITS = {"too_many_decimals": "at most six", "figure_too_large": "at most twelve digits"}
_NUMBERISH = re.compile(r"[+]?[0-9]+(?:\.[0-9]+)?")
_EXPONENT = re.compile(r"[0-9.]+[eE][+-]?[0-9]+")


def figure_fault(text: str, zero: bool = False) -> tuple[str, str] | None:
    """(problem code, expected) for a cell that should hold a positive figure; None when it does.

    >>> figure_fault("1,250.00")
    ('thousands_separator', '1250.00')
    >>> figure_fault("12.50") is None
    True
    """
    if FIGURE.fullmatch(text):
        return None if zero or Decimal(text) else ("zero_figure", "above 0")
    if not text:
        return ("empty_cell", "a figure")
    bare = _SPACES.sub("", text)
    if bare != text and FIGURE.fullmatch(bare):
        apart = re.fullmatch(r"[0-9]{1,3}(?:[0-9]{3})+(?:\.[0-9]+)?", bare)
        inside = _SPACES.search(_SPACE_ENDS.sub("", text))
        return ("thousands_separator" if inside and apart else "stray_space", bare)
    return _mark_fault(bare)


def _mark_fault(bare: str) -> tuple[str, str]:
    if bare[:1] in _MINUS and bare[:1]:
        return ("negative_figure", "above 0")
    if bare[:1] == "(" and bare[-1:] == ")" and _NUMBERISH.fullmatch(bare[1:-1]):
        return ("negative_figure", "above 0")
    if _CURRENCY.search(bare):
        return ("currency_sign", _plain(_CURRENCY.sub("", bare)))
    if _EXPONENT.fullmatch(bare):
        return ("exponent", "digits written out")
    for code, pattern in _MARKS:
        if pattern.fullmatch(bare):
            return (code, _LIMITS.get(code) or _plain(bare))
    return ("not_a_figure", "a figure such as 12.50")


def _plain(text: str) -> str:
    """The figure that was probably meant, or what one looks like."""
    bare = re.sub(r"[\s'\u2019%]", "", text)
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]+)?|\.[0-9]+", bare) and len(bare) < 20:
        return format(Decimal(bare), "f")
    return "a figure such as 12.50"


def whole_fault(text: str) -> tuple[str, str] | None:
    """(problem code, expected) for a cell that should hold a whole number; None when it does.

    >>> whole_fault("18.0")
    ('not_whole', '18')
    """
    if WHOLE.fullmatch(text):
        return None
    fault = figure_fault(text, zero=True)
    if fault is None:
        rest = Decimal(text)
        return ("not_whole", str(int(rest)) if rest == int(rest) else "a whole number")
    code, expected = fault
    return (code, "a whole number" if expected.startswith("a figure") else expected)


def zip_fault(text: str) -> tuple[str, str] | None:
    """(problem code, expected) for a cell that should hold a five-digit ZIP code.

    >>> zip_fault("1001")
    ('zip_zeros_lost', '01001')
    """
    if ZIP.fullmatch(text):
        return None
    bare = _SPACES.sub("", text)
    if re.fullmatch(r"[0-9]{3,4}(?:\.0+)?", bare):
        return ("zip_zeros_lost", bare.partition(".")[0].zfill(5))
    if not bare:
        return ("empty_cell", "five digits")
    if ZIP.fullmatch(bare):
        return ("stray_space", bare)
    near = re.fullmatch(r"([0-9]{5})(?:\.0+|-[0-9]{4})", bare)
    return ("bad_zip", near[1] if near else "five digits")


def text_fault(text: str) -> tuple[str, str] | None:
    """(problem code, expected) for a cell that should hold plain text."""
    if not text.strip():
        return ("empty_cell", "text")
    if text != text.strip() or "\u00a0" in text:
        return ("stray_space", " ".join(text.replace("\u00a0", " ").split()))
    if not text.isprintable() or "\ufffd" in text:
        return ("bad_character", "printable text")
    repaired = misread(text)
    return None if repaired is None else ("wrong_encoding", repaired)


def misread(text: str) -> str | None:
    """What UTF-8 text was before it was read as Windows-1252 and saved again; None: it was not.

    >>> misread("Do\u00c3\u00b1a Ana")
    'Doña Ana'
    """
    if text.isascii():
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
