"""Where every tool asks for prices: one person's wish, with something changed, on one day.

Tools know no engine. They change the facts and ask again, so that each figure that a tool shows is
the figure that the quote itself would show.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from megler.carriers.rules.products import Product, Yields
from megler.quoting.rules.answer import Offer, QuoteAnswer
from megler.quoting.rules.asked import JudgedPeople
from megler.quoting.rules.books import Book, chosen_books
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.facts import Facts, Wants
from megler.underwriting.rules.standing import Guides
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.money import to_cents

ProductKey = tuple[str, str]
"""Carrier and product, by their codes."""
OfferKey = tuple[str, str, int | None, str | None, int]
"""Carrier, product, term, plan and the number of the wish: one offer of an answer."""
Pricing = Callable[[Facts, Sequence[Book], Guides, date], QuoteAnswer]


@dataclass(frozen=True, slots=True, eq=False)
class Counter:
    """The books and guides of the day `on`, and the engine that prices from them."""

    books: Sequence[Book]
    guides: Guides
    on: date
    pricing: Pricing = quote
    _alone: dict[ProductKey, Book] = field(default_factory=dict, repr=False)

    def answer(self, facts: Facts, only: Collection[ProductKey] | None = None) -> QuoteAnswer:
        """The quote for the facts: from all products, or from those in `only`."""
        books = self.books if only is None else [b for key in only for b in self._book_of(key)]
        return self.pricing(facts, books, self.guides, self.on)

    def offers(self, facts: Facts, only: Collection[ProductKey] | None = None) -> tuple[Offer, ...]:
        """What is offered for the facts against a premium, cheapest first."""
        priced = self.answer(facts, only).offers
        return tuple(offer for offer in priced if offer.yields is Yields.PREMIUM)

    def remembering(self) -> "Counter":
        """A counter for several questions about the same people: each is judged once for all.

        Another engine than the quote itself stays as it is.
        """
        if self.pricing is not quote:
            return self
        return replace(self, pricing=partial(quote, judged=JudgedPeople(self.guides, self.on)))

    def products(self) -> Iterator[tuple[Book, Product]]:
        """What is sold on the day, book by book."""
        for book, refusal in chosen_books(self.books, self.on):
            if refusal is None:
                yield from ((book, product) for product in book.edition.products)

    def product(self, key: ProductKey) -> tuple[Book, Product] | None:
        """A product that is sold on the day, with its book."""
        found = ((b, p) for b, p in self.products() if (b.edition.carrier, p.code) == key)
        return next(found, None)

    def _book_of(self, key: ProductKey) -> Iterator[Book]:
        """The product's book with nothing else in it, made once."""
        if key not in self._alone:
            found = self.product(key)
            if found is None:
                return
            book, product = found
            self._alone[key] = Book(replace(book.edition, products=(product,)), book.tables)
        yield self._alone[key]


def wish_of(facts: Facts, number: int = 0) -> Facts:
    """The facts with only one of their wishes; a document without wishes asks for everything."""
    return replace(facts, wants=((facts.wants or (Wants(),))[number],))


def wishing(facts: Facts, **changes: Any) -> Facts:
    """The facts with parts of the (first) wish changed; see `Wants` for its parts."""
    return replace(facts, wants=(replace((facts.wants or (Wants(),))[0], **changes),))


def aged(facts: Facts, age: int) -> Facts:
    """The facts as if the one insured were `age`, by whichever basis a product counts."""
    (life,) = facts.lives_of((facts.wants or (Wants(),))[0])
    other = replace(life, born=None, age=age)
    return replace(facts, people=tuple(other if p is life else p for p in facts.people))


def is_alone(facts: Facts) -> bool:
    """Whether the (first) wish insures one person only."""
    return len(facts.lives_of((facts.wants or (Wants(),))[0])) == 1


def key_of(offer: Offer) -> OfferKey:
    """Which offer of an answer this is."""
    return offer.carrier, offer.product, offer.term_years, offer.plan, offer.wants


def product_of(offer: Offer) -> ProductKey:
    """The product of an offer."""
    return offer.carrier, offer.product


def mode_of(facts: Facts) -> Mode:
    """The mode in which the (first) wish is to be paid: as said, else monthly."""
    return (facts.wants or (Wants(),))[0].mode or Mode.MONTHLY


def paid(offer: Offer, mode: Mode) -> Decimal:
    """What is paid each time in `mode`; where it is not sold so, a year's cost spread, in cents."""
    premium = offer.premium.get(mode)
    return to_cents(offer.annualised / PAYMENTS_A_YEAR[mode]) if premium is None else premium


def a_year(offer: Offer, mode: Mode) -> Decimal:
    """What a year costs when paid in `mode`, or in the offer's own where it is not sold so."""
    premium = offer.premium.get(mode)
    return offer.annualised if premium is None else premium * PAYMENTS_A_YEAR[mode]
