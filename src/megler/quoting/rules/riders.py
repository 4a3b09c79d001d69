"""Riders of a product: those asked for, those always there, and why one cannot be had."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from megler.carriers.rules.products import Product, Rider
from megler.carriers.rules.steps import AmountStep, RateStep
from megler.quoting.rules.risks import ChosenRider, Taken
from megler.underwriting.rules.eligibility import Applicant, limits_against
from megler.underwriting.rules.wishes import RiderWish
from megler.vocabulary.codes import Mode
from megler.vocabulary.problems import Reason, Source


@dataclass(frozen=True, slots=True)
class RiderBuyer:
    """Who buys a rider: age and jurisdiction, the class priced, and the product's amount.

    `life` names one of several.
    """

    age: int | None
    jurisdiction: str | None
    amount: Decimal | None
    classes: frozenset[str] = frozenset()
    life: str = ""


@dataclass(frozen=True, slots=True)
class RiderOffer:
    """A rider within an offer.

    `premium` is what it adds to the product at the step `riders`, before the steps after it; empty
    where it costs nothing. `steps` are its own.
    """

    code: str
    name: str
    amount: Decimal | None
    included: bool
    premium: Mapping[Mode, Decimal]
    steps: tuple[Taken, ...] = ()


def riders_chosen(
    product: Product, wished: Sequence[RiderWish], buyers: Sequence[RiderBuyer], edition: str
) -> tuple[tuple[ChosenRider, ...], list[Reason]]:
    """The riders to price, in the edition's order, and every reason against one that is asked for.

    A rider that comes with every policy is left out where a buyer may not have it, unless it is
    asked for by name. The first buyer's amount is the product's.
    """
    wishes = {wish.code: wish for wish in wished}
    source = Source(edition, rule="rider")
    sold = ", ".join(rider.code for rider in product.riders)
    reasons = [
        Reason("rider_not_offered", {"rider": code, "riders": sold}, source)
        if sold
        else Reason("no_riders", {"rider": code}, source)
        for code in wishes
        if all(rider.code != code for rider in product.riders)
    ]
    chosen = []
    for rider in product.riders:
        wish = wishes.get(rider.code)
        if wish is None and not rider.included:
            continue
        amount = _amount(rider, wish, buyers[0].amount)
        against = [*_against(rider, amount, buyers)]
        if not against:
            named = rider.amount is not None or (wish is not None and wish.amount is not None)
            own = named or rider.percent_max is not None or amount != buyers[0].amount
            chosen.append(ChosenRider(rider.code, amount, is_products=not own))
        elif wish is not None:
            reasons += [Reason(r.code, {**r.params, "rider": rider.name}, source) for r in against]
    return tuple(chosen), reasons


def riders_shown(
    product: Product, chosen: Sequence[ChosenRider], taken: Sequence[Taken]
) -> tuple[RiderOffer, ...]:
    """Each rider of an offer, with what it adds and by which steps."""
    named = {rider.code: rider for rider in product.riders}
    shown = []
    for code, amount, _ in chosen:
        premium: dict[Mode, Decimal] = {}
        for one in taken:
            if one.rider == code and one.do == "riders" and isinstance(one.used, Decimal):
                premium[one.mode] = premium.get(one.mode, Decimal(0)) + one.used
        own = tuple(one for one in taken if one.rider == code and one.is_riders_own)
        rider = named[code]
        shown.append(RiderOffer(code, rider.name, amount, rider.included, premium, own))
    return tuple(shown)


def _amount(rider: Rider, wish: RiderWish | None, of_product: Decimal | None) -> Decimal | None:
    """As asked, else the rider's usual one, else the product's as far as the rider allows it."""
    if wish is not None and wish.amount is not None:
        return wish.amount
    if rider.amount is not None:
        return rider.amount
    if of_product is None:
        return None
    sold = rider.eligibility.amount_max if _costs_by_amount(rider) else None
    bounds = (of_product, _most(rider, of_product), sold)
    return min(bound for bound in bounds if bound is not None)


def _costs_by_amount(rider: Rider) -> bool:
    """Whether a rider is cover of so much, and not a share of what the product costs."""
    return any(isinstance(step, RateStep | AmountStep) for step in rider.steps)


def _most(rider: Rider, of_product: Decimal | None) -> Decimal | None:
    if rider.percent_max is None or of_product is None:
        return None
    return of_product * rider.percent_max / 100


def _against(
    rider: Rider, amount: Decimal | None, buyers: Sequence[RiderBuyer]
) -> Iterator[Reason]:
    most = _most(rider, buyers[0].amount)
    if most is not None and amount is not None and amount > most:
        params = {"amount": f"{amount:f}", "limit": f"{most.normalize():f}"}
        yield Reason("rider_above_share", {**params, "percent": f"{rider.percent_max:f}"})
    for number, buyer in enumerate(buyers):
        for reason in _against_buyer(rider, amount if number == 0 else None, buyer):
            life = {"life": buyer.life} if buyer.life else {}
            yield Reason(reason.code, {**reason.params, **life})


def _against_buyer(rider: Rider, amount: Decimal | None, buyer: RiderBuyer) -> Iterator[Reason]:
    limits = rider.eligibility
    yield from limits_against(limits, Applicant(buyer.age, buyer.jurisdiction, amount))
    if limits.classes and buyer.classes and not buyer.classes & set(limits.classes):
        params = {"class": ", ".join(sorted(buyer.classes))}
        yield Reason("class_not_sold", {**params, "classes": ", ".join(limits.classes)})
