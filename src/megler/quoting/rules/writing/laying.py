"""The plans of a market laid out for writing: templates, and what products share."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import TableRatingStep
from megler.quoting.rules.books import Book
from megler.quoting.rules.classing import classes_of
from megler.quoting.rules.lives import needs_age
from megler.quoting.rules.market.compiling import Market
from megler.quoting.rules.offering import needs_amount
from megler.quoting.rules.writing.offers import Templates, templates_of

Way = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """The plans of a market with their templates, and the plans of each product by its number."""

    templates: Templates
    products: tuple[tuple[Book, Product], ...]
    product_of: NDArray[np.int64]
    plans_of: tuple[tuple[int, ...], ...]
    number_of: Mapping[tuple[int, str], int]
    ways: tuple[int, ...]
    """By product: equal where products class a person alike, so that they share the texts on it."""


def laid_out(market: Market) -> Laid:
    """The market's plans laid out for writing, once."""
    found = market.once.get(Laid)
    if not isinstance(found, Laid):
        found = market.once[Laid] = _laid_out(market)
    return found


def _laid_out(market: Market) -> Laid:
    products: dict[tuple[int, str], tuple[Book, Product]] = {}
    plans_of: dict[tuple[int, str], list[int]] = {}
    for number, plan in enumerate(market.plans):
        key = (id(plan.book), plan.product.code)
        products[key] = plan.book, plan.product
        plans_of.setdefault(key, []).append(number)
    number_of = {key: number for number, key in enumerate(products)}
    ways: dict[Way, int] = {}
    guides = {
        (id(lane.plan.book), lane.plan.product.code): block.slot.guide and block.slot.guide.name
        for block in market.blocks
        for lane in block.lanes
    }
    return Laid(
        templates=templates_of(market.plans),
        products=tuple(products.values()),
        product_of=np.array(
            [number_of[id(plan.book), plan.product.code] for plan in market.plans], np.int64
        ),
        plans_of=tuple(tuple(plans_of[key]) for key in products),
        number_of=number_of,
        ways=tuple(
            ways.setdefault((guides[id(book), product.code], *_way(book, product)), len(ways))
            for book, product in products.values()
        ),
    )


def _way(book: Book, product: Product) -> Way:
    """What of a product decides its class and what is told of the person: its share of the texts."""
    rates_tables = any(isinstance(step, TableRatingStep) for step in product.steps)
    classes = book.once(product, "classes", classes_of)
    own = () if classes and not product.riders else (product.code,)
    needed = needs_amount(book, product)
    by_age = book.once(product, "needs age", needs_age)
    return (id(book), product.age_basis, classes, rates_tables, needed, by_age, *own)
