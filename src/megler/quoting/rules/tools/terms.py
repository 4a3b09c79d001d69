"""All terms of every product side by side, the cheapest of each term marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from megler.quoting.rules.answer import Offer
from megler.quoting.rules.tools.counter import a_year, paid
from megler.vocabulary.codes import Mode


@dataclass(frozen=True, slots=True)
class TermCell:
    """A product's premium for a term: in the table's mode, and what a year costs in it."""

    paid: Decimal
    a_year: Decimal
    cheapest: bool


@dataclass(frozen=True, slots=True)
class TermRow:
    """A product (and plan) with a cell for each term, None where it is not possible."""

    carrier: str
    carrier_name: str
    product: str
    product_name: str
    plan: str | None
    class_code: str | None
    class_name: str
    table: int | None
    cells: tuple[TermCell | None, ...]


@dataclass(frozen=True, slots=True)
class TermTable:
    """Products by terms, in one currency; products with the most terms first, then the cheapest."""

    currency: str
    mode: Mode
    terms: tuple[int, ...]
    rows: tuple[TermRow, ...]


def term_tables(offers: Iterable[Offer], mode: Mode) -> tuple[TermTable, ...]:
    """A table for each currency, of the offers that have a term. Quote without a term for all."""
    with_term = [offer for offer in offers if offer.term_years is not None]
    currencies = dict.fromkeys(offer.currency for offer in with_term)
    return tuple(_table([o for o in with_term if o.currency == c], c, mode) for c in currencies)


def _table(offers: list[Offer], currency: str, mode: Mode) -> TermTable:
    terms = sorted({offer.term_years or 0 for offer in offers})
    least = {term: min(a_year(o, mode) for o in offers if o.term_years == term) for term in terms}
    rows: dict[tuple[str, str, str | None], dict[int, Offer]] = {}
    for offer in offers:
        kind = offer.carrier, offer.product, offer.plan
        rows.setdefault(kind, {})[offer.term_years or 0] = offer
    made = [_row(of_term, terms, least, mode) for of_term in rows.values()]
    return TermTable(currency, mode, tuple(terms), tuple(sorted(made, key=_order)))


def _row(
    of_term: dict[int, Offer], terms: list[int], least: dict[int, Decimal], mode: Mode
) -> TermRow:
    first = next(iter(of_term.values()))
    cells = []
    for term in terms:
        offer = of_term.get(term)
        costs = None if offer is None else a_year(offer, mode)
        cells.append(
            None
            if offer is None or costs is None
            else TermCell(paid(offer, mode), costs, costs == least[term])
        )
    return TermRow(
        carrier=first.carrier,
        carrier_name=first.carrier_name,
        product=first.product,
        product_name=first.product_name,
        plan=first.plan,
        class_code=first.class_code,
        class_name=first.class_name,
        table=first.table,
        cells=tuple(cells),
    )


def _order(row: TermRow) -> tuple[int, Decimal, str, str]:
    costs = [cell.a_year for cell in row.cells if cell is not None]
    return -len(costs), sum(costs, Decimal(0)), row.carrier, row.product
