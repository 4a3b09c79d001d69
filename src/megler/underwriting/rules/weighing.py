"""What the rows of an impairment that hold, or may hold, weigh together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from megler.carriers.rules.guide import Guide
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
    lower_cap,
    weight,
    worse_end,
)
from megler.underwriting.rules.knowledge import Life
from megler.underwriting.rules.mentions import Mention
from megler.vocabulary.ages import add_months

_UNLISTED = Burden(end=OutcomeKind.INDIVIDUAL_CONSIDERATION)


@dataclass(frozen=True, slots=True)
class Fired:
    """A rating that holds, or (`is_open`) may hold for want of facts: `waits` names their keys."""

    rating: Rating
    is_open: bool = False
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a row as burdens, and the harsher of them: a postponement may be its `best`."""

    best: Burden
    worst: Burden
    harsher: Burden


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs rows for one entry of a life."""

    life: Life
    mention: Mention | None

    def ends(self, rating: Rating) -> Ends:
        """The ends of a row, with flat extras, the day of a postponement and nicotine status."""
        kept: dict[int, tuple[Rating, Ends]] = self.life.guide.once("ends of rows", lambda _: {})
        if id(rating) not in kept:
            kept[id(rating)] = rating, _ends(rating, self.life.guide)
        found = kept[id(rating)][1]
        if rating.postpone_months is None:
            return found
        until = self._until(rating, rating.postpone_months)
        best, worst = _dated(found.best, until), _dated(found.worst, until)
        return Ends(best, worst, _dated(found.harsher, until))

    def best(self, fired: Sequence[Fired], unlisted: bool) -> Burden:
        """The mildest that the rows allow."""
        bases = [self.ends(one.rating).best for one in fired if one.rating.verb is Verb.BASE]
        return min((self._well(base, fired) for base in _bases(bases, unlisted)), key=weight)

    def worst(
        self, fired: Sequence[Fired], unlisted: bool, but: frozenset[int] = frozenset()
    ) -> Burden:
        """The harshest that the rows allow; `but`: these open rows turn out well."""
        of_base = [one for one in fired if one.rating.verb is Verb.BASE]
        harsh = [one for one in of_base if id(one.rating) not in but] or of_base
        total = _UNLISTED if unlisted else self._harshest(harsh)
        for one in _of(fired, Verb.ADD):
            well = id(one.rating) in but
            ends = self.ends(one.rating)
            if not one.is_open or (ends.best.points < 0 if well else ends.worst.points >= 0):
                total = added(total, ends.best if well else ends.worst)
        for one in _of(fired, Verb.AT_LEAST):
            if id(one.rating) not in but:
                total = at_least(total, self.ends(one.rating).worst)
        return floored(total)

    def alone(self, fired: Sequence[Fired], unlisted: bool, rows: frozenset[int]) -> Burden:
        """The harshest that some open rows lead to when all else turns out the best."""
        others = [one for one in fired if not (one.is_open and id(one.rating) in rows)]
        turned = [one for one in fired if one.is_open and id(one.rating) in rows]
        harsh = [one for one in turned if one.rating.verb is Verb.BASE]
        if harsh:
            others = [one for one in others if one.rating.verb is not Verb.BASE]
            total = self._well(self._harshest(harsh), others)
        else:
            total = self.best(others, unlisted)
        for one in _of(turned, Verb.ADD):
            burden = self.ends(one.rating).worst
            total = added(total, burden) if burden.points >= 0 else total
        for one in _of(turned, Verb.AT_LEAST):
            total = at_least(total, self.ends(one.rating).worst)
        return floored(total)

    def telling(self, fired: Sequence[Fired], unlisted: bool) -> list[Fired]:
        """The rows that say something: without limits that what else holds is beyond already."""
        plain = [one for one in fired if one.rating.verb is not Verb.AT_LEAST]
        limits = list(_of(fired, Verb.AT_LEAST))
        if not limits:
            return plain
        bases = [self.ends(one.rating).best for one in plain if one.rating.verb is Verb.BASE]
        total = mildest([self._well(base, plain) for base in _bases(bases, unlisted)])
        limits.sort(key=lambda one: weight(self.ends(one.rating).best), reverse=True)
        limits.sort(key=lambda one: one.is_open)
        for one in limits:
            ends = self.ends(one.rating)
            if seen(at_least(total, ends.worst)) != seen(total):
                plain.append(one)
            if not one.is_open:
                total = at_least(total, ends.best)
        return plain

    def middle(self, rating: Rating) -> Burden:
        """What an underwriter would give within a row: the middle of points or tables, else the best."""
        ends = self.ends(rating)
        best, worst = ends.best, ends.worst
        if best.end is not None or worst.end is not None or best.points == worst.points:
            return best
        per = self.life.guide.combination.points_per_table
        middle = -(-(best.points + worst.points) // 2)
        whole = -(-middle // per) * per
        if best.points % per or worst.points % per:
            whole = middle
        return replace(best, points=whole, cap=best.cap if best.points else worst.cap)

    def _well(self, total: Burden, fired: Sequence[Fired]) -> Burden:
        """The mildest that comes of one base with what the other rows add."""
        for one in fired:
            if one.rating.verb is Verb.ADD:
                burden = self.ends(one.rating).best
                if not one.is_open or burden.points < 0:
                    total = added(total, burden)
        for one in fired:
            if one.rating.verb is Verb.AT_LEAST and not one.is_open:
                total = at_least(total, self.ends(one.rating).best)
        return floored(total)

    def _harshest(self, bases: Sequence[Fired]) -> Burden:
        if len(bases) == 1:
            return self.ends(bases[0].rating).worst
        return harshest([self.ends(one.rating).harsher for one in bases])

    def _until(self, rating: Rating, months: int) -> date | None:
        start: date | None = self.life.on
        if rating.counted_from is not CountedFrom.TODAY:
            held = getattr(self.mention.entry, rating.counted_from.value) if self.mention else None
            start = held.last if held else None
        return None if start is None else add_months(start, months)


def _ends(rating: Rating, guide: Guide) -> Ends:
    best = _end(rating, rating.best, True, guide)
    worst = _end(rating, rating.worst, False, guide)
    return Ends(best, worst, max(worst, best, key=weight))


def _end(rating: Rating, rated: Rated, mild: bool, guide: Guide) -> Burden:
    burden = burden_of(rated, guide)
    priced = rating.flat_extra is not None and burden.end not in ENDS
    extras = (_extra(rating.flat_extra, mild),) if priced and rating.flat_extra else ()
    return replace(burden, extras=extras, as_user=rating.as_user)


def _dated(burden: Burden, until: date | None) -> Burden:
    return replace(burden, until=until) if burden.end is OutcomeKind.POSTPONE else burden


def _bases(bases: Sequence[Burden], unlisted: bool) -> Sequence[Burden]:
    return [_UNLISTED] if unlisted else bases or [NOTHING]


def _of(fired: Sequence[Fired], verb: Verb) -> Iterator[Fired]:
    return (one for one in fired if one.rating.verb is verb)


def _extra(extra: FlatExtraRange, mild: bool) -> Extra:
    return Extra(extra.low if mild or extra.high is None else extra.high, extra.years)


def at_least(total: Burden, least: Burden) -> Burden:
    """The outcome, or `least` where that is worse."""
    end = worse_end(total.end, least.end)
    until = total.until if end is total.end else least.until
    if total.end is least.end is OutcomeKind.POSTPONE:
        until = max(total.until, least.until) if total.until and least.until else None
    return Burden(
        points=max(total.points, least.points),
        cap=lower_cap(total.cap, least.cap),
        end=end,
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


def mildest(burdens: Sequence[Burden]) -> Burden:
    """What every one of several burdens is at least."""
    caps = [one.cap for one in burdens]
    ends = [one.end for one in burdens]
    return Burden(
        points=min(one.points for one in burdens),
        cap=max((cap for cap in caps if cap is not None), default=None)
        if None not in caps
        else None,
        end=min((end for end in ends if end), key=ENDS.index) if None not in ends else None,
        as_user=all(one.as_user for one in burdens),
    )


def seen(burden: Burden) -> tuple[object, ...]:
    """What of a burden shows: nothing beside a postponement, no class beside a table."""
    if burden.end is not None:
        return burden.end, burden.until, burden.as_user
    cap = None if burden.points > 0 else burden.cap
    return max(burden.points, 0), cap, burden.extras, burden.as_user


def floored(total: Burden) -> Burden:
    return total if total.points >= 0 else replace(total, points=0)
