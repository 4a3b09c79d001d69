"""What the rows of an impairment that hold, or may hold, weigh together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from megler.carriers.rules.ratings import (
    CountedFrom,
    FlatExtraRange,
    OutcomeKind,
    Rated,
    Rating,
    Verb,
)
from megler.underwriting.rules.burdens import (
    ENDS,
    NOTHING,
    Burden,
    Extra,
    added,
    burden_of,
    weight,
    worse_end,
)
from megler.underwriting.rules.knowledge import Life
from megler.underwriting.rules.mentions import Mention
from megler.vocabulary.ages import add_months

_UNLISTED = Burden(end=OutcomeKind.INDIVIDUAL_CONSIDERATION)


@dataclass(frozen=True, slots=True)
class Fired:
    """A rating that holds (`is_open`: may hold, for want of a fact)."""

    rating: Rating
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs rows for one entry of a life."""

    life: Life
    mention: Mention | None
    later_months: int

    def end(self, rating: Rating, rated: Rated, mild: bool) -> Burden:
        """One end of a row as a burden, with its flat extra, postponement and nicotine status."""
        burden = burden_of(rated, self.life.guide)
        if burden.end is OutcomeKind.POSTPONE:
            burden = replace(burden, until=self._until(rating))
        extras = () if rating.flat_extra is None else (_extra(rating.flat_extra, mild),)
        if burden.end in ENDS:
            extras = ()
        return replace(burden, extras=extras, as_user=rating.as_user)

    def best(self, fired: Sequence[Fired], unlisted: bool) -> Burden:
        """The mildest that the rows allow."""
        base = [self.end(f.rating, f.rating.best, True) for f in _of(fired, Verb.BASE)]
        ways = [_UNLISTED] if unlisted else base or [NOTHING]
        return min((self._best_from(one, fired) for one in ways), key=weight)

    def _best_from(self, total: Burden, fired: Sequence[Fired]) -> Burden:
        """The mildest that comes of one base with what the other rows add."""
        for one in _of(fired, Verb.ADD):
            burden = self.end(one.rating, one.rating.best, True)
            if not one.is_open or burden.points < 0:
                total = added(total, burden)
        for one in _of(fired, Verb.AT_LEAST):
            if not one.is_open:
                total = at_least(total, self.end(one.rating, one.rating.best, True))
        return floored(total)

    def worst(
        self, fired: Sequence[Fired], unlisted: bool, of: frozenset[int] | None = None
    ) -> Burden:
        """The harshest that the rows allow; `of`: only these open rows may hold."""
        allowed = [f for f in fired if not f.is_open or of is None or id(f.rating) in of]
        base = [self.end(f.rating, f.rating.worst, False) for f in _of(allowed, Verb.BASE)]
        total = _UNLISTED if unlisted else harshest(base)
        for one in _of(allowed, Verb.ADD):
            burden = self.end(one.rating, one.rating.worst, False)
            if not one.is_open or burden.points >= 0:
                total = added(total, burden)
        for one in _of(allowed, Verb.AT_LEAST):
            total = at_least(total, self.end(one.rating, one.rating.worst, False))
        return floored(total)

    def middle(self, rating: Rating) -> Burden:
        """What an underwriter would give within a row: the middle of points or tables, else the best."""
        best = self.end(rating, rating.best, True)
        worst = self.end(rating, rating.worst, False)
        if best.end is not None or worst.end is not None or best.points == worst.points:
            return best
        per = self.life.guide.combination.points_per_table
        middle = -(-(best.points + worst.points) // 2)
        whole = -(-middle // per) * per
        if best.points % per or worst.points % per:
            whole = middle
        return replace(best, points=whole, cap=best.cap if best.points else worst.cap)

    def _until(self, rating: Rating) -> date | None:
        if rating.postpone_months is None:
            return None
        start: date | None = self.life.on
        if rating.counted_from is not CountedFrom.TODAY:
            held = getattr(self.mention.entry, rating.counted_from.value) if self.mention else None
            start = held.last if held else None
        return None if start is None else add_months(start, rating.postpone_months)


def _of(fired: Sequence[Fired], verb: Verb) -> Iterator[Fired]:
    return (one for one in fired if one.rating.verb is verb)


def _extra(extra: FlatExtraRange, mild: bool) -> Extra:
    return Extra(extra.low if mild or extra.high is None else extra.high, extra.years)


def at_least(total: Burden, least: Burden) -> Burden:
    """The outcome, or `least` where that is worse."""
    caps = [cap for cap in (total.cap, least.cap) if cap is not None]
    ends = worse_end(total.end, least.end)
    until = least.until if ends is least.end and least.end is not total.end else total.until
    if total.end is least.end is OutcomeKind.POSTPONE:
        until = max(total.until, least.until) if total.until and least.until else None
    return Burden(
        points=max(total.points, least.points),
        cap=min(caps) if caps else None,
        end=ends,
        until=until,
        extras=max(total.extras, least.extras, key=len),
        as_user=total.as_user or least.as_user,
    )


def harshest(burdens: Sequence[Burden]) -> Burden:
    """What no one of several burdens goes beyond, whatever it is combined with.

    A postponement hides the table that another answer leads to; with other tables that one may be
    beyond the guide's last.
    """
    if not burdens:
        return NOTHING
    caps = [one.cap for one in burdens if one.cap is not None]
    return replace(
        max(burdens, key=weight),
        points=max(one.points for one in burdens),
        cap=min(caps) if caps else None,
        as_user=any(one.as_user for one in burdens),
    )


def floored(total: Burden) -> Burden:
    return replace(total, points=max(total.points, 0))
