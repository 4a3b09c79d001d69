"""Offers side by side: which is best, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.enquiries.rules.answers import Outcome
from megler.vocabulary.problems import Reason

_RANK = (Outcome.OFFER, Outcome.NEEDS_MORE, Outcome.POSTPONE, Outcome.DECLINE)


@dataclass(frozen=True, slots=True)
class Offered:
    """A carrier's standing answer. `premium` is a year's, None where no rate book is known.

    `place` is where the class stands in the carrier's own list, 0 the best; None: not known.
    """

    key: str
    outcome: Outcome
    premium: Decimal | None = None
    place: int | None = None
    table: int | None = None
    flat_extra: Decimal | None = None
    has_conditions: bool = False
    valid_until: date | None = None

    def stands(self, on: date) -> bool:
        """Whether it is an offer that can still be taken."""
        in_time = self.valid_until is None or on <= self.valid_until
        return self.outcome is Outcome.OFFER and in_time


def side_by_side(offers: Sequence[Offered], on: date) -> list[Offered]:
    """Best first: what can be taken by what it costs a year, then by how it was rated; then the rest."""
    return sorted(offers, key=lambda one: _order(one, on))


def _order(one: Offered, on: date) -> tuple[object, ...]:
    return (
        not one.stands(on),
        _RANK.index(one.outcome),
        one.premium is None,
        one.premium or Decimal(0),
        one.table or 0,
        one.flat_extra or Decimal(0),
        one.place if one.place is not None else 99,
        one.has_conditions,
        one.key,
    )


def best_of(offers: Sequence[Offered], on: date) -> tuple[str, tuple[Reason, ...]] | None:
    """The offer to take and why; None while nothing can be taken.

    >>> a, b = (Offered(k, Outcome.OFFER, Decimal(p)) for k, p in (("a", "900"), ("b", "720")))
    >>> best_of([a, b], date(2026, 3, 2))[0]
    'b'
    """
    standing = [one for one in side_by_side(offers, on) if one.stands(on)]
    if not standing:
        return None
    best, others = standing[0], standing[1:]
    reasons = list(_against(best, others))
    if best.has_conditions:
        reasons.append(Reason("has_conditions"))
    if best.valid_until:
        reasons.append(Reason("stands_until", {"day": best.valid_until.isoformat()}))
    return best.key, tuple(reasons)


def _against(best: Offered, others: Sequence[Offered]) -> list[Reason]:
    if not others:
        return [Reason("only_offer")]
    priced = [one.premium for one in others if one.premium is not None]
    if best.premium is not None:
        told = [Reason("lowest_premium")] if len(priced) == len(others) else [
            Reason("lowest_known_premium")
        ]  # fmt: skip
        if priced and min(priced) > best.premium:
            told.append(Reason("saves_a_year", {"amount": f"{min(priced) - best.premium:.2f}"}))
        return told
    return [Reason("best_rating")]
