"""The real limits of products as editions: `rows/product_limits.csv` in the documented format.

Each row is a product of a carrier that does not exist, sold by a rate book of one rate, and judged
by a guide of four classes with the row's months free of nicotine (of four classes, or of every one).
`amounts_by_age` and `terms` read `last age:most` and `years:last age/last age with nicotine`.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

CLASSES = ("preferred_plus", "preferred", "standard_plus", "standard")
USER = "standard_tobacco"
USUAL_MONTHS = "12"
OLDEST = 120
Row = dict[str, str]


def rows() -> list[Row]:
    """The limits, row by row."""
    path = Path(__file__).parent / "rows" / "product_limits.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def months(row: Row) -> list[int]:
    """Months free of nicotine for each of the four classes."""
    told = (row["nicotine_months"] or USUAL_MONTHS).split("/")
    return [int(one) for one in (told if len(told) > 1 else told * len(CLASSES))]


def steps(row: Row) -> Iterator[tuple[int, int, int]]:
    """First and last age of each step of amounts, and the most that it allows."""
    first = int(row["age_min"] or 0)
    for step in row["amounts_by_age"].split():
        last, most = map(int, step.split(":"))
        yield first, last, most
        first = last + 1


def terms(row: Row) -> Iterator[tuple[int, dict[str, int | None]]]:
    """Each term's years with the last age of those without and with nicotine (None: not said)."""
    for term in row["terms"].split():
        years, _, ages = term.partition(":")
        if not ages:
            yield int(years), {"any": None}
        elif "/" in ages:
            none, user = map(int, ages.split("/"))
            yield int(years), {"none": none, "user": user}
        else:
            yield int(years), {"any": int(ages)}


def book(row: Row) -> dict[str, bytes]:
    """The rate book that sells the row's product, within its limits."""
    head = {
        "kind": "rate_book", "carrier": "limits-life", "carrier_name": "Limits Life",
        "series": row["product"], "title": row["product"], "currency": "USD",
        "source": "limits of real products",
    }  # fmt: skip
    product = {
        "code": row["product"], "name": row["product"], "line": row["line"],
        "age_basis": row["age_basis"] or "nearest", "premium_period": "annual",
    }  # fmt: skip
    lines = [
        "format = 1", "[edition]", *_pairs(head), "effective_from = 2026-01-01",
        "[[product]]", *_pairs(product), "[product.eligibility]", *_eligibility(row),
        "[[product.step]]", *_pairs({"name": "base", "do": "rate", "table": "base", "per": "1000"}),
        "[[product.step]]", *_pairs({"name": "table rating", "do": "table_rating", "percent": "25"}),
        "[[product.step]]", *_pairs({"name": "flat extra", "do": "flat_extra"}),
        "[[table]]", *_pairs({"name": "base", "file": "base.csv", "measure": "rate_per_1000"}),
        "[[table.dimension]]", *_pairs({"name": "nicotine", "kind": "choice", "column": "nicotine"}),
        'values = ["none", "user"]',
    ]  # fmt: skip
    rates = "nicotine,value\nnone,5\nuser,9\n"
    return {"edition.toml": "\n".join([*lines, ""]).encode(), "base.csv": rates.encode()}


def guide(row: Row) -> dict[str, bytes]:
    """The guide that judges the row's product: months free of nicotine, and amounts of classes."""
    head = {
        "kind": "guide", "carrier": "limits-life", "carrier_name": "Limits Life",
        "series": f"{row['product']}-guide", "title": row["product"],
        "source": "limits of real products",
    }  # fmt: skip
    criteria = ["class,criterion,age_from,age_to,limit"]
    criteria += [
        f"{code},nicotine_free_months_min,,,{least}"
        for code, least in zip(CLASSES, months(row), strict=True)
    ]
    lines = [
        "format = 1", "[edition]", *_pairs(head), "effective_from = 2026-01-01",
        f'products = ["{row["product"]}"]', "[criteria]", 'file = "criteria.csv"',
    ]  # fmt: skip
    files = {"criteria.csv": "\n".join([*criteria, ""]).encode()}
    if row["preferred_from"]:
        rules = ["class,requires"]
        rules += [f"{code},amount >= {row['preferred_from']}" for code in CLASSES[:2]]
        lines += ["[rules]", 'file = "rules.csv"']
        files["rules.csv"] = "\n".join([*rules, ""]).encode()
    for code in (*CLASSES, USER):
        nicotine = "user" if code == USER else "none"
        lines += ["[[class]]", *_pairs({"code": code, "name": code, "nicotine": nicotine})]
    return {"edition.toml": "\n".join([*lines, ""]).encode(), **files}


def _pairs(values: dict[str, str]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in values.items()]


def _eligibility(row: Row) -> Iterator[str]:
    ages = {key: row[f"age_{key}"] for key in ("min", "max") if row[f"age_{key}"]}
    amounts = {key: row[f"amount_{key}"] for key in ("min", "max") if row[f"amount_{key}"]}
    if ages:
        yield "age = { " + ", ".join(f"{key} = {age}" for key, age in ages.items()) + " }"
    if amounts:
        yield "amount = { " + ", ".join(f'{k} = "{v}"' for k, v in amounts.items()) + " }"
    if row["not_in"]:
        yield f'jurisdictions = {{ except = ["{row["not_in"]}"] }}'
    if row["amounts_by_age"]:
        each = (f'{{ age_min = {a}, age_max = {b}, max = "{most}" }}' for a, b, most in steps(row))
        yield f"amounts_by_age = [{', '.join(each)}]"
    if row["terms"]:
        yield f"terms = [{', '.join(_terms(row))}]"


def _terms(row: Row) -> Iterator[str]:
    for years, limits in terms(row):
        for nicotine, last in limits.items():
            age = "" if last is None else f", age_max = {last}"
            yield f'{{ term_years = {years}{age}, nicotine = "{nicotine}" }}'
