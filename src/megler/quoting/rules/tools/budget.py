"""How much a budget buys: the largest amount of each product whose premium stays within it.

Within a stretch of amounts (see `amounts`) the premium never falls, so the largest amount within
the budget is found by narrowing down; stretches are tried from the largest amounts down, because a
better band may make a larger amount cheaper than a smaller one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from megler.carriers.rules.products import Product
from megler.quoting.rules.answer import NotOffered, Offer, QuoteAnswer
from megler.quoting.rules.books import Book
from megler.quoting.rules.offering import needs_amount
from megler.quoting.rules.tools.amounts import Stretch, stretches, wishing_amount
from megler.quoting.rules.tools.counter import (
    Counter,
    ProductKey,
    mode_of,
    paid,
    wish_of,
    wishing,
)
from megler.underwriting.rules.facts import Facts, Wants
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.problems import Reason


@dataclass(frozen=True, slots=True)
class _Purse:
    """What may be paid, and how often."""

    budget: Decimal
    mode: Mode

    def buys(self, offer: Offer | None) -> bool:
        """Whether there is an offer and its premium, in the mode or else over the year, is within."""
        if offer is None:
            return False
        premium = offer.premium.get(self.mode)
        if premium is None:
            return offer.annualised <= self.budget * PAYMENTS_A_YEAR[self.mode]
        return premium <= self.budget


Try = Callable[[Decimal], Offer | None]
"""The offer for an amount, when it is possible."""


def quote_within_budgets(counter: Counter, facts: Facts) -> QuoteAnswer:
    """The quote, where each wish with a budget is answered by the largest amounts it buys.

    Such offers come largest amount first; products of which the budget does not buy the least
    amount are not offered, with that reason. Other wishes are quoted as they are.
    """
    answers = [
        _numbered(_answer(counter, wish_of(facts, number)), number)
        for number in range(len(facts.wants or (Wants(),)))
    ]
    return QuoteAnswer(
        on=counter.on,
        facts=facts.document,
        assumptions=_once(a for one in answers for a in one.assumptions),
        offers=tuple(offer for one in answers for offer in one.offers),
        not_offered=tuple(refused for one in answers for refused in one.not_offered),
        problems=tuple(dict.fromkeys(p for one in answers for p in one.problems)),
    )


def _numbered(answer: QuoteAnswer, number: int) -> QuoteAnswer:
    return replace(
        answer,
        offers=tuple(replace(offer, wants=number) for offer in answer.offers),
        not_offered=tuple(replace(refused, wants=number) for refused in answer.not_offered),
    )


def _answer(counter: Counter, facts: Facts) -> QuoteAnswer:
    """One wish."""
    wish = (facts.wants or (Wants(),))[0]
    if wish.budget is None:
        return counter.answer(facts)
    budget, mode = wish.budget, mode_of(facts)
    facts = wishing(facts, budget=None, mode=mode)
    plain = counter.answer(facts)
    offers: list[Offer] = []
    refused: list[NotOffered] = []
    problems, assumptions = list(plain.problems), list(plain.assumptions)
    priced: set[ProductKey] = set()
    for book, product in counter.products():
        if wish.line in (None, product.line) and needs_amount(book, product):
            priced.add((book.edition.carrier, product.code))
            found = largest_within(counter, facts, book, product, budget)
            offers += found.offers
            refused += found.not_offered
            problems += found.problems
            assumptions += found.assumptions
    rest = [one for one in plain.not_offered if (one.carrier, one.product) not in priced]
    return QuoteAnswer(
        on=counter.on,
        facts=facts.document,
        assumptions=_once(assumptions),
        offers=tuple(sorted(offers, key=_largest_first)),
        not_offered=tuple(sorted([*rest, *refused], key=_by_name)),
        problems=tuple(dict.fromkeys(problems)),
    )


def largest_within(
    counter: Counter, facts: Facts, book: Book, product: Product, budget: Decimal
) -> QuoteAnswer:
    """For each term and plan of a product, the offer of the largest amount within the budget.

    `facts` is one wish. The budget is what may be paid each time in its mode; a product that is not
    sold in the mode may cost as much a year. What is not possible is told with its reasons.
    """
    mode, key = mode_of(facts), (book.edition.carrier, product.code)
    parts = stretches(book, product)
    edges = dict.fromkeys(a for one in parts for a in (one.first, one.last))
    answers = {a: counter.answer(wishing_amount(facts, product, a), [key]) for a in edges}
    possible: dict[tuple[int | None, str | None], Offer] = {}
    for amount in edges:
        for offer in answers[amount].offers:
            known = possible.get((offer.term_years, offer.plan))
            if known is None or paid(offer, mode) < paid(known, mode):
                possible[offer.term_years, offer.plan] = offer
    offers, too_little = [], []
    for (term, plan), cheapest in possible.items():
        exact = wishing(facts, term_years=term, plan=plan)
        offer_for = _priced(counter, exact, product, key)
        largest = _largest(parts, offer_for, _Purse(budget, mode))
        if largest is None:
            too_little.append(_too_little(cheapest, budget, mode))
        else:
            offers.append(largest)
    return QuoteAnswer(
        on=counter.on,
        facts=facts.document,
        assumptions=tuple(a for one in answers.values() for a in one.assumptions),
        offers=tuple(offers),
        not_offered=(*too_little, *_never(list(answers.values()), possible)),
        problems=tuple(p for one in answers.values() for p in one.problems),
    )


def _priced(counter: Counter, facts: Facts, product: Product, key: ProductKey) -> Try:
    known: dict[Decimal, Offer | None] = {}

    def offer_for(amount: Decimal) -> Offer | None:
        if amount not in known:
            found = counter.offers(wishing_amount(facts, product, amount), [key])
            known[amount] = found[0] if found else None
        return known[amount]

    return offer_for


def _largest(parts: Sequence[Stretch], offer_for: Try, purse: _Purse) -> Offer | None:
    """The offer of the largest amount within the budget, stretch by stretch from the top."""
    for part in reversed(parts):
        last, first = offer_for(part.last), offer_for(part.first)
        if purse.buys(last):
            return last
        if first is not None and purse.buys(first):
            return _narrowed(part, first, last, offer_for, purse)
    return None


def _narrowed(
    part: Stretch, best: Offer, over: Offer | None, offer_for: Try, purse: _Purse
) -> Offer:
    """The largest within the budget of a stretch whose first is within and whose last is not.

    Premiums are nearly straight along a stretch, so the place is guessed; every third try halves.
    """
    low, high, tries = 0, part.count - 1, 0
    while high - low > 1:
        tries += 1
        middle = (low + high) // 2
        if over is not None and tries % 3:
            known = paid(best, purse.mode)
            rise = paid(over, purse.mode) - known
            share = (purse.budget - known) / rise if rise > 0 else Decimal(0)
            middle = min(max(low + int(share * (high - low)), low + 1), high - 1)
        found = offer_for(part.at(middle))
        if found is not None and purse.buys(found):
            low, best = middle, found
        else:
            high, over = middle, found
    return best


def _too_little(cheapest: Offer, budget: Decimal, mode: Mode) -> NotOffered:
    params = {
        "budget": f"{budget:f}",
        "mode": mode.value,
        "amount": f"{cheapest.amount or 0:f}",
        "premium": f"{paid(cheapest, mode):f}",
    }
    return NotOffered(
        carrier=cheapest.carrier,
        carrier_name=cheapest.carrier_name,
        product=cheapest.product,
        product_name=cheapest.product_name,
        line=cheapest.line,
        edition=cheapest.edition,
        reasons=(Reason("budget_too_small", params),),
        term_years=cheapest.term_years,
        plan=cheapest.plan,
    )


def _never(
    answers: Sequence[QuoteAnswer], possible: dict[tuple[int | None, str | None], Offer]
) -> Iterator[NotOffered]:
    """What no amount makes possible: told as for the amount that had the fewest reasons against."""
    fewest: dict[tuple[int | None, str | None], NotOffered] = {}
    for answer in answers:
        for one in answer.not_offered:
            known = fewest.get((one.term_years, one.plan))
            if known is None or len(one.reasons) < len(known.reasons):
                fewest[one.term_years, one.plan] = one
    for (term, plan), one in fewest.items():
        sold = (term, plan) in possible or (term is None and possible)
        if not sold:
            yield one


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each reason once, in the order first told."""
    told: list[Reason] = []
    for reason in reasons:
        if reason not in told:
            told.append(reason)
    return tuple(told)


def _largest_first(offer: Offer) -> tuple[str, Decimal, Decimal, str, str, int, str]:
    return (
        offer.currency,
        -(offer.amount or Decimal(0)),
        offer.annualised,
        offer.carrier,
        offer.product,
        offer.term_years or 0,
        offer.plan or "",
    )


def _by_name(one: NotOffered) -> tuple[str, str, int, str]:
    return one.carrier, one.product, one.term_years or 0, one.plan or ""
