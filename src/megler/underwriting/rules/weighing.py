"""What the rows of an impairment that hold, or may hold, weigh together."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

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
    is_open: bool = False
    facts: tuple[Fact, ...] = ()
    waits: tuple[str, ...] = ()

    def waits_for(self, facts: tuple[Fact, ...]) -> bool:
        """Whether it waits for any of these."""
        return any(fact in facts for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Load:
    """Rows sorted for weighing.

    Of open rows those that wait for one fact are weighed together, answer by answer: `groups` of
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
        waiting = [one for one in adds if one.is_open]
        pivot = _most_waited_for([one for one in base if one.is_open] or waiting)
        of_pivot = [one for one in waiting if pivot in one.facts]
        rest = [one for one in waiting if pivot not in one.facts]
        groups, loose = [], []
        while rest:
            fact = _most_waited_for(rest)
            together = [one for one in rest if fact is None or fact in one.facts]
            rest = [one for one in rest if one not in together]
            if fact is None or len(together) == 1:
                loose += together
            else:
                groups.append((*self._turns(fired[0], fact), together))
        turns, bits = self._turns(fired[0], pivot) if pivot else (_NO_TURNS, [0])
        sure = [one for one in adds if not one.is_open]
        return Load(fired, base, sure, loose, groups, of_pivot, limits, turns, bits, unlisted)

    def best(self, load: Load) -> Burden:
        """The mildest that the rows allow, whatever the answers to what is open."""
        plus = self._well(load)
        found = []
        for bit in load.bits:
            more = added(plus, self._turned_well(load.of_pivot, load.turns, bit))
            limits = [one for one in load.limits if _holds(one, load.turns, bit)]
            for base in self._bases(load, bit):
                found.append(self._limited(added(base, more), limits, Ends.mild))
        return min(found, key=weight)

    def _well(self, load: Load) -> Burden:
        """What rows add at the mildest, without those of the pivot."""
        plus = self._sum(load.sure, Ends.mild)
        plus = added(plus, self._sum([one for one in load.loose if self._helps(one)], Ends.mild))
        for turns, bits, rows in load.groups:
            ways = [self._turned_well(rows, turns, bit) for bit in bits]
            plus = added(plus, min(ways, key=_heavy))
        return plus

    def worst(self, load: Load, but: Collection[int] = ()) -> Burden:
        """The harshest that the rows allow; `but`: these open rows turn out well."""
        plus = self._sum(load.sure, Ends.harsh)
        plus = added(plus, self._turned_ill(load.loose, _NO_TURNS, 0, but))
        for turns, bits, rows in load.groups:
            ways = [self._turned_ill(rows, turns, bit, but) for bit in bits]
            plus = added(plus, max(ways, key=_heavy))
        found = []
        for bit in load.bits:
            more = added(plus, self._turned_ill(load.of_pivot, load.turns, bit, but))
            limits = [
                one
                for one in load.limits
                if id(one.rating) not in but and _may(one, load.turns, bit)
            ]
            may = [one for one in load.base if _may(one, load.turns, bit)]
            base = [one for one in may if id(one.rating) not in but] or may
            if base or not load.base:
                total = _UNLISTED if load.unlisted else self._harshest(base)
                found.append(self._limited(added(total, more), limits, Ends.harsh))
        return harshest(found)

    def alone(self, load: Load, facts: tuple[Fact, ...]) -> Burden:
        """The harshest that one open answer leads to when all else turns out the best.

        `facts` are those that it answers, as months and years since the same day.
        """
        waiting = [one for one in load.fired if one.waits_for(facts)]
        others = self.load([one for one in load.fired if not one.waits_for(facts)], load.unlisted)
        turns, bits = self._turns(waiting[0], facts[0])
        pivot = [self._turned_well(others.of_pivot, others.turns, bit) for bit in others.bits]
        plus = added(self._well(others), min(pivot, key=_heavy))
        sure = [one for one in others.limits if not one.is_open]
        found = []
        for bit in bits:
            turned = [one for one in waiting if _may(one, turns, bit)]
            base, adds, limits = _by_verb(turned)
            if base:
                total = self._harshest(base)
            else:
                ways = [way for other in others.bits for way in self._bases(others, other)]
                total = min(ways, key=weight)
            total = added(added(total, plus), self._turned_ill(adds, turns, bit, ()))
            total = self._limited(total, sure, Ends.mild)
            found.append(self._limited(total, limits, Ends.harsh))
        return max(found, key=weight)

    def telling(self, load: Load) -> list[Fired]:
        """The rows that say something: without limits that what else holds is beyond already."""
        told = [one for one in load.fired if one.rating.verb is not Verb.AT_LEAST]
        if not load.limits:
            return told
        sure = self._sum(load.sure, Ends.mild)
        waiting = [*load.loose, *load.of_pivot, *(one for group in load.groups for one in group[2])]
        helps = self._sum([one for one in waiting if self._helps(one)], Ends.mild)
        bases = [base for bit in load.bits for base in self._bases(load, bit)]
        total = mildest([floored(added(added(base, sure), helps)) for base in bases])
        limits = sorted(load.limits, key=lambda o: weight(self.ends(o.rating).best), reverse=True)
        for one in sorted(limits, key=lambda one: one.is_open):
            ends = self.ends(one.rating)
            if seen(at_least(total, ends.worst)) != seen(total):
                told.append(one)
            if not one.is_open:
                total = at_least(total, ends.best)
        return told

    def _turns(self, of: Fired, fact: Fact) -> tuple[Turns, list[int]]:
        turns = turns_of(self.life.guide, of.rating.impairment, fact)
        return turns, turns.possible(self.known(fact))

    def _bases(self, load: Load, bit: int) -> Sequence[Burden]:
        """The mild ends of the base rows that an answer allows."""
        if load.unlisted:
            return [_UNLISTED]
        if not load.base:
            return [NOTHING]
        return [self.ends(one.rating).best for one in load.base if _may(one, load.turns, bit)]

    def _sum(self, rows: Iterable[Fired], end: Callable[[Ends], Burden]) -> Burden:
        total = NOTHING
        for one in rows:
            total = added(total, end(self.ends(one.rating)))
        return total

    def _helps(self, one: Fired) -> bool:
        return self.ends(one.rating).best.points < 0

    def _turned_well(self, rows: Sequence[Fired], turns: Turns, bit: int) -> Burden:
        """What rows add at the mildest under an answer: what surely holds, and what helps."""
        held = [
            one
            for one in rows
            if _holds(one, turns, bit) or (_may(one, turns, bit) and self._helps(one))
        ]
        return self._sum(held, Ends.mild)

    def _turned_ill(
        self, rows: Sequence[Fired], turns: Turns, bit: int, but: Collection[int]
    ) -> Burden:
        """What rows add at the harshest under an answer: what may hold and hurt."""
        total = NOTHING
        for one in rows:
            ends = self.ends(one.rating)
            if id(one.rating) in but:
                total = added(total, ends.best) if ends.best.points < 0 else total
            elif _holds(one, turns, bit) or (ends.worst.points >= 0 and _may(one, turns, bit)):
                total = added(total, ends.worst)
        return total

    def _limited(
        self, total: Burden, limits: Iterable[Fired], end: Callable[[Ends], Burden]
    ) -> Burden:
        for one in limits:
            total = at_least(total, end(self.ends(one.rating)))
        return floored(total)

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

    def _harshest(self, bases: Sequence[Fired]) -> Burden:
        if len(bases) == 1:
            return self.ends(bases[0].rating).worst
        return harshest([self.ends(one.rating).harsher for one in bases])


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
