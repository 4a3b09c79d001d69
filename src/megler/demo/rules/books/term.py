"""Level term books: rates by term, age, sex, amount band and class."""

from dataclasses import dataclass

import numpy as np

from megler.carriers.rules.guide import Nicotine
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
from megler.demo.rules.books.riders import rider_files, rider_tables, term_riders
from megler.demo.rules.mortality import Key, Mortality
from megler.demo.rules.rates import (
    NOT_OFFERED,
    SEXES,
    Band,
    Cents,
    Pricing,
    cents_text,
    never_falling,
    printed,
    term_rates,
)
from megler.demo.rules.text import Table, csv_file, toml_file


@dataclass(frozen=True, slots=True)
class Term:
    """A term and the last ages at issue, without nicotine and with."""

    years: int
    age_max: int
    age_max_user: int


@dataclass(frozen=True, slots=True)
class TermBook:
    """A term product. `amounts_by_age` are (age from, age to, largest amount)."""

    code: str
    name: str
    ages: tuple[int, int]
    amount: tuple[int, int]
    terms: tuple[Term, ...]
    bands: tuple[Band, ...]
    pricing: Pricing
    editions: tuple[Dated, ...]
    amounts_by_age: tuple[tuple[int, int, int], ...] = ()


def term_edition(
    tables: dict[Key, Mortality], house: House, book: TermBook, dated: Dated
) -> dict[str, bytes]:
    """The files of one edition of a term book."""
    cents = term_cents(tables, house, book, dated)
    return {
        "edition.toml": toml_file(_document(house, book, dated)),
        "base.csv": _csv(book, cents),
        **rider_files(*book.ages),
    }


CONVERTIBLE_YEARS, CONVERTIBLE_UNTIL = 15, 65
"""How long a policy may be converted without evidence of health, as usual for such books."""


def term_cents(tables: dict[Key, Mortality], house: House, book: TermBook, dated: Dated) -> Cents:
    """Printed rates by term, class, sex, band and age; 0 where the term is not sold."""
    ages = range(book.ages[0], book.ages[1] + 1)
    terms = [term.years for term in book.terms]
    rates = term_rates(tables, house.age_basis, book.pricing, ages, terms) * dated.level
    factors = np.array([one.factor for one in book.bands])
    rates = never_falling(rates, 3, 1, 0)[:, :, :, None, :] * factors[:, None]
    cents = printed(rates)
    for t, term in enumerate(book.terms):
        for c, one in enumerate(book.pricing.classes):
            last = term.age_max_user if one.nicotine is Nicotine.USER else term.age_max
            cents[t, c, :, :, max(0, last + 1 - book.ages[0]) :] = NOT_OFFERED
    return cents


def _csv(book: TermBook, cents: Cents) -> bytes:
    codes = [one.code for one in book.pricing.classes]
    header = ["term_years", "sex", "amount_from", "amount_to", "age", *codes]
    rows = []
    for t, term in enumerate(book.terms):
        for s, sex in enumerate(SEXES):
            for b, one in enumerate(book.bands):
                stop = "" if one.stop is None else str(one.stop)
                start = [str(term.years), sex.value, str(one.start), stop]
                for a, line in enumerate(cents[t, :, s, b, :].T.tolist()):
                    if any(line):
                        rows.append([*start, str(book.ages[0] + a), *map(cents_text, line)])
    return csv_file(header, rows)


def _document(house: House, book: TermBook, dated: Dated) -> Table:
    codes = [one.code for one in book.pricing.classes]
    years = [term.years for term in book.terms]
    product: Table = {
        "code": book.code,
        "name": book.name,
        "line": "term_life",
        "age_basis": house.age_basis.value,
        "premium_period": "annual",
        "eligibility": _eligibility(house, book, codes),
        "conversion": {"years": CONVERTIBLE_YEARS, "until_age": CONVERTIBLE_UNTIL},
        "step": life_steps(house, "base", riders=True),
        "rider": term_riders(*book.ages),
    }
    table: Table = {
        "name": "base",
        "file": "base.csv",
        "measure": "rate_per_1000",
        "sparse": True,
        "monotone": {"age": "rises", "term_years": "rises", "amount": "falls", "class": "rises"},
        "dimension": [
            choice("term_years", [str(y) for y in years]),
            choice("sex", [sex.value for sex in SEXES]),
            band("amount"),
            whole("age", *book.ages),
            choice("class", codes, across=True),
        ],
    }
    described = head(house, "rate_book", book.code, book.name, dated.effective_from)
    tables = [table, *rider_tables(*book.ages)]
    return {"format": 1, "edition": described, "product": [product], "table": tables}


def _eligibility(house: House, book: TermBook, codes: list[str]) -> Table:
    terms: list[Table] = []
    for term in book.terms:
        if term.age_max == term.age_max_user:
            terms.append({"term_years": term.years, "age_max": term.age_max})
            continue
        for nicotine, last in (("none", term.age_max), ("user", term.age_max_user)):
            terms.append({"term_years": term.years, "age_max": last, "nicotine": nicotine})
    eligibility: Table = {
        "age": {"min": book.ages[0], "max": book.ages[1]},
        "amount": {"min": str(book.amount[0]), "max": str(book.amount[1]), "step": "1000"},
        **where_sold(house),
        "classes": codes,
        "terms": terms,
    }
    if book.amounts_by_age:
        eligibility["amounts_by_age"] = [
            {"age_min": low, "age_max": high, "max": str(most)}
            for low, high, most in book.amounts_by_age
        ]
    return eligibility
