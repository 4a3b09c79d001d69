"""What a review of the book looks for: cover that could cost less, rights that end, ages that change.

Only term insurance is compared by price: permanent cover holds values that a price does not show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from megler.carriers.rules.products import Conversion
from megler.vocabulary.ages import AgeBasis, add_months, age_changes_on, age_on
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Line, Mode

ENDS_WITHIN = timedelta(days=180)
AGE_WITHIN = timedelta(days=60)
QUOTE_OPEN_FOR = timedelta(days=90)
"""A saved quote without an application counts as open for so long."""
COMPARED = frozenset({Line.TERM_LIFE, Line.GROUP_TERM_LIFE})
Person = dict[str, Any]


class Kind(StrEnum):
    """What was found."""

    CHEAPER = "cheaper"
    TERM_ENDS = "term_ends"
    CONVERSION_ENDS = "conversion_ends"
    AGE_CHANGES = "age_changes"


@dataclass(frozen=True, slots=True)
class Cover:
    """What a person has, or asks for: `premium` is that of the `mode`, in `currency`."""

    line: Line
    face_amount: Decimal | None
    term_years: int | None = None
    plan: str | None = None
    premium: Decimal | None = None
    mode: Mode | None = None
    currency: str = "USD"
    in_force_on: date | None = None

    @property
    def premium_annual(self) -> Decimal | None:
        """What a year costs."""
        if self.premium is None or self.mode is None:
            return None
        return self.premium * PAYMENTS_A_YEAR[self.mode]

    @property
    def ends_on(self) -> date | None:
        """The day on which the term has run; None without a term."""
        if self.in_force_on is None or self.term_years is None:
            return None
        return add_months(self.in_force_on, 12 * self.term_years)

    def years_left(self, on: date) -> int | None:
        """The years of the term still to run, a begun one counted; None without a term.

        >>> Cover(Line.TERM_LIFE, None, 20, in_force_on=date(2010, 3, 1)).years_left(date(2026, 6, 1))
        4
        """
        ends = self.ends_on
        if ends is None:
            return None
        return next((n for n in range(101) if add_months(on, 12 * n) >= ends), None)


def ends_soon(day: date | None, on: date, within: timedelta = ENDS_WITHIN) -> bool:
    """Whether a day lies ahead, but not far."""
    return day is not None and on <= day <= on + within


def conversion_ends_on(cover: Cover, born: date | None, right: Conversion, basis: AgeBasis) -> date:
    """The last day of the right to convert: so many years, at most to the age; never past the term.

    Far in the future where nothing limits it.
    """
    start = cover.in_force_on or date.max
    days = [cover.ends_on or date.max]
    if right.years is not None and start < date.max:
        days.append(add_months(start, 12 * right.years))
    if right.until_age is not None and born is not None:
        months = 12 * right.until_age - (6 if basis is AgeBasis.NEAREST else 0)
        days.append(add_months(born, months))
    return min(days)


def next_age(born: date, on: date, basis: AgeBasis) -> tuple[int, date]:
    """The age by a basis, and the day on which it changes."""
    return age_on(born, on, basis), age_changes_on(born, on, basis)


def person_known(facts: Mapping[str, Any], known: Mapping[str, Any]) -> Person | None:
    """The insured as the facts of then and the record of now know them; None for several lives.

    What the record knows (`born`, `sex`, `jurisdiction`) goes before the facts. An age without a
    birth date was true only then, and is left out.
    """
    if facts.get("people"):
        return None
    person = {key: value for key, value in facts.items() if key not in {"wants", "people", "age"}}
    person |= {key: value for key, value in known.items() if value}
    if known.get("jurisdiction") not in {None, "", facts.get("jurisdiction")}:
        person = {key: value for key, value in person.items() if key not in {"zip", "county"}}
    return person


def document_for(person: Mapping[str, Any], cover: Cover, *, any_term: bool) -> dict[str, Any]:
    """The facts document that asks for the same cover, of its own term or of any."""
    wants = {
        "line": cover.line.value,
        "face_amount": None if cover.face_amount is None else f"{cover.face_amount:f}",
        "term_years": None if any_term else cover.term_years,
        "plan": None if any_term else cover.plan,
        "mode": cover.mode.value if cover.mode else None,
    }
    return {**person, "wants": {key: value for key, value in wants.items() if value is not None}}


def at_age(document: Mapping[str, Any], age: int) -> dict[str, Any]:
    """The same document of a person of that age, by each product's own basis."""
    return {**{k: v for k, v in document.items() if k != "born"}, "age": age}


def born_of(person: Mapping[str, Any]) -> date | None:
    """The exact birth date; None for a month or nothing."""
    text = str(person.get("born") or "")
    return date.fromisoformat(text) if len(text) == len("2000-01-31") else None
