"""Who is asked about: age, sex, where they live, build, money, work."""

import re
from decimal import Decimal

from megler.underwriting.rules.asking.amounts import AMOUNT, amount_of
from megler.underwriting.rules.asking.dates import when_in
from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.work import OCCUPATIONS
from megler.vocabulary.codes import JURISDICTIONS

_OLDEST = 110
_MALE = r"(?:males?|man|men|m|mann|guy|gentleman|gent|husband|boy|mr)"
_FEMALE = r"(?:females?|woman|women|f|kvinne|lady|gal|wife|girl|mrs|ms)"
_SEX = rf"(?:(?P<male>{_MALE})|(?P<female>{_FEMALE}))"
_YEARS_OLD = r"yo(?=[mf]\b)|(?:years?|yrs?|y)\.?[\s-]*(?:olds?\b|o\b\.?)|y\s*/\s*o\b|years? of age|ar(?:\s*gammel)?\b"
_BORN = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born|birth\s?date|date of birth|f[øo]dt)\s*(?:on|in|is|:)?\s*(?=[\w'])"
)
_AGES = (
    re.compile(rf"\b(?P<age>\d{{1,3}})\s*-?\s*(?:{_YEARS_OLD})(?:\s*{_SEX}\b)?"),
    re.compile(rf"(?<![\d.,$/'’])\b(?P<age>[1-9]\d)\s*[,/-]?\s*{_SEX}\b(?!\s*(?:term|death))"),
    re.compile(
        rf"\b{_SEX}\s*,?\s*(?:aged?|is|age\s+is)?\s*[:,/-]?\s*(?P<age>[1-9]\d)\b(?![\d.,/%'’-]*\d"
        rf"|[\s-]*(?:k\b|mil|m\b|yr|year|lb|%|'|ft|cm|kg|pack|cig))"),
    re.compile(

        r"(?<!dx )(?<!diagnosed )(?<!diagnosed at )(?<!onset )(?<!onset at )(?<!since )(?<!before "
        r")(?<!under )(?<!after )(?<!from "
        r")\b(?:age|aged|ages)\s*(?:of|is|:|=)?\s*(?P<age>\d{1,3})\b"
        r"(?!\s*-?\s*(?:years?|yrs?|yr)\b(?!\s*-?\s*old))"),
    re.compile(
        r"^\s*(?:client|pi|prospect|insured|applicant)?\s*(?:is|,"
        r"|:)?\s*(?P<age>[1-9]\d)\b(?=\s*(?:,|$|[a-z]))(?!\s*(?:,\d|k\b|m\b|mil|yr|year|year|lb|%"
        r"|'|ft|cm|kg|day|month|pack|cig|min))"),
    re.compile(
        r"\b(?:(?P<male>he)|(?P<female>she)|client|pi|prospect|who)\s*(?:is|'s"
        r"|’s)\s+(?P<age>[1-9]\d)\b(?!\s*(?:lb|%|k|'|pounds))"),
    re.compile(r"\bat\s+(?P<age>[2-9]\d)\b(?!\s*(?:k\b|m\b|%|,|/|\.\d|lb|cig|day))"),
    re.compile(r"\bnow\s+(?:age\s+)?(?P<age>[1-9]\d)\b|[,.]\s*(?P<age2>[2-8]\d)\s*[.?!]?\s*$"),
    re.compile(r"\bfor\s+an?\s+(?P<age>[1-9]\d)\b(?!\s*(?:k\b|m\b|%|,|/|\.\d|yr|year|day|month))"),
)  # fmt: skip
_SEX_ALONE = re.compile(
    r"(?<![\d$.'’])\b(?:(?P<male>males?|man|gentleman|gent|guy|mann|his|he|him|m)"
    r"|(?P<female>females?|woman|lady|gal|kvinne|her|hers|she|f))\b(?!['’])"
)
_PRONOUNS = {"his", "he", "him", "her", "hers", "she"}
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
    re.compile(r"(?<!\d)(?P<ft>[3-7])\s*(?:['’´`′]|ft\.?\b|feet\b|foot\b)(?!\s*\d)(?:\s*(?:even|tall))?"),
    re.compile(r"(?<![\d-])(?<!\d/)(?P<ft>[4-6])-(?P<in>1[01]|\d)(?P<half>\.5)?(?=\s*[,/]?\s*(?:and\s*)?\d{2,3}\b)"),
    re.compile(r"\b(?P<cm>1[2-9]\d|2[0-2]\d)\s*cm\b"),
    re.compile(r"(?<!\d)(?P<m>[12])[.,](?P<mcm>\d\d)\s*(?:meters?\b|metres?\b|m\b(?=.*\d\s*(?:kg|kilo)))"),
    re.compile(r"\b(?P<inches>[5-8]\d)\s*(?:inches|in\b\.?|\")(?:\s*tall)?"),
)  # fmt: skip
_WEIGHTS = (
    re.compile(r"\b(?P<lb>\d{2,3})(?P<lbpart>\.\d)?\s*(?:lbs?\b\.?|pounds?\b|#)"),
    re.compile(r"\b(?P<kg>\d{2,3})(?P<kgpart>[.,]\d)?\s*(?:kgs?\b|kilos?\b|kilograms?\b)"),
    re.compile(
        r"\b(?:weighs?|weighing|wt|weight)\s*(?:is|of|about|around"
        r"|:)?\s*(?P<lb>\d{2,3})(?P<lbpart>\.\d)?\b(?!\s*(?:%|k\b))"),
)  # fmt: skip
_CHANGE = re.compile(r"\b(?:lost|lose|losing|gained?|gaining|down|up)\s+(?:about\s+|over\s+)?$")
_BESIDE_HEIGHT = re.compile(
    r"[\s,/@&]*(?:and\s+|at\s+|w\s+)?(?P<lb>\d{2,3})\b(?!\s*(?:%|k\b|[,.]\d|/\d|mil|year|yr|cm|days?|months?|m\b|mm\b))"
)
_MONEY = (
    ("net_worth", re.compile(rf"\bnet\s*worth\s*(?:of|is|about|around|:)?\s*(?P<a>{AMOUNT})")),
    ("net_worth", re.compile(rf"(?P<a>{AMOUNT})\s*(?:in\s+)?net\s*worth")),
    ("income_annual", re.compile(
        rf"\b(?:income|earns?|earning|earnings|makes?|making|salary|inntekt|tjener)\s*(?:of|is"
        rf"|about|around|are|:)?\s*(?P<a>{AMOUNT})(?:\s*(?:/|per|a)\s*(?:yr|year))?")),
    ("income_annual", re.compile(
        rf"(?P<a>{AMOUNT})\s*(?:of\s+|in\s+)?(?:(?:annual|yearly|earned)\s+)?(?:income|salary"
        rf"|earnings)\b")),
    ("income_annual", re.compile(rf"(?P<a>{AMOUNT})\s*(?:(?:/|per|a)\s*(?:yr|year)|annually)\b(?!\s*(?:premium|old))")),
)  # fmt: skip
_VISA = re.compile(
    r"\b(?P<visa>h-?1b|l-?1|e-?2|tn visa|f-?1|j-?1|green card(?: holder)?|permanent resident"
    r"|daca|b-?1/b-?2)\b(?:\s+visa)?"
)
_WORK = re.compile(
    r"\b(?:works? as|working as|occupation(?: is|:)?|job(?: is|:)?|employed as|profession(?: "
    r"is|:)?)\s+(?:an?\s+)?(?P<job>[a-z][a-z /-]{2,40}?)(?=[,.;?]|$|\s+(?:and|with|who|making"
    r"|earning|in|for|at)\b)"
)
_JOBS = re.compile(r"\b(?:is\s+an?\s+|an?\s+)?(?P<job>" + "|".join(OCCUPATIONS) + r")\b")


def read_person(notes: Notes) -> None:
    """Everything about who it is, besides health and history."""
    _read_build(notes)
    _read_born(notes)
    _read_money(notes)
    _read_age(notes)
    _read_place(notes)
    if found := notes.first(_VISA):
        notes.facts["visa"] = found["visa"]
        notes.chip("visa", found.span(), found["visa"], "visa")


def read_work(notes: Notes) -> None:
    """What they do for a living."""
    found = notes.first(_WORK) or notes.first(_JOBS)
    if found and "occupation" not in notes.facts:
        notes.facts["occupation"] = found["job"].strip()
        notes.chip("occupation", found.span(), found["job"].strip(), "occupation")


def read_sex(notes: Notes) -> None:
    """The sex where no age stood beside it; a pronoun tells it last."""
    words = sorted(notes.find(_SEX_ALONE), key=lambda m: m.group() in _PRONOUNS)
    for found in words:
        sex = "male" if found["male"] else "female"
        if "sex" in notes.facts:
            if found.group() in _PRONOUNS:
                notes.use(*found.span())
        elif len(found.group()) > 1 or notes.age is not None:
            notes.facts["sex"] = sex
            notes.chip("sex", found.span(), sex, "sex")


def _read_born(notes: Notes) -> None:
    if not (found := notes.first(_BORN)):
        return
    told = when_in(notes.low[found.end() : found.end() + 30], notes.on, None)
    if told is None or told[0].start() > 2:
        return
    match, day, only_year = told
    span = (found.start(), found.end() + match.end())
    if only_year:
        notes.facts["age"] = notes.on.year - int(day[:4])
        notes.supposed.append("year_of_birth_only")
        notes.chip("age", span, notes.facts["age"], "age")
    elif 0 <= notes.on.year - int(day[:4]) <= _OLDEST:
        notes.facts["born"] = day
        notes.chip("born", span, day, "born")


def _read_age(notes: Notes) -> None:
    for pattern in _AGES:
        for found in notes.find(pattern):
            told = found.groupdict()
            age = int(found["age"] or told["age2"])
            if "age" not in notes.facts and "born" not in notes.facts:
                notes.facts["age"] = age
            elif notes.facts.get("age") != age:
                continue
            notes.chip("age", found.span(), age, "age")
            if sex := "male" if told.get("male") else "female" if told.get("female") else "":
                notes.facts.setdefault("sex", sex)
                notes.chip("sex", found.span(), sex, "sex")
            return


def _read_place(notes: Notes) -> None:
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
    for found in notes.find(_CAPITALS):
        code = notes.text[found.start() : found.end()]
        if code in JURISDICTIONS and code not in _NOT_ALONE:
            return _note_state(notes, found, code)
    return None


def _note_state(notes: Notes, found: re.Match[str], code: str) -> None:
    notes.facts["jurisdiction"] = code
    notes.chip("jurisdiction", found.span(), code, "jurisdiction")


def _read_build(notes: Notes) -> None:
    after = 0
    for pattern in _HEIGHTS:
        if found := notes.first(pattern):
            after = found.end()
            _note_height(notes, found)
            break
    for pattern in _WEIGHTS:
        if (found := notes.first(pattern)) and not _CHANGE.search(notes.low[: found.start()]):
            unit = "kg" if "kg" in found.groupdict() else "lb"
            figure = found[unit] + (found.groupdict().get(f"{unit}part") or "").replace(",", ".")
            notes.facts[f"weight_{unit}"] = _number(figure)
            notes.chip("weight", found.span(), f"{figure} {unit}", f"weight_{unit}")
            return
    beside = _BESIDE_HEIGHT.match(notes.low, after) if after else None
    if beside and notes.is_free(*beside.span()) and 60 <= int(beside["lb"]) <= 600:
        notes.facts["weight_lb"] = int(beside["lb"])
        notes.chip("weight", beside.span("lb"), f"{beside['lb']} lb", "weight_lb")


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


def _read_money(notes: Notes) -> None:
    for key, pattern in _MONEY:
        found = notes.first(pattern)
        if found and key not in notes.facts and (amount := amount_of(found["a"])) is not None:
            notes.facts[key] = f"{amount:f}"
            notes.chip(key, found.span(), f"{amount:f}", key)


def _number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)
