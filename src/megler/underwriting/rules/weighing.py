"""What the rows of an impairment that hold, or may hold, weigh together."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from megler.carriers.rules.ratings import OutcomeKind, Rating, Verb
from megler.carriers.rules.when.tree import Fact
from megler.underwriting.rules.burdens import (
    NOTHING,
    Burden,
    added,
    at_least,
    floored,
    harshest,
    mildest,
    seen,
    weight,
)
from megler.underwriting.rules.knowledge import Life
from megler.underwriting.rules.mentions import Mention
from megler.underwriting.rules.row_ends import Ends, ends_of
from megler.underwriting.rules.turns import Turns, turns_of
from megler.underwriting.rules.whens import Answers

_UNLISTED = Burden(end=OutcomeKind.INDIVIDUAL_CONSIDERATION)
_NO_TURNS = Turns((), {}, {})


def _nothing(_fact: Fact) -> None:
    """Nothing is known of any fact."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A rating that holds, or (`is_open`) may hold for want of `facts`: `waits` names their keys."""

    rating: Rating
    ends: Ends
    is_open: bool = False
    facts: tuple[Fact, ...] = ()
    waits: tuple[str, ...] = ()

    def waits_for(self, facts: tuple[Fact, ...]) -> bool:
        """Whether it waits for any of these."""
        return any(fact in facts for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Load:
    """Rows sorted for weighing.

    Open rows that wait for one fact are weighed together, answer by answer: `groups` of
    those that add, and by the `pivot` that most base rows wait for, with its `turns` and the `bits`
    of its answers, everything that waits for it. `loose` rows add whatever the others do.
    """

    fired: Sequence[Fired]
    base: list[Fired]
    sure: list[Fired]
    loose: list[Fired]
    groups: list[tuple[Turns, list[int], list[Fired]]]
    of_pivot: list[Fired]
    limits: list[Fired]
    turns: Turns
    bits: list[int]
    well: list[Fired]
    unlisted: bool = False


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs rows for one entry of a life."""

    life: Life
    mention: Mention | None
    known: Answers = _nothing

    def ends(self, rating: Rating) -> Ends:
        """The ends of a row for the entry."""
        entry = self.mention.entry if self.mention else None
        return ends_of(rating, self.life.guide, entry, self.life.on)

    def load(self, fired: Sequence[Fired], unlisted: bool = False) -> Load:
        """The rows sorted for weighing; `unlisted`: the guide lists nothing of the base."""
        base, adds, limits = _by_verb(fired)
        pivot = _most_waited_for(base)
        of_pivot = [one for one in adds if pivot in one.facts]
        if not of_pivot and not any(pivot in one.facts for one in limits):
            pivot = None
        turns, bits = self._turns(fired[0], pivot) if pivot else (_NO_TURNS, [0])
        rest = [one for one in adds if one.is_open and pivot not in one.facts]
        loose, groups, well = [], [], []
        while rest:
            fact = _most_waited_for(rest)
            together = [one for one in rest if fact in one.facts] or rest
            rest = [one for one in rest if fact not in one.facts] if fact else []
            if fact is None or len(together) == 1:
                loose += together
                well += [one for one in together if _helps(one)]
            else:
                group = (*self._turns(fired[0], fact), together)
                groups.append(group)
                well += min(_ways(group), key=lambda way: _heavy(_sum(way, Ends.mild)))
        sure = [one for one in adds if not one.is_open]
        return Load(fired, base, sure, loose, groups, of_pivot, limits, turns, bits, well, unlisted)

    def best(self, load: Load) -> Burden:
        """The mildest that the rows allow, whatever the answers to what is open."""
        plus = _sum([*load.sure, *load.well], Ends.mild)
        found = []
        for bit in load.bits:
            more = added(plus, _sum(_turned_well(load.of_pivot, load.turns, bit), Ends.mild))
            limit = _limit([one for one in load.limits if _holds(one, load.turns, bit)], Ends.mild)
            for base in _bases(load, bit):
                found.append(floored(at_least(added(base, more), limit)))
        return min(found, key=weight)

    def worst(self, load: Load, but: Collection[int] = ()) -> Burden:
        """The harshest that the rows allow; `but`: these open rows turn out well."""
        plus = added(_sum(load.sure, Ends.harsh), _turned_ill(load.loose, _NO_TURNS, 0, but))
        for turns, bits, rows in load.groups:
            ways = [_turned_ill(rows, turns, bit, but) for bit in bits]
            plus = added(plus, max(ways, key=_heavy))
        held = [one for one in load.limits if id(one.rating) not in but]
        found = []
        for bit in load.bits:
            more = added(plus, _turned_ill(load.of_pivot, load.turns, bit, but))
            limit = _limit([one for one in held if _may(one, load.turns, bit)], Ends.harsh)
            may = [one for one in load.base if _may(one, load.turns, bit)]
            base = [one for one in may if id(one.rating) not in but] or may
            if base or not load.base:
                total = _UNLISTED if load.unlisted else _harshest(base)
                found.append(floored(at_least(added(total, more), limit)))
        return harshest(found)

    def alone(self, load: Load, waiting: Sequence[Fired], facts: tuple[Fact, ...]) -> Burden:
        """The harshest that one open answer leads to when all else turns out the best.

        `waiting` are the rows that wait for the answer, `facts` what it answers of them, as months
        and years since the same day.
        """
        turns, bits = self._turns(waiting[0], facts[0])
        settled = [*load.sure, *load.well]
        settled += _turned_best(load)
        plus = _sum([one for one in settled if not one.waits_for(facts)], Ends.mild)
        sure = _limit([one for one in load.limits if not one.is_open], Ends.mild)
        left: Burden | None = None
        found = []
        for bit in bits:
            base, adds, limits = _by_verb([one for one in waiting if _may(one, turns, bit)])
            if not base and left is None:
                others = [one.ends.best for one in load.base if not one.waits_for(facts)]
                left = _UNLISTED if load.unlisted else min(others, key=weight, default=NOTHING)
            total = added(_harshest(base) if base else left or NOTHING, plus)
            total = at_least(added(total, _turned_ill(adds, turns, bit, ())), sure)
            found.append(floored(at_least(total, _limit(limits, Ends.harsh))))
        return harshest(found)

    def telling(self, load: Load) -> list[Fired]:
        """The rows that say something: without limits that what else holds is beyond already."""
        told = [one for one in load.fired if one.rating.verb is not Verb.AT_LEAST]
        if not load.limits:
            return told
        settled = [*load.sure, *load.well, *(one for one in load.of_pivot if _helps(one))]
        plus = _sum(settled, Ends.mild)
        total = mildest([floored(added(base, plus)) for base in _bases(load, 0)])
        limits = sorted(load.limits, key=lambda one: weight(one.ends.best), reverse=True)
        for one in sorted(limits, key=lambda one: one.is_open):
            if seen(at_least(total, one.ends.worst)) != seen(total):
                told.append(one)
            if not one.is_open:
                total = at_least(total, one.ends.best)
        return told

    def _turns(self, of: Fired, fact: Fact) -> tuple[Turns, list[int]]:
        turns = turns_of(self.life.guide, of.rating.impairment, fact)
        return turns, turns.possible(self.known(fact))

    def middle(self, rating: Rating) -> Burden:
        """What an underwriter would give within a row: the middle of points or tables, else the best."""
        ends = self.ends(rating)
        best, worst = ends.best, ends.worst
        if best.end is not None or worst.end is not None or best.points == worst.points:
            return best
        middle = Fraction(best.points + worst.points) / 2
        return replace(best, points=middle, cap=best.cap if best.points else worst.cap)


def _bases(load: Load, bit: int) -> Sequence[Burden]:
    """The mild ends of the base rows that an answer allows."""
    if load.unlisted:
        return [_UNLISTED]
    if not load.base:
        return [NOTHING]
    return [one.ends.best for one in load.base if _may(one, load.turns, bit)]


def _harshest(bases: Sequence[Fired]) -> Burden:
    if len(bases) == 1:
        return bases[0].ends.worst
    return harshest([one.ends.harsher for one in bases])


def _sum(rows: Iterable[Fired], end: Callable[[Ends], Burden]) -> Burden:
    total = NOTHING
    for one in rows:
        total = added(total, end(one.ends))
    return total


def _limit(rows: Iterable[Fired], end: Callable[[Ends], Burden]) -> Burden:
    """What limits come to together."""
    total = NOTHING
    for one in rows:
        total = at_least(total, end(one.ends))
    return total


def _helps(one: Fired) -> bool:
    return one.ends.best.points < 0


def _ways(group: tuple[Turns, list[int], list[Fired]]) -> list[list[Fired]]:
    """The rows of a group that hold at the mildest, answer by answer."""
    turns, bits, rows = group
    return [_turned_well(rows, turns, bit) for bit in bits]


def _turned_best(load: Load) -> list[Fired]:
    """The rows of the pivot that hold at the answer under which they are the mildest."""
    ways = _ways((load.turns, load.bits, load.of_pivot))
    return min(ways, key=lambda way: _heavy(_sum(way, Ends.mild)))


def _turned_well(rows: Sequence[Fired], turns: Turns, bit: int) -> list[Fired]:
    """The rows that hold at the mildest under an answer: those that must, and those that help."""
    return [
        one for one in rows if _holds(one, turns, bit) or (_helps(one) and _may(one, turns, bit))
    ]


def _turned_ill(rows: Sequence[Fired], turns: Turns, bit: int, but: Collection[int]) -> Burden:
    """What rows add at the harshest under an answer: what may hold and hurt."""
    total = NOTHING
    for one in rows:
        if id(one.rating) in but:
            total = added(total, one.ends.best) if _helps(one) else total
        elif _holds(one, turns, bit) or (one.ends.worst.points >= 0 and _may(one, turns, bit)):
            total = added(total, one.ends.worst)
    return total


def _by_verb(rows: Sequence[Fired]) -> tuple[list[Fired], list[Fired], list[Fired]]:
    """The base rows, those that add, and the limits."""
    found: dict[Verb, list[Fired]] = {verb: [] for verb in Verb}
    for one in rows:
        found[one.rating.verb].append(one)
    return found[Verb.BASE], found[Verb.ADD], found[Verb.AT_LEAST]


def _most_waited_for(rows: Sequence[Fired]) -> Fact | None:
    """The fact that most rows wait for, the first of several; None where none waits."""
    count: dict[Fact, int] = {}
    for one in rows:
        for fact in one.facts:
            count[fact] = count.get(fact, 0) + 1
    return max(count, key=lambda fact: count[fact]) if count else None


def _may(one: Fired, turns: Turns, bit: int) -> bool:
    """Whether a row may hold under an answer."""
    return not one.is_open or bool(turns.may.get(id(one.rating), -1) & bit) or not bit


def _holds(one: Fired, turns: Turns, bit: int) -> bool:
    """Whether a row surely holds under an answer."""
    return not one.is_open or bool(turns.must.get(id(one.rating), 0) & bit)


def _heavy(burden: Burden) -> tuple[object, ...]:
    return burden.points, weight(burden)
