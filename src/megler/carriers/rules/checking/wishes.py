"""What a product fixes, takes by default and asks itself: used by its tables, and held by them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from megler.carriers.rules.checking.facts import FACTS
from megler.carriers.rules.checking.uses import dimensions_of, found_by, parts_of
from megler.carriers.rules.layout import Dimension, DimensionKind, TableSpec
from megler.carriers.rules.products import AmountOf, Ask, AskKind, Product, Yields
from megler.carriers.rules.steps import CompoundStep
from megler.carriers.rules.tables import Axis, BandAxis, Fact, Table, WholeAxis
from megler.vocabulary.problems import Problem

MAY_DEFAULT = (
    "elimination_days",
    "benefit_years",
    "inflation",
    "payout",
    "qualified",
    "household",
    "open_enrolment",
)
"""Wishes that an edition may take for granted; a person's facts it may not."""
MOST_WHOLES = 1000
Read = Sequence[tuple[TableSpec, Dimension]]


def as_fact(text: str) -> Fact:
    """A default or fixed text as the fact that addresses cells: a number where it is one.

    >>> as_fact("90"), as_fact("2.5"), as_fact("life")
    (90, Decimal('2.5'), 'life')
    """
    if text.isascii() and text.isdigit():
        return int(text)
    whole, point, rest = text.partition(".")
    if point and whole.isascii() and whole.isdigit() and rest.isascii() and rest.isdigit():
        return Decimal(text)
    return text


def wish_problems(
    product: Product, specs: Mapping[str, TableSpec], tables: Mapping[str, Table], at: str
) -> list[Problem]:
    """Fixed facts, defaults and asks that no table reads, or at values that one lacks."""
    read = dimensions_of(product, specs, at)
    names = " ".join(sorted({dimension.name for _, dimension in read}))
    problems = [*_fixed(product, read, names, at), *_defaults(product, read, tables, names, at)]
    used = {d.name for _, d in read}
    used |= {step.years for step in product.steps if isinstance(step, CompoundStep)}
    for i, ask in enumerate(product.asks):
        where = f"{at}.ask[{i}]"
        problems += _ask_name(product, ask, where)
        if ask.name not in used:
            problems.append(Problem("ask_not_used", f"{where}.name", ask.name, names))
        problems += _ask_held(ask, read, tables, where)
    return problems + list(_sense(product, at))


def _sense(product: Product, at: str) -> Iterator[Problem]:
    """Keys that hang together: what the amount is, what the steps yield, whole years."""
    bought = product.amount_of is AmountOf.PREMIUM
    if bought and product.yields is Yields.PREMIUM:
        expected = "yields income or value, with amount_of premium"
        yield Problem("contradicting_keys", f"{at}.yields", product.yields, expected)
    if not bought and product.yields is not Yields.PREMIUM:
        expected = f"premium, with yields {product.yields}"
        yield Problem("contradicting_keys", f"{at}.amount_of", product.amount_of, expected)
    limit = product.eligibility.income_percent_max
    if limit is not None and product.amount_of is not AmountOf.BENEFIT_MONTHLY:
        where = f"{at}.eligibility.income_percent_max"
        yield Problem("contradicting_keys", where, f"{limit:f}", "amount_of benefit_monthly")
    whole = {"term_years", *(a.name for a in product.asks if a.kind is AskKind.WHOLE)}
    for i, step in enumerate(product.steps):
        if isinstance(step, CompoundStep) and step.years not in whole:
            expected = "term_years, or an ask of kind whole"
            yield Problem("not_in_list", f"{at}.step[{i}].years", step.years, expected)


def _fixed(product: Product, read: Read, names: str, at: str) -> Iterator[Problem]:
    for name, value in product.fixed.items():
        own = [dimension for _, dimension in read if dimension.name == name]
        if not own:
            yield Problem("fixed_not_used", f"{at}.fixed.{name}", name, names)
        for dimension in own:
            if dimension.values and value not in dimension.values:
                expected = " | ".join(dimension.values)[:200]
                yield Problem("not_in_table", f"{at}.fixed.{name}", value, expected)


def _defaults(
    product: Product, read: Read, tables: Mapping[str, Table], names: str, at: str
) -> Iterator[Problem]:
    for name, value in product.defaults.items():
        where = f"{at}.defaults.{name}"
        if name in product.fixed:
            yield Problem("contradicting_keys", where, "default and fixed", "one of them")
        elif name not in MAY_DEFAULT:
            yield Problem("not_in_list", where, name, " ".join(MAY_DEFAULT))
        elif name not in {dimension.name for _, dimension in read}:
            yield Problem("default_not_used", where, name, names)
        else:
            for table, axis in _axes(name, read, tables):
                if axis.index(as_fact(value)) < 0:
                    yield Problem("not_in_table", where, value, held(axis, table))


def _axes(name: str, read: Read, tables: Mapping[str, Table]) -> Iterator[tuple[str, Axis]]:
    """The axes that read a fact, with the names of their tables."""
    for spec, dimension in read:
        if dimension.name == name and spec.name in tables:
            for axis in tables[spec.name].axes:
                if axis.name == name:
                    yield spec.name, axis


def _ask_name(product: Product, ask: Ask, where: str) -> Iterator[Problem]:
    """An ask's name is its own."""
    found = frozenset[str]().union(*(found_by(part.steps) for part in parts_of(product, "")))
    if ask.name in FACTS or ask.name in product.fixed or ask.name in found:
        yield Problem("duplicate_name", f"{where}.name", ask.name, "a name of its own")


def _ask_held(ask: Ask, read: Read, tables: Mapping[str, Table], where: str) -> Iterator[Problem]:
    """The answers that the ask allows stand in every table that reads it."""
    for spec, dimension in read:
        if dimension.name != ask.name:
            continue
        if not _fits(ask, dimension):
            found = f"{ask.kind} in table {spec.name}"
            yield Problem("wrong_kind", f"{where}.kind", found, _kinds(dimension))
        elif ask.kind is AskKind.CHOICE:
            yield from _choices_held(ask, spec, dimension, tables, where)
        else:
            yield from _numbers_held(ask, spec, dimension, tables, where)


def _fits(ask: Ask, dimension: Dimension) -> bool:
    by = {
        DimensionKind.BAND: {AskKind.WHOLE, AskKind.DECIMAL},
        DimensionKind.WHOLE: {AskKind.WHOLE},
        DimensionKind.CHOICE: {AskKind.CHOICE, AskKind.WHOLE},
        DimensionKind.TEXT: {AskKind.CHOICE},
    }
    return ask.kind in by.get(dimension.kind, set())


def _kinds(dimension: Dimension) -> str:
    return "whole or decimal" if dimension.kind is DimensionKind.BAND else "whole or choice"


def _choices_held(
    ask: Ask, spec: TableSpec, dimension: Dimension, tables: Mapping[str, Table], where: str
) -> Iterator[Problem]:
    there: set[str] = set(dimension.values)
    if dimension.kind is DimensionKind.TEXT and spec.name in tables:
        there = _texts_of(tables[spec.name], dimension.name)
    if there and not spec.sparse:
        for value in ask.values:
            if value not in there:
                expected = f"{' | '.join(sorted(there))[:160]} in table {spec.name}"
                yield Problem("not_in_table", f"{where}.values", value, expected)


def _texts_of(table: Table, name: str) -> set[str]:
    """The values of a key column of a table, of texts or of figures."""
    column = [d.name for d in table.spec.dimensions].index(name)
    if table.spec.holds_texts:
        return {key[column] for key in table.texts}
    axis = table.axes[column]
    return {axis.label(i) for i in range(axis.size)}


def _numbers_held(
    ask: Ask, spec: TableSpec, dimension: Dimension, tables: Mapping[str, Table], where: str
) -> Iterator[Problem]:
    if ask.low is None or ask.high is None or spec.name not in tables or spec.holds_texts:
        return
    for _, axis in _axes(ask.name, [(spec, dimension)], tables):
        for key, number in (("from", ask.low), ("to", ask.high)):
            if axis.index(int(number) if number == int(number) else number) < 0:
                found = f"{number:f}"
                yield Problem("not_in_table", f"{where}.{key}", found, held(axis, spec.name))
                break


def held(axis: Axis, table: str) -> str:
    """What an axis has, for people."""
    if isinstance(axis, WholeAxis):
        by = f" by {axis.step}" if axis.step > 1 else ""
        return f"{axis.start} to {axis.stop}{by} in table {table}"
    if isinstance(axis, BandAxis):
        low, high = axis.label(0).split(" to ")[0], axis.label(axis.size - 1).split(" to ")[1]
        return f"{low} to {high} in table {table}"
    return " | ".join(axis.label(i) for i in range(axis.size))[:160] + f" in table {table}"
