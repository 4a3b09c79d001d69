"""Who is asked about: where they live, build, visa, work."""

import re
from decimal import Decimal

from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.work import OCCUPATIONS
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.conditions import named

_STATE_NAMES = {name.lower(): code for code, name in JURISDICTIONS.items()}
_STATE = re.compile(
    r"\b(?:(?:lives?|living|resident|residing|resides?|based|located|sold|available"
    r"|state)\s+(?:in|of)\s+|in\s+(?:the\s+state\s+of\s+)?|from\s+)?(?P<name>"
    + "|".join(sorted(_STATE_NAMES, key=len, reverse=True))
    + r")\b(?:\s+residents?)?"
)
_IN_STATE = re.compile(
    r"\b(?:in|from|resident of|state of|state[:=])\s+(?P<code>[a-z]{2})\b|\b(?P<code2>[a-z]{2})\s+residents?\b"
)
_CAPITALS = re.compile(r"\b(?P<code>[a-z]{2})\b")
_NOT_ALONE = {"IN", "OR", "ME", "HI", "OK", "MI", "MS", "ID", "AL", "LA", "DE", "CO", "MD", "PA", "CT",
              "AS", "MA", "MO", "VA", "MP", "VI", "NE", "PR", "GU", "MT", "DC", "RI", "NC", "ND", "SD"}  # fmt: skip
_ZIP = re.compile(r"\bzip(?:\s*code)?\s*[:=]?\s*(?P<zip>\d{5})\b")
_HEIGHTS = (
    re.compile(
        r"(?<!\d)(?P<ft>[3-7])\s*(?:['’´`′]|ft\.?|feet|foot)\s*-?\s*(?P<in>1[01]"
        r"|\d)(?P<half>\.5)?(?!\d)\s*(?:[\"”″]|''|in\b\.?|inches)?"),
    re.compile(r"(?<!\d)(?P<ft>[3-7])\s*(?:['’´`′]|ft\.?\b|feet\b"
        r"|foot\b)(?!\s*\d{1,2}(?!\d))(?:\s*(?:even|tall))?"),
    re.compile(r"(?<![\d-])(?<!\d/)(?P<ft>[4-6])-(?P<in>1[01]"
        r"|\d)(?P<half>\.5)?(?=\s*[,/]?\s*(?:and\s*)?\d{2,3}\b)"),
    re.compile(r"\b(?P<cm>1[2-9]\d|2[0-2]\d)\s*cm\b"),
    re.compile(r"(?<!\d)(?P<m>[12])[.,](?P<mcm>\d\d)\s*(?:meters?\b|metres?\b|m\b(?=.*\d\s*(?:kg|kilo)))"),
    re.compile(r"\b(?P<inches>[5-8]\d)\s*(?:inches|in\b\.?(?=\s*(?:tall|,|/|\d))|\")(?:\s*tall)?"),
    re.compile(r"(?<![\d.,/$-])(?P<ft>[4-6])\s(?P<in>1[01]|\d)(?P<half>\.5)?(?=\s*[,/]?\s*\d{3}\b)"),
    re.compile(r"(?<=(?:lbs|ds,|lb,|lb\s|bs,|nds)\s)(?P<ft>[4-6])\s(?P<in>1[01]"
        r"|\d)(?P<half>\.5)?\b(?!\s*(?:%|k\b|m\b|yr))"),
)  # fmt: skip
_WEIGHTS = (
    re.compile(r"\b(?P<lb>\d{2,3})(?P<lbpart>\.\d)?\s*(?:lbs?\b\.?|pounds?\b|#)"),
    re.compile(r"\b(?P<kg>\d{2,3})(?P<kgpart>[.,]\d)?\s*(?:kgs?\b|kilos?\b|kilograms?\b)"),
    re.compile(
        r"\b(?:weighs?|weighing|wt|weight)\s*(?:is|of|about|around"
        r"|:)?\s*(?P<lb>\d{2,3})(?P<lbpart>\.\d)?\b(?!\s*(?:%|k\b))"),
)  # fmt: skip
_CHANGE = re.compile(r"\b(?:lost|lose|losing|gained?|gaining|down|up)\s+(?:about\s+|over\s+)?$")
_BEFORE_HEIGHT = re.compile(r"\b(?P<lb>\d{2,3})\s*(?:at|@|/|,)?\s*$")
_BESIDE_HEIGHT = re.compile(
    r"[\s,/@&]*(?:and\s+|at\s+|w\s+)?(?P<lb>\d{2,3})\b(?!\s*(?:%|k\b|[,.]\d|/\d|mil|year|yr|cm|days?"
    r"|months?|m\b|mm\b))"
)
_LIGHTEST_LB = 80
_VISA = re.compile(
    r"\b(?P<visa>h-?1b|l-?1|e-?2|tn visa|f-?1|j-?1|green card(?: holder)?|permanent resident"
    r"|daca|b-?1/b-?2)\b(?:\s+visa)?"
)
_WORK = re.compile(
    r"\b(?:works? as|working as|occupation(?: is|:)?|job as|job:|employed as|profession(?: "
    r"is|:))\s+(?:an?\s+)?(?P<job>[a-z][a-z /-]{2,40}?)(?=[,.;?]|$|\s+(?:and|with|who|making"
    r"|earning|in|for|at)\b)"
)
_JOBS = re.compile(r"\b(?:is\s+an?\s+|an?\s+)?(?P<job>" + "|".join(OCCUPATIONS) + r")\b")
_NOT_THEIR_JOB = re.compile(
    r"\b(?:the|his|her|their|my|by|from|see|sees|saw|seen by|seeing|per|our|your|for)\s+(?:\w+\s+)?$"
    r"|\bat\s+(?:the\s+)?$"
)


def read_work(notes: Notes) -> None:
    """What they do for a living."""
    found = notes.first(_WORK) or next(
        (one for one in notes.find(_JOBS) if not _is_other(notes, one)), None
    )
    if found and "occupation" not in notes.facts:
        notes.facts["occupation"] = found["job"].strip()
        notes.chip("occupation", found.span(), found["job"].strip(), "occupation")


def _is_other(notes: Notes, found: re.Match[str]) -> bool:
    """`his doctor` is not what he does; a student pilot flies."""
    if re.match(
        r"\s*(?:pilots?\b|loans?\b|of\b|visit|appointment|statement|exam)", notes.low[found.end() :]
    ):
        return True
    return bool(_NOT_THEIR_JOB.search(notes.low[: found.start("job")]))


def read_place(notes: Notes) -> None:
    """Where they live, and by which permit."""
    if found := notes.first(_VISA):
        notes.facts["visa"] = found["visa"]
        notes.chip("visa", found.span(), found["visa"], "visa")
    if found := notes.first(_ZIP):
        notes.facts["zip"] = found["zip"]
        notes.chip("zip", found.span(), found["zip"], "zip")
    for found in notes.find(_STATE):
        return _note_state(notes, found, _STATE_NAMES[found["name"]])
    for found in notes.find(_IN_STATE):
        code = (found["code"] or found["code2"]).upper()
        at = found.start("code") if found["code"] else found.start("code2")
        written = notes.text[at : at + 2]
        if code in JURISDICTIONS and (
            written.isupper() or code not in {"ME", "OR", "HI", "IN", "AS"}
        ):
            return _note_state(notes, found, code)
    if notes.text.isupper():
        return None
    things = [(one.start, one.end) for one in named(notes.text)]
    for found in notes.find(_CAPITALS):
        code = notes.text[found.start() : found.end()]
        inside = any(start <= found.start() < end for start, end in things)
        if code in JURISDICTIONS and code not in _NOT_ALONE and not inside:
            return _note_state(notes, found, code)
    return None


def _note_state(notes: Notes, found: re.Match[str], code: str) -> None:
    notes.facts["jurisdiction"] = code
    notes.chip("jurisdiction", found.span(), code, "jurisdiction")


def read_build(notes: Notes) -> None:
    """Height and weight, metric or imperial."""
    after = before = 0
    for pattern in _HEIGHTS:
        if found := _last(notes, pattern):
            before, after = found.span()
            _note_height(notes, found)
            break
    for pattern in _WEIGHTS:
        found = next((one for one in notes.find(pattern) if _is_weight(notes, one)), None)
        if found:
            unit = "kg" if "kg" in found.groupdict() else "lb"
            figure = found[unit] + (found.groupdict().get(f"{unit}part") or "").replace(",", ".")
            notes.facts[f"weight_{unit}"] = _number(figure)
            notes.chip("weight", found.span(), f"{figure} {unit}", f"weight_{unit}")
            return
    beside = _BESIDE_HEIGHT.match(notes.low, after) if after else None
    if beside is None or not notes.is_free(*beside.span()) or int(beside["lb"]) < _LIGHTEST_LB:
        beside = _BEFORE_HEIGHT.search(notes.low[:before]) if before else None
    if beside and notes.is_free(*beside.span("lb")) and _LIGHTEST_LB <= int(beside["lb"]) <= 600:
        notes.facts["weight_lb"] = int(beside["lb"])
        notes.chip("weight", beside.span("lb"), f"{beside['lb']} lb", "weight_lb")


_TOO_MUCH = re.compile(r"\s*(?:over\b|overweight|too (?:much|heavy)|extra|heavier|lost|less|down)")


def _is_weight(notes: Notes, found: re.Match[str]) -> bool:
    """`lost 40 lb` and `25 pounds overweight` are no weight."""
    told = found.groupdict()
    if _CHANGE.search(notes.low[: found.start()]) or _TOO_MUCH.match(notes.low, found.end()):
        return False
    pounds = int(told["lb"]) if told.get("lb") else int(told["kg"]) * 2
    return pounds >= _LIGHTEST_LB or bool(
        re.search(r"\b(?:kid|child|baby|infant|son|daughter)\b", notes.low)
    )


_CORRECTED = re.compile(r"\b(?:no|sorry|i mean|actually|rather|correction)\b[\s,]*$")


def _last(notes: Notes, pattern: "re.Pattern[str]") -> "re.Match[str] | None":
    """The first match, unless it is set right at once: `160 cm? no 5'3`."""
    found = notes.first(pattern)
    if found is None:
        return None
    for other in (one for each in _HEIGHTS for one in notes.find(each)):
        if other.start() >= found.end() and _CORRECTED.search(notes.low[: other.start()]):
            notes.use(*found.span())
            return other
    return found


def _note_height(notes: Notes, found: re.Match[str]) -> None:
    told = found.groupdict()
    if told.get("cm") or told.get("m"):
        height = int(told["cm"]) if told.get("cm") else int(told["m"]) * 100 + int(told["mcm"])
        notes.facts["height_cm"] = height
        notes.chip("height", found.span(), f"{height} cm", "height_cm")
        return
    inches = told.get("inches")
    whole = int(inches) if inches else int(told["ft"]) * 12 + int(told.get("in") or 0)
    notes.facts["height_in"] = whole + 0.5 if told.get("half") else whole
    notes.chip("height", found.span(), f"{notes.facts['height_in']} in", "height_in")


def _number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)
