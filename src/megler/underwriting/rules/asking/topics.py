"""What a question is about: a class, a requirement, a bound of a product, blood pressure, build."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from megler.underwriting.rules.asking.dates import when_in
from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.understood import Subject
from megler.vocabulary.codes import RequirementKind as Kind

_TOBACCO = r"(?:tobacco|smoker|tob|sm|smoking|nicotine)"
_CLASSES = (
    ("preferred_tobacco", rf"(?:pref(?:erred)?|pfd|prf)\s*{_TOBACCO}"),
    ("standard_tobacco", rf"(?:standard|std)\s*{_TOBACCO}"),
    ("super_preferred", r"super[- ]?preferred"),
    ("preferred_plus",
        r"(?:pref(?:erred)?|pfd|prf)\s*(?:\+|plus|best|elite|select|ultra)(?:\s*(?:non[- ]?(?:smoker|tobacco)"
        r"|nt|ns))?|pp\b|p\+|select preferred|preferred ?plus"),
    ("preferred", r"(?:pref(?:erred)?|pfd|prf)(?:\s*(?:non[- ]?(?:smoker|tobacco)|nt|ns))?"),
    ("standard_plus", r"(?:standard|std)\s*(?:\+|plus)(?:\s*(?:non[- ]?(?:smoker|tobacco)|nt|ns))?|sp\b"),
    ("standard", r"(?:standard|std)(?:\s*(?:non[- ]?(?:smoker|tobacco)|nt|ns|rates?))?"),
)  # fmt: skip
_CLASS_PATTERNS = tuple(
    (code, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for code, words in _CLASSES
)
_TABLE = re.compile(
    r"\btable\s*(?:(?P<n>1[0-6]|[1-9])|(?P<l>[a-p])\b)|\bt(?P<t>[1-9])\b(?!\s*-?\s*(?:dm|diab\w*|d\b))"
)
_LETTERS = "abcdefghijklmnop"
_LONG_ENOUGH = 5

_KINDS = (
    (Kind.MD_EXAM, r"md exam|physician exam|doctor'?s exam"),
    (Kind.PARAMEDICAL_EXAM, r"paramed(?:ical)?(?: exam)?s?|(?:medical |med |insurance )?exams?"
        r"|physicals?|(?<=see a )nurse|nurse (?:visit|exam|come)"),
    (Kind.BLOOD_PROFILE, r"labs?|blood(?: ?work| profile| test| draw)s?|fluids|lab ?work|blood(?= (?:and"
        r"|&|\+|or) urine)"),
    (Kind.URINE, r"urine(?: specimen| test| sample)?|urinalysis|hos"),
    (Kind.TREADMILL, r"treadmills?|stress tests?|stress ekg|stress ecg|exercise ecg"),
    (Kind.ECG, r"ecgs?|ekgs?|electrocardiograms?|resting ekg"),
    (Kind.APS, r"aps(?:'?s|es)?|attending physician'?s? statements?|medical records|doctor'?s records|records"),
    (Kind.TELEPHONE_INTERVIEW, r"(?:tele ?phone |phone |tele[ -]?)interviews?|teleinterviews?|phi"),
    (Kind.INSPECTION_REPORT, r"inspections?(?: reports?)?"),
    (Kind.MVR, r"mvrs?|motor vehicle (?:report|record)s?|driving records?"),
    (Kind.PRESCRIPTION_HISTORY, r"rx (?:check|history|scan|hit|report)s?|prescription (?:history|check"
        r"|report)|script ?checks?"),
    (Kind.MIB, r"mib(?: check)?"),
    (Kind.FINANCIAL_STATEMENTS,
        r"financial statements?|financials|tax returns?|third[- ]party financials|financial "
        r"documents"),
    (Kind.COGNITIVE_TEST, r"cognitive (?:test|screen|assessment|exam)s?|memory test|clock drawing"),
    (Kind.HIPAA_AUTHORISATION, r"hipaa(?: auth\w*| form)?"),
    (Kind.GOOD_HEALTH_STATEMENT, r"good health statements?|statements? of (?:good )?health"),
)  # fmt: skip
_KIND_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _KINDS)

_SUBJECTS = (
    (Subject.BLOOD_PRESSURE, r"bp|b/p|blood pressures?|systolic|diastolic|blodtrykk"),
    (Subject.CHOLESTEROL,
        r"chol(?:esterol)?(?:\s*(?:/|to)?\s*hdl)?(?:\s*ratio)?|hdl|ldl|lipids?|(?:hdl\s*)?ratio"
        r"|kolesterol"),
    (Subject.BUILD,
        r"build(?: chart)?s?|height(?:\s*(?:/|and|&)\s*weight)?|weights?|weigh|ht/wt|how heavy"
        r"|heavy|heaviest|overweight|bmi|vekt"),
    (Subject.FAMILY, r"family history|fam(?:ily)? hx|famil(?:y|ial)"),
    (Subject.NICOTINE, r"nicotine|tobacco|smok(?:e|es|ing|ers?)|cotinine"),
    (Subject.TRAVEL,
        r"foreign travel|travel(?:l?ing|s)?|foreign nationals?|visa|residen(?:cy|ce) abroad|non[- "
        r"]?us citizens?"),
    (Subject.OCCUPATION, r"occupations?|jobs?"),
    (Subject.NET_WORTH, r"net ?worth|estate (?:planning|tax|size|case)"),
    (Subject.SUBSTITUTE, r"instead of|in lieu of|in place of|substitut\w+|stands? (?:in )?for|replace(?:s|d)?"),
    (Subject.COMBINATION,
        r"(?:combin\w+|add(?:s|ed)? (?:up|together)|stack\w*|sum)\b.{0,60}\b(?:debits?|ratings?|tables?"
        r"|impairments?|conditions?|points?)"
        r"|(?:debits?|ratings?|tables?|impairments?|conditions?|points?)\b.{0,60}\b(?:combin\w+|add(?:s"
        r"|ed)? (?:up|together)|stack\w*|worst)"
        r"|(?:multiple|several|two|2) impairments?"),
)  # fmt: skip
_SUBJECT_PATTERNS = tuple(
    (subject, re.compile(rf"\b(?:{words})\b")) for subject, words in _SUBJECTS
)
_WAIT = re.compile(
    r"\bhow (?:long|soon|many (?:months|years|yrs))\b|\bwait(?:ing)?(?: periods?| time)?\b"
    r"|\bpostpone(?:d|ment)?(?: periods?)?\b"
    r"|\b(?:when|how soon) (?:can|could|will|may|should)\b|\bhvor lenge\b|\bsoonest\b|\bhow "
    r"recent(?:ly)?\b|\byears? (?:after|since)\b|\blook[- ]?back\b"
)
_GAP = r"(?:[a-z]+\s+){0,3}?"
_ISSUES = r"(?:writes?|issues?|goes?|go|takes?|covers?|sells?|accepts?|insures?|offers?|buy|get|be)"
_LIMITS = (
    ("conversion", r"conver(?:t\w*|sions?)(?: privileges?| periods?| age| rights?)?|exchange privilege"),
    ("age_max",
        rf"(?:max(?:imum)?|oldest|highest|top|upper|latest|cut-? ?off|ceiling|limit on)\s*{_GAP}ages?\b|age "
        r"(?:limits?|cutoff|cut[- ]off|max(?:imum)?|ceiling)|how old can|too old (?:for|to)|"
        r"(?:up to |until |till |through )?what age (?:do|does|will|can|is|are)\b"
        r"|(?<!min )(?<!minimum )(?<!lowest )(?<!youngest )issue ages?"
        r"|(?:up to|until|till|through) (?:what|which) age|age range|"
        rf"(?:oldest|latest) (?:[\w']+ ){{0,4}}?{_ISSUES}\b|(?:who|anyone|anybody|carriers?|company"
        rf"|they) (?:\w+ ){{0,2}}?"
        r"(?:goes?|writes?|issues?|sells?|offers?) (?:\w+ ){0,3}?(?:up )?(?:to|past|beyond|over"
        r"|above) (?:age )?\d\d\b"
        r"|høyeste alder|maksalder|aldersgrense"),
    ("age_min",
        rf"(?:min(?:imum)?|youngest|lowest)\s*{_GAP}(?:issue\s*)?ages?\b"
        rf"|youngest (?:[\w']+ ){{0,4}}?{_ISSUES}\b"
        r"|how young|(?<!max )(?<!maximum )(?<!highest )(?<!oldest )issue ages?|age range"),
    ("retention", r"retentions?(?: limits?)?|reinsur\w+|re-?insure|auto(?:matic)? (?:bind\w*|capacity)"
        r"|jumbo limit"),
    ("amount_max",
        rf"(?:max(?:imum)?|largest|highest|biggest|top|most)\s*{_GAP}(?:face|amounts?|amts?|coverage"
        rf"|cover|death "
        r"benefit|db|benefits?|policy(?: size)?|limit|fe|insurance)\b(?:\s*amounts?)?|(?:face )?amount limits?"
        r"|(?:face|coverage|amount)(?: amounts?)? ranges?|(?:face|coverage) (?:limits?|max(?:imum)?)"
        r"|how (?:large|big) a policy|how much (?:coverage"
        r"|insurance|cover|face"
        r"|can\b.*\b(?:buy|get|have))"),
    ("amount_min",
        rf"(?:min(?:imum)?|smallest|lowest)\s*{_GAP}(?:face|amounts?|amts?|coverage|cover|death benefit|db"
        r"|benefits?|policy(?: size)?|fe|insurance)\b(?:\s*amounts?)?|how (?:small|little) a policy"),
    ("jurisdictions",
        r"(?:available|sold|sell|offered|approved|licensed|write|written)\s+(?:\w+\s+){0,3}?in\b"
        r"|(?:which|what) states?|state availab\w+|not (?:available|sold|approved)"),
    ("terms",
        r"(?:is|are) (?:there )?an? \d\d[- ]?(?:year|yr) (?:term|level)|(?:what|which|longest|shortest"
        r"|available|max(?:imum)?) (?:level )?terms?(?: lengths?| periods?"
        r"| durations?)?"
        r"|how long a term|terms? (?:lengths? )?(?:available|offered|sold)|(?:longest"
        r"|shortest) (?:\w+ ){0,2}?term"
        r"|(?:anyone|anybody|who|is there|have|offer|sell) (?:\w+ ){0,3}?(?:40|35|25)[- ]?(?:year|yr)"),
)  # fmt: skip
_LIMIT_PATTERNS = tuple((limit, re.compile(rf"\b(?:{words})")) for limit, words in _LIMITS)


def read_carriers(notes: Notes, names: Mapping[str, str]) -> tuple[str, ...]:
    """The carriers that the question names, by the whole name or by a first word that only one has."""
    firsts = Counter(name.lower().split()[0] for name in names.values())
    found = []
    for slug, name in names.items():
        first = name.lower().split()[0]
        words = [name.lower(), slug.replace("-", " ")]
        words += [first] if firsts[first] == 1 and len(first) >= _LONG_ENOUGH else []
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b(?:'s)?")
        if match := notes.first(pattern):
            notes.chip("carrier", match.span(), slug)
            found.append(slug)
    return tuple(found)


_GENERIC = frozenset(
    """term life whole universal final expense level simplified graded guaranteed issue individual health voluntary
    income annuity express safe no exam basic accidental group supplement medicare critical illness disability
    long care bronze silver gold plan fixed rate children spouse employee a b c d e f g n the""".split()  # noqa: SIM905
)
"""Words of product names that name no product by themselves."""


def read_products(notes: Notes, names: Mapping[str, str]) -> tuple[str, ...]:
    """Codes of the products that the question names by their whole name."""
    found = []
    for code, name in names.items():
        several = _called(code, name)
        told = any(one in notes.low for one in several)
        if told and (match := notes.first(_named(several))):
            notes.chip("product", match.span(), code)
            found.append(code)
    return tuple(found)


@lru_cache(maxsize=2000)
def _called(code: str, name: str) -> tuple[str, ...]:
    words = {name.lower(), code.replace("-", " ").replace("_", " ")}
    return tuple(sorted(w for w in words if set(w.split()) - _GENERIC and " " in w))


@lru_cache(maxsize=2000)
def _named(words: tuple[str, ...]) -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def read_own_class(notes: Notes, names: Mapping[str, str]) -> str:
    """The industry class that a guide's own class name means: one carrier's "Nordlys"."""
    for name, word in names.items():
        own = name.lower()
        if match := notes.first(_named((f"{own} class", f"{own} rates", f"class {own}"))):
            notes.chip("class", match.span(), word)
            return word
    return ""


_EVIDENCE_DAY = re.compile(
    r"\s*(?:\w+\s+){0,4}?(?:on|from|dated|done|was|in|taken|completed)\s+(?=\d|[a-z]{3})"
)


def read_evidence(notes: Notes) -> None:
    """Evidence that is on file already, with its day: `did a paramed on 1/15/26`."""
    for kind, pattern in _KIND_PATTERNS:
        for found in list(notes.find(pattern)):
            lead = _EVIDENCE_DAY.match(notes.low, found.end())
            told = (
                when_in(notes.low[lead.end() : lead.end() + 20], notes.on, None) if lead else None
            )
            if (
                lead is None
                or told is None
                or told[0].start()
                or told[2]
                or len(told[1]) < len("2026-01-01")
            ):
                continue
            notes.entries("evidence").append({"kind": kind.value, "on": told[1]})
            place = f"evidence[{len(notes.entries('evidence')) - 1}]"
            notes.chip("evidence", (lead.end(), lead.end() + told[0].end()), told[1], place)


def read_class(notes: Notes) -> str:
    """The class that the question names, as the industry calls it, or `table_N`; else empty."""
    if found := notes.first(_TABLE):
        letter = found["l"]
        number = _LETTERS.index(letter) + 1 if letter else int(found["n"] or found["t"])
        notes.chip("class", found.span(), f"table_{number}")
        return f"table_{number}"
    told = ""
    for code, pattern in _CLASS_PATTERNS:
        for found in notes.find(pattern):
            notes.chip("class", found.span(), code)
            told = told or code
    return told


_TOLD = re.compile(
    r"\s*(?:results?\s*)?(?:are|is|were|was|all|came back|have been|look(?:ed|s)?|say|says|show(?:s|ed)?"
    r"|every\w*|:|\s)*"
    r"\b(?:normal|clean|clear|good|fine|negative|neg|great|perfect|unremarkable|wnl|excellent"
    r"|hits?)\b(?!\s+for)|\s*(?:show|say|hit)s?\b|\s*:"
)
_ON_THE_RECORD = re.compile(
    r"\b(?:on|in|per|according to) (?:the|his|her) $|\b(?:normal|clean|good|perfect|unremarkable|negative) $"
)
OTHER_TESTS = re.compile(
    r"\b(?P<test>echo(?:cardiogram)?s?|colonoscop(?:y|ies)|mammo(?:gram)?s?|biops(?:y|ies)|mris?"
    r"|ct scans?|holter(?: monitor)?"
    r"|x-?rays?|pap smears?|sleep stud(?:y|ies)|calcium scores?|nuclear stress|pet scans?"
    r"|ultrasounds?)\b(?: reports?| results?)?"
)


def read_kinds(notes: Notes) -> tuple[str, ...]:
    """The requirements that the question names, and tests of doctors that are none.

    A result that is told (`labs normal`) is no evidence that is asked about.
    """
    kinds = []
    for kind, pattern in _KIND_PATTERNS:
        for found in notes.find(pattern):
            told = _TOLD.match(notes.low, found.end())
            if told or _ON_THE_RECORD.search(notes.low[: found.start()]):
                notes.use(found.start(), told.end() if told else found.end())
                continue
            notes.chip("requirement", found.span(), kind.value)
            kinds.append(kind.value)
    other = None if kinds or notes.facts.get("conditions") else notes.first(OTHER_TESTS)
    if other:
        notes.chip("requirement", other.span(), other["test"])
        kinds.append(other["test"])
    return tuple(dict.fromkeys(kinds))


def read_subjects(notes: Notes) -> tuple[Subject, ...]:
    """Other things than conditions that the question is about."""
    subjects = []
    for subject, pattern in _SUBJECT_PATTERNS:
        for found in notes.find(pattern):
            notes.use(*found.span())
            subjects.append(subject)
    for found in list(_WAIT.finditer(notes.low)):
        notes.use(*found.span())
        subjects.append(Subject.WAIT)
    return tuple(dict.fromkeys(subjects))


def read_limits(notes: Notes) -> tuple[str, ...]:
    """Which bounds of products the question asks for; of a conversion, its own bounds alone."""
    found = []
    for limit, pattern in _LIMIT_PATTERNS:
        if match := pattern.search(notes.low):
            found.append(limit)
            notes.use(*match.span())
    for only in ("conversion", "retention"):
        if only in found:
            return (only,)
    return tuple(found)
