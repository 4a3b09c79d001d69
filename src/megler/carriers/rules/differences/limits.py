"""Differences of classes, limits, rules of classes, nicotine and family history."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from megler.carriers.rules.differences.difference import Difference, Kind, paired, rows_differ
from megler.carriers.rules.guide import Criterion, FamilyRule, Guide, GuideClass
from megler.carriers.rules.ratings import ClassRule, NicotineRule
from megler.carriers.rules.when.tree import facts_in


def class_differences(
    before: Guide, after: Guide, names: Mapping[str, str]
) -> Iterator[Difference]:
    """Classes that are new, gone, called or ranked otherwise."""
    pairs = paired(before.classes, after.classes, lambda c: c.code)
    yield from rows_differ("class", pairs, lambda c: c, lambda c: c.name, names)
    both = [
        [c.code for c in g.classes if c.code in _codes(before) & _codes(after)]
        for g in (before, after)
    ]
    if both[0] != both[1]:
        order = [", ".join(names[code] for code in codes) for codes in both]
        params = {"before": order[0], "after": order[1]}
        yield Difference("order_changed", "class", Kind.CHANGED, params=params, names=names)


def _codes(guide: Guide) -> set[str]:
    return {one.code for one in guide.classes}


def combination_differences(
    before: Guide, after: Guide, names: Mapping[str, str]
) -> Iterator[Difference]:
    """How ratings combine otherwise, key by key."""
    for one in fields(after.combination):
        was, now = (getattr(g.combination, one.name) for g in (before, after))
        if was != now:
            params = {"key": one.name, "before": _word(was), "after": _word(now)}
            yield Difference(
                "combination_changed", "combination", Kind.CHANGED, params=params, names=names
            )


def _word(value: object) -> str:
    return "" if value is None else str(value)


def limit_differences(
    before: Guide, after: Guide, names: Mapping[str, str]
) -> Iterator[Difference]:
    """Criteria, rules, nicotine and family history of each class."""
    criteria = paired(
        before.criteria,
        after.criteria,
        lambda r: (r.class_code, r.kind, r.age_from, r.age_to),
        lambda r: (r.class_code, r.kind),
    )
    yield from rows_differ(
        "criteria", criteria, _criterion, lambda r: _class(r.class_code, names), names
    )
    rules = paired(
        before.rules,
        after.rules,
        lambda r: (r.class_code, r.requires, r.when),
        lambda r: (r.class_code, r.text) if r.text else None,
        lambda r: (r.class_code, frozenset(facts_in(r.requires))),
    )
    yield from rows_differ("rules", rules, _rule, lambda r: _class(r.class_code, names), names)
    nicotine = paired(before.nicotine, after.nicotine, lambda r: (r.class_code, r.product))
    yield from rows_differ(
        "nicotine", nicotine, _nicotine, lambda r: _class(r.class_code, names), names
    )
    family = paired(
        before.family,
        after.family,
        lambda r: (r.class_code, r.relation, r.condition, r.event, r.before_age, _whose(r)),
        lambda r: (r.class_code, r.relation, r.condition, r.event),
        lambda r: (r.class_code, r.relation, r.condition),
    )
    yield from rows_differ("family", family, _family, lambda r: _class(r.class_code, names), names)


def _class(code: str | None, names: Mapping[str, str]) -> str:
    return "" if code is None else names.get(code, code)


def _whose(row: FamilyRule) -> tuple[object, ...]:
    """Of whom a rule asks, and what does not count."""
    return row.age_from, row.age_to, row.sex, frozenset(row.but)


def _criterion(row: Criterion) -> object:
    return (row.class_code, row.kind, row.age_from, row.age_to, row.limit)


def _rule(row: ClassRule) -> object:
    return (row.class_code, row.requires, row.when)


def _nicotine(row: NicotineRule) -> object:
    return (row.class_code, row.product, row.free_months, row.per_year, row.when)


def _family(row: FamilyRule) -> object:
    return (
        row.class_code, row.relation, row.condition, row.event, row.before_age, row.allowed,
        _whose(row),
    )  # fmt: skip


def class_names(before: Guide, after: Guide) -> dict[str, str]:
    """The names of the classes of both guides by code; the later guide's count."""
    every: list[GuideClass] = [*before.classes, *after.classes]
    return {one.code: one.name for one in every}
