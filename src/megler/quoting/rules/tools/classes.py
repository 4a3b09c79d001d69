"""All classes and table ratings of a product side by side, the person's own marked.

Each row is quoted as if asked for: the classes in the carrier's order, best first, then the table
ratings 1 to 16 on the last class for the person's nicotine status.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import TableRatingStep
from megler.quoting.rules.answer import Offer
from megler.quoting.rules.books import Book
from megler.quoting.rules.classing import classes_of
from megler.quoting.rules.tools.counter import (
    Counter,
    ProductKey,
    mode_of,
    paid,
    wishing,
)
from megler.underwriting.rules.facts import Facts
from megler.underwriting.rules.standing import guide_for
from megler.vocabulary.codes import TOBACCO_CLASSES, Mode

TABLES = range(1, 17)
"""Table ratings 1 to 16, also written A to P."""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class, or a table rating on it, with a premium for each term of the matrix.

    A premium is None where the class or the term is not sold. `own`: what the person gets.
    """

    code: str
    name: str
    table: int | None
    own: bool
    premiums: tuple[Mapping[Mode, Decimal] | None, ...]
    paid: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class ClassMatrix:
    """Rows of classes by columns of terms; a product without terms has the one column None."""

    carrier: str
    carrier_name: str
    product: str
    product_name: str
    edition: str
    plan: str | None
    amount: Decimal | None
    currency: str
    mode: Mode
    terms: tuple[int | None, ...]
    rows: tuple[ClassRow, ...]


def class_matrices(
    counter: Counter, facts: Facts, only: Sequence[ProductKey] | None = None
) -> tuple[ClassMatrix, ...]:
    """A matrix for each product (and plan) that has classes and is possible in one of them.

    `facts` is one wish; `only` names the products, all of the wish's line otherwise.
    """
    wish = facts.wants[0] if facts.wants else None
    found: list[ClassMatrix] = []
    for book, product in counter.products():
        key = (book.edition.carrier, product.code)
        if only is not None and key not in only:
            continue
        if wish is not None and wish.line not in (None, product.line):
            continue
        if classes_of(book, product):
            found += _matrices(counter, facts, book, product)
    return tuple(found)


def _matrices(
    counter: Counter, facts: Facts, book: Book, product: Product
) -> Iterator[ClassMatrix]:
    key = (book.edition.carrier, product.code)
    own = counter.offers(wishing(facts, class_code=None, table=None), [key])
    asked = [(code, None) for code in _codes(counter, book, product)]
    if any(isinstance(step, TableRatingStep) for step in product.steps) and asked:
        base = _rated_on([code for code, _ in asked], own)
        asked += [(base, table) for table in TABLES]  # type: ignore[misc]
    priced = {
        (code, table): counter.offers(wishing(facts, class_code=code, table=table), [key])
        for code, table in asked
    }
    every = [offer for offers in (own, *priced.values()) for offer in offers]
    for plan in dict.fromkeys(offer.plan for offer in every):
        of_plan = [offer for offer in every if offer.plan == plan]
        terms = tuple(sorted({o.term_years for o in of_plan}, key=lambda t: t or 0))
        mode = mode_of(facts)
        rows = tuple(
            _row(asked_one, [o for o in offers if o.plan == plan], terms, own, mode)
            for asked_one, offers in priced.items()
        )
        first = of_plan[0]
        yield ClassMatrix(
            carrier=first.carrier,
            carrier_name=first.carrier_name,
            product=first.product,
            product_name=first.product_name,
            edition=first.edition,
            plan=plan,
            amount=first.amount,
            currency=first.currency,
            mode=mode,
            terms=terms,
            rows=tuple(row for row in rows if any(p is not None for p in row.premiums)),
        )


def _codes(counter: Counter, book: Book, product: Product) -> list[str]:
    """The classes to ask for: the guide's that are sold, without a guide those that have rates."""
    sold = classes_of(book, product)
    guide = guide_for(counter.guides, book.edition.carrier, product.code, counter.on)
    if guide is None or guide.guide is None:
        return list(sold)
    return [c.code for c in guide.guide.classes if c.rated_as in sold] or list(sold)


def _rated_on(codes: Sequence[str], own: Sequence[Offer]) -> str:
    """The class that table ratings are put on: the last one for the person's nicotine status."""
    tobacco = any(offer.class_code in TOBACCO_CLASSES for offer in own)
    alike = [code for code in codes if (code in TOBACCO_CLASSES) is tobacco]
    return (alike or list(codes))[-1]


def _row(
    asked: tuple[str, int | None],
    offers: Sequence[Offer],
    terms: Sequence[int | None],
    own: Sequence[Offer],
    mode: Mode,
) -> ClassRow:
    code, table = asked
    of_term = {offer.term_years: offer for offer in offers}
    in_order = [of_term.get(term) for term in terms]
    return ClassRow(
        code=code,
        name=next((offer.class_name for offer in offers), code),
        table=table,
        own=any((o.class_code, o.table) == asked for o in own),
        premiums=tuple(None if offer is None else offer.premium for offer in in_order),
        paid=tuple(None if offer is None else paid(offer, mode) for offer in in_order),
    )
