"""Annuities: incomes for life, for one or two lives, and deposits at a guaranteed rate.

An income is what the deposit buys on the 2015 VBT for non-smokers at a share of its mortality, for
who buys an income lives long, at the carrier's interest and after its expenses:
monthly = 1,000 x (1 - load) / (12 a), where a is the value of 1 a year paid monthly in arrears.
"""

from dataclasses import dataclass

import numpy as np

from megler.carriers.rules.guide import Nicotine
from megler.demo.rules.books.common import (
    Dated,
    House,
    choice,
    document,
    head,
    table,
    where_sold,
    whole,
)
from megler.demo.rules.mortality import Key, Mortality
from megler.demo.rules.pricing import Values, in_force
from megler.demo.rules.rates import SEXES
from megler.demo.rules.text import Table, csv_file

CERTAIN = {"life-only": 0, "life-10-certain": 10, "life-20-certain": 20}
"""Payouts, and the years in which they are paid whether the person lives or not."""
INCOME_MODES = {"monthly": "1", "quarterly": "3.011", "semiannual": "6.055", "annual": "12.245"}
"""What is paid at the end of each period for a monthly 1, at about 4.5 % interest."""
MONTHLY_LESS = 13 / 24
"""A year's payments in advance are worth so much more than twelfths in arrears."""
UNISEX = (0.55, 0.45)
DIFFERENCES = ((0, 2), (3, 5), (6, 9), (10, 14), (15, None))
LARGE_DEPOSIT, LARGE_FACTOR = 100_000, "1.004"


@dataclass(frozen=True, slots=True)
class IncomeBook:
    """Immediate annuities for one life and for two: interest, share of mortality, load."""

    code: str
    name: str
    ages: tuple[int, int]
    amount: tuple[int, int]
    interest: float
    mortality: float
    load: float
    editions: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class FixedBook:
    """A deposit at a rate guaranteed for a term: (years, percent a year, last age)."""

    code: str
    name: str
    amount: tuple[int, int]
    rates: tuple[tuple[int, float, int], ...]
    editions: tuple[Dated, ...]
    large_bonus: float = 0.15


def life_income(q: Values, interest: float, certain: int = 0) -> Values:
    """a: the value of 1 a year, paid monthly in arrears for life, at least `certain` years.

    Without mortality and interest, two years are worth 2 - 13/24 paid monthly from a year's start.

    >>> round(float(life_income(np.zeros(2), 0.0)), 4)
    1.4583
    """
    years = np.arange(q.shape[-1])
    worth = in_force(q) * (1 + interest) ** -years
    later = worth[..., certain:].sum(axis=-1) - MONTHLY_LESS * worth[..., certain]
    if not certain:
        return np.asarray(later)
    monthly = (1 + interest) ** (1 / 12) - 1
    sure = (1 - (1 + interest) ** -certain) / (12 * monthly)
    return np.asarray(sure + later)


def income_edition(
    tables: dict[Key, Mortality], house: House, book: IncomeBook, dated: Dated
) -> dict[str, bytes]:
    """The files of one edition; `dated.level` scales the interest."""
    ages = list(range(book.ages[0], book.ages[1] + 1))
    interest = book.interest * dated.level
    by_sex = [_annuitants(tables, house, sex, ages, book.mortality) for sex in SEXES]
    described = head(house, "rate_book", book.code, book.name, dated.effective_from)
    products = [_income(house, book), _joint_income(house, book)]
    return {
        "edition.toml": document(described, products, _income_tables(book)),
        "payout.csv": csv_file(
            ["payout", "qualified", "age", *(sex.value for sex in SEXES)],
            _payouts(by_sex, ages, interest, book.load),
        ),
        "joint.csv": csv_file(
            ["younger_age", "difference_from", "difference_to", "value"],
            _joint_payouts(by_sex, ages, interest, book.load),
        ),
        "deposit.csv": csv_file(
            ["amount_from", "amount_to", "value"],
            [(1, LARGE_DEPOSIT - 1, "1"), (LARGE_DEPOSIT, "", LARGE_FACTOR)],
        ),
    }


def fixed_edition(house: House, book: FixedBook, dated: Dated) -> dict[str, bytes]:
    """The files of one edition; `dated.level` scales the rates, in steps of 0.05."""
    years = [str(term) for term, _, _ in book.rates]
    credited = [
        [low, high, *(f"{_step(rate * dated.level + more):.2f}" for _, rate, _ in book.rates)]
        for low, high, more in (
            (1, LARGE_DEPOSIT - 1, 0.0),
            (LARGE_DEPOSIT, "", book.large_bonus),
        )
    ]
    steps: list[Table] = [
        {"name": "deposit", "do": "amount"},
        {"name": "interest", "do": "compound", "table": "credited"},
        {"name": "cents", "do": "round", "to": "0.01", "how": "down"},
    ]
    terms: list[Table] = [{"term_years": term, "age_max": last} for term, _, last in book.rates]
    product = _annuity(house, book.code, book.name, book.amount) | {"yields": "value"}
    bounds: Table = {"terms": terms, **_amount(book.amount), **where_sold(house)}
    dimensions: list[Table] = [
        {"name": "amount", "kind": "band", "columns": ["amount_from", "amount_to"]},
        choice("term_years", years, across=True),
    ]
    described = head(house, "rate_book", book.code, book.name, dated.effective_from)
    return {
        "edition.toml": document(
            described,
            [product | {"eligibility": bounds, "step": steps}],
            [table("credited", "percent", dimensions)],
        ),
        "credited.csv": csv_file(["amount_from", "amount_to", *years], credited),
    }


def _step(rate: float) -> float:
    return round(rate * 20) / 20


def _annuitants(
    tables: dict[Key, Mortality], house: House, sex: object, ages: list[int], share: float
) -> Values:
    key = ("vbt2015", house.age_basis, sex, Nicotine.NONE)
    found = next(made for known, made in tables.items() if known == key)
    q = found.q(ages, 121 - min(ages))
    return np.where(q < 1, q * share, 1.0)


def _monthly(value: Values, load: float) -> list[str]:
    return [f"{1000 * (1 - load) / (12 * one):.2f}" for one in value]


def _payouts(
    by_sex: list[Values], ages: list[int], interest: float, load: float
) -> list[list[object]]:
    rows: list[list[object]] = []
    for payout, years in CERTAIN.items():
        values = [life_income(q, interest, years) for q in by_sex]
        both = sum(share * value for share, value in zip(UNISEX, values, strict=True))
        for qualified, told in (("yes", [both, both]), ("no", values)):
            columns = [_monthly(np.asarray(value), load) for value in told]
            rows += [
                [payout, qualified, age, *cells] for age, *cells in zip(ages, *columns, strict=True)
            ]
    return rows


def _joint_payouts(
    by_sex: list[Values], ages: list[int], interest: float, load: float
) -> list[list[object]]:
    """While either lives, paid in full: by the younger's age and how much older the other is."""
    rows: list[list[object]] = []
    years = np.arange(by_sex[0].shape[-1])
    female, male = (in_force(q) for q in by_sex)
    for low, high in DIFFERENCES:
        apart = low if high is None else (low + high) // 2
        for i, age in enumerate(ages):
            other = male[min(i + apart, len(ages) - 1)]
            alive = 1 - (1 - female[i]) * (1 - other)
            value = float((alive * (1 + interest) ** -years).sum()) - MONTHLY_LESS
            text = f"{1000 * (1 - load) / (12 * value):.2f}"
            rows.append([age, low, "" if high is None else high, text])
    return rows


def _annuity(house: House, code: str, name: str, amount: tuple[int, int]) -> Table:
    return {"code": code, "name": name, "line": "annuity", "age_basis": house.age_basis.value}


def _amount(amount: tuple[int, int]) -> Table:
    return {"amount": {"min": str(amount[0]), "max": str(amount[1])}}


def _income(house: House, book: IncomeBook) -> Table:
    return {
        **_annuity(house, book.code, book.name, book.amount),
        "premium_period": "monthly",
        "yields": "income",
        "eligibility": _income_bounds(house, book),
        "defaults": {"payout": "life-only", "qualified": "no"},
        "step": _income_steps("payout"),
    }


def _joint_income(house: House, book: IncomeBook) -> Table:
    return {
        **_annuity(house, f"{book.code}-joint", f"{book.name} for two", book.amount),
        "premium_period": "monthly",
        "yields": "income",
        "lives": "joint",
        "eligibility": _income_bounds(house, book),
        "step": _income_steps("joint"),
    }


def _income_bounds(house: House, book: IncomeBook) -> Table:
    ages: Table = {"age": {"min": book.ages[0], "max": book.ages[1]}}
    return {**ages, **_amount(book.amount), **where_sold(house)}


def _income_steps(rates: str) -> list[Table]:
    return [
        {"name": "monthly payout", "do": "rate", "table": rates, "per": "1000"},
        {"name": "large deposit", "do": "multiply", "table": "deposit"},
        {"name": "rounded", "do": "round", "to": "0.01", "how": "down"},
        {"name": "mode", "do": "mode", "factors": INCOME_MODES},
    ]


def _income_tables(book: IncomeBook) -> list[Table]:
    columns = ["difference_from", "difference_to"]
    difference: Table = {"name": "age_difference", "kind": "band", "columns": columns}
    amount: Table = {"name": "amount", "kind": "band", "columns": ["amount_from", "amount_to"]}
    one = [
        choice("payout", [*CERTAIN]),
        choice("qualified", ["yes", "no"]),
        whole("age", *book.ages),
        choice("sex", [sex.value for sex in SEXES], across=True),
    ]
    two = [whole("younger_age", *book.ages), difference]
    return [
        table("payout", "rate_per_1000", one, monotone={"age": "rises"}),
        table("joint", "rate_per_1000", two, monotone={"younger_age": "rises"}),
        table("deposit", "factor", [amount]),
    ]
