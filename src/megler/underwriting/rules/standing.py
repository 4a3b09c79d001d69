"""What stands on a day: guides in effect, and the products that are sold by them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.products import Product
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Reason, Source

Guides = Mapping[str, Sequence[Edition]]
"""Underwriting guides by carrier; of several editions of a series the one in effect is used."""

WITHOUT_HEALTH = frozenset({Line.ANNUITY, Line.HEALTH, Line.MEDICARE_SUPPLEMENT})
"""Lines sold without a class by health: a guide judges their products only where it names them."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A product and the guide that judges who wants it.

    `product` None: the guide stands, and no rate book does; `code` is then what the guide names, or
    empty. `book` is the rate book's edition. `why_not`: why it is not sold on this day.
    """

    guide: Edition
    code: str = ""
    product: Product | None = None
    book: str = ""
    why_not: tuple[Reason, ...] = ()

    @property
    def basis(self) -> AgeBasis:
        """How the age is counted; a guide without a product counts to the nearest birthday."""
        return self.product.age_basis if self.product else AgeBasis.NEAREST


def in_effect(edition: Edition, on: date) -> bool:
    """Whether `on` lies within the dates that the edition itself states."""
    until = edition.effective_until
    return edition.effective_from <= on and (until is None or on <= until)


def why_not_in_effect(edition: Edition, on: date) -> Reason | None:
    """Why an edition does not hold on a day: not yet, or no longer; None when it does."""
    if on < edition.effective_from:
        params = {"from": edition.effective_from.isoformat()}
        return Reason("not_yet_in_effect", params, Source(edition.name))
    until = edition.effective_until
    if until is not None and on > until:
        params = {"until": until.isoformat()}
        return Reason("no_longer_in_effect", params, Source(edition.name))
    return None


def guide_for(guides: Guides, carrier: str, product: str, on: date) -> Edition | None:
    """The carrier's guide in effect for a product: one that names it before one for all."""
    fitting = [
        guide
        for guide in guides.get(carrier, ())
        if in_effect(guide, on) and (not guide.products_for or product in guide.products_for)
    ]
    return max(fitting, key=lambda g: (bool(g.products_for), g.effective_from), default=None)


def judged_products(books: Iterable[Edition], guides: Guides, on: date) -> list[Judged]:
    """Every product that a guide judges on a day; and guides, or products they name, without rates."""
    found = []
    for book in books:
        why = why_not_in_effect(book, on)
        for product in book.products:
            guide = guide_for(guides, book.carrier, product.code, on)
            if guide and (product.line not in WITHOUT_HEALTH or product.code in guide.products_for):
                found.append(Judged(guide, product.code, product, book.name, (why,) if why else ()))
    sold = {(one.guide.carrier, one.code) for one in found}
    judging = {one.guide.name for one in found}
    for guide in (g for of_carrier in guides.values() for g in of_carrier if in_effect(g, on)):
        named = [code for code in guide.products_for if (guide.carrier, code) not in sold]
        if not guide.products_for and guide.name not in judging:
            named = [""]
        found += [Judged(guide, code) for code in named]
    return found
