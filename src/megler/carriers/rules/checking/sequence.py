"""Steps in their order: one start, the mode once, and each step only where it can work."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import numpy as np

from megler.carriers.rules.checking.order import out_of_order
from megler.carriers.rules.checking.uses import Part, parts_of, table_of
from megler.carriers.rules.layout import TEXTS, Measure, TableSpec
from megler.carriers.rules.products import Lives, Product, Yields
from megler.carriers.rules.steps import (
    AddStep,
    AmountStep,
    CellStep,
    CompoundStep,
    JointAgeStep,
    LimitStep,
    LookUpStep,
    ModeStep,
    MultiplyStep,
    RateStep,
    RidersStep,
    RoundStep,
    ShareStep,
    Step,
    SumLivesStep,
)
from megler.vocabulary.codes import Mode
from megler.vocabulary.problems import Problem

COARSEST_FACTOR = Decimal("0.001")
"""The last decimal of a factor may be rounded, 0.0833 for 1 / 12; 0.08 is not meant for it."""
_MEASURES: dict[type, tuple[Measure, ...]] = {
    LookUpStep: tuple(m for m in Measure if m in TEXTS),
    JointAgeStep: (Measure.YEARS,),
    RateStep: (Measure.RATE_PER_1000, Measure.RATE),
    ShareStep: (Measure.FACTOR,),
    MultiplyStep: (Measure.FACTOR, Measure.PERCENT),
    CompoundStep: (Measure.PERCENT,),
    AddStep: (Measure.PREMIUM, Measure.RATE_PER_1000),
}
"""The measures of the tables that a step may read; of the others, premiums."""
_PER = {Measure.RATE_PER_1000: Decimal(1000), Measure.PERCENT: Decimal(100)}
"""Measures that say themselves what a step divides by."""
_AFTER_MODE = RoundStep | AddStep | LimitStep | LookUpStep


def table_problems(product: Product, specs: Mapping[str, TableSpec], at: str) -> list[Problem]:
    """Steps whose table is not there, or holds something else."""
    problems: list[Problem] = []
    for part in parts_of(product, at):
        for i, step in enumerate(part.steps):
            name = table_of(step)
            if name:
                where = f"{part.at}.step[{i}]"
                problems += _measure_problems(step, name, specs, where)
    return problems


def _measure_problems(
    step: Step, name: str, specs: Mapping[str, TableSpec], where: str
) -> Iterator[Problem]:
    if name not in specs:
        yield Problem("unknown_table", f"{where}.table", name, " ".join(specs))
        return
    measure = specs[name].measure
    allowed = _MEASURES.get(type(step), (Measure.PREMIUM,))
    if measure not in allowed:
        yield Problem("wrong_measure", f"{where}.table", f"{name} of {measure}", " ".join(allowed))
    elif isinstance(step, RateStep | MultiplyStep):
        per = _PER.get(measure, step.per)
        if step.per != per:
            expected = f"{per} for {measure}"
            yield Problem("contradicting_keys", f"{where}.per", f"{step.per:f}", expected)


def sequence_problems(
    product: Product, specs: Mapping[str, TableSpec], at: str, unread: frozenset[str]
) -> list[Problem]:
    """What is wrong with the order of the steps of the product and its riders.

    `unread`: parts some of whose steps could not be read; their order is not judged.
    """
    problems = []
    for part in parts_of(product, at):
        if part.at not in unread and (part.steps or part.rider is None):
            problems += _start_problems(part)
            problems += _place_problems(product, part)
    if at not in unread:
        problems += _absent_problems(product, at)
        problems += _mode_problems(product, specs, at)
        problems += _mode_order(product, at)
    return problems


def _start_problems(part: Part) -> list[Problem]:
    """Exactly one start, and before it only what finds facts."""
    starts: tuple[type, ...] = (RateStep, CellStep, AmountStep)
    first = "rate, cell or amount"
    if part.rider is not None:
        starts, first = (*starts, ShareStep), "rate, cell, amount or share"
    problems, started = [], False
    for i, step in enumerate(part.steps):
        where = f"{part.at}.step[{i}]"
        if isinstance(step, starts):
            if started:
                problems.append(Problem("starts_twice", where, step.name, "add or multiply"))
            started = True
        elif isinstance(step, LookUpStep | JointAgeStep):
            if started:
                problems.append(Problem("look_up_late", where, step.name, f"before {first}"))
        elif not started and not isinstance(step, ShareStep):
            problems.append(Problem("step_before_start", where, step.name, f"{first} first"))
    if not started:
        problems.append(Problem("no_start", f"{part.at}.step", "", f"a step {first}"))
    return problems


def _place_problems(product: Product, part: Part) -> list[Problem]:
    """Steps that have no place here, and those that may stand only once."""
    problems = []
    seen: set[type] = set()
    for i, step in enumerate(part.steps):
        where = f"{part.at}.step[{i}]"
        expected = _only_where(product, part, step)
        if expected:
            problems.append(Problem("step_not_here", where, step.name, expected))
        elif isinstance(step, RidersStep | SumLivesStep):
            if type(step) in seen:
                problems.append(Problem("step_twice", where, step.name, "once"))
            seen.add(type(step))
    return problems


def _only_where(product: Product, part: Part, step: Step) -> str:
    """Where alone a step may stand, if it does not stand there; else ''."""
    of_product = RidersStep | SumLivesStep | CompoundStep | ModeStep
    rules: list[tuple[bool, object, str]] = [
        (part.rider is not None, ShareStep, "only in a rider"),
        (part.rider is None, of_product, "only in a product"),
        (any(r.steps for r in product.riders), RidersStep, "only with riders that have steps"),
        (product.lives is Lives.EACH, SumLivesStep, "only with lives each"),
        (product.lives is Lives.JOINT, JointAgeStep, "only with lives joint"),
        (product.yields is Yields.VALUE, CompoundStep, "only with yields value"),
        (product.yields is not Yields.VALUE, ModeStep, "only with yields premium or income"),
    ]
    fault = (where for allowed, kind, where in rules if not allowed and isinstance(step, kind))  # type: ignore[arg-type]
    return next(fault, "")


def _absent_problems(product: Product, at: str) -> list[Problem]:
    """Steps that the product's other keys call for."""
    wanted: list[tuple[bool, type, str]] = [
        (any(r.steps for r in product.riders), RidersStep, "a step riders: riders have steps"),
        (product.lives is Lives.EACH, SumLivesStep, "a step sum_lives: lives is each"),
        (product.yields is Yields.VALUE, CompoundStep, "a step compound: yields is value"),
    ]
    return [
        Problem("step_absent", f"{at}.step", "", expected)
        for needed, kind, expected in wanted
        if needed and not any(isinstance(step, kind) for step in product.steps)
    ]


def _mode_problems(product: Product, specs: Mapping[str, TableSpec], at: str) -> list[Problem]:
    """The mode comes once: from a step, or from the tables; a value has none."""
    problems = []
    modes = [step for step in product.steps if isinstance(step, ModeStep)]
    parts = parts_of(product, at)
    by_table = _has_modes(parts[0], specs)
    if len(modes) + by_table > 1:
        found = "a table and a step" if by_table else f"{len(modes)} steps"
        problems.append(Problem("modes_twice", f"{at}.step", found, "the mode once"))
    for part in parts[1:]:
        if _has_modes(part, specs) and not by_table:
            found = "a table of the rider alone"
            problems.append(Problem("modes_twice", f"{part.at}.step", found, "the mode once"))
        shared = any(isinstance(step, ShareStep) for step in part.steps)
        if part.steps and by_table and not shared and not _has_modes(part, specs):
            expected = "a table with the dimension mode"
            problems.append(Problem("mode_missing", f"{part.at}.step", "", expected))
    return problems + _period_problems(product, by_table, at)


def _has_modes(part: Part, specs: Mapping[str, TableSpec]) -> bool:
    return any(specs[n].has_modes for step in part.steps if (n := table_of(step)) and n in specs)


def _period_problems(product: Product, by_table: bool, at: str) -> list[Problem]:
    where, period = f"{at}.premium_period", product.premium_period
    if product.yields is Yields.VALUE:
        if by_table:
            found, expected = "a table with the dimension mode", "a table without it"
            return [Problem("contradicting_keys", f"{at}.yields", found, expected)]
        if period is not None:
            return [Problem("contradicting_keys", where, period, "absent: a value has no period")]
        return []
    if period is None and not by_table:
        expected = "the period that one run of the steps yields"
        return [Problem("absent_key", where, "", expected)]
    if period is not None and by_table:
        return [Problem("contradicting_keys", where, period, "absent: the table has the mode")]
    return []


def _mode_order(product: Product, at: str) -> list[Problem]:
    """Steps after the mode may only round, add or limit; its factors are in order."""
    problems: list[Problem] = []
    after = False
    for i, step in enumerate(product.steps):
        if after and not isinstance(step, _AFTER_MODE | ModeStep):
            where = f"{at}.step[{i}]"
            expected = "round, add, at_least or at_most"
            problems.append(Problem("step_after_mode", where, step.name, expected))
        if isinstance(step, ModeStep):
            problems += _factor_problems(product, step, f"{at}.step[{i}].factors")
            after = True
    return problems


def _factor_problems(product: Product, step: ModeStep, where: str) -> list[Problem]:
    """The factor of the period itself is 1; premiums by the year are no cheaper the more often.

    An income paid rarely waits longer and may be more a year.
    """
    period = product.premium_period
    if period is None:
        return []
    own = step.factors.get(period, Decimal(1))
    if own != 1:
        found, expected = f"{own:f}", f"1 for {period}"
        return [Problem("contradicting_keys", f"{where}.{period}", found, expected)]
    factors: dict[Mode, Decimal] = {period: own, **step.factors}
    paid = np.array([[float(factor) for factor in factors.values()]])
    units = np.array([0.0 if f == 1 else float(_printed_unit(f)) for f in factors.values()])
    faults = out_of_order(list(factors), paid, units, yearly=product.yields is Yields.PREMIUM)
    return [
        Problem("modes_out_of_order", f"{where}.{f.often}", f.found, f.expected, f.severity)
        for f in faults
    ]


def _printed_unit(factor: Decimal) -> Decimal:
    return min(COARSEST_FACTOR, Decimal((0, (1,), int(factor.as_tuple().exponent))))
