"""What a carrier's tentative class would cost, where its rate book is known."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.carriers.models import Product
from megler.carriers.rules.guide import GuideClass
from megler.enquiries.models import Enquiry
from megler.enquiries.rules.answers import Answer, Outcome
from megler.quoting.actions.quotes import market_on
from megler.quoting.rules.tools.counter import Counter, wish_of, wishing
from megler.underwriting.actions.answers import facts_of
from megler.underwriting.rules.standing import guide_for
from megler.underwriting.rules.wishes import FlatExtra
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Line, Mode
from megler.vocabulary.money import to_cents


@dataclass(frozen=True, slots=True)
class Price:
    """A year's and a month's premium in `currency` from `edition`; or the code of why there is none."""

    annual: Decimal | None = None
    monthly: Decimal | None = None
    currency: str = "USD"
    edition: str = ""
    why_not: str = ""


def classes_for(product: Product, on: date) -> list[GuideClass]:
    """The carrier's own classes for a product, best first; none where its guide is not known."""
    guides = market_on(on).guides
    guide = guide_for(guides, product.carrier.slug, product.code, on)
    return list(guide.guide.classes) if guide and guide.guide else []


def price_of(enquiry: Enquiry, product: Product, answer: Answer, on: date) -> Price:
    """The premium for the class, table and flat extra answered, by the rates of the day `on`."""
    if answer.outcome is not Outcome.OFFER:
        return Price()
    if not answer.class_code and not answer.table:
        return Price(why_not="class_not_listed")
    market = market_on(on)
    extra = answer.flat_extra
    facts = wishing(
        wish_of(facts_of(enquiry.facts, enquiry.on)),
        line=Line(product.line),
        class_code=answer.class_code or None,
        table=answer.table,
        flat_extra=FlatExtra(extra, answer.flat_years) if extra else None,
        mode=None,
    )
    counter = Counter(market.books, market.guides, on)
    offers = counter.offers(facts, [(product.carrier.slug, product.code)])
    if not offers:
        return Price(why_not="not_priced")
    offer = offers[0]
    annual = offer.premium.get(Mode.ANNUAL)
    if annual is None:
        annual = to_cents(offer.premium[offer.mode] * PAYMENTS_A_YEAR[offer.mode])
    return Price(annual, offer.premium.get(Mode.MONTHLY), offer.currency, offer.edition)
