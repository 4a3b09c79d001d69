"""How often a person uses one nicotine product, and how long ago: facts of a guide's conditions."""

from collections.abc import Callable
from decimal import Decimal

from megler.underwriting.rules.people import Day, NicotineUse, Person
from megler.underwriting.rules.whens import Answer, Span

_WEEKS = 52
_TENTH = Decimal("0.1")
_MONTHS = 12
_MOST = Decimal(10**12)

Months = Callable[[Day | None], Answer]
"""The months since a day, None where it is not known."""


def per_year(use: NicotineUse) -> Decimal | None:
    """How often a year a product is used: `details.per_year`, else 52 times `per_week`, to a tenth.

    Twelve a year are 0.230769… a week: no number of decimals may make more than twelve of them.
    """
    told = use.details.get("per_year")
    if isinstance(told, int | float | Decimal) and not isinstance(told, bool):
        return Decimal(str(told))
    return None if use.per_week is None else (use.per_week * _WEEKS).quantize(_TENTH)


def answer_of_product(
    name: str, product: str, within: int | None, person: Person, months: Months
) -> Answer:
    """`has`, `count`, `months_since` or `years_since` of a nicotine product.

    `count` is how often it was used in the last `within` months (None: 12), at its yearly rate; use
    that ended before them counts nothing. A use of which nobody told how often is once or more.
    """
    if person.nicotine is None:
        return None
    uses = [use for use in person.nicotine if use.product == product]
    complete = "nicotine" not in person.incomplete
    if name == "has":
        return True if uses else False if complete else None
    if name == "count":
        spans = [_times(use, within or _MONTHS, months) for use in uses]
        more = Decimal(0) if complete else _MOST
        return Span(sum((s.low for s in spans), Decimal(0)), sum((s.high for s in spans), more))
    since = [months(use.last_used) for use in uses]
    known = [span for span in since if isinstance(span, Span)]
    if len(known) < len(since) or not complete:
        return None
    unit = 12 if name == "years_since" else 1
    low = min((span.low for span in known), default=_MOST)
    return Span(low / unit, min((span.high for span in known), default=_MOST) / unit)


def _times(use: NicotineUse, within: int, months: Months) -> Span:
    """How often one use falls within so many months before today."""
    often = per_year(use)
    since = months(use.last_used)
    least, most = (Decimal(1), _MOST) if often is None else (often, often)
    least, most = least * within / _MONTHS, most * within / _MONTHS
    if isinstance(since, Span) and since.low >= within:
        return Span(Decimal(0), Decimal(0))
    return (
        Span(least, most)
        if isinstance(since, Span) and since.high < within
        else Span(Decimal(0), most)
    )
