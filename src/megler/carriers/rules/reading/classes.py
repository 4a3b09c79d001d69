"""The classes of a guide and how its ratings combine (the head), and its rules of classes (rows)."""

from megler.carriers.rules.guide import GuideClass, Nicotine
from megler.carriers.rules.keys import CODE, Keys, no_doubles
from megler.carriers.rules.ratings import (
    PRODUCTS,
    ClassRule,
    Combination,
    Method,
    NicotineRule,
    OutcomeKind,
)
from megler.carriers.rules.reading.conditions import condition
from megler.carriers.rules.reading.limits import TABLES
from megler.carriers.rules.rows import Row
from megler.carriers.rules.when.names import Names
from megler.vocabulary.codes import RiskClass

_NO_CLASS = {*TABLES, "any", *OutcomeKind}
_BEYOND = (OutcomeKind.DECLINE, OutcomeKind.INDIVIDUAL_CONSIDERATION)


def classes(head: Keys) -> tuple[GuideClass, ...]:
    """The classes, best first."""
    tables = list(head.each("class", required=True))
    read = []
    for keys in tables:
        code = keys.text("code", like=CODE)
        known = RiskClass(code) if code in set(RiskClass) else None
        read.append(
            GuideClass(
                code=code,
                name=keys.text("name"),
                rated_as=keys.text("rated_as", required=False, like=CODE) or code,
                nicotine=keys.choice("nicotine", Nicotine, required=False) or Nicotine.ANY,
                risk_class=keys.choice("risk_class", RiskClass, required=False) or known,
                on_review=keys.flag("on_review"),
            )
        )
        if code in _NO_CLASS:
            keys.tell("reserved_code", "code", code, "a class, not a table or any")
        keys.done()
    no_doubles((k, "code", c.code) for k, c in zip(tables, read, strict=True))
    first: dict[str, GuideClass] = {}
    for one in read:
        first.setdefault(one.code, one)
    return tuple(first.values())


def combination(head: Keys) -> Combination:
    """How ratings combine; the usual way where the head does not say."""
    keys, usual = head.inside("combination"), Combination()
    if keys is None:
        return usual
    beyond = keys.choice("beyond", OutcomeKind, required=False) or usual.beyond
    if beyond not in _BEYOND:
        keys.tell("not_in_list", "beyond", beyond, " ".join(_BEYOND))
        beyond = usual.beyond
    read = Combination(
        method=keys.choice("method", Method, required=False) or usual.method,
        within_group=keys.choice("within_group", Method, required=False),
        points_per_table=keys.whole("points_per_table", False, 1, 100) or usual.points_per_table,
        tables_max=keys.whole("tables_max", False, 1, len(TABLES)) or usual.tables_max,
        beyond=beyond,
    )
    keys.done()
    return read


def class_rule(row: Row, codes: list[str], names: Names) -> ClassRule | None:
    """What a class requires of those of whom `when` holds."""
    code = row.one_of("class", ["any", *codes])
    requires = condition(row, "requires", names, required=True)
    when = condition(row, "when", names)
    text, page = row.maybe_text("text"), row.maybe_text("page")
    if requires is None:
        return None
    return ClassRule(None if code == "any" else code, requires, when, text, page, row.number)


def nicotine_rule(row: Row, codes: list[str], names: Names) -> NicotineRule | None:
    """How a class takes a nicotine product; `any` product: every one without a row of its own."""
    code = row.one_of("class", ["any", *codes])
    product = row.one_of("product", ["any", *PRODUCTS])
    months = row.whole("free_months", 0, 600)
    per_year = row.maybe_whole("per_year", 0, 10_000)
    when = condition(row, "when", names)
    if when is not None and per_year is None:
        row.tell("cell_not_here", "when", row.cell("when"), "nothing, or times a year")
    page = row.maybe_text("page")
    if months is None:
        return None
    return NicotineRule(
        class_code=None if code == "any" else code,
        product=None if product == "any" else product,
        free_months=months,
        per_year=per_year,
        when=when,
        page=page,
        row=row.number,
    )
