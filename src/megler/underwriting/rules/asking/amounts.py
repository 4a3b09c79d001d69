"""Amounts and wishes in plain words: `1.5M`, `500k`, `half a million`, `20 yr term`, `whole life`."""

import re
from collections.abc import Iterator
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
    rf"|(?<![\d.,])\b\d+(?:\.\d+)?\s*{_UNIT}|(?<![\d./,-])\b\d{{5,10}}\b|\b{_WORDED})"
)
_MONTHLY = re.compile(
    rf"(?P<a>{AMOUNT})\s*(?:/|per|a|each)\s*(?P<mode>mo(?:nth)?|monthly)\b|(?P<a2>{AMOUNT})\s*monthly\b"
)
_LARGEST = Decimal(10**12)
_LEAST = 1000
_YEARS = r"(?:years?|yrs?|yr|y|ars?)\b\.?"
_NUMBERS = {
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "twenty five": 25,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
}
_N = r"(?P<y>\d{1,2}|ten|fifteen|twenty(?:[- ]five)?|thirty|forty)"
_TERMS = (
    re.compile(
        rf"\b{_N}\s*-?\s*{_YEARS}\s*-?\s*(?:level\s*|lvl\s*"
        r"|guaranteed\s*|rop\s*)?(?:term|level|lvl|trm|lt\b|t\b|rop)"),
    re.compile(
        r"\bterm\s*(?:of\s*|for\s*|life\s*|insurance\s*|-\s*)?(?P<y>10|15|20|25|30|35"
        rf"|40)\b(?:\s*-?\s*{_YEARS})?(?!\s*(?:k\b|m\b|mil))"),
    re.compile(r"(?:(?<=\d[mk])|(?<=,000)|(?<=0000))\s*/\s*(?P<y>10|15|20|25|30)\b(?![/\d])"),
    re.compile(r"(?<=\d[mk])\s+(?P<y>10|15|20|25|30)(?=\s*(?:for\b|[,.]\s|$))"),
    re.compile(r"\bt-?(?P<y>10|15|20|25|30|35|40)\b"),
    re.compile(r"\b(?P<y>10|15|20|25|30|35|40)\s*-?\s*(?:term|lt|t)\b"),
)  # fmt: skip
_TERM_ALONE = re.compile(
    rf"(?<![\d.])(?P<y>10|15|20|25|30|35|40|ten|fifteen|twenty|thirty|forty)\s*-?\s*{_YEARS}(?!\s*(?:ago"
    rf"|olds?|old|of|o\b"
    r"|free|sober|clean|back|since|prior|later|smok|quit|history|hx|gammel|stable|in remission))"
)
_WANTED = re.compile(
    r"(?:^|\d\s*(?:k|m|mm|mil|million|mill|thousand|grand|tusen)|\d{4,}|\d,\d{3}|million|coverage|cover"
    r"|insurance|face|age"
    r"|get|wants?|needs?"
    r"|want|need|buy|for a|on a|run|quote|write)"
    r"\s*(?:[,/:]|(?:for|of|on|over|in|at|a|an)\b|\s)*$"
)
_COVERED = re.compile(
    r"\s*[,/]?\s*(?:(?:for|at|of)\s+)?(?:\$?\s*\d[\d,.]*\s*(?:k|m|mm|mil\w*)\b|\$\s*\d)|\s+(?:cutoff)\b"
)
_PAST = re.compile(
    r"\b(?:stable|controlled|sober|clean|remission|smoked|smoker|since|dx'?d?|diagnosed|married|last"
    r"|past|first|every|took|taken|takes|used"
    r"|over|within|next|disease|diabet\w+|insulin|retired|resident|here|us|x|the|ago"
    r"|[a-z]+ed)\s*(?:for\s*|about\s*|the\s*)*$"
)
_LENGTH = re.compile(
    r"\s*(?:mm)\s*(?:breslow|deep|depth|thick\w*|nodules?|polyps?|lesions?|stones?|tumou?rs?|cysts?|mass"
    r"|clark|invasi\w+)"
)
_AFTER_LENGTH = re.compile(
    r"\b(?:breslow|depth|thickness|nodule|polyp|lesion|size|tumou?r|cyst|mass|stone|measur\w+)\s*(?:of"
    r"|was|is|:|=|at|about)*\s*$"
)
_HEIGHT = re.compile(
    r"\s*\+?\s*(?:ft|feet|foot|elevation|altitude|miles?|jumps?|hours?|hrs?|steps)\b"
)
_THOUSANDS = re.compile(
    r"(?<![\d.,$/-])\b(?P<n>[1-9]\d?[05])\s+(?:of\s+)?(?=(?:term|trm|ul|gul|iul|wl|whole life|face)\b)"
)
_LINES = (
    (Line.DISABILITY, r"disability (?:insurance|income|policy|coverage)|\bdi\b policy|individual di\b"
        r"|\bdi\b(?! scan)"),
    (Line.LONG_TERM_CARE, r"long[- ]term care|\bltci?\b"),
    (Line.CRITICAL_ILLNESS, r"critical illness(?: insurance| cover)?"),
    (Line.MEDICARE_SUPPLEMENT, r"medicare supp?(?:lement)?s?|medigap|med supp?s?\b"),
    (Line.HEALTH, r"health insurance|major medical"),
    (Line.ANNUITY, r"annuit(?:y|ies)|\bspia\b|\bmyga\b"),
    (Line.FINAL_EXPENSE, r"final expen[sc]es?|burial(?: insurance| policy)?|funeral (?:cover|insurance)"
        r"|\bfe\b"),
    (Line.GROUP_TERM_LIFE, r"group (?:term )?life"),
    (Line.UNIVERSAL_LIFE, r"(?:guaranteed |indexed |variable |survivorship )?(?:universal(?: life)?"
        r"|ul\b)|\b(?:g|i|v|s)?ul\b|\bsiul\b"),
    (Line.WHOLE_LIFE, r"whole[- ]life|\bwl\b|livsvarig"),
    (Line.TERM_LIFE, r"\bterm(?: life)?(?: insurance| coverage| policy| product)?\b|\brop\b"),
)  # fmt: skip
_LINE_PATTERNS = tuple((line, re.compile(rf"\b(?:{pattern})")) for line, pattern in _LINES)
_NOT_A_TERM = re.compile(r"\b(?:long|short)[- ]term\b(?! care)")
_PERMANENT = re.compile(r"\bpermanent(?: life)?(?: insurance| coverage)\b|\banything permanent\b")
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
    for found in _terms(notes):
        if "term_years" not in wants:
            wants["term_years"] = _NUMBERS.get(found["y"]) or int(found["y"])
            wants.setdefault("line", Line.TERM_LIFE.value)
            notes.chip("term", found.span(), wants["term_years"], "wants.term_years")
    for line, pattern in _LINE_PATTERNS:
        for found in notes.find(pattern):
            if "line" in wants and wants["line"] != line.value:
                break
            if "line" not in wants or "term_years" not in wants:
                notes.chip("line", found.span(), line.value, "wants.line")
            wants["line"] = line.value
            notes.use(*found.span())
    for found in (*notes.find(_LIVES), *notes.find(_PERMANENT)):
        notes.use(*found.span())
    if not wants:
        del notes.facts["wants"]


def _terms(notes: Notes) -> Iterator[re.Match[str]]:
    """Terms of years: named as such, else years beside an amount or at the end of what is told."""
    for pattern in _TERMS:
        yield from notes.find(pattern)
    for found in notes.find(_TERM_ALONE):
        before, after = notes.low[: found.start()], notes.low[found.end() :]
        told = before.rstrip(" ,")
        beside = (
            bool(told) and not notes.is_free(len(told) - 1, len(told)) and not after.strip(" .?!")
        )
        wanted = beside or _WANTED.search(before) or _COVERED.match(after)
        if wanted and not _PAST.search(before):
            yield found


def _is_length(notes: Notes, found: re.Match[str]) -> bool:
    """`0.4 mm breslow` is no amount."""
    text = found.group()
    if _HEIGHT.match(notes.low, found.end()):
        return True
    small = text.endswith("mm") and re.match(r"0?\.\d|0\b", text) is not None
    digits = re.match(r"[\d.]+", text)
    after = (
        bool(digits) and _LENGTH.match(notes.low, found.start() + digits.end()) if digits else False
    )
    return small or bool(after) or bool(_AFTER_LENGTH.search(notes.low[: found.start()]))


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
        amount = None if _is_length(notes, found) else amount_of(found.group())
        if amount is not None and amount >= _LEAST and key not in wants:
            wants[key] = f"{amount:f}"
            notes.chip("amount", found.span(), f"{amount:f}", f"wants.{key}")
    bare = notes.first(_THOUSANDS) if key == "face_amount" and key not in wants else None
    if bare:
        wants[key] = f"{int(bare['n']) * 1000}"
        notes.supposed.append("amount_in_thousands")
        notes.chip("amount", bare.span("n"), wants[key], f"wants.{key}")
    if not wants:
        del notes.facts["wants"]
