"""Whole life and final expense books: rates by age, sex and class, and a factor by amount band."""

from dataclasses import dataclass

from megler.demo.rules.books.common import (
    Dated,
    House,
    band,
    choice,
    head,
    life_steps,
    where_sold,
    whole,
)
from megler.demo.rules.mortality import Key, Mortality
from megler.demo.rules.rates import (
    SEXES,
    Band,
    Cents,
    Pricing,
    cents_text,
    never_falling,
    printed,
    whole_life_rates,
)
from megler.demo.rules.text import Table, csv_file, toml_file
from megler.vocabulary.codes import Line


@dataclass(frozen=True, slots=True)
class Plan:
    """A product of the book: paid for life, or for `years_paid`; `level` of the book's rates."""

    code: str
    name: str
    ages: tuple[int, int]
    years_paid: int | None = None
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class PermanentBook:
    """Whole life products that share classes, bands and assumptions."""

    series: str
    title: str
    line: Line
    amount: tuple[int, int]
    plans: tuple[Plan, ...]
    bands: tuple[Band, ...]
    pricing: Pricing
    editions: tuple[Dated, ...]


def permanent_edition(
    tables: dict[Key, Mortality], house: House, book: PermanentBook, dated: Dated
) -> dict[str, bytes]:
    """The files of one edition: a table of rates a plan, and the factors of the bands."""
    files = {"edition.toml": toml_file(_document(house, book, dated))}
    for plan in book.plans:
        files[f"{plan.code}.csv"] = _csv(book, plan, plan_cents(tables, house, book, plan, dated))
    if len(book.bands) > 1:
        rows = [
            (one.start, "" if one.stop is None else one.stop, f"{one.factor:.3f}")
            for one in book.bands
        ]
        files["band.csv"] = csv_file(["amount_from", "amount_to", "value"], rows)
    return files


def plan_cents(
    tables: dict[Key, Mortality], house: House, book: PermanentBook, plan: Plan, dated: Dated
) -> Cents:
    """Printed rates of a plan by class, sex and age."""
    ages = range(plan.ages[0], plan.ages[1] + 1)
    rates = whole_life_rates(tables, house.age_basis, book.pricing, ages, plan.years_paid)
    return printed(never_falling(rates * plan.level * dated.level, 2, 0))


def _csv(book: PermanentBook, plan: Plan, cents: Cents) -> bytes:
    codes = [one.code for one in book.pricing.classes]
    rows = [
        [sex.value, str(plan.ages[0] + a), *map(cents_text, line)]
        for s, sex in enumerate(SEXES)
        for a, line in enumerate(cents[:, s, :].T.tolist())
    ]
    return csv_file(["sex", "age", *codes], rows)


def _document(house: House, book: PermanentBook, dated: Dated) -> Table:
    codes = [one.code for one in book.pricing.classes]
    banded = len(book.bands) > 1
    products: list[Table] = [
        {
            "code": plan.code,
            "name": plan.name,
            "line": book.line.value,
            "age_basis": house.age_basis.value,
            "premium_period": "annual",
            "eligibility": {
                "age": {"min": plan.ages[0], "max": plan.ages[1]},
                "amount": {"min": str(book.amount[0]), "max": str(book.amount[1]), "step": "500"},
                **where_sold(house),
                "classes": codes,
            },
            "step": life_steps(house, plan.code, "band" if banded else None),
        }
        for plan in book.plans
    ]
    tables: list[Table] = [
        {
            "name": plan.code,
            "file": f"{plan.code}.csv",
            "measure": "rate_per_1000",
            "monotone": {"age": "rises", "class": "rises"},
            "dimension": [
                choice("sex", [sex.value for sex in SEXES]),
                whole("age", *plan.ages),
                choice("class", codes, across=True),
            ],
        }
        for plan in book.plans
    ]
    if banded:
        tables.append(
            {
                "name": "band",
                "file": "band.csv",
                "measure": "factor",
                "monotone": {"amount": "falls"},
                "dimension": [band("amount")],
            }
        )
    described = head(house, "rate_book", book.series, book.title, dated.effective_from)
    return {"format": 1, "edition": described, "product": products, "table": tables}
