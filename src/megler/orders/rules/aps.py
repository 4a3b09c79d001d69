"""What received records tell, page by page: visits, diagnoses, drugs and readings, for a person to check.

Nothing here decides anything. Each entry stands with its page, its line and how sure the reading is,
and is confirmed or struck by an underwriter. Pages without text of their own tell nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.orders.rules.aps_dates import Dated, dated
from megler.orders.rules.aps_readings import Reading, readings
from megler.orders.rules.aps_scope import Standing, drug_standing, sections, standing
from megler.vocabulary.conditions import by_icd10, drugs_named, named

VISIT, DIAGNOSIS, DRUG, READING = "visit", "diagnosis", "drug", "reading"
ENTRIES_MAX = 2_000
"""Of one document; who needs more reads the records."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's number, from 1, and its lines of text."""

    number: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a page tells. `confidence` in per cent; `on` is the day it is of, if said.

    `code` is a condition's code, a drug's name or a reading's name; `value` and `second` a reading's
    (systolic and diastolic); `line` from 1; `words` the line itself.
    """

    kind: str
    code: str
    page: int
    line: int
    words: str
    confidence: int
    on: date | None = None
    value: Decimal | None = None
    second: Decimal | None = None
    unit: str = ""


_ICD10 = re.compile(r"\b([A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)\b")
_SAME_LINE, _HEADING, _PAGE_BEFORE, _UNDATED, _DOUBT = 0, 8, 30, 35, 25
"""What is taken off the confidence for where the day was found, and for what is only feared."""
_VISIT = re.compile(
    r"\b(?:visit|seen|encounter|date\s+of\s+service|dos|office|follow[- ]?up|admit(?:ted)?|admission|"
    r"discharged?|progress\s+note|consult\w*|exam(?:ination)?|collected|telehealth)\b",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"\b(?:next|upcoming|scheduled?|return|rtc|recheck|due|app(?:t|ointment)|"
    r"(?:follow[- ]?up|f/u)\s+(?:on|w/|with|in|at)|will\s+be)(?:\b|(?<=/))",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\b(?:date\s+of\s+service|dos|seen|encounter|collected|office\s+visit)\b", re.IGNORECASE
)
_CLERICAL = re.compile(
    r"\b(?:fax(?:ed)?|print(?:ed)?|request(?:ed)?|released?|generated|received|expires?|signed|"
    r"authori[sz]\w*|page\s+\d+\s+of)\b",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(r"\W*(?:date\b\W{0,3})?", re.IGNORECASE)
_TITLE = re.compile(r"\W*[A-Z]{4,}")
_WHOLE_TITLE = re.compile(r"[A-Z][A-Z /&'-]{5,40}")
_TITLE_CHARACTERS_MAX = 90
_TOP_LINES = 4


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands, of which day it is, and what that costs in confidence."""

    page: int
    line: int
    words: str
    on: date | None
    lost: int
    in_family: bool = False
    is_visit: bool = False

    def entry(self, kind: str, code: str, sure: int, reading: Reading | None = None) -> Entry:
        sure = max(sure - self.lost, 5)
        if reading is None:
            return Entry(kind, code, self.page, self.line, self.words[:300], sure, self.on)
        return Entry(
            kind, code, self.page, self.line, self.words[:300], sure, self.on,
            reading.value, reading.second, reading.unit,
        )  # fmt: skip


def entries(pages: Iterable[Page], until: date | None = None) -> list[Entry]:
    """Everything that the pages tell, by day and page; what is said twice on a page stands once.

    `until` is the day on which the records came: nothing of a later day has happened yet.
    """
    found: dict[tuple[object, ...], Entry] = {}
    current: date | None = None
    for page in pages:
        places, current = _placed(page, current, until)
        for one in (entry for place in places for entry in _told(place)):
            key = (one.kind, one.code, one.page, one.on, one.value, one.second)
            if key not in found or found[key].confidence < one.confidence:
                found[key] = one
            if len(found) >= ENTRIES_MAX:
                return _in_order(found.values())
    return _in_order(found.values())


def _in_order(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda e: (e.on or date.max, e.page, e.line, e.kind, e.code))


def _placed(
    page: Page, current: date | None, until: date | None
) -> tuple[list[_Place], date | None]:
    """The lines of a page with their days, and the day that goes on to the next page.

    A page that opens with a title of its own and no day is another hand's: no day goes on to it.
    """
    days = [_days(line, until) for line in page.lines]
    headings = frozenset(
        n for n, line in enumerate(page.lines) if days[n] and _is_heading(line, days[n][0].start)
    )
    titles = frozenset(
        n for n, line in enumerate(page.lines) if _WHOLE_TITLE.fullmatch(line.strip())
    )
    families = sections(page.lines, headings | titles)
    taken_off = _PAGE_BEFORE
    places: list[_Place] = []
    for n, line in enumerate(page.lines):
        if n in headings:
            current, taken_off = days[n][0].day, _HEADING
        elif n in titles and n < _TOP_LINES and taken_off == _PAGE_BEFORE:
            current = None
        own = days[n][0].day if days[n] else None
        lost = _SAME_LINE if own else taken_off if current else _UNDATED
        is_visit = own is not None and n in headings and _is_visit(page.lines, n, days[n][0])
        place = _Place(page.number, n + 1, line, own or current, lost, families[n], is_visit)
        places.append(place)
    return places, current


def _days(line: str, until: date | None) -> list[Dated]:
    """The days of a line that tell when something was; not one to come, nor one of the paper itself."""
    if (_COMES.search(line) and not _CAME.search(line)) or _CLERICAL.search(line):
        return []
    return [one for one in dated(line) if until is None or one.day <= until]


def _is_heading(line: str, at: int) -> bool:
    """Whether what follows on the page is of this line's day, which begins at `at`."""
    opens = _BEFORE_DATE.match(line)
    begins = opens is not None and opens.end() >= at
    is_title = len(line) <= _TITLE_CHARACTERS_MAX and bool(_TITLE.match(line[:at]))
    return begins or is_title or bool(_VISIT.search(line))


def _is_visit(lines: tuple[str, ...], number: int, own: Dated) -> bool:
    """Whether a heading is a visit's: by its words, or, of a date alone, by those around it."""
    if _VISIT.search(lines[number]):
        return True
    opens = _BEFORE_DATE.match(lines[number])
    is_bare = opens is not None and opens.end() >= own.start and len(lines[number].strip()) <= 25
    around = lines[max(number - 1, 0) : number] + lines[number + 1 : number + 2]
    return is_bare and any(_VISIT.search(one) and len(one) <= 60 for one in around)


def _told(place: _Place) -> Iterator[Entry]:
    """What one line tells."""
    if place.is_visit:
        yield place.entry(VISIT, VISIT, 90)
    for reading in readings(place.words):
        yield place.entry(READING, reading.name, reading.confidence, reading)
    for code, sure in _diagnoses(place):
        yield place.entry(DIAGNOSIS, code, sure)
    for code, sure in _drugs(place):
        yield place.entry(DRUG, code, sure)


def _diagnoses(place: _Place) -> Iterator[tuple[str, int]]:
    """Conditions that a line names, by ICD-10 or in words; what is denied or another's left out."""
    line, found = place.words, dict[str, int]()
    for match in _ICD10.finditer(line):
        if code := by_icd10(match[1]):
            _keep(found, code, 92, standing(line, *match.span(), in_section=place.in_family))
    for one in named(line, "conditions"):
        if not one.negated:
            how = standing(line, one.start, one.end, in_section=place.in_family)
            _keep(found, one.code, 85, how)
    yield from found.items()


def _drugs(place: _Place) -> Iterator[tuple[str, int]]:
    """Drugs that a line names; what is not taken, not tolerated or another's left out."""
    found: dict[str, int] = {}
    for one in drugs_named(place.words):
        if not one.negated:
            how = drug_standing(place.words, one.start, one.end, in_section=place.in_family)
            _keep(found, one.code, 85, how)
    yield from found.items()


def _keep(found: dict[str, int], code: str, sure: int, how: Standing) -> None:
    if how is not Standing.NONE:
        sure -= _DOUBT if how is Standing.UNSURE else 0
        found[code] = max(found.get(code, 0), sure)
