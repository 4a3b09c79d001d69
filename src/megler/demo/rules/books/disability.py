"""Disability income: rates by occupation class, sex, age and elimination period, per 100 a month.

The shape is the trade's: rates grow by some 4 % with each year of age, double from professions to
trades, and fall with the wait. The figures are the fictional carriers' own.
"""

from dataclasses import dataclass

from megler.demo.rules.books.common import (
    Dated,
    House,
    choice,
    document,
    head,
    rounded_modes,
    table,
    where_sold,
    whole,
)
from megler.demo.rules.text import Table, csv_file

AGES = (18, 60)
AGE_40_RATE, GROWTH = 16.40, 1.041
"""A year's premium of a man of 40 in class 4A for 100 a month, after 90 days, for 5 years."""
CLASSES = {"4A": 1.0, "3A": 1.30, "2A": 1.92, "A": 2.65}
FEMALE = {"4A": 1.42, "3A": 1.36, "2A": 1.25, "A": 1.15}
ELIMINATION = {"30": 1.62, "60": 1.17, "90": 1.0, "180": 0.85, "365": 0.74}
PERIODS = {"2": "0.68", "5": "1", "10": "1.27"}
NICOTINE = {"none": "1", "user": "1.25"}
OCCUPATIONS: dict[str, tuple[str, ...]] = {
    "4A": (
        "Accountant", "Actuary", "Architect", "Attorney", "Civil engineer", "Computer programmer",
        "Dentist", "Engineer", "Financial analyst", "Lawyer", "Pharmacist", "Physician",
        "Software developer", "University professor", "Veterinarian",
    ),
    "3A": (
        "Bank manager", "Bookkeeper", "Dental hygienist", "Graphic designer",
        "High school teacher", "Insurance adjuster", "Insurance agent", "Librarian",
        "Marketing manager", "Nurse", "Office manager", "Physical therapist",
        "Real estate broker", "Sales representative", "Secretary", "Small business owner",
        "Teacher",
    ),
    "2A": (
        "Bakery owner", "Chef", "Electrician", "Hairdresser", "Inspector", "Laboratory technician",
        "Machinist", "Paramedic", "Photographer", "Plumber", "Restaurant manager",
        "Store manager", "Surveyor", "Warehouse supervisor",
    ),
    "A": (
        "Auto mechanic", "Bricklayer", "Carpenter", "Construction worker", "Farmer",
        "Firefighter", "Landscaper", "Painter", "Police officer", "Roofer", "Truck driver",
        "Warehouse worker", "Welder",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DisabilityBook:
    """A disability product: `level` stands to the usual rates, `fee` is dollars a year."""

    code: str
    name: str
    amount: tuple[int, int]
    level: float
    income_percent: str
    editions: tuple[Dated, ...]


def disability_edition(house: House, book: DisabilityBook, dated: Dated) -> dict[str, bytes]:
    """The files of one edition."""
    level = book.level * dated.level
    rows = [
        [
            one,
            sex,
            age,
            *(f"{base_rate(one, sex, age) * wait * level:.2f}" for wait in ELIMINATION.values()),
        ]
        for one in CLASSES
        for sex in ("female", "male")
        for age in range(AGES[0], AGES[1] + 1)
    ]
    classes = [(job, one) for one, jobs in OCCUPATIONS.items() for job in jobs]
    ages = range(AGES[0], AGES[1] + 1)
    described = head(house, "rate_book", book.code, book.name, dated.effective_from)
    return {
        "edition.toml": document(described, [_product(house, book)], _tables()),
        "base.csv": csv_file(["occupation_class", "sex", "age", *ELIMINATION], rows),
        "occupations.csv": csv_file(["occupation", "value"], sorted(classes)),
        "period.csv": csv_file([*PERIODS], [[*PERIODS.values()]]),
        "nicotine.csv": csv_file([*NICOTINE], [[*NICOTINE.values()]]),
        "increase.csv": csv_file(
            ["age", "value"], [(a, f"{0.9 * GROWTH ** (a - 18):.2f}") for a in ages]
        ),
    }


def base_rate(occupation_class: str, sex: str, age: int) -> float:
    """A year's premium for 100 a month after 90 days, for five years.

    >>> base_rate("4A", "male", 40)
    16.4
    """
    more = FEMALE[occupation_class] if sex == "female" else 1.0
    return AGE_40_RATE * CLASSES[occupation_class] * more * float(GROWTH ** (age - 40))


def _product(house: House, book: DisabilityBook) -> Table:
    low, high = book.amount
    return {
        "code": book.code,
        "name": book.name,
        "line": "disability",
        "age_basis": house.age_basis.value,
        "premium_period": "annual",
        "eligibility": {
            "age": {"min": AGES[0], "max": AGES[1]},
            "amount": {"min": str(low), "max": str(high), "step": "50"},
            **where_sold(house),
            "income_percent_max": book.income_percent,
        },
        "defaults": {"elimination_days": "90", "benefit_years": "5"},
        "step": [
            {
                "name": "occupation class",
                "do": "look_up",
                "table": "occupations",
                "as": "occupation_class",
            },
            {"name": "base", "do": "rate", "table": "base", "per": "100"},
            {"name": "benefit period", "do": "multiply", "table": "period"},
            {"name": "nicotine", "do": "multiply", "table": "nicotine"},
            {"name": "riders", "do": "riders"},
            {"name": "policy fee", "do": "add", "amount": house.fee},
            *rounded_modes(house.modes),
        ],
        "rider": _riders(),
    }


def _riders() -> list[Table]:
    return [
        {
            "code": "residual",
            "name": "Residual disability",
            "step": [{"name": "residual disability", "do": "share", "by": "0.17"}],
        },
        {
            "code": "cost_of_living",
            "name": "Cost of living adjustment",
            "eligibility": {"age": {"max": 55}},
            "step": [{"name": "cost of living", "do": "share", "by": "0.21"}],
        },
        {
            "code": "future_increase",
            "name": "Future increase option",
            "amount": "1000",
            "eligibility": {
                "age": {"max": 45},
                "amount": {"min": "500", "max": "5000", "step": "50"},
            },
            "step": [
                {"name": "future increase", "do": "rate", "table": "increase", "per": "100"},
            ],
        },
    ]


def _tables() -> list[Table]:
    occupation: Table = {"name": "occupation", "kind": "text", "column": "occupation"}
    base = [
        choice("occupation_class", [*CLASSES]),
        choice("sex", ["female", "male"]),
        whole("age", *AGES),
        choice("elimination_days", [*ELIMINATION], across=True),
    ]
    rising = {"age": "rises", "elimination_days": "falls", "occupation_class": "rises"}
    return [
        table("occupations", "text", [occupation]),
        table("base", "rate", base, monotone=rising),
        table("period", "factor", [choice("benefit_years", [*PERIODS], across=True)]),
        table("nicotine", "factor", [choice("nicotine", [*NICOTINE], across=True)]),
        table("increase", "rate", [whole("age", *AGES)]),
    ]
