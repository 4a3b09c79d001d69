"""Eligibility against tables: an age, class, term, plan or amount that may be bought has a rate."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from megler.carriers.rules.place import place
from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import AddStep, CellStep, MultiplyStep, RateStep
from megler.carriers.rules.tables import (
    BOUND_SCALE,
    MISSING,
    NO_STOP,
    Axis,
    BandAxis,
    Fact,
    Table,
    WholeAxis,
)
from megler.vocabulary.problems import Problem, Severity


def reach_problems(product: Product, tables: Mapping[str, Table], at: str) -> list[Problem]:
    """What the eligibility allows and a table of the product's steps does not hold."""
    problems = []
    for step in product.steps:
        if not isinstance(step, RateStep | CellStep | AddStep | MultiplyStep):
            continue
        table = tables.get(step.table or "")
        if table is None:
            continue
        for axis in table.axes:
            problems += _end_problems(product, axis, table)
        faults = [p for axis in table.axes for p in _axis_problems(product, axis, table, at)]
        problems += faults or _empty_problems(product, table, at)
    return list(dict.fromkeys(problems))


def _axis_problems(product: Product, axis: Axis, table: Table, at: str) -> list[Problem]:
    where = f"{at}.eligibility"
    told = []
    for key, value in _asked(product, axis):
        if axis.index(value) < 0:
            expected = _held(axis, table.spec.name)
            told.append(Problem("not_in_table", f"{where}.{key}", str(value), expected))
    return told


def _end_problems(product: Product, axis: Axis, table: Table) -> list[Problem]:
    """Where the bands of a table end although the product goes on: rows lost at an end, maybe."""
    if not isinstance(axis, BandAxis) or axis.name not in ("age", "amount"):
        return []
    rules = product.eligibility
    ends = [limit.age_max for limit in rules.terms] or [None]
    begins = [limit.age_min for limit in rules.terms] or [None]
    if axis.name == "amount":
        low, high = rules.amount_min is not None, rules.amount_max is not None
    else:
        low = rules.age_min is not None or None not in begins
        high = rules.age_max is not None or None not in ends
    file, (lower, upper) = (
        table.spec.file,
        next(d.columns for d in table.spec.dimensions if d.name == axis.name),
    )
    told = []
    if not low and axis.starts[0] > axis.unit:
        told.append((lower, axis.starts[0], f"an open band, or eligibility.{axis.name}.min"))
    if not high and axis.stops[-1] != NO_STOP:
        told.append((upper, axis.stops[-1], f"an open band, or eligibility.{axis.name}.max"))
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
    for i, term in enumerate(rules.terms):
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
    if axis.name == "age":
        bounds = [("age.min", rules.age_min), ("age.max", rules.age_max)]
        bounds += [(f"terms[{i}].age_min", t.age_min) for i, t in enumerate(rules.terms)]
        bounds += [(f"terms[{i}].age_max", t.age_max) for i, t in enumerate(rules.terms)]
    elif axis.name == "amount":
        bounds = [("amount.min", rules.amount_min), ("amount.max", rules.amount_max)]
    elif axis.name == "class":
        bounds = [("classes", code) for code in rules.classes]
    elif axis.name == "term_years":
        bounds = [(f"terms[{i}].term_years", t.term_years) for i, t in enumerate(rules.terms)]
    elif axis.name == "plan":
        bounds = [("plans", plan) for plan in rules.plans]
    elif axis.name == "jurisdiction":
        bounds = [("jurisdictions.only", code) for code in sorted(rules.jurisdictions_only or ())]
    return [(key, value) for key, value in bounds if value is not None]


def _held(axis: Axis, table: str) -> str:
    if isinstance(axis, WholeAxis):
        by = f" by {axis.step}" if axis.step > 1 else ""
        return f"{axis.start} to {axis.stop}{by} in table {table}"
    if isinstance(axis, BandAxis):
        top = "" if axis.stops[-1] == NO_STOP else f"{Decimal(axis.stops[-1]) / 100:f}"
        low = axis.label(0).partition(" ")[0]
        return f"{low} to {top or 'highest'} in table {table}"
    return " | ".join(axis.label(i) for i in range(axis.size))[:160] + f" in table {table}"
