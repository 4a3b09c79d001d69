"""Up to four offers side by side: what differs between them, row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from megler.quoting.rules.answer import Offer
from megler.quoting.rules.tools.counter import OfferKey, a_year, key_of
from megler.vocabulary.codes import Mode

MOST = 4


class Measure(StrEnum):
    """What a row's values are, so that each is written as its reader does."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    DAY = "day"
    CLASS = "class"
    LINE = "line"


Value = Decimal | int | str | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One feature of every offer, None where an offer has no such thing.

    `best` are the places of the lowest values, where low is good and they differ.
    """

    name: str
    measure: Measure
    values: tuple[Value, ...]
    differs: bool
    best: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The offers' keys and currencies in their order, and the rows that at least one fills."""

    offers: tuple[OfferKey, ...]
    currencies: tuple[str, ...]
    rows: tuple[Row, ...]


def compare(offers: Sequence[Offer], mode: Mode) -> Comparison:
    """At most `MOST` offers, in their order; costs over the years are reckoned in `mode`.

    Costs in several currencies are never ranked against each other.
    """
    offers = offers[:MOST]
    rows = [_row(name, measure, offers, value) for name, measure, value in _features(mode)]
    rows[3:3] = [_row(m.value, Measure.MONEY, offers, _premium(m)) for m in Mode]
    return Comparison(
        offers=tuple(key_of(offer) for offer in offers),
        currencies=tuple(offer.currency for offer in offers),
        rows=tuple(row for row in rows if any(v is not None and v != "" for v in row.values)),
    )


def _features(mode: Mode) -> list[tuple[str, Measure, Callable[[Offer], Value]]]:
    return [
        ("amount", Measure.MONEY, lambda o: o.amount),
        ("term_years", Measure.NUMBER, lambda o: o.term_years),
        ("plan", Measure.TEXT, lambda o: o.plan),
        ("a_year", Measure.MONEY, lambda o: a_year(o, mode) if o.premium else None),
        ("total", Measure.MONEY, lambda o: _total(o, mode)),
        ("line", Measure.LINE, lambda o: o.line.value),
        ("class", Measure.CLASS, lambda o: o.class_name or o.class_code),
        ("worst_class", Measure.CLASS, _worst),
        ("table", Measure.NUMBER, lambda o: o.table),
        ("age_used", Measure.NUMBER, lambda o: o.age_used),
        ("age_changes_on", Measure.DAY, lambda o: o.age_changes_on),
        ("edition", Measure.TEXT, lambda o: o.edition),
    ]


def _premium(mode: Mode) -> Callable[[Offer], Value]:
    return lambda offer: offer.premium.get(mode)


def _total(offer: Offer, mode: Mode) -> Decimal | None:
    """What the whole term costs."""
    return a_year(offer, mode) * offer.term_years if offer.term_years and offer.premium else None


def _worst(offer: Offer) -> str | None:
    """The worst class that the open facts allow, where it is not the class itself."""
    best, worst = offer.class_range or (None, None)
    return None if worst == best else worst


_LOWER_IS_BETTER = frozenset({"a_year", "total", *(mode.value for mode in Mode)})


def _row(
    name: str,
    measure: Measure,
    offers: Sequence[Offer],
    value: Callable[[Offer], Value],
) -> Row:
    values = tuple(value(offer) for offer in offers)
    one_currency = len({offer.currency for offer in offers}) == 1
    best: tuple[int, ...] = ()
    amounts = [v for v in values if isinstance(v, Decimal)]
    if name in _LOWER_IS_BETTER and one_currency and len(set(amounts)) > 1:
        best = tuple(i for i, v in enumerate(values) if v == min(amounts))
    return Row(name, measure, values, len(set(values)) > 1, best)
