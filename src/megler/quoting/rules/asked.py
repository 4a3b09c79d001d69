"""A wish on its day: what it asks, and each person it is for, judged and aged once for all products."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.tables import Fact
from megler.underwriting.rules.assessment import Assessment
from megler.underwriting.rules.classes import asks_amount, assess
from megler.underwriting.rules.nicotine import nicotine_statuses
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.standing import Guides
from megler.underwriting.rules.wishes import Wants
from megler.vocabulary.ages import AgeBasis, add_months, age_changes_on

OPEN_ENROLMENT_MONTHS = 6
"""Months from the first day of Part B in which a Medicare supplement asks no health questions.

Source: 42 U.S.C. 1395ss(s)(2)(A), the six-month open enrolment period.
"""
ADULT = 18


@dataclass(frozen=True, slots=True)
class Assessments:
    """A person judged by each guide, and aged by each basis, once for all products."""

    guides: Guides
    person: Person
    on: date
    _done: dict[tuple[str, AgeBasis, Decimal | None], Assessment] = field(default_factory=dict)
    _ages: dict[AgeBasis, tuple[tuple[int, int] | None, date | None]] = field(default_factory=dict)
    _facts: dict[str, Fact] = field(default_factory=dict)
    _statuses: set[Nicotine] = field(default_factory=set)

    def by(self, guide: Edition, basis: AgeBasis, amount: Decimal | None = None) -> Assessment:
        """The assessment by a guide, for a face amount where the guide has rules of it."""
        judged_for = amount if asks_amount(guide) else None
        key = (guide.name, basis, judged_for)
        if key not in self._done:
            self._done[key] = assess(guide, self.person, self.on, basis, judged_for)
        return self._done[key]

    def ages(self, basis: AgeBasis) -> tuple[tuple[int, int] | None, date | None]:
        """Youngest and oldest age possible by a basis, and when the age will next change."""
        if basis not in self._ages:
            born = self.person.born
            exact = born is not None and born.is_exact
            changes = age_changes_on(born.first, self.on, basis) if born and exact else None
            self._ages[basis] = self.person.ages(self.on, basis), changes
        return self._ages[basis]

    def statuses(self) -> set[Nicotine]:
        """What the person may be as to nicotine: a non-user, a user, or either."""
        if not self._statuses:
            self._statuses.update(nicotine_statuses(self.person, self.on))
        return self._statuses

    def facts(self) -> Mapping[str, Fact]:
        """What of the person addresses cells, whatever the product."""
        if not self._facts:
            person = self.person
            self._facts.update(
                sex=None if person.sex is None else person.sex.value,
                jurisdiction=person.jurisdiction,
                zip=person.zip,
                zip3=person.zip and person.zip[:3],
                county=person.county,
                role=person.role,
                occupation=person.occupation,
                open_enrolment=open_enrolment(person, self.on),
            )
        return self._facts


@dataclass(frozen=True, slots=True)
class JudgedPeople:
    """The assessments of people by the guides of a day, for several quotes about the same people."""

    guides: Guides
    on: date
    _known: dict[int, Assessments] = field(default_factory=dict, repr=False)

    def of(self, person: Person) -> Assessments:
        """A person's own, the same at every call; another record of the same facts has others."""
        if id(person) not in self._known:
            self._known[id(person)] = Assessments(self.guides, person, self.on)
        return self._known[id(person)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish (the `number`th), whom it is for, and the day.

    `person` is the first of the wish, or the only one; `lives` are all of them when several.
    """

    number: int
    wants: Wants
    person: Person
    on: date
    assessments: Assessments
    lives: tuple[Assessments, ...] = ()
    _facts: dict[str, Fact] = field(default_factory=dict, compare=False)

    @property
    def everyone(self) -> tuple[Assessments, ...]:
        """Each person of the wish."""
        return self.lives or (self.assessments,)

    def facts(self) -> Mapping[str, Fact]:
        """What of the wish addresses cells, whatever the product."""
        if not self._facts:
            wants = self.wants
            self._facts.update(
                face_amount=wants.face_amount,
                benefit_monthly=wants.benefit_monthly,
                premium=wants.premium,
                elimination_days=wants.elimination_days,
                benefit_years=wants.benefit_years,
                inflation=wants.inflation,
                payout=wants.payout,
                qualified=_yes_no(wants.qualified),
                lives=len(self.everyone),
                couple=_yes_no(is_couple(self.everyone)),
                household=_yes_no(True if len(self.everyone) > 1 else wants.household),
            )
        return self._facts


def open_enrolment(person: Person, on: date) -> str | None:
    """Whether a Medicare supplement is open without health questions: yes, no, or not known.

    It is in the window that the person names, else for six months from the first day of Part B; who
    does not have Part B yet may buy for its first day.
    """
    if person.enrolment_window is not None:
        return _yes_no(person.enrolment_window != "none")
    if person.part_b_date is None:
        return None
    ends = {
        on < add_months(day, OPEN_ENROLMENT_MONTHS)
        for day in (person.part_b_date.first, person.part_b_date.last)
    }
    return _yes_no(ends.pop()) if len(ends) == 1 else None


def is_couple(lives: tuple[Assessments, ...]) -> bool:
    """Whether two adults of a wish are spouses or partners."""
    adults = [
        life.person
        for life in lives
        if (ages := life.ages(AgeBasis.LAST)[0]) is None or ages[1] >= ADULT
    ]
    partners = sum(person.role in {"spouse", "partner"} for person in adults)
    return partners > 0 and len(adults) > 1


def _yes_no(answer: bool | None) -> str | None:
    return None if answer is None else "yes" if answer else "no"
