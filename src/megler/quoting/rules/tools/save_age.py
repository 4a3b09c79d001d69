"""Saving an age: a policy dated back to when its insured was younger, its cost and its worth.

A policy that begins the day before the age changed is priced at the younger age for as long as it
runs; the months since then are paid for without having been insured. Carriers allow usually six
months, some states less; the figures here are the agency's usual ones and the carrier decides.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from megler.quoting.rules.answer import Offer
from megler.quoting.rules.tools.counter import (
    Counter,
    OfferKey,
    ProductKey,
    a_year,
    aged,
    is_alone,
    key_of,
    mode_of,
    paid,
    product_of,
)
from megler.underwriting.rules.facts import Facts
from megler.vocabulary.ages import AgeBasis, add_months
from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.money import to_cents

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BackDating:
    """How far back a policy may be dated: whole months, by jurisdiction, for which lines.

    The defaults are what carriers' manuals usually say; a carrier's own rule goes before them.
    """

    months: int = 6
    months_in: Mapping[str, int] = field(default_factory=lambda: {"OH": 3})
    lines: frozenset[Line] = frozenset(
        {Line.TERM_LIFE, Line.WHOLE_LIFE, Line.UNIVERSAL_LIFE, Line.FINAL_EXPENSE}
    )

    def months_for(self, jurisdiction: str | None) -> int:
        """The months allowed where the policy is sold."""
        return self.months_in.get(jurisdiction or "", self.months)


@dataclass(frozen=True, slots=True)
class _Case:
    """The day, how the premium is told, and how far back a policy may be dated."""

    on: date
    mode: Mode
    months: int

    def reaches(self, policy_date: date) -> bool:
        """Whether a policy may be dated back that far."""
        return add_months(self.on, -self.months) <= policy_date


@dataclass(frozen=True, slots=True)
class AgeChange:
    """When the age of an offer changes next, and what the same costs then.

    `last_day` is the last day on which a policy may still be dated back to before that.
    `premium_older` is None where the product is not sold at the next age.
    """

    offer: OfferKey
    currency: str
    mode: Mode
    age: int
    changes_on: date
    days_left: int
    last_day: date
    premium: Decimal
    premium_older: Decimal | None
    more_a_year: Decimal | None


@dataclass(frozen=True, slots=True)
class SavedAge:
    """The younger age kept by a policy dated `policy_date`, possible until `last_day`.

    `cost` is the premium of the `months` without cover. `saving_a_year` is what a year costs less;
    `saving` over the whole term (None without a term), and `worth` is that less the cost.
    `pays_off_in` counts the years, rounded up, after which the saving exceeds the cost.
    """

    offer: OfferKey
    currency: str
    mode: Mode
    age: int
    policy_date: date
    last_day: date
    months: int
    premium: Decimal
    premium_younger: Decimal
    cost: Decimal
    saving_a_year: Decimal
    saving: Decimal | None
    worth: Decimal | None
    pays_off_in: int


@dataclass(frozen=True, slots=True)
class Ages:
    """What is known of the ages behind the offers of a wish."""

    changes: tuple[AgeChange, ...] = ()
    saved: tuple[SavedAge, ...] = ()


def ages_of(
    counter: Counter, facts: Facts, offers: Iterable[Offer], rule: BackDating | None = None
) -> Ages:
    """Age changes ahead, and ages that can still be saved, for each of the wish's offers.

    Asked of one life with an exact birth date and of the lines that may be dated back; nothing is
    answered of the others. An age is told as savable only where that costs less than it saves.
    """
    rule = rule or BackDating()
    asked = [
        offer
        for offer in offers
        if offer.line in rule.lines and offer.age_used is not None and offer.age_changes_on
    ]
    if not asked or not is_alone(facts):
        return Ages()
    (life,) = facts.lives_of(facts.wants[0]) if facts.wants else (facts.insured,)
    if life.born is None or not life.born.is_exact:
        return Ages()
    case = _Case(counter.on, mode_of(facts), rule.months_for(life.jurisdiction))
    dated = {key_of(offer): _policy_date(life.born.first, offer) for offer in asked}
    others = _at_other_ages(
        counter, facts, asked, {key for key, day in dated.items() if case.reaches(day)}
    )
    changes, saved = [], []
    for offer in asked:
        age, ahead = offer.age_used or 0, offer.age_changes_on or case.on
        older = others.get((age + 1, key_of(offer)))
        changes.append(_change(offer, older, ahead, case))
        younger = others.get((age - 1, key_of(offer)))
        if younger is not None and (one := _saved(offer, younger, dated[key_of(offer)], case)):
            saved.append(one)
    return Ages(tuple(changes), tuple(saved))


def last_day_for(policy_date: date, months: int) -> date:
    """The last day from which `months` back still reach `policy_date`.

    >>> last_day_for(date(2026, 8, 10), 6)
    datetime.date(2027, 2, 10)
    """
    day = add_months(policy_date, months)
    while add_months(day + _DAY, -months) <= policy_date:
        day += _DAY
    return day


def months_between(first: date, last: date) -> int:
    """Whole months from `first` to `last`, a begun one counted.

    >>> months_between(date(2026, 8, 10), date(2026, 10, 11))
    3
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    return months + (add_months(first, months) < last)


def _at_other_ages(
    counter: Counter, facts: Facts, offers: Iterable[Offer], savable: Collection[OfferKey]
) -> dict[tuple[int, OfferKey], Offer]:
    """The offers a year older, and those that are `savable` a year younger."""
    wanted: dict[int, list[ProductKey]] = {}
    for offer in offers:
        age = offer.age_used or 0
        wanted.setdefault(age + 1, []).append(product_of(offer))
        if age > 0 and key_of(offer) in savable:
            wanted.setdefault(age - 1, []).append(product_of(offer))
    return {
        (age, key_of(offer)): offer
        for age, products in sorted(wanted.items())
        for offer in counter.offers(aged(facts, age), dict.fromkeys(products))
    }


def _policy_date(born: date, offer: Offer) -> date:
    """The last day of the age before the offer's, by the basis that made its next change."""
    age = offer.age_used or 0
    nearest = add_months(born, 12 * age + 6)
    basis = AgeBasis.NEAREST if offer.age_changes_on == nearest else AgeBasis.LAST
    return add_months(born, 12 * age - 6 if basis is AgeBasis.NEAREST else 12 * age) - _DAY


def _change(offer: Offer, older: Offer | None, ahead: date, case: _Case) -> AgeChange:
    mode = case.mode
    return AgeChange(
        offer=key_of(offer),
        currency=offer.currency,
        mode=mode,
        age=offer.age_used or 0,
        changes_on=ahead,
        days_left=(ahead - case.on).days,
        last_day=last_day_for(ahead - _DAY, case.months),
        premium=paid(offer, mode),
        premium_older=None if older is None else paid(older, mode),
        more_a_year=None if older is None else a_year(older, mode) - a_year(offer, mode),
    )


def _saved(offer: Offer, younger: Offer, policy_date: date, case: _Case) -> SavedAge | None:
    """The younger age, when it is within reach and worth its cost."""
    mode, on, months = case.mode, case.on, case.months
    less = a_year(offer, mode) - a_year(younger, mode)
    if not case.reaches(policy_date) or less <= 0:
        return None
    back = months_between(policy_date, on)
    cost = to_cents(a_year(younger, mode) / 12 * back)
    saving = None if offer.term_years is None else less * offer.term_years
    if saving is not None and saving <= cost:
        return None
    return SavedAge(
        offer=key_of(offer),
        currency=offer.currency,
        mode=mode,
        age=younger.age_used or 0,
        policy_date=policy_date,
        last_day=last_day_for(policy_date, months),
        months=back,
        premium=paid(offer, mode),
        premium_younger=paid(younger, mode),
        cost=cost,
        saving_a_year=less,
        saving=saving,
        worth=None if saving is None else saving - cost,
        pays_off_in=int(-(-cost // less)),
    )
