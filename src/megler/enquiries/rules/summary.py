"""The summary that carriers see of an informal enquiry: what they judge by, and nobody's name.

Only what stands in `_LINES` goes out, and every word that somebody typed is scrubbed. It is written
in English, as a letter to American underwriters is, whatever language the agency works in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.enquiries.rules.scrubbing import Secrets, scrub
from megler.underwriting.rules.people import (
    BloodPressure,
    Cholesterol,
    Cover,
    Day,
    Entry,
    Evidence,
    Facts,
    NicotineUse,
    Person,
    Relative,
    Trip,
)
from megler.underwriting.rules.wishes import Details, Wants
from megler.vocabulary.ages import AgeBasis

UNKNOWN = "not known"
NONE = "none"
TEXT_MAX = 4000
"""Characters of the words that the agency adds."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the summary."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the summary under a heading."""

    title: str
    lines: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a carrier may see, in order."""

    parts: tuple[Part, ...]

    def as_text(self) -> str:
        """As the text of an e-mail."""
        told = (
            "\n".join([part.title.upper(), *(f"{line.label}: {line.text}" for line in part.lines)])
            for part in self.parts
        )
        return "\n\n".join(told)


def summary_of(
    facts: Facts, on: date, secrets: Secrets, *, purpose: str = "", words: str = ""
) -> Summary:
    """What carriers may see of the facts on a day. `purpose` and `words` are the agency's own."""
    hide = _Hiding(secrets)
    people = facts.people if len(facts.people) > 1 else (facts.insured,)
    parts = [_wanted(facts, hide, purpose)]
    for number, person in enumerate(people, start=1):
        title = "Proposed insured" if len(people) == 1 else f"Proposed insured {number}"
        parts.append(Part(title, tuple(_of_person(person, on, hide))))
    if words.strip():
        parts.append(Part("Remarks", (Told("From the agency", hide(words[:TEXT_MAX])),)))
    return Summary(tuple(part for part in parts if part.lines))


@dataclass(frozen=True, slots=True)
class _Hiding:
    """How typed words come into the summary."""

    secrets: Secrets

    def __call__(self, text: object) -> str:
        return " ".join(scrub(str(text), self.secrets).split())


def _wanted(facts: Facts, hide: _Hiding, purpose: str) -> Part:
    lines = [Told("Asked for", hide(_wish(wants))) for wants in facts.wants]
    if purpose.strip():
        lines.append(Told("Purpose", hide(purpose)))
    return Part("Cover", tuple(lines))


def _wish(wants: Wants) -> str:
    parts = [str(wants.line.value).replace("_", " ") if wants.line else "life insurance"]
    if amount := wants.face_amount or wants.premium or wants.benefit_monthly:
        monthly = " a month" if wants.benefit_monthly else ""
        parts.append(f"{_money(amount)}{monthly}")
    if wants.term_years:
        parts.append(f"{wants.term_years} years")
    if wants.plan:
        parts.append(wants.plan.replace("_", " "))
    parts += [f"rider {rider.code.replace('_', ' ')}" for rider in wants.riders]
    return ", ".join(parts)


def _of_person(person: Person, on: date, hide: _Hiding) -> Iterator[Told]:
    for label, find in _LINES:
        if text := find(person, on, hide):
            yield Told(label, text)


def _age(person: Person, on: date, hide: _Hiding) -> str:
    ages = person.ages(on, AgeBasis.NEAREST)
    if ages is None:
        return UNKNOWN
    low, high = ages
    return str(low) if low == high else f"{low} or {high}"


def _build(person: Person, on: date, hide: _Hiding) -> str:
    parts = []
    if person.height_in is not None:
        feet, inches = divmod(person.height_in, 12)
        parts.append(f"{feet:f} ft {_figure(round(inches, 1))} in".replace(".0 ft", " ft"))
    if person.weight_lb is not None:
        parts.append(f"{_figure(round(person.weight_lb, 0))} lb")
    return ", ".join(parts)


def _smoking(person: Person, on: date, hide: _Hiding) -> str:
    if person.nicotine is None:
        return UNKNOWN
    return "; ".join(_use(use, hide) for use in person.nicotine) or "never"


def _use(use: NicotineUse, hide: _Hiding) -> str:
    often = f"{_figure(use.per_week)} a week" if use.per_week is not None else ""
    last = f"last {_month(use.last_used, hide)}" if use.last_used else ""
    product = hide((use.product or "nicotine").replace("_", " "))
    return _joined(product, often, last, _details(use.details, hide))


def _pressure(person: Person, on: date, hide: _Hiding) -> str:
    found = person.blood_pressure or BloodPressure()
    reading = f"{found.systolic}/{found.diastolic}" if found.systolic and found.diastolic else ""
    return _joined(reading, _treated(found.treated), _measured(found.measured, hide))


def _lipids(person: Person, on: date, hide: _Hiding) -> str:
    found = person.cholesterol or Cholesterol()
    total = f"total {_figure(found.total)}" if found.total is not None else ""
    ratio = f"ratio {_figure(found.hdl_ratio)}" if found.hdl_ratio is not None else ""
    return _joined(total, ratio, _treated(found.treated), _measured(found.measured, hide))


def _relatives(person: Person, on: date, hide: _Hiding) -> str:
    if person.family is None:
        return ""
    return "; ".join(_relative(one, hide) for one in person.family) or NONE


def _relative(one: Relative, hide: _Hiding) -> str:
    onset = f"from age {one.onset_age}" if one.onset_age is not None else ""
    death = f"died at {one.death_age}" if one.death_age is not None else ""
    return _joined(hide(one.relation or "relative"), hide(one.condition or ""), onset, death)


def _entries(entries: tuple[Entry, ...] | None, name: str, person: Person, hide: _Hiding) -> str:
    if entries is None:
        return ""
    told = "; ".join(_entry(entry, hide) for entry in entries) or NONE
    return f"{told} (there may be more)" if name in person.incomplete else told


def _entry(entry: Entry, hide: _Hiding) -> str:
    code = hide(f"ICD-10 {entry.icd10}") if entry.icd10 else ""
    since = _month(entry.since, hide) if entry.since else ""
    until = f"to {_month(entry.until, hide)}" if entry.until else ""
    name = hide((entry.name or "").replace("_", " "))
    return _joined(name, code, hide(entry.dose or ""), since, until, _details(entry.details, hide))


def _travel(person: Person, on: date, hide: _Hiding) -> str:
    return "; ".join(_trip(trip, hide) for trip in person.travel or ())


def _trip(trip: Trip, hide: _Hiding) -> str:
    days = f"{trip.days} days a year" if trip.days is not None else ""
    return _joined(trip.country or "", days, _details(trip.details, hide))


def _covers(covers: tuple[Cover, ...] | None, hide: _Hiding) -> str:
    if covers is None:
        return ""
    told = (
        _joined(
            str(one.line.value).replace("_", " ") if one.line else "cover",
            _money(one.amount) if one.amount is not None else "",
            hide(one.carrier or ""),
            "to be replaced" if one.replace else "",
        )
        for one in covers
    )
    return "; ".join(told) or NONE


def _evidence(person: Person, on: date, hide: _Hiding) -> str:
    return "; ".join(_one_evidence(one, hide) for one in person.evidence or ())


def _one_evidence(one: Evidence, hide: _Hiding) -> str:
    return _joined(str(one.kind.value).replace("_", " "), _month(one.on, hide) if one.on else "")


def _details(details: Details, hide: _Hiding) -> str:
    told = (
        f"{hide(name.replace('_', ' '))} {_detail(value, hide)}"
        for name, value in sorted(details.items())
        if value is not None
    )
    return ", ".join(told)


def _detail(value: object, hide: _Hiding) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else hide(value)


def _treated(treated: bool | None) -> str:
    return "" if treated is None else "treated" if treated else "not treated"


def _measured(day: Day | None, hide: _Hiding) -> str:
    return f"measured {_month(day, hide)}" if day else ""


def _month(day: Day, hide: _Hiding) -> str:
    """A month, never a day: a day may be that of a birth."""
    same = (day.first.year, day.first.month) == (day.last.year, day.last.month)
    return hide(f"{day.first:%Y-%m}" if same else str(day.first.year))


def _money(amount: Decimal) -> str:
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def _figure(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _plain(name: str) -> "Callable[[Person, date, _Hiding], str]":
    def find(person: Person, on: date, hide: _Hiding) -> str:
        found = getattr(person, name)
        return hide(found) if found else ""

    return find


def _amount(name: str) -> "Callable[[Person, date, _Hiding], str]":
    def find(person: Person, on: date, hide: _Hiding) -> str:
        found = getattr(person, name)
        return _money(found) if found is not None else ""

    return find


def _list(name: str) -> "Callable[[Person, date, _Hiding], str]":
    def find(person: Person, on: date, hide: _Hiding) -> str:
        return _entries(getattr(person, name), name, person, hide)

    return find


_LINES: tuple[tuple[str, Callable[[Person, date, _Hiding], str]], ...] = (
    ("Age", _age),
    ("Sex", lambda person, on, hide: person.sex.value if person.sex else UNKNOWN),
    ("State", lambda person, on, hide: person.jurisdiction or UNKNOWN),
    ("Citizenship", lambda person, on, hide: person.citizenship or ""),
    ("Build", _build),
    ("Nicotine", _smoking),
    ("Blood pressure", _pressure),
    ("Cholesterol", _lipids),
    ("Conditions", _list("conditions")),
    ("Medication", _list("medications")),
    ("Family history", _relatives),
    ("Driving", _list("driving")),
    ("Criminal history", _list("criminal")),
    ("Avocations", _list("avocations")),
    ("Travel", _travel),
    ("Occupation", _plain("occupation")),
    ("Duties", _plain("duties")),
    ("Income a year", _amount("income_annual")),
    ("Net worth", _amount("net_worth")),
    ("In force", lambda person, on, hide: _covers(person.in_force, hide)),
    ("Applied for elsewhere", lambda person, on, hide: _covers(person.pending, hide)),
    ("Evidence on file", _evidence),
)
"""What may go out of a person, in the order in which underwriters read it.

Left out on purpose: birth date, ZIP code, county, owner, beneficiaries, policy numbers, visa, and
free details of the person.
"""
