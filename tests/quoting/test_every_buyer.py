"""Whoever an edition that passed the check says may buy, is offered a premium."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.products import AskKind, Lives, Product, Rider
from megler.carriers.rules.tables import Table
from megler.quoting.rules.books import Book
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.facts import read_facts
from tests import lines

ON = date(2026, 6, 1)
WISHED = ("elimination_days", "benefit_years", "inflation", "payout")
YES_NO = ("qualified", "household")


@cache
def book_of(name: str) -> Book:
    edition, tables, _ = check_edition(lines.page(name).files)
    assert edition is not None
    return Book(edition, tables)


def read_by(book: Book, product: Product) -> list[Table]:
    """Every table that the product or one of its riders reads."""
    steps = [*product.steps, *(step for rider in product.riders for step in rider.steps)]
    names = {name for step in steps if (name := getattr(step, "table", None))}
    return [book.tables[name] for name in sorted(names)]


@st.composite
def buyers(draw: st.DrawFn, book: Book, product: Product) -> dict[str, Any]:
    """Facts of someone who may buy the product, with a wish for it."""
    limits = product.eligibility
    terms = list(limits.terms)
    term = draw(st.sampled_from(terms)) if terms else None
    low = max(limits.age_min or 0, (term and term.age_min) or 0)
    high = min(limits.age_max or 99, (term and term.age_max) or 99)
    count = {Lives.ONE: 1, Lives.JOINT: 2, Lives.EACH: draw(st.integers(1, 4))}[product.lives]
    tables = read_by(book, product)
    place = draw(st.sampled_from(places(tables, limits.jurisdictions_only)))
    people: list[dict[str, Any]] = [
        {
            "id": f"p{i}",
            "role": "insured" if i == 0 else "spouse" if i == 1 else "child",
            "age": draw(st.integers(low, high)),
            "sex": draw(st.sampled_from(["female", "male"])),
            "nicotine": draw(st.sampled_from([[], [{"product": "cigarette", "last_used": "2026-05-01"}]])),
            "income_annual": "9000000",
            "enrolment_window": draw(st.sampled_from(["open_enrolment", "none"])),
            **place,
        }
        for i in range(count)
    ]  # fmt: skip
    wants = draw(wishes(book, product, tables))
    if term is not None:
        wants["term_years"] = term.term_years
    wants["people"] = [one["id"] for one in people]
    ages = [int(one["age"]) for one in people]
    wants["riders"] = draw(riders(product, max(ages), min(ages), wants))
    return {"people": people, "wants": wants}


def places(tables: list[Table], only: frozenset[str] | None) -> list[dict[str, str]]:
    """Where people may live and work, as the look-ups of the product know it."""
    found = [{"jurisdiction": code} for code in sorted(only or {"TX"})]
    for table in tables:
        names = [d.name for d in table.spec.dimensions]
        for key in table.texts:
            one = dict(zip(names, key, strict=True))
            if "zip3" in one:
                one = {"zip": one["zip3"] + "01"}
            found += [{**found[0], **one}]
    return [one for one in found if len(one) == max(map(len, found))]


@st.composite
def wishes(draw: st.DrawFn, book: Book, product: Product, tables: list[Table]) -> dict[str, Any]:
    limits = product.eligibility
    wants: dict[str, Any] = {"line": product.line.value}
    if limits.amount_max is not None or limits.amount_min is not None:
        least, most = limits.amount_min or Decimal(1), limits.amount_max or Decimal(10**7)
        step = limits.amount_step or Decimal(1)
        steps = draw(st.integers(0, int((most - least) / step)))
        wants[product.amount_of.value] = f"{least + steps * step:f}"
    if limits.classes:
        wants["class"] = draw(st.sampled_from(limits.classes))
    for name in (*WISHED, "plan"):
        values = limits.plans if name == "plan" and limits.plans else held(tables, name)
        if values and name not in product.fixed:
            value = draw(st.sampled_from(values))
            whole = name in ("elimination_days", "benefit_years")
            wants[name] = int(value) if whole else value
    for name in YES_NO:
        if held(tables, name):
            wants[name] = draw(st.booleans())
    wants["details"] = {ask.name: draw(answers(ask)) for ask in product.asks}
    return wants


def answers(ask: Any) -> st.SearchStrategy[Any]:
    if ask.kind is AskKind.CHOICE:
        return st.sampled_from(ask.values)
    return st.integers(int(ask.low), int(ask.high))


@st.composite
def riders(
    draw: st.DrawFn, product: Product, oldest: int, youngest: int, wants: Mapping[str, Any]
) -> list[dict[str, str]]:
    chosen = []
    for rider in product.riders:
        own = rider.eligibility
        fits = (own.age_max is None or oldest <= own.age_max) and (own.age_min or 0) <= youngest
        amount = Decimal(wants.get(product.amount_of.value, 0))
        least, most = bounds(rider, amount)
        if fits and least <= most and draw(st.booleans()):
            step = own.amount_step or Decimal(1)
            steps = draw(st.integers(0, int((most - least) / step)))
            chosen.append({"code": rider.code, "amount": f"{least + steps * step:f}"})
    return chosen


def bounds(rider: Rider, amount: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the largest amount of a rider beside an amount of the product."""
    own = rider.eligibility
    most = amount if own.amount_max is None else own.amount_max
    if rider.percent_max is not None:
        most = min(most, amount * rider.percent_max / 100)
    return own.amount_min or rider.amount or amount, most


def held(tables: list[Table], name: str) -> list[str]:
    """The values of a dimension that every table with it has."""
    axes = [axis for table in tables for axis in table.axes if axis.name == name]
    labels = [[axis.label(i) for i in range(axis.size)] for axis in axes]
    return [v for v in labels[0] if all(v in other for other in labels)] if labels else []


@pytest.mark.parametrize("name", lines.names())
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_whoever_may_buy_is_offered_a_premium(name: str, data: st.DataObject) -> None:
    book = book_of(name)
    product = data.draw(st.sampled_from(book.edition.products))
    document = data.draw(buyers(book, product))
    facts, problems = read_facts(document, ON)
    assert facts is not None, problems
    answer = quote(facts, [book], {}, ON)
    offered = {offer.product for offer in answer.offers}
    refused = [
        (one.product, one.reasons) for one in answer.not_offered if one.product == product.code
    ]
    assert product.code in offered, (document, refused)
