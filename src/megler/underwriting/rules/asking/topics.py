"""What a question is about: a class, a requirement, a bound of a product, blood pressure, build."""

import re
from collections import Counter
from collections.abc import Mapping

from megler.underwriting.rules.asking.notes import Notes
from megler.underwriting.rules.asking.understood import Subject
from megler.vocabulary.codes import RequirementKind as Kind

_TOBACCO = r"(?:tobacco|smoker|tob|sm|smoking|nicotine)"
_CLASSES = (
    ("preferred_tobacco", rf"pref(?:erred)?\s*{_TOBACCO}"),
    ("standard_tobacco", rf"(?:standard|std)\s*{_TOBACCO}"),
    ("super_preferred", r"super[- ]?preferred"),
    ("preferred_plus",
        r"pref(?:erred)?\s*(?:\+|plus|best|elite|select|ultra)(?:\s*(?:non[- ]?(?:smoker|tobacco)"
        r"|nt|ns))?|pp\b|p\+|select preferred|preferred ?plus"),
    ("preferred", r"pref(?:erred)?(?:\s*(?:non[- ]?(?:smoker|tobacco)|nt|ns))?"),
    ("standard_plus", r"(?:standard|std)\s*(?:\+|plus)(?:\s*(?:non[- ]?(?:smoker|tobacco)|nt|ns))?|sp\b"),
    ("standard", r"(?:standard|std)(?:\s*(?:non[- ]?(?:smoker|tobacco)|nt|ns|rates?))?"),
)  # fmt: skip
_CLASS_PATTERNS = tuple(
    (code, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for code, words in _CLASSES
)
_TABLE = re.compile(r"\btable\s*(?:(?P<n>1[0-6]|[1-9])|(?P<l>[a-p])\b)|\bt(?P<t>[1-9])\b")
_LETTERS = "abcdefghijklmnop"
_LONG_ENOUGH = 5

_KINDS = (
    (Kind.MD_EXAM, r"md exam|physician exam|doctor'?s exam"),
    (Kind.PARAMEDICAL_EXAM, r"paramed(?:ical)?(?: exam)?s?|(?:medical |med |insurance )?exams?|physicals?"),
    (Kind.BLOOD_PROFILE, r"labs?|blood(?: ?work| profile| test| draw)s?|fluids|lab ?work"),
    (Kind.URINE, r"urine(?: specimen| test)?|urinalysis|hos"),
    (Kind.TREADMILL, r"treadmills?|stress tests?|stress ekg|stress ecg|exercise ecg"),
    (Kind.ECG, r"ecgs?|ekgs?|electrocardiograms?|resting ekg"),
    (Kind.APS, r"aps(?:'?s|es)?|attending physician'?s? statements?|medical records|doctor'?s records|records"),
    (Kind.TELEPHONE_INTERVIEW, r"(?:tele ?phone |phone |tele-?)interviews?|teleinterviews?|phi"),
    (Kind.INSPECTION_REPORT, r"inspections?(?: reports?)?"),
    (Kind.MVR, r"mvrs?|motor vehicle (?:report|record)s?|driving records?"),
    (Kind.PRESCRIPTION_HISTORY, r"rx (?:check|history|scan)s?|prescription (?:history|check|report)|script ?checks?"),
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
_LIMITS = (
    ("age_max",
        r"(?:max(?:imum)?|oldest|highest|top|upper|latest|up to what|last)\s*(?:issue\s*)?age|age "

        r"(?:limit|cutoff|cut[- ]off|max(?:imum)?)|how old can|too old|what age (?:do|does|will"
        r"|can|is)\b|issue ages?|up to what age"
        r"|age range|høyeste alder|maksalder"),
    ("age_min",
        r"(?:min(?:imum)?|youngest|lowest)\s*(?:(?:and|&|/|or)\s*max(?:imum)?\s*)?(?:issue\s*)?age"
        r"|how young|(?<!max )(?<!maximum )(?<!highest )issue ages?|age range"),
    ("amount_max",
        r"(?:max(?:imum)?|largest|highest|biggest|top)\s*(?:face|amount|coverage|cover|death "
        r"benefit|db|benefit|policy(?: size)?|limit)(?:\s*amounts?)?|(?:face )?amount limits?"
        r"|face limits?|how (?:large|big) a policy|how much (?:coverage|insurance|cover|face"
        r"|can\b.*\b(?:buy|get|have))"),
    ("amount_min",
        r"(?:min(?:imum)?|smallest|lowest)\s*(?:face|amount|coverage|cover|death benefit|db"
        r"|benefit|policy(?: size)?)(?:\s*amounts?)?"),
    ("jurisdictions",
        r"(?:available|sold|sell|offered|approved|licensed|write|written)\s+(?:\w+\s+){0,3}in\b"
        r"|which states|what states|state availability"),
    ("terms",
        r"(?:what|which|longest|shortest|available|max(?:imum)?) terms?(?: lengths?| periods?)?"
        r"|how long a term|terms? (?:lengths? )?(?:available|offered|sold)|(?:anyone|anybody|who) "
        r"(?:\w+ ){0,3}(?:40|35|25)[- ]?(?:year|yr)"),
    ("conversion", r"conver(?:t|tible|sion)s?(?: privileges?| periods?| age| rights?)?"),
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


def read_kinds(notes: Notes) -> tuple[str, ...]:
    """The requirements that the question names."""
    kinds = []
    for kind, pattern in _KIND_PATTERNS:
        for found in notes.find(pattern):
            notes.chip("requirement", found.span(), kind.value)
            kinds.append(kind.value)
    return tuple(dict.fromkeys(kinds))


def read_subjects(notes: Notes) -> tuple[Subject, ...]:
    """Other things than conditions that the question is about."""
    subjects = []
    for subject, pattern in _SUBJECT_PATTERNS:
        for found in notes.find(pattern):
            notes.use(*found.span())
            subjects.append(subject)
    if _WAIT.search(notes.low):
        subjects.append(Subject.WAIT)
    return tuple(dict.fromkeys(subjects))


def read_limits(notes: Notes) -> tuple[str, ...]:
    """Which bounds of products the question asks for."""
    found = []
    for limit, pattern in _LIMIT_PATTERNS:
        if match := pattern.search(notes.low):
            found.append(limit)
            notes.use(match.start(), match.end())
    return tuple(found)
