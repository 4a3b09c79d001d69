"""All that the carriers have for a person and a wish: offers, and the rest with reasons."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from megler.carriers.rules.products import Yields
from megler.quoting.rules.answer import NotOffered, Offer, QuoteAnswer
from megler.quoting.rules.asked import Asked, JudgedPeople
from megler.quoting.rules.books import Book, chosen_books
from megler.quoting.rules.offering import Found, offers_of
from megler.underwriting.rules.facts import Facts, Wants
from megler.underwriting.rules.standing import Guides
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.problems import Problem, Reason, Severity

_RANK = {Yields.PREMIUM: 0, Yields.INCOME: 1, Yields.VALUE: 2}


def quote(
    facts: Facts,
    books: Sequence[Book],
    guides: Guides,
    on: date,
    judged: JudgedPeople | None = None,
) -> QuoteAnswer:
    """Prices every product of `books` that is possible on the day `on`, for every wish.

    Of several editions of a series the one in effect is used. Products without classes need no
    guide. Premiums come cheapest first by what a year costs, incomes and values highest first,
    currencies apart. `judged` are the assessments of other quotes by these guides on this day.
    """
    wishes = asked_of(facts, guides, on, judged)
    chosen = chosen_books(books, on)
    found: list[Found] = []
    for asked in wishes:
        for book, refusal in chosen:
            for product in book.edition.products:
                if asked.wants.line in (None, product.line):
                    found.append(offers_of(book, product, asked, refusal))
    offers = [offer for one in found for offer in one.offers]
    not_offered = [refused for one in found for refused in one.not_offered]
    kept, too_dear = _within_budget(offers, [asked.wants for asked in wishes])
    assumptions = [*personal(wishes), *(a for one in found for a in one.assumptions)]
    problems = [
        *facts.warnings,
        *unasked(facts, wishes, [book for book, _ in chosen]),
        *(p for one in found for p in one.problems),
    ]
    return QuoteAnswer(
        on=on,
        facts=facts.document,
        assumptions=tuple(once(assumptions)),
        offers=tuple(sorted(kept, key=best)),
        not_offered=tuple(sorted([*not_offered, *too_dear], key=by_name)),
        problems=tuple(dict.fromkeys(problems)),
    )


def asked_of(
    facts: Facts, guides: Guides, on: date, judged: JudgedPeople | None = None
) -> list[Asked]:
    """Each wish, with the people it is for; who stands in several wishes is judged once."""
    judged = judged or JudgedPeople(guides, on)
    asked = []
    for number, wants in enumerate(facts.wants or (Wants(),)):
        lives = tuple(judged.of(person) for person in facts.lives_of(wants))
        asked.append(Asked(number, wants, lives[0].person, on, lives[0], lives))
    return asked


def personal(wishes: Iterable[Asked]) -> Iterator[Reason]:
    """What is taken for granted of the people themselves."""
    for asked in wishes:
        for life in asked.everyone:
            if life.person.born is None and life.person.age is not None:
                yield Reason("age_given", {"age": str(life.person.age)})
            if life.person.jurisdiction is None:
                yield Reason("jurisdiction_unknown")


def unasked(facts: Facts, wishes: Sequence[Asked], books: Sequence[Book]) -> Iterator[Problem]:
    """Answers to questions that no product of the line asks: likely a misspelled name."""
    listed = isinstance(facts.document.get("wants"), list)
    for asked in wishes:
        if not asked.wants.details:
            continue
        names = {
            ask.name
            for book in books
            for product in book.edition.products
            if asked.wants.line in (None, product.line)
            for ask in product.asks
        }
        where = f"wants[{asked.number}]" if listed else "wants"
        for name in asked.wants.details:
            if name not in names:
                place, expected = f"{where}.details.{name}", ", ".join(sorted(names)) or "nothing"
                yield Problem("quote_not_asked", place, name, expected, Severity.WARNING)


def _within_budget(
    offers: Iterable[Offer], wants: Sequence[Wants]
) -> tuple[list[Offer], list[NotOffered]]:
    """Offers apart by the most to be paid, which is in the wanted mode, else a year."""
    kept, too_dear = [], []
    for offer in offers:
        limit = wants[offer.wants].premium_max if offer.yields is Yields.PREMIUM else None
        mode = wants[offer.wants].mode or Mode.ANNUAL
        if limit is None or offer.annualised <= limit * PAYMENTS_A_YEAR[mode]:
            kept.append(offer)
        else:
            params = {"limit": f"{limit:f}", "mode": mode.value, "premium": _paid(offer, mode)}
            too_dear.append(_refused(offer, Reason("over_premium_max", params)))
    return kept, too_dear


def _paid(offer: Offer, mode: Mode) -> str:
    paid = offer.premium.get(mode) or offer.annualised / PAYMENTS_A_YEAR[mode]
    return f"{paid.quantize(Decimal('0.01')):f}"


def _refused(offer: Offer, reason: Reason) -> NotOffered:
    return NotOffered(
        carrier=offer.carrier,
        carrier_name=offer.carrier_name,
        product=offer.product,
        product_name=offer.product_name,
        line=offer.line,
        edition=offer.edition,
        reasons=(reason,),
        term_years=offer.term_years,
        plan=offer.plan,
        wants=offer.wants,
    )


def best(offer: Offer) -> tuple[int, str, int, Decimal, str, str, int, str]:
    """What offers are sorted by."""
    return (
        offer.wants,
        offer.currency,
        _RANK[offer.yields],
        offer.annualised if offer.yields is Yields.PREMIUM else -offer.annualised,
        offer.carrier,
        offer.product,
        offer.term_years or 0,
        offer.plan or "",
    )


def by_name(one: NotOffered) -> tuple[int, str, str, int, str]:
    """What products not offered are sorted by."""
    return one.wants, one.carrier, one.product, one.term_years or 0, one.plan or ""


def once(reasons: Iterable[Reason]) -> list[Reason]:
    """Each assumption once: what several guides ask alike is one assumption, of no one source."""
    seen: dict[tuple[str, tuple[tuple[str, str], ...]], Reason] = {}
    for reason in reasons:
        key = (reason.code, tuple(sorted(reason.params.items())))
        if key not in seen:
            seen[key] = reason
        elif seen[key].source != reason.source:
            seen[key] = Reason(reason.code, reason.params)
    return list(seen.values())
