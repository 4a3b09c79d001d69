"""Where a sheet's columns begin: titles above them, headings over two rows, and what each is called."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from megler.feeds.rules.words import Field, plain

Row = Sequence[str]
LOOKED_AT = 30
"""Rows from the top among which the headings are looked for."""

CALLED: dict[Field, tuple[str, ...]] = {
    Field.POLICY_NUMBER: (
        "policy number", "policy no", "policy", "pol number", "pol no", "pol", "policy id",
        "contract number", "contract no", "contract", "certificate number", "policy nbr", "pol nbr",
    ),
    Field.APPLICATION_ID: (
        "application id", "application number", "app id", "app number", "app no", "case number",
        "case id", "case no", "carrier reference", "ho reference", "tracking number", "file number",
        "submission id",
    ),
    Field.OUR_NUMBER: (
        "agency reference", "agency case", "your reference", "bga reference", "agency case number",
        "external id", "bga case id", "client reference", "your ref",
    ),
    Field.INSURED: (
        "insured", "insured name", "proposed insured", "client", "client name", "name",
        "primary insured", "applicant", "applicant name", "life insured", "annuitant", "full name",
        "life assured", "assured",
    ),
    Field.FIRST_NAME: ("first name", "first", "insured first name", "insured first", "given name"),
    Field.LAST_NAME: (
        "last name", "last", "insured last name", "insured last", "surname", "family name",
    ),
    Field.BORN: (
        "date of birth", "dob", "birth date", "birthdate", "born", "insured dob", "insured birth date",
    ),
    Field.PRODUCT: (
        "product", "product name", "plan", "plan name", "plan code", "product code", "plan description",
        "coverage",
    ),
    Field.AGENT: (
        "agent", "agent name", "producer", "producer name", "writing agent", "advisor", "broker",
    ),
    Field.STATUS: (
        "status", "policy status", "case status", "current status", "application status",
        "pending status", "underwriting status", "stage", "uw status", "decision",
    ),
    Field.COMMENT: (
        "comments", "comment", "remarks", "notes", "note", "message", "status reason",
        "underwriter comments", "status comment", "reason", "status detail",
    ),
    Field.SAID_ON: (
        "status date", "last updated", "last update", "updated", "as of", "as of date",
        "last activity", "last activity date", "date of status", "change date", "last change",
    ),
    Field.CLASS: (
        "underwriting class", "rate class", "risk class", "class", "approved class", "uw class",
        "approved rate class", "final class",
    ),
    Field.FACE_AMOUNT: (
        "face amount", "face amt", "face", "amount", "coverage amount", "death benefit",
        "specified amount", "approved amount", "volume", "benefit amount", "sum assured", "sum insured",
    ),
    Field.PREMIUM: (
        "premium", "modal premium", "planned premium", "premium amount", "modal prem", "prem",
        "approved premium",
    ),
    Field.MODE: ("mode", "premium mode", "payment mode", "billing mode", "pay mode", "frequency",
        "pay freq"),
    Field.ISSUED_ON: ("issue date", "issued", "date issued", "issued date", "policy date"),
    Field.PAID_ON: (
        "paid date", "date paid", "premium received", "premium received date", "paid to date",
        "initial premium date", "initial premium received", "first premium date",
    ),
    Field.REQUIREMENT: (
        "requirement", "requirements", "outstanding requirement", "outstanding requirements",
        "requirement name", "requirement description", "req", "requirement type", "req desc",
        "req description",
    ),
    Field.REQUIREMENT_STATUS: (
        "requirement status", "req status", "req stat", "requirement state",
    ),
    Field.REQUIREMENT_DETAIL: (
        "requirement detail", "requirement comment", "req comment", "requirement notes", "facility",
        "doctor", "requirement details",
    ),
}  # fmt: skip
"""What carriers call their columns, as seen; for guessing only."""

_SHORT = {
    "nbr": "number", "num": "number", "no": "number", "nr": "number", "pol": "policy",
    "insd": "insured", "ins": "insured", "stat": "status", "dt": "date", "reqs": "requirement",
    "req": "requirement", "requirements": "requirement", "prod": "product", "freq": "frequency",
    "amt": "amount", "prem": "premium", "app": "application", "appl": "application",
}  # fmt: skip


def heading_key(heading: str) -> str:
    """A heading by which it is known again, short words written out.

    >>> heading_key("Pol. Nbr"), heading_key("POLICY_NO")
    ('policy number', 'policy number')
    """
    return " ".join(_SHORT.get(word, word) for word in plain(heading).split())


_KNOWN = {heading_key(word): field for field, words in CALLED.items() for word in words}
_OTHERS = frozenset(
    {
        "owner", "payor", "payer", "beneficiary", "underwriter", "manager", "agency", "assistant",
        "spouse", "joint", "signed", "contact", "follow", "followup", "phone", "email", "address",
        "city", "state", "zip", "ssn", "commission", "replaced", "age", "gender", "sex", "count",
        "days", "county", "upline", "region", "office", "ordered", "entered",
    }
)  # fmt: skip
"""Words of a heading that speaks of somebody or something else, whatever stands beside them."""


def called_like(heading: str) -> tuple[Field | None, float]:
    """What a column of this heading is usually, and how sure that is, from 0 to 1.

    >>> called_like("Insured's DOB"), called_like("Req 2"), called_like("Owner Name")
    ((<Field.BORN: 'born'>, 0.7), (<Field.REQUIREMENT: 'requirement'>, 1.0), (None, 0.0))
    """
    key = " ".join(word for word in heading_key(heading).split() if not word.isdecimal())
    if not key:
        return None, 0.0
    if key in _KNOWN:
        return _KNOWN[key], 1.0
    words = set(key.split())
    if words & _OTHERS:
        return None, 0.0
    inside = [(len(known), field) for known, field in _KNOWN.items() if set(known.split()) <= words]
    if not inside:
        return None, 0.0
    return max(inside, key=lambda one: one[0])[1], 0.7


def named_once(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings on one line each; of several that are alike the later ones are numbered.

    >>> named_once(["Status", "Req", "Status"])
    ('Status', 'Req', 'Status (2)')
    """
    seen: Counter[str] = Counter()
    found = []
    for heading in headings:
        text, key = " ".join(heading.split()), heading_key(heading)
        seen[key] += 1
        found.append(f"{text} ({seen[key]})" if key and seen[key] > 1 else text)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the headings stand (`first` row, `count` of rows) and what each column is called."""

    first: int
    count: int
    headings: tuple[str, ...]

    @property
    def body(self) -> int:
        """The first row under them."""
        return self.first + self.count


def find_head(rows: Sequence[Row]) -> Head | None:
    """The headings of a sheet that nobody has seen; titles above them are passed over.

    The row with most cells that read like headings; None when no row has two. Where the row above
    or below goes on with headings, as with merged cells, both are read as one.
    """
    best, most = None, 1.0
    for index, row in enumerate(rows[:LOOKED_AT]):
        filled = [cell for cell in row if cell]
        if len(filled) < 2 or _has_data(row):
            continue
        score = sum(called_like(cell)[1] for cell in filled) + len(filled) / 100
        if score > most:
            best, most = index, score
    if best is None:
        return None
    alone = named_once(rows[best])
    for first in (best - 1, best):
        if 0 <= first < len(rows) - 1 and _goes_over(rows[first], rows[first + 1]):
            joined = named_once(_joined(rows[first], rows[first + 1]))
            if _told_by(joined) > _told_by(alone):
                return Head(first, 2, joined)
    return Head(best, 1, alone)


def _told_by(headings: Row) -> float:
    """How much headings tell: each thing once, by the surest of its columns."""
    sure: dict[Field, float] = {}
    for heading in headings:
        field, how = called_like(heading)
        if field:
            sure[field] = max(how, sure.get(field, 0))
    return sum(sure.values())


def _goes_over(upper: Row, lower: Row) -> bool:
    """Whether two rows may be headings together: the upper one leaves room, the lower names parts."""
    if len([c for c in upper if c]) < 2 or len([c for c in lower if c]) < 2:
        return False
    if _has_data(upper) or _has_data(lower):
        return False
    shares = any(
        cell and (place >= len(upper) or not upper[place] or upper[place] in upper[:place])
        for place, cell in enumerate(lower)
    )
    return shares and any(called_like(cell)[1] > 0 for cell in lower if cell)


def _has_data(row: Row) -> bool:
    """Whether a fifth of a row's cells or more are days, amounts or numbers, as no headings are."""
    filled = [cell for cell in row if cell]
    data = [cell for cell in filled if sum(c.isdigit() for c in cell) > 1 or cell.isdecimal()]
    return len(data) * 5 >= len(filled)


def _joined(upper: Row, lower: Row) -> tuple[str, ...]:
    """Both rows as one. What stands over goes on to the right, save over a part that is known alone."""
    found, over = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        over = above or over
        under = lower[place] if place < len(lower) else ""
        both = f"{over} {under}".strip() if under != over else under
        goes_on = not above or (place > 0 and upper[place - 1] == above)
        is_others = bool(set(heading_key(over).split()) & _OTHERS)
        alone = goes_on and not is_others and called_like(under)[1] > called_like(both)[1]
        found.append((under if alone else both) if under else above)
    return tuple(found)
