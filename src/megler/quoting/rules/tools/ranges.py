"""What an offer costs at both ends of its class range, where facts are open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from megler.quoting.rules.answer import Offer
from megler.quoting.rules.tools.counter import Counter, OfferKey, ProductKey, key_of, wishing
from megler.underwriting.rules.facts import Facts
from megler.underwriting.rules.wishes import FlatExtra
from megler.vocabulary.codes import Mode

TABLE = "table_"
_End = tuple[str, FlatExtra | None]


@dataclass(frozen=True, slots=True)
class PremiumRange:
    """The premium at the best and at the worst end; None where there is no price (a decline)."""

    best: Decimal | None
    worst: Decimal | None


def premium_ranges(
    counter: Counter, facts: Facts, offers: Sequence[Offer], mode: Mode
) -> Mapping[OfferKey, PremiumRange]:
    """The range of every offer whose class is open, in `mode`; `facts` are those of one wish.

    Each end is asked for once for all products that could come to it. An extra that the guide gives
    stands at both ends.
    """
    wanted: dict[_End, set[ProductKey]] = {}
    for offer in offers:
        for end in _ends(offer):
            wanted.setdefault(end, set()).add((offer.carrier, offer.product))
    priced: dict[tuple[_End, object], Decimal] = {}
    for end, products in wanted.items():
        for one in _at(counter, facts, end, products):
            if mode in one.premium:
                priced[end, key_of(one)[:-1]] = one.premium[mode]
    found = {}
    for offer in offers:
        if ends := tuple(_ends(offer)):
            best, worst = (priced.get((end, key_of(offer)[:-1])) for end in ends)
            found[key_of(offer)] = PremiumRange(best, worst)
    return found


def _ends(offer: Offer) -> Iterable[_End]:
    """Both ends of an open range, with the extra that the offer has; none where nothing is open."""
    best, worst = offer.class_range or ("", "")
    per_1000, years = offer.flat_extra, offer.flat_extra_years
    extra = None if per_1000 is None else FlatExtra(per_1000, years)
    return ((best, extra), (worst, extra)) if best != worst else ()


def _at(counter: Counter, facts: Facts, end: _End, products: set[ProductKey]) -> Sequence[Offer]:
    code, extra = end
    table = code.removeprefix(TABLE)
    if code.startswith(TABLE) and table.isdigit():
        return counter.offers(
            wishing(facts, class_code=None, table=int(table), flat_extra=extra), products
        )
    if code in {"individual_consideration", "postpone", "decline"}:
        return ()
    return counter.offers(wishing(facts, class_code=code, table=None, flat_extra=extra), products)
