"""What a guide's age-and-amount grid calls for before the carrier decides."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide, RequirementRow
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Reason, Source


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something the carrier needs, and why.

    `is_certain` is False where only some of the possible ages call for it; `on_file` says that
    the caller already holds evidence of this kind, which the carrier may accept.
    """

    kind: RequirementKind
    reasons: tuple[Reason, ...]
    is_certain: bool = True
    on_file: bool = False


def requirements_for(
    guide: Edition,
    ages: int | tuple[int, int],
    amount: Decimal,
    evidence: Collection[RequirementKind] = (),
) -> list[Requirement]:
    """The grid's requirements at an age, or at any age youngest..oldest, for an amount.

    In the grid's order, each kind once. `evidence` names the kinds already on file. Empty both
    when nothing is required and when the grid does not reach so far: ask `grid_reaches`.
    """
    youngest, oldest = (ages, ages) if isinstance(ages, int) else ages
    span = range(youngest, oldest + 1)
    rows = [row for row in _grid(guide) if any(_holds(row, age, amount) for age in span)]
    kinds = dict.fromkeys(kind for row in rows for kind in row.kinds)
    return [
        Requirement(
            kind=kind,
            reasons=tuple(_reason(guide.name, row) for row in rows if kind in row.kinds),
            is_certain=all(
                any(_holds(row, age, amount) and kind in row.kinds for row in rows) for age in span
            ),
            on_file=kind in evidence,
        )
        for kind in kinds
    ]


def grid_reaches(guide: Edition, age: int, amount: Decimal) -> bool:
    """Whether the grid has a row for this age and amount."""
    return any(_holds(row, age, amount) for row in _grid(guide))


def _grid(guide: Edition) -> Iterator[RequirementRow]:
    yield from (guide.guide or Guide(classes=())).requirements


def _holds(row: RequirementRow, age: int, amount: Decimal) -> bool:
    age_fits = row.age_from <= age and (row.age_to is None or age <= row.age_to)
    amount_fits = row.amount_from <= amount and (row.amount_to is None or amount <= row.amount_to)
    return age_fits and amount_fits


def _reason(edition: str, row: RequirementRow) -> Reason:
    params = {
        "age_from": str(row.age_from),
        "age_to": "" if row.age_to is None else str(row.age_to),
        "amount_from": f"{row.amount_from:f}",
        "amount_to": "" if row.amount_to is None else f"{row.amount_to:f}",
    }
    return Reason("age_and_amount", params, Source(edition, row.page, "requirements"))
