"""Differences of impairments: new ones, other questions, other ratings."""

from collections.abc import Iterator, Mapping

from megler.carriers.rules.differences.difference import Difference, Kind, paired, rows_differ
from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Question, Rating


def impairment_differences(
    before: Guide, after: Guide, names: Mapping[str, str]
) -> Iterator[Difference]:
    """Impairment by impairment; of one that is new or gone only that."""
    pairs = paired(before.impairments, after.impairments, lambda one: one.code)
    for was, now in pairs:
        one = now or was
        if one is None:
            continue
        if was is None or now is None:
            yield _whole(one, before if now is None else after, now is not None, names)
            continue
        yield from rows_differ("impairments", [(was, now)], _said, lambda i: i.name, names)
        yield from _questions(before, after, one, names)
        yield from _ratings(before, after, one, names)
    yield from _questions(before, after, None, names)


def _whole(one: Impairment, guide: Guide, new: bool, names: Mapping[str, str]) -> Difference:
    rows = str(sum(row.impairment == one.code for row in guide.ratings))
    if new:
        return Difference(
            "impairment_added",
            "impairments",
            Kind.ADDED,
            one.name,
            None,
            one,
            {"rows": rows},
            names,
        )
    return Difference(
        "impairment_removed",
        "impairments",
        Kind.REMOVED,
        one.name,
        one,
        None,
        {"rows": rows},
        names,
    )


def _said(one: Impairment) -> object:
    return (one.name, one.listed, one.group, frozenset(one.words), frozenset(one.icd10))


def _questions(
    before: Guide, after: Guide, one: Impairment | None, names: Mapping[str, str]
) -> Iterator[Difference]:
    code = one.code if one else None
    rows = [[q for q in g.questions if q.impairment == code] for g in (before, after)]
    pairs = paired(rows[0], rows[1], lambda q: q.key)
    place = one.name if one else ""
    yield from rows_differ("questions", pairs, _asked, lambda _q: place, names)


def _asked(one: Question) -> object:
    return (one.type, one.text, one.values, one.unit, one.usual)


def _ratings(
    before: Guide, after: Guide, one: Impairment, names: Mapping[str, str]
) -> Iterator[Difference]:
    rows = [[r for r in g.ratings if r.impairment == one.code] for g in (before, after)]
    pairs = paired(
        rows[0],
        rows[1],
        lambda r: (r.verb, r.when, outcome_of(r)),
        lambda r: (r.verb, r.when),
        lambda r: (r.verb, r.text) if r.text else None,
        lambda r: (r.verb, outcome_of(r)),
    )
    yield from rows_differ(
        "ratings", pairs, lambda r: (r.when, outcome_of(r)), lambda _r: one.name, names
    )


def outcome_of(row: Rating) -> tuple[object, ...]:
    """What a rating gives, without its condition."""
    return (
        row.verb, row.best, row.worst, row.flat_extra, row.postpone_months, row.counted_from,
        row.counted_key, row.as_user,
    )  # fmt: skip
