"""Both ends of a guide's row as burdens: with flat extras, nicotine status and a postponement's day."""

from dataclasses import dataclass, replace
from datetime import date

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import CountedFrom, OutcomeKind, Rated, Rating
from megler.underwriting.rules.burdens import ENDS, Burden, Extra, burden_of, weight
from megler.underwriting.rules.people import Entry
from megler.underwriting.rules.shape import days_of
from megler.vocabulary.ages import add_months


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a row, and the harsher of them: a row may reach from a postponement to
    individual consideration.
    """

    best: Burden
    worst: Burden
    harsher: Burden

    def mild(self) -> Burden:
        """The best end."""
        return self.best

    def harsh(self) -> Burden:
        """The worst end."""
        return self.worst


def ends_of(rating: Rating, guide: Guide, entry: Entry | None, on: date) -> Ends:
    """The ends of a row for an entry; what does not turn on the entry is found once for a guide."""
    kept: dict[int, tuple[Rating, Ends]] = guide.once("ends of rows", lambda _: {})
    if id(rating) not in kept:
        kept[id(rating)] = rating, _ends(rating, guide)
    found = kept[id(rating)][1]
    if rating.postpone_months is None:
        return found
    until = _until(rating, rating.postpone_months, entry, on)
    best, worst = _dated(found.best, until), _dated(found.worst, until)
    return Ends(best, worst, _dated(found.harsher, until))


def _ends(rating: Rating, guide: Guide) -> Ends:
    extra = rating.flat_extra
    low = high = None
    if extra is not None:
        low = Extra(extra.low, extra.years)
        high = low if extra.high is None else Extra(extra.high, extra.years)
    best = _end(rating, rating.best, low, guide)
    worst = _end(rating, rating.worst, high, guide)
    return Ends(best, worst, max(worst, best, key=weight))


def _end(rating: Rating, rated: Rated, extra: Extra | None, guide: Guide) -> Burden:
    burden = burden_of(rated, guide)
    extras = () if extra is None or extra.per_1000 == 0 or burden.end in ENDS else (extra,)
    return replace(burden, extras=extras, as_user=rating.as_user)


def _until(rating: Rating, months: int, entry: Entry | None, on: date) -> date | None:
    """The day on which a postponement ends; None where the day that it counts from is not known."""
    if rating.counted_key:
        held = _answered(entry, rating.counted_key)
        return None if held is None else add_months(held, months)
    if rating.counted_from is CountedFrom.TODAY:
        return add_months(on, months)
    held = getattr(entry, rating.counted_from.value) if entry else None
    return None if held is None else add_months(held.last, months)


def _answered(entry: Entry | None, key: str) -> date | None:
    """The last day that the answer to a date question may mean; None where it is no day."""
    try:
        return days_of(str(entry.details.get(key)))[1] if entry else None
    except ValueError:
        return None


def _dated(burden: Burden, until: date | None) -> Burden:
    return replace(burden, until=until) if burden.end is OutcomeKind.POSTPONE else burden
