"""Age and sex: `52 male`, `M/52`, `dob 2/11/1979`, `hes 58`, or a number that stands alone."""

import re

from megler.underwriting.rules.asking.dates import when_in
from megler.underwriting.rules.asking.notes import Notes

_OLDEST, _OF_AGE = 110, 18
_FEW = 3
_MALE = r"(?:males?|man|men|m|mann|guy|gentleman|gent|husband|hubby|boy|mr|dude)"
_FEMALE = r"(?:females?|fem|woman|women|f|kvinne|lady|gal|wife|girl|mrs|ms)"
_SEX = rf"(?:(?P<male>{_MALE})|(?P<female>{_FEMALE}))"
_YEARS_OLD = (
    r"yo(?=[mf]\b)|(?:years?|yrs?|y)\.?[\s-]*(?:olds?\b|o\b\.?)|y\s*/\s*o\b|years? (?:of age|young)"
    r"|ars? gammel\b|ar\b(?=\s*(?:gammel|mann|kvinne))"
)
_UNIT = (
    r"(?:%|k\b|m\b|mm\b|mil|thousand|grand|tusen|(?:level\s*)?(?:yrs?|years?|y|ars?)\b|days?|wks?\b"
    r"|weeks?|mos?\b|months?|hours?|hrs?\b|lbs?\b|pounds?|#"
    r"|kgs?\b|kilos?|cm\b|mg|mcg|ml\b|ft\b|feet|in\b|inch|\"|'|’|min|packs?|pks?|ppd|cigs?|cigar|drinks?"
    r"|beers?|jumps?|dives?|races?|times?|x\b"
    r"|mph|percent|tix|tickets?|points?|pts?\b|people|term|pay\b|states?|carriers?|to\s+\d|or\s+\d"
    r"|-\s*\d|/\s*\d|[.,]\d|\+|units?|meds?\b|glasses)"
)
_BORN = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born|birth\s?date|date of birth|f[øo]dt)\s*(?:on|in|is|:)?\s*(?=[\w'])"
)
_ABOUT = r"\s*-?(?:ish)?"
_SURE = (
    re.compile(rf"\b(?P<age>\d{{1,3}})\s*-?\s*(?:{_YEARS_OLD})(?:\s*{_SEX}\b)?"),
    re.compile(
        rf"(?<![\d.,$/'’])\b(?P<age>[1-9]\d){_ABOUT}\s*[,/-]?\s*{_SEX}\b(?!\s*(?:term|death|\d+\s*(?:kg"
        rf"|kilo)))"),
    re.compile(
        rf"\b(?<!key ){_SEX}\s*[,(]?\s*(?:aged?|is|age\s+is|about"
        rf"|around)?\s*[:,/(-]?\s*(?P<age>[1-9]\d){_ABOUT}\b(?![\d.,/%'’-]*\d"
        rf"|[\s-]*{_UNIT})"),
    re.compile(
        r"(?<!dx )(?<!diagnosed )(?<!diagnosed at )(?<!onset )(?<!onset at )(?<!since )(?<!before "
        r")(?<!under )(?<!after )(?<!from )(?<!over )(?<!passed )"
        r"\b(?:age|aged|ages)\s*(?:of|is|:|=)?\s*(?P<age>\d{1,3})\b"
        r"(?!\s*-?\s*(?:years?|yrs?|yr)\b(?!\s*-?\s*old))"),
    re.compile(rf"\b{_SEX}\s*,?\s*(?P<age>[1-9]\d)\s*ar\b"),
    re.compile(r"(?<![\d.,$/])\b(?P<age>[2-8]\d)\s*/(?=\s*\$?\d+(?:\.\d+)?\s*(?:m|mm|k|mil\w*)\b)"),
    re.compile(
        r"\b(?:people|clients?|someone|somebody|folks|anyone|persons?|those|seniors"
        r"|somebody's)\s+(?:who(?:'s| is| are)\s+|aged?\s+)?"
        r"(?:over|above|past|older than)\s+(?P<age>[4-9]\d)\b"),
    re.compile(
        r"\b(?:kid|child|grand\w+|baby|toddler|teen\w*)\s*(?:is|of|,"
        r"|aged?)?\s*(?P<age>\d{1,2})\b(?!\s*(?:mo|month|week|k\b|m\b))"),
    re.compile(
        r"\b(?:(?P<male>he|hes|he['’]s)|(?P<female>she|shes|she['’]s)|client|pi|pt|prospect|insured"
        r"|applicant|who)\s*(?:is|'s"
        rf"|’s|just turned|turned|turns)?\s*,?\s+(?P<age>[1-9]\d){_ABOUT}\b(?!\s*{_UNIT})"),
)  # fmt: skip
_LESS_SURE = (
    re.compile(
        r"^\s*(?:client|pi|prospect|insured|applicant)?\s*(?:is|,"
        rf"|:)?\s*(?P<age>[1-9]\d)\b(?=\s*(?:,|$|[a-z]))(?!\s*{_UNIT}|\s*,\d)"),
    re.compile(rf"\bboth\s+(?:are\s+|aged?\s+)?(?P<age>[1-9]\d)\b(?!\s*{_UNIT})"),
    re.compile(rf"\bat\s+(?P<age>[2-9]\d)\b(?!\s*{_UNIT}|\s*,\d)"),
    re.compile(rf"\bnow\s+(?:age\s+)?(?P<age>[1-9]\d)\b(?!\s*{_UNIT}|\s*at\b)"
        rf"|[,.]\s*(?P<age2>[2-8]\d)\s*[.?!]?\s*$"),
    re.compile(rf"\bfor\s+an?\s+(?P<age>[1-9]\d)\b(?!\s*{_UNIT}|\s*,)"),
)  # fmt: skip
_ALONE = re.compile(rf"(?<![\w.,$/'’#×-])(?P<age>[1-9]\d)(?:ish)?\b(?!\s*-?\s*{_UNIT})")
_NOT_AN_AGE = re.compile(
    r"\b(?:bp|a1c|ef|ldl|hdl|score|gleason|table|class|stage|type|chapter|part|over|under|above|below"
    r"|past|last|next|top|covid"
    r"|for|from|to|by|in|than|up|down|gained|lost|quit|since|until|till|every|about \$|grade|ahi|bmi"
    r"|chol|ratio|psa|age|before"
    r"|after|route|form|of|and|or|was|at|each|only)\s+$|[<>=~]\s*$"
)
_DATE = re.compile(r"(?<![\d/-])(?:19\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}/(?:19)?[3-9]\d)(?![\d/-])")
_AT_AN_EDGE = re.compile(r"(?:^|[,;:(/–]|\n)\s*$")
_BEFORE_AN_EDGE = re.compile(r"\s*(?:[,;:)/.?!–]|$|\n)")
_SEX_ALONE = re.compile(
    r"(?<![\d$.'’])(?<!key )\b(?:(?P<male>males?|man|gentleman|gent|guy|dude|mann|husband|hubby|his|he"
    r"|him|hes|m)"
    r"|(?P<female>females?|fem|woman|lady|gal|kvinne|wife|her|hers|she|shes|f))\b(?!['’]\d)"
)
_PRONOUNS = {"his", "he", "him", "her", "hers", "she", "hes", "shes"}
_OF_MEN = {"prostate_cancer", "testicular_cancer", "enlarged_prostate", "elevated_psa"}
_OF_WOMEN = {"ovarian_cancer", "cervical_cancer", "endometrial_cancer", "hysterectomy", "pregnancy",
             "endometriosis", "polycystic_ovaries", "gestational_diabetes"}  # fmt: skip


def read_age(notes: Notes) -> None:
    """The birth date, or the age where it is surely one."""
    _read_born(notes)
    _first_of(notes, _SURE)


def read_age_alone(notes: Notes) -> None:
    """The age where everything else has been read: `hes 58`, `at 70`, one number that stands alone."""
    if "age" in notes.facts or "born" in notes.facts:
        return
    for found in notes.find(_DATE):
        told = when_in(found.group(), notes.on, None)
        if told and _OF_AGE - 2 <= notes.on.year - int(told[1][:4]) <= _OLDEST - 10:
            notes.facts["born"] = told[1]
            notes.supposed.append("born_taken")
            notes.chip("born", found.span(), told[1], "born")
            return
    _first_of(notes, _LESS_SURE)
    if "age" in notes.facts:
        return
    alone = [one for one in notes.find(_ALONE) if not _NOT_AN_AGE.search(notes.low[: one.start()])]
    edged = [
        one
        for one in alone
        if _AT_AN_EDGE.search(notes.low[: one.start()])
        or _BEFORE_AN_EDGE.match(notes.low, one.end())
    ]
    likely = edged if len(edged) == 1 else alone
    if len(alone) <= _FEW and len(likely) == 1 and _OF_AGE - 2 <= int(likely[0]["age"]) <= 95:
        notes.facts["age"] = int(likely[0]["age"])
        notes.supposed.append("age_taken")
        notes.chip("age", likely[0].span(), likely[0]["age"], "age")


def read_sex(notes: Notes) -> None:
    """The sex where no age stood beside it; a pronoun tells it last, an illness of one sex after all."""
    words = sorted(notes.find(_SEX_ALONE), key=lambda m: m.group() in _PRONOUNS)
    for found in words:
        sex = "male" if found["male"] else "female"
        if "sex" in notes.facts:
            if found.group() in _PRONOUNS:
                notes.use(*found.span())
        elif len(found.group()) > 1 or notes.age is not None:
            notes.facts["sex"] = sex
            notes.chip("sex", found.span(), sex, "sex")
    if "sex" not in notes.facts and notes.facts.get("conditions") and notes.age is not None:
        codes = set(notes.codes)
        sex = "male" if codes & _OF_MEN else "female" if codes & _OF_WOMEN else ""
        if sex:
            notes.facts["sex"] = sex
            notes.supposed.append("sex_follows")


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


def _first_of(notes: Notes, patterns: tuple["re.Pattern[str]", ...]) -> None:
    """The first age that a pattern finds; the surest pattern first."""
    for pattern in patterns:
        for found in notes.find(pattern):
            told = found.groupdict()
            age = int(found["age"] or told["age2"])
            glued = re.fullmatch(r"\d+m", found.group()) is not None
            if glued and age < _OF_AGE:
                continue
            if "age" not in notes.facts and "born" not in notes.facts:
                notes.facts["age"] = age
            elif notes.facts.get("age") != age:
                continue
            notes.chip("age", found.span(), age, "age")
            if sex := "male" if told.get("male") else "female" if told.get("female") else "":
                notes.facts.setdefault("sex", sex)
                notes.chip("sex", found.span(), sex, "sex")
            return
