"""The offers kept of a life, as rows: the best of each wish and currency."""

from collections.abc import Iterable, Iterator, Sequence

from megler.quoting.rules.answer import Offer

COLUMNS: tuple[tuple[str, str], ...] = (
    ("row", "whole"), ("id", "text"), ("wants", "whole"), ("rank", "whole"), ("carrier", "text"),
    ("product", "text"), ("line", "text"), ("edition", "text"), ("term_years", "whole"),
    ("plan", "text"), ("class", "text"), ("table", "whole"), ("flat_extra", "money"),
    ("amount", "money"), ("yields", "text"), ("currency", "text"), ("premium", "money"),
    ("mode", "text"), ("annualised", "money"), ("years", "whole"), ("age_used", "whole"),
    ("age_changes_on", "day"),
)  # fmt: skip
"""The columns of the result and what each holds (docs/bulk.md)."""
Row = tuple[object, ...]


def kept(offers: Sequence[Offer], keep: int | None) -> Iterator[tuple[int, Offer]]:
    """The first `keep` offers of each wish, currency and yield (None: all) with their rank, from 1.

    `offers` are best first within these, as a quote answers them.
    """
    ranks: dict[tuple[int, str, str], int] = {}
    for offer in offers:
        place = (offer.wants, offer.currency, offer.yields.value)
        ranks[place] = rank = ranks.get(place, 0) + 1
        if keep is None or rank <= keep:
            yield rank, offer


def rows_of(row: int, name: str | None, offers: Iterable[tuple[int, Offer]]) -> list[Row]:
    """The rows of a life; one that says nothing but who it is when there is no offer."""
    found = [_row(row, name, rank, offer) for rank, offer in offers]
    return found or [(row, name, *[None] * (len(COLUMNS) - 2))]


def _row(row: int, name: str | None, rank: int, offer: Offer) -> Row:
    return (
        row,
        name,
        offer.wants,
        rank,
        offer.carrier,
        offer.product,
        offer.line.value,
        offer.edition,
        offer.term_years,
        offer.plan,
        offer.class_code,
        offer.table,
        offer.flat_extra,
        offer.amount,
        offer.yields.value,
        offer.currency,
        offer.premium[offer.mode],
        offer.mode.value,
        offer.annualised,
        offer.years,
        offer.age_used,
        offer.age_changes_on,
    )
