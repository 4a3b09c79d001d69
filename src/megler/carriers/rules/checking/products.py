"""Products against their tables: the steps make a premium, and whoever may buy finds a rate."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import numpy as np

from megler.carriers.rules.checking.order import out_of_order
from megler.carriers.rules.checking.reach import reach_problems
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.layout import DimensionKind, Measure, TableSpec
from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import (
    AddStep,
    CellStep,
    LookUpStep,
    ModeStep,
    MultiplyStep,
    RateStep,
    RoundStep,
    Step,
)
from megler.carriers.rules.tables import Table
from megler.vocabulary.codes import JURISDICTIONS, Mode, Sex
from megler.vocabulary.problems import Problem

FACTS: dict[str, tuple[DimensionKind, ...]] = {
    "age": (DimensionKind.WHOLE, DimensionKind.BAND),
    "amount": (DimensionKind.WHOLE, DimensionKind.BAND),
    "sex": (DimensionKind.CHOICE,),
    "class": (DimensionKind.CHOICE,),
    "nicotine": (DimensionKind.CHOICE,),
    "term_years": (DimensionKind.CHOICE, DimensionKind.WHOLE),
    "mode": (DimensionKind.CHOICE,),
    "plan": (DimensionKind.CHOICE,),
    "role": (DimensionKind.CHOICE,),
    "jurisdiction": (DimensionKind.CHOICE,),
    "zip": (DimensionKind.ZIP,),
    "county": (DimensionKind.CHOICE, DimensionKind.TEXT),
    "rating_area": (DimensionKind.CHOICE, DimensionKind.TEXT),
}
"""The facts that may address a cell, and as what; products add their own by `fixed` and `as`."""
COARSEST_FACTOR = Decimal("0.001")
"""The last decimal of a factor may be rounded, 0.0833 for 1 / 12; 0.08 is not meant for it."""
_KNOWN_VALUES = {
    "sex": frozenset(Sex),
    "nicotine": frozenset({"none", "user"}),
    "mode": frozenset(Mode),
    "jurisdiction": frozenset(JURISDICTIONS),
}


def product_problems(
    edition: Edition, tables: Mapping[str, Table], told: Iterable[Problem] = ()
) -> list[Problem]:
    """Everything wrong between the products, their steps and the tables of a rate book.

    `told`: a product whose steps cannot all be read is not judged on their order.
    """
    places = [problem.where for problem in told]
    specs = {spec.name: spec for spec in edition.tables}
    problems = _dimension_problems(edition)
    used: set[str] = set()
    for i, product in enumerate(edition.products):
        at = f"edition.toml product[{i}]"
        used |= {name for step in product.steps if (name := table_of(step))}
        problems += _table_problems(product, specs, at)
        if not any(place.startswith(f"{at}.step") for place in places):
            problems += _order_problems(product, specs, at)
        problems += _fixed_problems(product, specs, at)
        problems += reach_problems(product, tables, at)
    for i, spec in enumerate(edition.tables):
        if spec.name and spec.name not in used:
            where = f"edition.toml table[{i}].name"
            problems.append(Problem("table_not_used", where, spec.name, "a step that names it"))
    return problems


def table_of(step: Step) -> str | None:
    """The table that a step reads, if any."""
    if isinstance(step, RateStep | CellStep | AddStep | MultiplyStep | LookUpStep):
        return step.table or None
    return None


def _dimension_problems(edition: Edition) -> list[Problem]:
    own = {name for product in edition.products for name in product.fixed}
    own |= {s.result for p in edition.products for s in p.steps if isinstance(s, LookUpStep)}
    problems = []
    for i, spec in enumerate(edition.tables):
        for j, dimension in enumerate(spec.dimensions):
            where = f"edition.toml table[{i}].dimension[{j}]"
            if dimension.name not in FACTS and dimension.name not in own:
                expected = " ".join([*FACTS, *sorted(own - set(FACTS))])
                problems.append(Problem("unknown_fact", f"{where}.name", dimension.name, expected))
            kinds = FACTS.get(dimension.name, tuple(DimensionKind))
            if dimension.kind not in kinds and spec.measure is not Measure.RATING_AREA:
                expected = " ".join(kinds)
                problems.append(Problem("wrong_kind", f"{where}.kind", dimension.kind, expected))
            known = _KNOWN_VALUES.get(dimension.name)
            for value in dimension.values if known else ():
                if known and value not in known:
                    expected = " ".join(sorted(known))
                    problems.append(Problem("not_in_list", f"{where}.values", value, expected))
        problems += _text_table_problems(spec, f"edition.toml table[{i}]")
    return problems


def _text_table_problems(spec: TableSpec, at: str) -> list[Problem]:
    if spec.measure is not Measure.RATING_AREA:
        return []
    kinds = (DimensionKind.ZIP, DimensionKind.TEXT, DimensionKind.CHOICE)
    return [
        Problem("wrong_kind", f"{at}.dimension[{j}].kind", d.kind, " ".join(kinds))
        for j, d in enumerate(spec.dimensions)
        if d.kind not in kinds
    ]


def _table_problems(product: Product, specs: Mapping[str, TableSpec], at: str) -> list[Problem]:
    problems = []
    for i, step in enumerate(product.steps):
        where = f"{at}.step[{i}].table"
        name = table_of(step)
        if not name:
            continue
        if name not in specs:
            problems.append(Problem("unknown_table", where, name, " ".join(specs)))
            continue
        allowed = _measures(step)
        if specs[name].measure not in allowed:
            found = f"{name} of {specs[name].measure}"
            problems.append(Problem("wrong_measure", where, found, " ".join(allowed)))
    return problems


def _measures(step: Step) -> tuple[Measure, ...]:
    """The measures of the tables that a step may read."""
    if isinstance(step, LookUpStep):
        return (Measure.RATING_AREA,)
    if isinstance(step, RateStep):
        return (Measure.RATE_PER_1000,)
    if isinstance(step, MultiplyStep):
        return (Measure.FACTOR,)
    return (
        (Measure.PREMIUM, Measure.RATE_PER_1000)
        if step.__class__ is AddStep
        else (Measure.PREMIUM,)
    )


def _order_problems(product: Product, specs: Mapping[str, TableSpec], at: str) -> list[Problem]:
    """The steps start from a rate or a cell once; the mode comes once, from steps or a table."""
    problems = []
    started = False
    for i, step in enumerate(product.steps):
        where = f"{at}.step[{i}]"
        if isinstance(step, RateStep | CellStep):
            if started:
                problems.append(Problem("starts_twice", where, step.name, "add or multiply"))
            started = True
        elif not started and not isinstance(step, LookUpStep):
            problems.append(Problem("step_before_start", where, step.name, "rate or cell first"))
        elif isinstance(step, LookUpStep) and started:
            problems.append(Problem("look_up_late", where, step.name, "before rate or cell"))
    if not started:
        problems.append(Problem("no_start", f"{at}.step", "", "a step rate or cell"))
    modes = [step for step in product.steps if isinstance(step, ModeStep)]
    by_table = any(
        specs[n].has_modes for step in product.steps if (n := table_of(step)) and n in specs
    )
    if len(modes) + by_table > 1:
        found = "a table and a step" if by_table else f"{len(modes)} steps"
        problems.append(Problem("modes_twice", f"{at}.step", found, "the mode once"))
    if product.premium_period is None and not by_table:
        expected = "the period that one run of the steps yields"
        problems.append(Problem("absent_key", f"{at}.premium_period", "", expected))
    if product.premium_period is not None and by_table:
        found = product.premium_period
        expected = "absent: the table has the mode"
        problems.append(Problem("contradicting_keys", f"{at}.premium_period", found, expected))
    problems += _mode_order(product, modes, at)
    return problems


def _mode_order(product: Product, modes: list[ModeStep], at: str) -> list[Problem]:
    """Steps after the mode may only round or add; its factors are in order."""
    problems = []
    after = False
    for i, step in enumerate(product.steps):
        allowed = isinstance(step, RoundStep | AddStep | LookUpStep)
        if after and not allowed and not isinstance(step, ModeStep):
            where = f"{at}.step[{i}]"
            problems.append(Problem("step_after_mode", where, step.name, "round or add"))
        after = after or isinstance(step, ModeStep)
    return problems + [p for step in modes for p in _factor_problems(product, step, at)]


def _factor_problems(product: Product, step: ModeStep, at: str) -> list[Problem]:
    """The factor of the period itself is 1; modes cost less at a time and not less a year."""
    where = f"{at}.step[{product.steps.index(step)}].factors"
    period = product.premium_period
    if period is None:
        return []
    own = step.factors.get(period, Decimal(1))
    if own != 1:
        found, expected = f"{own:f}", f"1 for {period}"
        return [Problem("contradicting_keys", f"{where}.{period}", found, expected)]
    factors = {period: own, **step.factors}
    paid = np.array([[float(factor) for factor in factors.values()]])
    units = np.array([0.0 if f == 1 else float(_printed_unit(f)) for f in factors.values()])
    faults = out_of_order(list(factors), paid, units)
    return [
        Problem("modes_out_of_order", f"{where}.{f.often}", f.found, f.expected, f.severity)
        for f in faults
    ]


def _printed_unit(factor: Decimal) -> Decimal:
    return min(COARSEST_FACTOR, Decimal((0, (1,), int(factor.as_tuple().exponent))))


def _fixed_problems(product: Product, specs: Mapping[str, TableSpec], at: str) -> list[Problem]:
    """A fact that the product decides must address its tables, at a value that they have."""
    problems = []
    dimensions = [
        d for s in product.steps if (n := table_of(s)) and n in specs for d in specs[n].dimensions
    ]
    for name, value in product.fixed.items():
        own = [d for d in dimensions if d.name == name]
        if not own:
            found = " ".join(sorted({d.name for d in dimensions}))
            problems.append(Problem("fixed_not_used", f"{at}.fixed.{name}", name, found))
        for dimension in own:
            if dimension.values and value not in dimension.values:
                expected = " | ".join(dimension.values)[:200]
                problems.append(Problem("not_in_table", f"{at}.fixed.{name}", value, expected))
    return problems
