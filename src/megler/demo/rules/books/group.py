"""Group voluntary term: monthly rates by age band, guaranteed issue, benefits that reduce with age.

Shaped after an employer's published benefit guide of 2025: ten age bands from under 30 to 70 and
over, employee and spouse alike, guaranteed issue of 200,000 and 40,000, reduction from 65.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from megler.demo.rules.books.common import Dated, House, band, head, rounded_modes, where_sold
from megler.demo.rules.text import Table, csv_file, toml_file
from megler.vocabulary.codes import Mode

AGE_BANDS: tuple[tuple[int, int | None, str], ...] = (
    (16, 29, "0.08"),
    (30, 34, "0.09"),
    (35, 39, "0.14"),
    (40, 44, "0.21"),
    (45, 49, "0.33"),
    (50, 54, "0.54"),
    (55, 59, "0.87"),
    (60, 64, "1.32"),
    (65, 69, "2.25"),
    (70, None, "4.05"),
)
"""Age from, age to, monthly rate per 1,000 of the published table of 2025."""

GROUP_MODES = {
    Mode.MONTHLY: "1",
    Mode.SEMIMONTHLY: "0.5",
    Mode.BIWEEKLY: "0.461538462",
    Mode.QUARTERLY: "3",
    Mode.SEMIANNUAL: "6",
    Mode.ANNUAL: "12",
}
"""Share of a month's premium in each payment; biweekly is 12 / 26."""


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Who is insured, for how much, and how the rates stand to the published ones.

    `flat` is one monthly rate per 1,000 whatever the age (children).
    """

    code: str
    name: str
    ages: tuple[int, int]
    amount: tuple[int, int, int]
    guaranteed: int
    level: Decimal = Decimal(1)
    flat: str = ""
    reductions: tuple[tuple[int, int], ...] = ((65, 65), (70, 50))


@dataclass(frozen=True, slots=True)
class GroupBook:
    """The plans of one group contract."""

    series: str
    title: str
    plans: tuple[GroupPlan, ...]
    editions: tuple[Dated, ...]


def group_edition(house: House, book: GroupBook, dated: Dated) -> dict[str, bytes]:
    """The files of one edition."""
    files = {"edition.toml": toml_file(_document(house, book, dated))}
    for plan in book.plans:
        files[f"{plan.code}.csv"] = csv_file(
            ["age_from", "age_to", "value"], monthly_rates(plan, Decimal(str(dated.level)))
        )
    return files


def monthly_rates(plan: GroupPlan, level: Decimal = Decimal(1)) -> list[tuple[int, str, str]]:
    """Age from, age to and monthly rate per 1,000 of a plan, in cents half up.

    >>> monthly_rates(GroupPlan("x", "X", (16, 80), (1, 1, 1), 1, Decimal("1.5")))[2]
    (35, '39', '0.21')
    """
    if plan.flat:
        return [(plan.ages[0], str(plan.ages[1]), plan.flat)]
    cent = Decimal("0.01")
    return [
        (
            low,
            "" if high is None else str(high),
            str((Decimal(rate) * plan.level * level).quantize(cent, rounding=ROUND_HALF_UP)),
        )
        for low, high, rate in AGE_BANDS
    ]


def _document(house: House, book: GroupBook, dated: Dated) -> Table:
    products: list[Table] = [
        {
            "code": plan.code,
            "name": plan.name,
            "line": "group_term_life",
            "age_basis": "last",
            "premium_period": "monthly",
            "eligibility": _eligibility(house, plan),
            "step": [
                {"name": "base", "do": "rate", "table": plan.code, "per": "1000"},
                *rounded_modes(GROUP_MODES),
            ],
        }
        for plan in book.plans
    ]
    tables: list[Table] = [
        {
            "name": plan.code,
            "file": f"{plan.code}.csv",
            "measure": "rate_per_1000",
            "monotone": {"age": "rises"},
            "dimension": [band("age")],
        }
        for plan in book.plans
    ]
    described = head(house, "rate_book", book.series, book.title, dated.effective_from)
    return {"format": 1, "edition": described, "product": products, "table": tables}


def _eligibility(house: House, plan: GroupPlan) -> Table:
    least, most, step = plan.amount
    eligibility: Table = {
        "age": {"min": plan.ages[0], "max": plan.ages[1]},
        "amount": {"min": str(least), "max": str(most), "step": str(step)},
        **where_sold(house),
        "guaranteed_issue_max": str(plan.guaranteed),
    }
    if plan.reductions and not plan.flat:
        eligibility["reductions"] = [
            {"age": age, "percent": str(percent)} for age, percent in plan.reductions
        ]
    return eligibility
