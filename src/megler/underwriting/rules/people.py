"""What is known of a person to insure and what is asked for, as `facts.read_facts` reads it.

`None` is unknown, an empty tuple is none. Heights are inches, weights pounds, pressures mmHg,
cholesterol mg/dL, amounts dollars.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from megler.underwriting.rules.wishes import Details, Wants
from megler.vocabulary.ages import AgeBasis, age_on
from megler.vocabulary.codes import Line, RequirementKind, Sex
from megler.vocabulary.problems import Problem

__all__ = ["Details", "Facts", "Person", "Wants"]


@dataclass(frozen=True, slots=True)
class Day:
    """A date, or every day of a month when only the month is known: `first` to `last`."""

    first: date
    last: date

    @property
    def is_exact(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class NicotineUse:
    """One nicotine product ever used; `last_used` None: when is not known."""

    product: str | None = None
    last_used: Day | None = None
    per_week: Decimal | None = None
    details: Details = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BloodPressure:
    """Latest resting blood pressure."""

    systolic: int | None = None
    diastolic: int | None = None
    treated: bool | None = None
    measured: Day | None = None


@dataclass(frozen=True, slots=True)
class Cholesterol:
    """Latest cholesterol; `hdl_ratio` is total / HDL, reckoned when both are given without it."""

    total: Decimal | None = None
    hdl_ratio: Decimal | None = None
    treated: bool | None = None
    measured: Day | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """Illness or death of a parent or sibling; `relation` is father, mother, brother or sister."""

    relation: str | None = None
    condition: str | None = None
    onset_age: int | None = None
    death_age: int | None = None
    alive: bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A condition, medication, driving or criminal event, or avocation.

    `name` says what, `since` when it began or happened, `until` when it ended.
    """

    name: str | None = None
    icd10: str | None = None
    dose: str | None = None
    since: Day | None = None
    until: Day | None = None
    details: Details = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trip:
    """Travel to a country, in days a year."""

    country: str | None = None
    days: int | None = None
    start: Day | None = None
    details: Details = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cover:
    """Insurance in force or applied for elsewhere."""

    carrier: str | None = None
    line: Line | None = None
    amount: Decimal | None = None
    issued: Day | None = None
    replace: bool | None = None
    policy_number: str | None = None


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """Who is paid, and which share in percent."""

    name: str | None = None
    relation: str | None = None
    share_percent: Decimal | None = None
    contingent: bool | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence on file: what it is, from which day, and for which carrier it was made."""

    kind: RequirementKind
    on: Day | None = None
    carrier: str | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner, when another than the insured."""

    name: str | None = None
    jurisdiction: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One life. `incomplete` names the lists that may lack entries."""

    id: str = ""
    role: str = "insured"
    born: Day | None = None
    age: int | None = None
    sex: Sex | None = None
    jurisdiction: str | None = None
    zip: str | None = None
    county: str | None = None
    signed_in: str | None = None
    delivered_in: str | None = None
    owner: Owner | None = None
    citizenship: str | None = None
    visa: str | None = None
    height_in: Decimal | None = None
    weight_lb: Decimal | None = None
    nicotine: tuple[NicotineUse, ...] | None = None
    blood_pressure: BloodPressure | None = None
    cholesterol: Cholesterol | None = None
    family: tuple[Relative, ...] | None = None
    conditions: tuple[Entry, ...] | None = None
    medications: tuple[Entry, ...] | None = None
    driving: tuple[Entry, ...] | None = None
    criminal: tuple[Entry, ...] | None = None
    avocations: tuple[Entry, ...] | None = None
    travel: tuple[Trip, ...] | None = None
    occupation: str | None = None
    duties: str | None = None
    income_annual: Decimal | None = None
    net_worth: Decimal | None = None
    in_force: tuple[Cover, ...] | None = None
    pending: tuple[Cover, ...] | None = None
    beneficiaries: tuple[Beneficiary, ...] | None = None
    evidence: tuple[Evidence, ...] | None = None
    part_b_date: Day | None = None
    enrolment_window: str | None = None
    details: Details = field(default_factory=dict)
    incomplete: frozenset[str] = frozenset()

    def ages(self, on: date, basis: AgeBasis) -> tuple[int, int] | None:
        """Youngest and oldest age possible on `on` by `basis`; None when age is not known.

        A given `age` stands for either basis; the answer states that as an assumption.
        """
        if self.born is not None:
            return age_on(self.born.last, on, basis), age_on(self.born.first, on, basis)
        return None if self.age is None else (self.age, self.age)


@dataclass(frozen=True, slots=True)
class Facts:
    """A whole facts document: the people, what is asked for, and the document as it came.

    `warnings` are what reading it told without refusing it.
    """

    people: tuple[Person, ...]
    wants: tuple[Wants, ...] = ()
    document: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()

    @property
    def insured(self) -> Person:
        """The one insured: the first person whose role is insured, else the first."""
        return next((p for p in self.people if p.role == "insured"), self.people[0])

    def lives_of(self, wants: Wants) -> tuple[Person, ...]:
        """The people that `wants` insures; without names, the one insured."""
        if not wants.people:
            return (self.insured,)
        return tuple(p for p in self.people if p.id in wants.people)
