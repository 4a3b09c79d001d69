"""Amounts and wishes in plain words: `1.5M`, `500k`, `half a million`, `20 yr term`, `whole life`."""

import re
from decimal import Decimal, InvalidOperation

from megler.underwriting.rules.asking.notes import NUMBER_WORDS, Notes
from megler.vocabulary.codes import Line

_UNITS = {
    "k": 1_000, "thousand": 1_000, "grand": 1_000, "tusen": 1_000,
    "m": 1_000_000, "mm": 1_000_000, "mil": 1_000_000, "mill": 1_000_000, "mio": 1_000_000,
    "million": 1_000_000, "millions": 1_000_000, "millioner": 1_000_000, "millon": 1_000_000,
    "b": 1_000_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_UNIT = r"(?:k|thousand|grand|tusen|mm|millions?|millioner|millon|mill?|mio|m|billion|bn|b)\b"
_WORDED = (
    r"(?:half\s+(?:an?\s+)?mill?i?o?n?|(?:a\s+)?quarter\s+(?:of\s+a\s+)?million|(?:one|two"
    r"|three|four|five|ten|a)\s+(?:and\s+a\s+half\s+)?million)"
)
AMOUNT = rf"(?:\$\s*)?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?:{_UNIT})?|{_WORDED}"
_FACE = re.compile(
    rf"(?:\$\s*(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?:{_UNIT})?"
    rf"|(?<![\d.])(?<!\d/)\b\d{{1,3}}(?:,\d{{3}})+(?:\.\d\d)?\b"
    rf"|(?<![\d.,])(?<!\d/)\b\d+(?:\.\d+)?\s*{_UNIT}|(?<![\d./,-])\b\d{{5,10}}\b|\b{_WORDED})"
)
_MONTHLY = re.compile(
    rf"(?P<a>{AMOUNT})\s*(?:/|per|a|each)\s*(?P<mode>mo(?:nth)?|monthly)\b|(?P<a2>{AMOUNT})\s*monthly\b"
)
_LARGEST = Decimal(10**12)
_TERMS = (
    re.compile(
        r"\b(?P<y>\d{1,2})\s*-?\s*(?:years?|yrs?|yr|y|års?)\.?\s*-?\s*(?:level\s*|lvl\s*"
        r"|guaranteed\s*|rop\s*)?(?:term|level|lvl|trm|t\b|rop)"),
    re.compile(
        r"\bterm\s*(?:of\s*|for\s*|life\s*|insurance\s*|-\s*)?(?P<y>10|15|20|25|30|35"
        r"|40)\b(?:\s*-?\s*(?:years?|yrs?|yr|y)\b)?"),
    re.compile(r"(?<=\d[mk])\s*/\s*(?P<y>10|15|20|25|30)\b(?![/\d])"),
    re.compile(r"\bt-?(?P<y>10|15|20|25|30|35|40)\b"),
    re.compile(
        r"(?:(?<!\bfor )|(?<=\dk for )|(?<=\dm for )|(?<=million for )|(?<=000 for )|(?<=age for ))"

        r"(?<!last )(?<!past )(?<! x )\b(?P<y>10|15|20|25|30|35|40)\s*-?\s*(?:years?|yrs?|yr"
        r"|y)\b(?!\s*(?:ago|olds?|old|of|o\b"
        r"|free|sober|clean|back|since|prior|later|smok|quit|history|hx))"),
    re.compile(r"\b(?P<y>10|15|20|25|30|35|40)\s*-?\s*(?:term|lt|t)\b"),
)  # fmt: skip
_LINES = (
    (Line.DISABILITY, r"disability (?:insurance|income|policy|coverage)|\bdi\b policy|individual di\b"),
    (Line.LONG_TERM_CARE, r"long[- ]term care|\bltci?\b"),
    (Line.CRITICAL_ILLNESS, r"critical illness(?: insurance| cover)?"),
    (Line.MEDICARE_SUPPLEMENT, r"medicare supp?(?:lement)?s?|medigap|med supp?s?\b"),
    (Line.HEALTH, r"health insurance|major medical"),
    (Line.ANNUITY, r"annuit(?:y|ies)|\bspia\b|\bmyga\b"),
    (Line.FINAL_EXPENSE, r"final expense|burial(?: insurance| policy)?|funeral (?:cover|insurance)|\bfe\b"),
    (Line.GROUP_TERM_LIFE, r"group (?:term )?life"),
    (Line.UNIVERSAL_LIFE, r"(?:guaranteed |indexed |variable )?universal(?: life)?|\b(?:g|i|v|s)?ul\b|\bsiul\b"),
    (Line.WHOLE_LIFE, r"whole[- ]life|\bwl\b|permanent(?: life)?(?: insurance| coverage)?|livsvarig"),
    (Line.TERM_LIFE, r"\bterm(?: life)?(?: insurance| coverage| policy| product)?\b|\brop\b"),
)  # fmt: skip
_LINE_PATTERNS = tuple((line, re.compile(rf"\b(?:{pattern})")) for line, pattern in _LINES)
_NOT_A_TERM = re.compile(r"\b(?:long|short)[- ]term\b(?! care)")
_LIVES = re.compile(r"\b(?P<y>\d{1,2})[- ]pay\b")


def amount_of(text: str) -> Decimal | None:
    """The amount that words state, None where they state none.

    >>> amount_of("1.5m"), amount_of("half a million"), amount_of("250,000")
    (Decimal('1500000'), Decimal('500000'), Decimal('250000'))
    """
    words = text.lower().replace("$", "").replace(",", "").strip()
    if "half" in words and words.startswith("half"):
        return Decimal(500_000)
    if "quarter" in words:
        return Decimal(250_000)
    match = re.fullmatch(r"(\d+(?:\.\d+)?|[a-z]+)\s*(and a half)?\s*([a-z]*)", words)
    if not match:
        return None
    number, half, unit = match.groups()
    try:
        base = Decimal(NUMBER_WORDS[number]) if number in NUMBER_WORDS else Decimal(number)
    except InvalidOperation:
        return None
    amount = (base + (Decimal("0.5") if half else 0)) * _UNITS.get(unit, 1)
    whole = amount.to_integral_value()
    return whole if amount == whole and 0 < amount < _LARGEST else None


def read_lines(notes: Notes) -> None:
    """The line of business and the term of years."""
    wants = notes.part("wants")
    for found in notes.find(_NOT_A_TERM):
        notes.use(*found.span())
    for pattern in _TERMS:
        if (term := notes.first(pattern)) and "term_years" not in wants:
            wants["term_years"] = int(term["y"])
            wants.setdefault("line", Line.TERM_LIFE.value)
            notes.chip("term", term.span(), term["y"], "wants.term_years")
    for line, pattern in _LINE_PATTERNS:
        for found in notes.find(pattern):
            if "line" in wants and wants["line"] != line.value:
                break
            if "line" not in wants or "term_years" not in wants:
                notes.chip("line", found.span(), line.value, "wants.line")
            wants["line"] = line.value
            notes.use(*found.span())
    for found in notes.find(_LIVES):
        notes.use(*found.span())
    if not wants:
        del notes.facts["wants"]


def read_amounts(notes: Notes) -> None:
    """The amount asked for, or what may be paid or paid out a month."""
    wants = notes.part("wants")
    for found in notes.find(_MONTHLY):
        amount = amount_of(found["a"] or found["a2"] or "")
        if amount is None:
            continue
        benefit = wants.get("line") in (Line.DISABILITY.value, Line.LONG_TERM_CARE.value)
        key = "benefit_monthly" if benefit else "premium_max"
        wants[key] = f"{amount:f}"
        if not benefit:
            wants["mode"] = "monthly"
        notes.chip(key, found.span(), f"{amount:f}", f"wants.{key}")
        break
    key = "premium" if wants.get("line") == Line.ANNUITY.value else "face_amount"
    for found in notes.find(_FACE):
        amount = amount_of(found.group())
        if amount is not None and key not in wants:
            wants[key] = f"{amount:f}"
            notes.chip("amount", found.span(), f"{amount:f}", f"wants.{key}")
    if not wants:
        del notes.facts["wants"]
