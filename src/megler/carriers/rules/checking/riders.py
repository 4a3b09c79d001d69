"""Riders against their product: bounds that meet, and amounts that may be bought."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from megler.carriers.rules.products import Eligibility, Product, Rider, TermLimit
from megler.vocabulary.problems import Problem


def rider_limits(product: Product, rider: Rider) -> Eligibility:
    """Who may buy the product with the rider: the narrower of the bounds of both.

    The amounts are the rider's own; without bounds, its usual amount or else the product's.
    """
    base, own = product.eligibility, rider.eligibility
    low, high = _usual_amounts(product, rider)
    return replace(
        base,
        age_min=_later(base.age_min, own.age_min),
        age_max=_earlier(base.age_max, own.age_max),
        amount_min=low if own.amount_min is None else own.amount_min,
        amount_max=high if own.amount_max is None else own.amount_max,
        classes=own.classes or base.classes,
        jurisdictions_only=_both(base.jurisdictions_only, own.jurisdictions_only),
        amounts_by_age=(),
        terms=tuple(_within(term, own) for term in base.terms),
    )


def rider_problems(product: Product, at: str) -> list[Problem]:
    """Riders that nobody who buys the product could add."""
    problems: list[Problem] = []
    for i, rider in enumerate(product.riders):
        problems += _one(product, rider, f"{at}.rider[{i}]")
    return problems


def _one(product: Product, rider: Rider, where: str) -> Iterator[Problem]:
    own, base, limits = rider.eligibility, product.eligibility, rider_limits(product, rider)
    if None not in (limits.age_min, limits.age_max) and limits.age_min > limits.age_max:  # type: ignore[operator]
        found, expected = _span(own), f"ages of the product: {_span(base)}"
        yield Problem("contradicting_keys", f"{where}.eligibility.age", found, expected)
    unknown = [c for c in own.classes if base.classes and c not in base.classes]
    for code in unknown:
        expected = " ".join(base.classes)
        yield Problem("not_in_list", f"{where}.eligibility.classes", code, expected)
    if limits.jurisdictions_only is not None and not limits.jurisdictions_only:
        key = f"{where}.eligibility.jurisdictions.only"
        found = " ".join(sorted(own.jurisdictions_only or ()))
        yield Problem("contradicting_keys", key, found, "jurisdictions of the product")
    low, high = own.amount_min, own.amount_max
    amount = rider.amount
    if amount is not None and ((low is not None and amount < low) or (high and amount > high)):
        expected = f"{low or 0:f} to {'highest' if high is None else f'{high:f}'}"
        yield Problem("out_of_range", f"{where}.amount", f"{amount:f}", expected)
    least = base.amount_min if rider.included and amount is None else None
    if least is not None and low is not None and least < low:
        found, expected = f"{low:f}", f"at most {least:f}: every policy includes it"
        yield Problem("contradicting_keys", f"{where}.eligibility.amount.min", found, expected)


def _usual_amounts(product: Product, rider: Rider) -> tuple[Decimal | None, Decimal | None]:
    """The least amount that is taken where the wish names none, and the largest that it may name."""
    low, high = product.eligibility.amount_min, product.eligibility.amount_max
    if rider.percent_max is not None:
        low = None if low is None else min(low, low * rider.percent_max / 100)
        high = None if high is None else high * rider.percent_max / 100
    if rider.amount is not None:
        low, high = rider.amount, high if rider.percent_max is not None else rider.amount
    return low, high


def _within(term: TermLimit, own: Eligibility) -> TermLimit:
    """The term's own ages, where it has any, no wider than the rider's."""
    low, high = term.age_min, term.age_max
    return replace(
        term,
        age_min=None if low is None else _later(low, own.age_min),
        age_max=None if high is None else _earlier(high, own.age_max),
    )


def _later(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def _earlier(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return other if one is None else one if other is None else one & other


def _span(rules: Eligibility) -> str:
    low = "lowest" if rules.age_min is None else rules.age_min
    return f"{low} to {'highest' if rules.age_max is None else rules.age_max}"
