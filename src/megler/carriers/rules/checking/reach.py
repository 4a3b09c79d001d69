"""Eligibility against tables: an age, class, term, plan or amount that may be bought has a rate."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np

from megler.carriers.rules.checking.riders import rider_limits
from megler.carriers.rules.checking.uses import parts_of, table_of
from megler.carriers.rules.checking.wishes import held
from megler.carriers.rules.place import place
from megler.carriers.rules.products import AmountOf, Product, TermLimit
from megler.carriers.rules.steps import JointAgeStep, LookUpStep
from megler.carriers.rules.tables import (
    BOUND_SCALE,
    MISSING,
    NO_STOP,
    Axis,
    BandAxis,
    Fact,
    Table,
)
from megler.vocabulary.problems import Problem, Severity

AGES = ("age", "second_age", "younger_age", "older_age")
CLASSES = ("class", "second_class")


def reach_problems(product: Product, tables: Mapping[str, Table], at: str) -> list[Problem]:
    """What the eligibility allows and a table of the steps, the riders' too, does not hold."""
    problems = []
    for part in parts_of(product, at):
        limits = rider_limits(product, part.rider) if part.rider else product.eligibility
        bought = replace(product, eligibility=limits, steps=part.steps)
        for step in part.steps:
            table = tables.get(table_of(step) or "")
            if table is None or table.spec.holds_texts:
                continue
            if isinstance(step, LookUpStep | JointAgeStep):
                continue
            for axis in table.axes:
                problems += _end_problems(bought, axis, table)
            faults = [
                p for axis in table.axes for p in _axis_problems(bought, axis, table, part.at)
            ]
            problems += faults or _empty_problems(bought, table, part.at)
    return list(dict.fromkeys(problems))


def _amounts(product: Product) -> tuple[str, str]:
    """The dimensions that read the product's amount."""
    return "amount", "" if product.amount_of is AmountOf.FACE_AMOUNT else product.amount_of.value


def _terms(product: Product) -> Iterator[tuple[int, TermLimit]]:
    """The terms for sale, with their places; a rider's bounds may leave some without ages."""
    for i, term in enumerate(product.eligibility.terms):
        if term.age_min is None or term.age_max is None or term.age_min <= term.age_max:
            yield i, term


def _axis_problems(product: Product, axis: Axis, table: Table, at: str) -> list[Problem]:
    where = f"{at}.eligibility"
    told = []
    for key, value in _asked(product, axis):
        if axis.index(value) < 0:
            expected = held(axis, table.spec.name)
            told.append(Problem("not_in_table", f"{where}.{key}", str(value), expected))
    return told


def _end_problems(product: Product, axis: Axis, table: Table) -> list[Problem]:
    """Where the bands of a table end although the product goes on: rows lost at an end, maybe."""
    of_amount = axis.name in _amounts(product)
    if not isinstance(axis, BandAxis) or not (of_amount or axis.name in AGES):
        return []
    rules = product.eligibility
    ends = [limit.age_max for limit in rules.terms] or [None]
    begins = [limit.age_min for limit in rules.terms] or [None]
    key = "amount" if of_amount else "age"
    if of_amount:
        low, high = rules.amount_min is not None, rules.amount_max is not None
    else:
        low = rules.age_min is not None or None not in begins
        high = rules.age_max is not None or None not in ends
    file, (lower, upper) = (
        table.spec.place,
        next(d.columns for d in table.spec.dimensions if d.name == axis.name),
    )
    told = []
    if not low and axis.starts[0] > axis.unit:
        told.append((lower, axis.starts[0], f"an open band, or eligibility.{key}.min"))
    if not high and axis.stops[-1] != NO_STOP:
        told.append((upper, axis.stops[-1], f"an open band, or eligibility.{key}.max"))
    return [
        Problem(
            "bands_end",
            place(file, None, column),
            f"{Decimal(bound) / BOUND_SCALE:f}",
            expected,
            Severity.WARNING,
        )
        for column, bound, expected in told
    ]


def _empty_problems(product: Product, table: Table, at: str) -> list[Problem]:
    """Youngest and oldest ages, by term, at which a sparse table offers the product nothing."""
    rules = product.eligibility
    asked: list[tuple[str, dict[str, Fact]]] = []
    if not rules.terms:
        asked = [("age.min", {"age": rules.age_min}), ("age.max", {"age": rules.age_max})]
    for i, term in _terms(product):
        years = {"term_years": term.term_years}
        low = rules.age_min if term.age_min is None else term.age_min
        high = rules.age_max if term.age_max is None else term.age_max
        asked += [(f"terms[{i}]", {"age": low, **years}), (f"terms[{i}]", {"age": high, **years})]
    problems = []
    for key, facts in asked:
        known = {**product.fixed, **{k: v for k, v in facts.items() if v is not None}}
        if not _offers(table, known):
            found = ", ".join(f"{name} {value}" for name, value in known.items())
            expected = f"a figure in table {table.spec.name}"
            problems.append(Problem("nothing_offered", f"{at}.eligibility.{key}", found, expected))
    return problems


def _offers(table: Table, known: Mapping[str, Fact]) -> bool:
    """Whether any cell of the table agrees with the facts."""
    grid = table.cells.reshape([axis.size for axis in table.axes])
    index: list[int | slice] = []
    for axis in table.axes:
        place = axis.index(known[axis.name]) if axis.name in known else None
        if place == -1:
            return False
        index.append(slice(None) if place is None else place)
    return bool(np.any(grid[tuple(index)] != MISSING))


def _asked(product: Product, axis: Axis) -> list[tuple[str, Fact]]:
    """(key, fact) that the eligibility names and the axis should hold."""
    rules = product.eligibility
    bounds: list[tuple[str, Fact]] = []
    if axis.name in AGES:
        bounds = [("age.min", rules.age_min), ("age.max", rules.age_max)]
        bounds += [(f"terms[{i}].age_min", t.age_min) for i, t in _terms(product)]
        bounds += [(f"terms[{i}].age_max", t.age_max) for i, t in _terms(product)]
    elif axis.name in _amounts(product):
        bounds = [("amount.min", rules.amount_min), ("amount.max", rules.amount_max)]
    elif axis.name == "age_difference" and None not in (rules.age_min, rules.age_max):
        bounds = [("age.min", 0), ("age.max", int(rules.age_max or 0) - int(rules.age_min or 0))]
    elif axis.name in CLASSES:
        bounds = [("classes", code) for code in rules.classes]
    elif axis.name == "term_years":
        bounds = [(f"terms[{i}].term_years", t.term_years) for i, t in _terms(product)]
    elif axis.name == "plan":
        bounds = [("plans", plan) for plan in rules.plans]
    elif axis.name == "jurisdiction":
        bounds = [("jurisdictions.only", code) for code in sorted(rules.jurisdictions_only or ())]
    return [(key, value) for key, value in bounds if value is not None]
