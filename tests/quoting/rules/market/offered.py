"""What the exact engine offers, in the compiled market's columns, to hold both against each other."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.products import Product
from megler.demo.actions.editions import edition_files
from megler.quoting.rules.asked import Asked, Assessments
from megler.quoting.rules.books import Book
from megler.quoting.rules.market.compiling import Market, compile_market
from megler.quoting.rules.market.lives import lives_of
from megler.quoting.rules.market.pricing import best_offers, offers_of_life
from megler.quoting.rules.market.views import MODES
from megler.quoting.rules.offering import offers_of
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.standing import Guides
from megler.underwriting.rules.wishes import Wants
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode

ON = date(2026, 3, 1)
Row = tuple[str, str, int | None, str | None, Mode, int, int, str | None, int]
"""Carrier, product, term, plan, mode, cents a year, cents, class and table."""


@cache
def demo() -> tuple[tuple[Book, ...], Guides]:
    """The demo's books and guides."""
    books: list[Book] = []
    guides: dict[str, list[Edition]] = {}
    for files in edition_files():
        edition, tables, problems = check_edition(files)
        assert edition is not None, problems
        if edition.guide is None:
            books.append(Book(edition, tables))
        else:
            guides.setdefault(edition.carrier, []).append(edition)
    return tuple(books), guides


@cache
def demo_market() -> Market:
    return compile_market(*demo(), ON)


def compiled(market: Market, person: Person, wants: Wants) -> list[Row] | None:
    """The offers of the compiled market in their order; None: it leaves the life alone."""
    lives = lives_of([(person, wants)], market, market.on)
    offers = offers_of_life(market, lives, 0)
    if offers is None:
        return None
    rows = []
    for i, number in enumerate(offers.plans):
        plan, code = market.plans[number], offers.classes[i]
        row: Row = (
            plan.book.edition.carrier,
            plan.product.code,
            plan.term_years,
            plan.plan,
            MODES[offers.modes[i]],
            int(offers.cents_year[i]),
            int(offers.cents[i]),
            None if code < 0 else market.classes[code],
            int(offers.tables[i]),
        )
        rows.append(row)
    return rows


def exact(market: Market, guides: Guides, person: Person, wants: Wants) -> list[Row]:
    """The offers of the exact engine for the plans that compile, in the order of a quote."""
    asked = Asked(0, wants, person, market.on, Assessments(guides, person, market.on))
    rows: list[tuple[tuple[str, int, str, str, int, str], Row]] = []
    for book, product in compiled_products(market):
        if wants.line not in (None, product.line):
            continue
        for offer in offers_of(book, product, asked, None).offers:
            year = offer.premium[offer.mode] * PAYMENTS_A_YEAR[offer.mode]
            row: Row = (
                offer.carrier,
                offer.product,
                offer.term_years,
                offer.plan,
                offer.mode,
                int(year * 100),
                int(offer.premium[offer.mode] * 100),
                offer.class_code,
                offer.table or 0,
            )
            key = (offer.currency, row[5], row[0], row[1], row[2] or 0, row[3] or "")
            rows.append((key, row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def compiled_products(market: Market) -> Sequence[tuple[Book, Product]]:
    found = {(id(p.book), p.product.code): (p.book, p.product) for p in market.plans}
    return list(found.values())


def best(
    market: Market, pairs: Sequence[tuple[Person, Wants]], keep: int
) -> list[list[Row] | None]:
    """The best offers in bulk, as rows without year, class and table."""
    lives = lives_of(pairs, market, market.on)
    found = best_offers(market, lives, keep, by_term=False)
    rows: list[list[Row] | None] = []
    for i in range(len(lives)):
        if not found.exact[i]:
            rows.append(None)
            continue
        own: list[Row] = []
        for plan_number, mode, cents in zip(
            found.plans[i, 0], found.modes[i, 0], found.cents[i, 0], strict=True
        ):
            if plan_number >= 0:
                plan, paid = market.plans[plan_number], MODES[mode]
                year = int(cents) * PAYMENTS_A_YEAR[paid]
                edition = plan.book.edition
                own.append(
                    (
                        edition.carrier, plan.product.code, plan.term_years, plan.plan, paid, year,
                        int(cents), None, 0,
                    )
                )  # fmt: skip
        rows.append(own)
    return rows
