"""Medicare supplement: plans by age, area by the first digits of the ZIP code, household discount.

Areas follow the individual market: a ZIP area is as dear as its rating areas' benchmark premiums
are beside the state's, in five steps. The premiums are the fictional carriers' own.
"""

from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from megler.demo.rules.books.common import Dated, House, choice, document, head, table, whole
from megler.demo.rules.books.health import HealthFigures
from megler.demo.rules.text import Table, csv_file

AGES = (65, 99)
PLANS = {"A": 0.86, "G": 1.0, "G-high": 0.36, "N": 0.77}
AGE_65_MONTHLY = {"female": 118.0, "male": 131.0}
GROWTH_EARLY, GROWTH_LATE, LATE_AGE = 1.031, 1.017, 80
AREAS = {
    "1": ("0.90", 0.93),
    "2": ("0.96", 0.98),
    "3": ("1", 1.03),
    "4": ("1.06", 1.09),
    "5": ("1.14", 9),
}
"""Area: its factor, and the largest share of the state's benchmark that belongs to it."""
ENROLMENT = (("yes", "1", "1"), ("no", "1.12", "1.24"))
"""Within open enrolment nobody pays more; outside, health and nicotine count."""
MODES = {"monthly": "1", "quarterly": "3", "semiannual": "6", "annual": "12"}


class Rating(StrEnum):
    """How premiums go with age: from the age reached, from the age at issue, or not at all."""

    ATTAINED = "attained"
    ISSUE = "issue"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class MedicareBook:
    """The supplement of one carrier in its states; `household` is what is left to pay."""

    code: str
    name: str
    states: tuple[str, ...]
    plans: tuple[str, ...]
    rating: Rating
    level: float
    household: str
    fee: str
    editions: tuple[Dated, ...]


def medicare_edition(
    figures: HealthFigures, house: House, book: MedicareBook, dated: Dated
) -> dict[str, bytes]:
    """The files of one edition."""
    level = book.level * dated.level
    described = head(house, "rate_book", book.code, book.name, dated.effective_from)
    areas = zip_areas(figures, book.states)
    return {
        "edition.toml": document(described, [_product(book)], _tables(book)),
        "base.csv": _base(book, level),
        "areas.csv": csv_file(["zip3", "value"], sorted(areas.items())),
        "area-factors.csv": csv_file(
            ["rating_area", "value"], [(area, factor) for area, (factor, _) in AREAS.items()]
        ),
        "enrolment.csv": csv_file(["open_enrolment", "none", "user"], ENROLMENT),
        "household.csv": csv_file(["yes", "no"], [(book.household, "1")]),
    }


def zip_areas(figures: HealthFigures, states: tuple[str, ...]) -> dict[str, str]:
    """The area of each ZIP area (first three digits) in the states, by its benchmark premiums."""
    mean = {
        state: fmean(float(one) for (where, _), one in figures.benchmarks.items() if where == state)
        for state in states
    }
    shares: dict[str, list[float]] = {}
    for zip_code, state, _county, number in figures.zips:
        benchmark = figures.benchmarks.get((state, number))
        if state in mean and benchmark is not None:
            shares.setdefault(zip_code[:3], []).append(float(benchmark) / mean[state])
    return {
        zip3: next(area for area, (_, most) in AREAS.items() if fmean(found) <= most)
        for zip3, found in shares.items()
    }


def monthly(sex: str, plan: str, age: int) -> float:
    """A month's premium before area and discounts: growth slows at 80.

    >>> monthly("female", "G", 65)
    118.0
    """
    early, late = min(age, LATE_AGE) - AGES[0], max(age - LATE_AGE, 0)
    return AGE_65_MONTHLY[sex] * PLANS[plan] * float(GROWTH_EARLY**early * GROWTH_LATE**late)


def _base(book: MedicareBook, level: float) -> bytes:
    if book.rating is Rating.COMMUNITY:
        flat = [monthly(sex, "G", 74) for sex in AGE_65_MONTHLY]
        row = [f"{fmean(flat) * PLANS[plan] * level:.2f}" for plan in book.plans]
        return csv_file([*book.plans], [row])
    rows = [
        [sex, age, *(f"{monthly(sex, plan, age) * level:.2f}" for plan in book.plans)]
        for sex in AGE_65_MONTHLY
        for age in range(AGES[0], AGES[1] + 1)
    ]
    return csv_file(["sex", "age", *book.plans], rows)


def _product(book: MedicareBook) -> Table:
    return {
        "code": book.code,
        "name": book.name,
        "line": "medicare_supplement",
        "age_basis": "last",
        "premium_period": "monthly",
        "eligibility": {
            "age": {"min": AGES[0], "max": AGES[1]},
            "jurisdictions": {"only": [*book.states]},
            "plans": [*book.plans],
        },
        "defaults": {"household": "no", "open_enrolment": "yes"},
        "step": [
            {"name": "area", "do": "look_up", "table": "areas", "as": "rating_area"},
            {"name": "base", "do": "cell", "table": "base"},
            {"name": "area factor", "do": "multiply", "table": "area-factors"},
            {"name": "enrolment", "do": "multiply", "table": "enrolment"},
            {"name": "household", "do": "multiply", "table": "household"},
            {"name": "monthly premium", "do": "round", "to": "0.01", "how": "half_up"},
            {"name": "mode", "do": "mode", "factors": MODES},
            {"name": "policy fee", "do": "add", "amount": book.fee},
        ],
    }


def _tables(book: MedicareBook) -> list[Table]:
    sexes = [choice("sex", [*AGE_65_MONTHLY]), whole("age", *AGES)]
    plans = choice("plan", [*book.plans], across=True)
    base = [plans] if book.rating is Rating.COMMUNITY else [*sexes, plans]
    rising = {} if book.rating is Rating.COMMUNITY else {"monotone": {"age": "rises"}}
    zip3: Table = {"name": "zip3", "kind": "text", "column": "zip3"}
    enrolment = [
        choice("open_enrolment", ["yes", "no"]),
        choice("nicotine", ["none", "user"], True),
    ]
    return [
        table("areas", "text", [zip3]),
        table("base", "premium", base, **rising),
        table("area-factors", "factor", [choice("rating_area", [*AREAS])]),
        table("enrolment", "factor", enrolment),
        table("household", "factor", [choice("household", ["yes", "no"], across=True)]),
    ]
