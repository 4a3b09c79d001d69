"""From which age and amount a requirement is asked for: the grids read the other way round."""

from collections.abc import Iterator
from decimal import Decimal

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import RequirementRow
from megler.underwriting.rules.asking.answers import Says
from megler.underwriting.rules.asking.given import Given, says
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.problems import Reason, Source


def of_thresholds(asked: Given) -> list[Says]:
    """For each kind asked of, where each guide's grid begins to ask for it; the latest first."""
    found = [
        (_rank(one), one)
        for guide in asked.guides()
        for kind in asked.understood.topic.kinds
        if (one := _of_kind(asked, guide, kind)) is not None
    ]
    return [one for _rank_of, one in sorted(found, key=lambda pair: -pair[0])]


def _rank(one: Says) -> Decimal:
    return Decimal(one.headline.params.get("figure") or one.headline.params.get("age") or 0)


def _of_kind(asked: Given, guide: Edition, kind: str) -> Says | None:
    grid = guide.guide.requirements if guide.guide else ()
    if not grid:
        return None
    rows = [row for row in grid if kind in {one.value for one in row.kinds}]
    ages = asked.facts.insured.ages(asked.on, AgeBasis.NEAREST)
    amount = asked.amount
    if ages is not None and amount is None:
        at_age = [
            r for r in rows if r.age_from <= ages[0] and (r.age_to is None or ages[0] <= r.age_to)
        ]
        return _headed(guide, "from_amount", kind, at_age, {"age": str(ages[0])})
    if amount is not None and ages is None:
        fitting = [
            r
            for r in rows
            if r.amount_from <= amount and (r.amount_to is None or amount <= r.amount_to)
        ]
        return _headed(guide, "from_age", kind, fitting, {"amount": f"{amount:f}"})
    lines = list(_lines(guide, rows))
    code = "from_grid" if lines else "from_never"
    return says(guide, Reason(code, {"kind": kind}, Source(guide.name, rule="requirements")), lines)


def _headed(
    guide: Edition, code: str, kind: str, rows: list[RequirementRow], params: dict[str, str]
) -> Says:
    source = Source(guide.name, rule="requirements")
    if not rows:
        return says(guide, Reason(f"{code}_never", {"kind": kind, **params}, source))
    if code == "from_amount":
        first = min(rows, key=lambda row: row.amount_from)
        params = {**params, "figure": f"{first.amount_from:f}"}
    else:
        first = min(rows, key=lambda row: row.age_from)
        params = {**params, "age": str(first.age_from)}
    source = Source(guide.name, first.page, "requirements")
    return says(guide, Reason(code, {"kind": kind, **params}, source))


def _lines(guide: Edition, rows: list[RequirementRow]) -> Iterator[Reason]:
    """For each band of ages, the amount from which it is asked for."""
    bands: dict[tuple[int, int | None], RequirementRow] = {}
    for row in rows:
        band = (row.age_from, row.age_to)
        if band not in bands or row.amount_from < bands[band].amount_from:
            bands[band] = row
    for (age_from, age_to), row in sorted(bands.items(), key=lambda pair: pair[0][0]):
        params = {
            "age_from": str(age_from),
            "age_to": "" if age_to is None else str(age_to),
            "figure": f"{row.amount_from:f}",
        }
        yield Reason("from_row", params, Source(guide.name, row.page, "requirements"))
