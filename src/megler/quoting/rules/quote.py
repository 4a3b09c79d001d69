"""All that the carriers have for a person and a wish: offers, and the rest with reasons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.quoting.rules.answer import NotOffered, Offer, QuoteAnswer
from megler.quoting.rules.books import Book, Guides, chosen_books
from megler.quoting.rules.offering import Asked, Assessments, Found, offers_of
from megler.underwriting.rules.facts import Facts, Wants
from megler.underwriting.rules.people import Person
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.problems import Problem, Reason, Severity


@dataclass(frozen=True, slots=True)
class _Wish:
    """One entry of `wants`, whom it is for, and where it stands in the document."""

    number: int
    wants: Wants
    person: Person
    where: str


def quote(facts: Facts, books: Sequence[Book], guides: Guides, on: date) -> QuoteAnswer:
    """Prices every product of `books` that is possible on the day `on`, for every wish.

    Of several editions of a series the one in effect is used. Products without classes need no
    guide. Offers come cheapest first by what a year costs, currencies apart.
    """
    wishes, problems = _wishes(facts)
    chosen = chosen_books(books, on)
    found: list[Found] = []
    for wish in wishes:
        assessments = Assessments(guides, wish.person, on)
        asked = Asked(wish.number, wish.wants, wish.person, on, assessments)
        for book, refusal in chosen:
            for product in book.edition.products:
                if wish.wants.line in (None, product.line):
                    found.append(offers_of(book, product, asked, refusal))
    offers = [offer for one in found for offer in one.offers]
    not_offered = [refused for one in found for refused in one.not_offered]
    kept, too_dear = _within_budget(offers, facts.wants or (Wants(),))
    assumptions = [*_personal(wishes), *(a for one in found for a in one.assumptions)]
    return QuoteAnswer(
        on=on,
        facts=facts.document,
        assumptions=tuple(_once(assumptions)),
        offers=tuple(sorted(kept, key=_cheapest)),
        not_offered=tuple(sorted([*not_offered, *too_dear], key=_by_name)),
        problems=tuple(dict.fromkeys([*problems, *(p for one in found for p in one.problems)])),
    )


def _wishes(facts: Facts) -> tuple[list[_Wish], list[Problem]]:
    """What to price, and the wishes that cannot be priced yet: several lives, riders."""
    wishes: list[_Wish] = []
    problems = list(facts.warnings)
    listed = isinstance(facts.document.get("wants"), list)
    for number, wants in enumerate(facts.wants or (Wants(),)):
        where = f"wants[{number}]" if listed else "wants"
        lives = facts.lives_of(wants)
        if len(lives) != 1:
            found = ", ".join(life.id for life in lives)
            problems.append(Problem("quote_several_lives", f"{where}.people", found, "one person"))
            continue
        if wants.riders:
            found = ", ".join(rider.code for rider in wants.riders)
            place = f"{where}.riders"
            problems.append(Problem("quote_riders_not_priced", place, found, "", Severity.WARNING))
        wishes.append(_Wish(number, wants, lives[0], where))
    return wishes, problems


def _personal(wishes: Iterable[_Wish]) -> Iterator[Reason]:
    for wish in wishes:
        if wish.person.born is None and wish.person.age is not None:
            yield Reason("age_given", {"age": str(wish.person.age)})
        if wish.person.jurisdiction is None:
            yield Reason("jurisdiction_unknown")


def _within_budget(
    offers: Iterable[Offer], wants: Sequence[Wants]
) -> tuple[list[Offer], list[NotOffered]]:
    """Offers apart by the most to be paid, which is in the wanted mode, else a year."""
    kept, too_dear = [], []
    for offer in offers:
        limit = wants[offer.wants].premium_max
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


def _cheapest(offer: Offer) -> tuple[int, str, Decimal, str, str, int, str]:
    return (
        offer.wants,
        offer.currency,
        offer.annualised,
        offer.carrier,
        offer.product,
        offer.term_years or 0,
        offer.plan or "",
    )


def _by_name(one: NotOffered) -> tuple[int, str, str, int, str]:
    return one.wants, one.carrier, one.product, one.term_years or 0, one.plan or ""


def _once(reasons: Iterable[Reason]) -> list[Reason]:
    """Each assumption once: what several guides ask alike is one assumption, of no one source."""
    seen: dict[tuple[str, tuple[tuple[str, str], ...]], Reason] = {}
    for reason in reasons:
        key = (reason.code, tuple(sorted(reason.params.items())))
        if key not in seen:
            seen[key] = reason
        elif seen[key].source != reason.source:
            seen[key] = Reason(reason.code, reason.params)
    return list(seen.values())
