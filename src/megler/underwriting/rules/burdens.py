"""What ratings weigh, how they compare, and how a guide combines those of several impairments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from megler.carriers.rules.guide import Guide, GuideClass, Nicotine
from megler.carriers.rules.ratings import Combination, Method, OutcomeKind, Rated

ENDS = (OutcomeKind.INDIVIDUAL_CONSIDERATION, OutcomeKind.POSTPONE, OutcomeKind.DECLINE)
"""Outcomes without a price, mildest first."""
BUILD = "build"
_NONE = Decimal(0)
_SEVERAL = 2
_NO_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Extra:
    """A flat extra a year per 1,000 (None: the guide leaves it open), for years (None: for good)."""

    per_1000: Decimal | None
    years: int | None


@dataclass(frozen=True, slots=True)
class Burden:
    """What is laid on a life: points, the best class left (`cap`: its place from the last), an end.

    The middle of a guide's range may be half a point: only the sum is rounded.

    `cap` None: any class. `until` is the day that a postponement ends, None where it has none.
    """

    points: int | Fraction = 0
    cap: int | None = None
    end: OutcomeKind | None = None
    until: date | None = None
    extras: tuple[Extra, ...] = ()
    as_user: bool = False

    @property
    def rates(self) -> bool:
        """Whether it is more than a limit of the class."""
        return self.points > 0 or self.end is not None or bool(self.extras)


NOTHING = Burden()


def weight(burden: Burden) -> tuple[int, int, int | Fraction, bool, int, Decimal]:
    """Orders burdens: the end first, then its day, points, nicotine status, the class, the flat extra.

    A postponement without a day is harsher than one with.
    """
    end = 0 if burden.end is None else 1 + ENDS.index(burden.end)
    cap = 0 if burden.cap is None else 1000 - burden.cap
    extra = _NONE
    if burden.extras:
        extra = sum((one.per_1000 or _NONE for one in burden.extras), Decimal(len(burden.extras)))
    day = 0
    if burden.end is OutcomeKind.POSTPONE:
        day = _NO_DAY if burden.until is None else burden.until.toordinal()
    return end, day, max(burden.points, 0), burden.as_user, cap, extra


def burden_of(rated: Rated, guide: Guide) -> Burden:
    """One end of a rating as a burden."""
    match rated.kind:
        case OutcomeKind.ANY:
            return NOTHING
        case OutcomeKind.CLASS:
            return Burden(cap=place_from_last(guide, rated.class_code))
        case OutcomeKind.POINTS:
            return Burden(points=rated.number)
        case OutcomeKind.TABLE:
            return Burden(points=rated.number * guide.combination.points_per_table)
        case _:
            return Burden(end=rated.kind)


def classes_for(guide: Guide, status: Nicotine) -> Sequence[GuideClass]:
    """The classes that a status may have by figures alone, best first."""
    places: Mapping[Nicotine, Sequence[GuideClass]] = guide.once("classes by status", _by_status)
    return places[status]


def _by_status(guide: Guide) -> Mapping[Nicotine, Sequence[GuideClass]]:
    return {
        status: [
            one
            for one in guide.classes
            if not one.on_review
            and (status is Nicotine.ANY or one.nicotine in (Nicotine.ANY, status))
        ]
        for status in Nicotine
    }


def place_from_last(guide: Guide, class_code: str) -> int:
    """The place of a class in the ladder of those it is for, counted from its last: 0.

    So `standard` limits a user of nicotine to the last class for users.
    """
    one = next(c for c in guide.classes if c.code == class_code)
    status = Nicotine.NONE if one.nicotine is Nicotine.ANY else one.nicotine
    ladder = [c for c in guide.classes if c.nicotine in (Nicotine.ANY, status)]
    granted = [c for c in ladder if not c.on_review or c is one]
    return len(granted) - 1 - granted.index(one)


def added(one: Burden, other: Burden) -> Burden:
    """Both at once: points and flat extras add up, of the rest the worse stands."""
    if one is NOTHING or other is NOTHING:
        return other if one is NOTHING else one
    end = worse_end(one.end, other.end)
    return Burden(
        points=one.points + other.points,
        cap=lower_cap(one.cap, other.cap),
        end=end,
        until=_later(one, other) if end is OutcomeKind.POSTPONE else None,
        extras=one.extras + other.extras,
        as_user=one.as_user or other.as_user,
    )


def worse_end(one: OutcomeKind | None, other: OutcomeKind | None) -> OutcomeKind | None:
    """The worse of two ends; None is none."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=ENDS.index)


def lower_cap(one: int | None, other: int | None) -> int | None:
    """The stricter of two limits of the class, counted from the last; None is none."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _later(one: Burden, other: Burden) -> date | None:
    """The day that the worse of two postponements ends; not known where one of them has none."""
    postponed = [b.until for b in (one, other) if b.end is OutcomeKind.POSTPONE]
    days = [day for day in postponed if day is not None]
    return max(days) if days and len(days) == len(postponed) else None


def combined(parts: Iterable[tuple[str, Burden]], combination: Combination) -> Burden:
    """The burdens of a life (group, burden) combined as the guide says, points in whole tables."""
    groups: dict[str, list[Burden]] = {}
    for group, burden in parts:
        groups.setdefault(group, []).append(burden)
    within = combination.within_group or combination.method
    total = _together([_together(ones, within) for ones in groups.values()], combination.method)
    table = -(-max(total.points, 0) // combination.points_per_table)
    if table > combination.tables_max:
        total = replace(total, end=worse_end(total.end, combination.beyond))
    return replace(total, points=table * combination.points_per_table)


def _together(burdens: Sequence[Burden], method: Method) -> Burden:
    """Several burdens by one method, in whatever order they stand."""
    both = NOTHING
    for one in burdens:
        both = added(both, one)
    rated = [one for one in burdens if one.rates] if method is not Method.ADD else []
    if len(rated) < _SEVERAL:
        return both
    most = max(one.points for one in rated)
    if method is Method.REFER:
        refer = worse_end(both.end, OutcomeKind.INDIVIDUAL_CONSIDERATION)
        return replace(both, end=refer, points=most)
    return replace(both, points=most, extras=max(rated, key=_cost).extras)


def _cost(burden: Burden) -> tuple[object, ...]:
    """Orders burdens by what they cost: before the class, which a table hides, the flat extra."""
    *dearer, cap, extra = weight(burden)
    return *dearer, extra, cap


def at_least(total: Burden, least: Burden) -> Burden:
    """The outcome, or `least` where that is worse."""
    if least is NOTHING:
        return total
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
