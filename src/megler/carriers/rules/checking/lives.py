"""Several lives under one policy: what each pays apart, what two share, who is charged."""

from collections.abc import Iterator, Mapping

from megler.carriers.rules.checking.facts import OF_TWO_LIVES, ROLES
from megler.carriers.rules.checking.uses import parts_of, reads_of, table_of
from megler.carriers.rules.layout import TableSpec
from megler.carriers.rules.products import Lives, Product
from megler.carriers.rules.reading.eligibility import OLDEST
from megler.carriers.rules.steps import (
    FlatExtraStep,
    JointAgeStep,
    RidersStep,
    SumLivesStep,
    TableRatingStep,
)
from megler.carriers.rules.tables import Axis, Table
from megler.vocabulary.problems import Problem

OF_ONE_LIFE = OF_TWO_LIVES | {
    "age",
    "sex",
    "class",
    "nicotine",
    "role",
    "occupation",
    "amount",
    "benefit_monthly",
}
"""What differs from life to life: after sum_lives there is no one value."""


def lives_problems(product: Product, specs: Mapping[str, TableSpec], at: str) -> list[Problem]:
    """Keys and steps that do not fit the lives that the product insures."""
    problems = list(_after_sum(product, specs, at))
    for i, charged in enumerate(product.charged):
        where = f"{at}.charged[{i}]"
        if product.lives is not Lives.EACH:
            expected = "lives each"
            problems.append(Problem("contradicting_keys", where, "charged", expected))
        if charged.role not in ROLES:
            expected = " ".join(sorted(ROLES))
            problems.append(Problem("not_in_list", f"{where}.role", charged.role, expected))
    return problems


def _after_sum(product: Product, specs: Mapping[str, TableSpec], at: str) -> Iterator[Problem]:
    """Steps after sum_lives that ask for what only one life has, also in riders run there."""
    sums = [i for i, step in enumerate(product.steps) if isinstance(step, SumLivesStep)]
    if not sums:
        return
    late = {f"{at}.step[{i}]" for i in range(sums[0] + 1, len(product.steps))}
    for i, step in enumerate(product.steps):
        if i > sums[0] and isinstance(step, TableRatingStep | FlatExtraStep):
            yield Problem("step_not_here", f"{at}.step[{i}]", step.name, "before sum_lives")
    if any(isinstance(step, RidersStep) for step in product.steps[sums[0] :]):
        riders = parts_of(product, at)[1:]
        late |= {f"{part.at}.step[{i}]" for part in riders for i in range(len(part.steps))}
    for where, _, spec in reads_of(product, specs, at):
        facts = sorted(
            d.name for d in spec.dimensions if d.name in OF_ONE_LIFE - set(product.fixed)
        )
        if where in late and facts:
            found = f"{spec.name}, {' '.join(facts)}"
            yield Problem("fact_of_one_life", f"{where}.table", found, "before sum_lives")


def joint_age_problems(product: Product, tables: Mapping[str, Table], at: str) -> list[Problem]:
    """Two lives that may buy and have no joint age, or one that a table does not hold."""
    problems = []
    for i, step in enumerate(product.steps):
        table = tables.get(step.table) if isinstance(step, JointAgeStep) else None
        if not isinstance(step, JointAgeStep) or table is None:
            continue
        where = f"{at}.step[{i}].table"
        if [axis.name for axis in table.axes] != ["age_difference"]:
            found = " ".join(axis.name for axis in table.axes)
            problems.append(Problem("wrong_kind", where, found, "age_difference alone"))
            continue
        axes = _axes(product, step.result, tables)
        problems += _unreached(product, table, axes, where)
    return problems


def _axes(product: Product, fact: str, tables: Mapping[str, Table]) -> list[tuple[str, Axis]]:
    """The axes of the product's tables that read a fact, with the tables' names."""
    return [
        (name, axis)
        for step in product.steps
        if (name := table_of(step)) in tables and name
        for axis in tables[name].axes
        if axis.name == fact
    ]


def _unreached(
    product: Product, table: Table, axes: list[tuple[str, Axis]], where: str
) -> Iterator[Problem]:
    low, high = product.eligibility.age_min or 0, product.eligibility.age_max or OLDEST
    for difference in range(high - low + 1):
        more = table.cell({"age_difference": difference})
        if more is None or more != int(more):
            code = "not_in_table" if more is None else "not_whole"
            expected = f"whole years in table {table.spec.name}"
            yield Problem(code, where, f"age_difference {difference}", expected)
            return
        for name, axis in axes:
            ages = {low + int(more), high - difference + int(more)}
            missing = next((age for age in sorted(ages) if axis.index(age) < 0), None)
            if missing is not None:
                found = f"{axis.name} {missing} at age_difference {difference}"
                expected = f"{axis.label(0)} to {axis.label(axis.size - 1)} in table {name}"
                yield Problem("not_in_table", where, found, expected)
                return
