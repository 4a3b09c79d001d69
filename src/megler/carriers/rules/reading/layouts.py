"""Reading [[table]]: how the tables of a rate book are laid out."""

import re
from decimal import Decimal

from megler.carriers.rules.keys import CODE, Keys, no_doubles
from megler.carriers.rules.layout import (
    TEXTS,
    WORKBOOK,
    Dimension,
    DimensionKind,
    Measure,
    ModeTolerance,
    TableSpec,
    Trend,
)

_NAME = r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*"
FILE_NAME = re.compile(_NAME + r"\.(?:csv|xlsx)")
FACT = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_RANGE = 100_000
LONGEST_SHEET = 31


def read_layouts(head: Keys) -> tuple[TableSpec, ...]:
    """The tables of a rate book, in order."""
    tables = list(head.each("table"))
    read = [_table(keys) for keys in tables]
    no_doubles((k, "name", t.name) for k, t in zip(tables, read, strict=True))
    return tuple(read)


def _table(keys: Keys) -> TableSpec:
    name = keys.text("name", like=CODE)
    file = keys.text("file")
    if file and not FILE_NAME.fullmatch(file):
        keys.tell("bad_file_name", "file", file, "a name such as base.csv")
        file = ""
    sheet = keys.text("sheet", required=False, longest=LONGEST_SHEET)
    if sheet and not file.endswith(WORKBOOK):
        keys.tell("contradicting_keys", "sheet", sheet, "a file that is a workbook (.xlsx)")
    measure = keys.choice("measure", Measure) or Measure.PREMIUM
    parts = list(keys.each("dimension", required=True))
    dimensions = tuple(_dimension(part, measure) for part in parts)
    no_doubles((p, "name", d.name) for p, d in zip(parts, dimensions, strict=True))
    if sum(d.across for d in dimensions) > 1:
        keys.tell("contradicting_keys", "dimension", "two with across", "at most one")
    columns = [c for d in dimensions for c in d.columns]
    for column in {c for c in columns if columns.count(c) > 1}:
        keys.tell("duplicate_name", "dimension", column, "a column for one dimension")
    spec = TableSpec(
        name=name,
        file=file,
        measure=measure,
        dimensions=dimensions,
        sparse=keys.flag("sparse"),
        zero=keys.flag("zero"),
        monotone=_monotone(keys, dimensions),
        tolerance=_tolerance(keys, dimensions),
        sheet=sheet,
    )
    keys.done()
    return spec


def _monotone(keys: Keys, dimensions: tuple[Dimension, ...]) -> dict[str, Trend]:
    inside = keys.inside("monotone")
    if inside is None:
        return {}
    trends = {}
    known = {d.name: d for d in dimensions}
    for name in inside.names():
        trend = inside.choice(name, Trend)
        if name not in known or known[name].kind in (DimensionKind.ZIP, DimensionKind.TEXT):
            inside.tell("not_in_list", name, name, " ".join(known))
        elif trend:
            trends[name] = trend
    return trends


def _tolerance(keys: Keys, dimensions: tuple[Dimension, ...]) -> ModeTolerance:
    inside = keys.inside("modes")
    if inside is None:
        return ModeTolerance()
    if "mode" not in {d.name for d in dimensions}:
        keys.tell("contradicting_keys", "modes", "modes", "a dimension named mode")
    relative = inside.decimal("relative", required=False, zero=True) or Decimal(0)
    if relative > Decimal("0.05"):
        inside.tell("out_of_range", "relative", relative, "0 to 0.05")
    read = ModeTolerance(inside.decimal("unit", required=False), relative)
    inside.done()
    return read


def _dimension(keys: Keys, measure: Measure) -> Dimension:
    name = keys.text("name", like=FACT)
    kind = keys.choice("kind", DimensionKind) or DimensionKind.TEXT
    across = keys.flag("across")
    if across and (kind is not DimensionKind.CHOICE or measure in TEXTS):
        keys.tell("contradicting_keys", "across", "across", "kind choice, and figures")
    values: tuple[str, ...] = ()
    start, stop, step = 0, 0, 1
    if kind is DimensionKind.CHOICE:
        values = keys.texts("values", required=True) or ()
    if kind is DimensionKind.WHOLE:
        start, stop, step = _range(keys)
    read = Dimension(name, kind, _columns(keys, kind, across), start, stop, step, values, across)
    keys.done()
    return read


def _range(keys: Keys) -> tuple[int, int, int]:
    start, stop = keys.whole("from"), keys.whole("to")
    step = keys.whole("step", required=False, least=1) or 1
    if start is None or stop is None:
        return 0, 0, 1
    if stop < start or (stop - start) % step or (stop - start) // step > LONGEST_RANGE:
        keys.tell("bad_range", "to", f"{start} to {stop} by {step}", "from <= to, in whole steps")
        return start, start, 1
    return start, stop, step


def _columns(keys: Keys, kind: DimensionKind, across: bool) -> tuple[str, ...]:
    if across:
        return ()
    if kind is DimensionKind.BAND:
        columns = keys.texts("columns", required=True) or ()
        if len(columns) != 2:
            keys.tell("bad_columns", "columns", len(columns), "two: lower and upper bound")
        return columns if len(columns) == 2 else ("", "")
    return (keys.text("column"),)
