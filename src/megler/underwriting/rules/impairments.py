"""What a guide makes of one impairment of a life: its best, likely and worst burden, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import (
    CountedFrom,
    FlatExtraRange,
    Impairment,
    Listed,
    OutcomeKind,
    Rated,
    Rating,
    Verb,
)
from megler.carriers.rules.when.tree import Fact, facts_in
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
from megler.underwriting.rules.knowledge import TRIVIAL, Knowledge, Life
from megler.underwriting.rules.mentions import Mention
from megler.underwriting.rules.verdicts import State
from megler.underwriting.rules.whens import open_facts, state_of
from megler.vocabulary.ages import add_months

_UNLISTED = Burden(end=OutcomeKind.INDIVIDUAL_CONSIDERATION)


@dataclass(frozen=True, slots=True)
class Fired:
    """A rating that holds (`is_open`: may hold, for want of a fact)."""

    rating: Rating
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """A fact that an impairment needs and nobody told: what it alone could lead to."""

    place: str
    question: str
    worst: Burden


@dataclass(frozen=True, slots=True)
class Judged:
    """One impairment judged. `unlisted`: the guide has no rating for what is known of it."""

    impairment: Impairment
    place: str
    best: Burden
    likely: Burden
    worst: Burden
    fired: tuple[Fired, ...]
    open: tuple[OpenAnswer, ...] = ()
    supposed: tuple[tuple[str, str], ...] = ()
    misread: tuple[tuple[str, str, str], ...] = ()
    unlisted: bool = False


def judged(life: Life) -> list[Judged]:
    """Every impairment that the life mentions, and those that are judged of everybody."""
    found = [
        judge(life, impairment, mention)
        for mention in life.mentions
        for impairment in mention.impairments
    ]
    for impairment in life.guide.once("judged of all", _of_everybody):
        knowledge = Knowledge(life, impairment)
        if touched_on(life.guide, impairment, knowledge):
            found.append(judge(life, impairment, None))
    return found


def _of_everybody(guide: Guide) -> list[Impairment]:
    return [one for one in guide.impairments if one.listed is Listed.PERSON]


def ratings_of(guide: Guide, code: str) -> Mapping[Verb, Sequence[Rating]]:
    """The rows of an impairment by what they do, in the guide's order."""
    every: Mapping[str, Mapping[Verb, Sequence[Rating]]] = guide.once("ratings", _by_impairment)
    return every.get(code, {})


def _by_impairment(guide: Guide) -> Mapping[str, Mapping[Verb, Sequence[Rating]]]:
    found: dict[str, dict[Verb, list[Rating]]] = {}
    for row in guide.ratings:
        found.setdefault(row.impairment, {}).setdefault(row.verb, []).append(row)
    return found


def facts_of(guide: Guide, impairment: Impairment) -> Sequence[Fact]:
    """Every fact that the rows of an impairment name, each once."""
    return guide.once(f"facts of {impairment.code}", lambda g: _facts(g, impairment.code))


def _facts(guide: Guide, code: str) -> Sequence[Fact]:
    rows = (row for row in guide.ratings if row.impairment == code)
    return list(dict.fromkeys(fact for row in rows for fact in facts_in(row.when)))


def touched_on(guide: Guide, impairment: Impairment, knowledge: Knowledge) -> bool:
    """Whether anything was told of what an impairment of everybody is judged by."""
    asked = [fact for fact in facts_of(guide, impairment) if fact.name not in TRIVIAL]
    if not asked:
        return True
    told = [fact for fact in asked if _is_told(fact, knowledge)]
    return bool(told)


def _is_told(fact: Fact, knowledge: Knowledge) -> bool:
    if fact.arguments:
        found = knowledge(fact)
        return found is not False and found is not None and not _is_none(found)
    return knowledge(fact) is not None and knowledge.place(fact) not in knowledge.supposed


def _is_none(found: object) -> bool:
    return getattr(found, "high", None) == 0


def judge(
    life: Life, impairment: Impairment, mention: Mention | None, later_months: int = 0
) -> Judged:
    """One impairment of a life, as it stands or (`later_months`) will stand if nothing else changes."""
    known = Knowledge(life, impairment, mention, later_months=later_months)
    usual = Knowledge(life, impairment, mention, usual=True, later_months=later_months)
    states = {id(row): state_of(row.when, known) for row in _rows(life.guide, impairment)}
    rows = ratings_of(life.guide, impairment.code)
    base = _possible(rows.get(Verb.BASE, ()), states)
    unlisted = bool(rows.get(Verb.BASE)) and not base
    fired = [Fired(row, states[id(row)] is State.OPEN) for row in base]
    for verb in (Verb.ADD, Verb.AT_LEAST):
        fired += [
            Fired(row, states[id(row)] is State.OPEN)
            for row in rows.get(verb, ())
            if states[id(row)] is not State.FAILED
        ]
    weigh = _Weigher(life, mention, later_months)
    best, worst = weigh.best(fired, unlisted), weigh.worst(fired, unlisted)
    likely = _likely(rows, usual, weigh, (best, worst))
    return Judged(
        impairment,
        mention.place if mention else "",
        best,
        likely,
        worst,
        tuple(fired),
        tuple(_open(fired, known, weigh, unlisted)),
        tuple({**known.supposed, **usual.supposed}.items()),
        tuple((place, *told) for place, told in known.misread.items()),
        unlisted,
    )


def _rows(guide: Guide, impairment: Impairment) -> Iterator[Rating]:
    for rows in ratings_of(guide, impairment.code).values():
        yield from rows


def _possible(rows: Sequence[Rating], states: Mapping[int, State]) -> list[Rating]:
    """The base row that holds, or all that may for want of a fact."""
    met = [row for row in rows if states[id(row)] is State.MET]
    return met[:1] or [row for row in rows if states[id(row)] is State.OPEN]


@dataclass(frozen=True, slots=True)
class _Weigher:
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
        total = _UNLISTED if unlisted else min(base, key=weight, default=NOTHING)
        for one in _of(fired, Verb.ADD):
            burden = self.end(one.rating, one.rating.best, True)
            if not one.is_open or burden.points < 0:
                total = added(total, burden)
        for one in _of(fired, Verb.AT_LEAST):
            if not one.is_open:
                total = _at_least(total, self.end(one.rating, one.rating.best, True))
        return _floored(total)

    def worst(
        self, fired: Sequence[Fired], unlisted: bool, of: frozenset[int] | None = None
    ) -> Burden:
        """The harshest that the rows allow; `of`: only these open rows may hold."""
        allowed = [f for f in fired if not f.is_open or of is None or id(f.rating) in of]
        base = [self.end(f.rating, f.rating.worst, False) for f in _of(allowed, Verb.BASE)]
        total = _UNLISTED if unlisted else max(base, key=weight, default=NOTHING)
        for one in _of(allowed, Verb.ADD):
            burden = self.end(one.rating, one.rating.worst, False)
            if not one.is_open or burden.points >= 0:
                total = added(total, burden)
        for one in _of(allowed, Verb.AT_LEAST):
            total = _at_least(total, self.end(one.rating, one.rating.worst, False))
        return _floored(total)

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


def _at_least(total: Burden, least: Burden) -> Burden:
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


def _floored(total: Burden) -> Burden:
    return replace(total, points=max(total.points, 0))


def _likely(
    rows: Mapping[Verb, Sequence[Rating]],
    usual: Knowledge,
    weigh: _Weigher,
    ends: tuple[Burden, Burden],
) -> Burden:
    """The burden when open questions have their usual answers; the best where that decides nothing."""
    base = [row for row in rows.get(Verb.BASE, ()) if state_of(row.when, usual) is State.MET]
    if rows.get(Verb.BASE) and not base:
        open_rows = [
            row for row in rows.get(Verb.BASE, ()) if state_of(row.when, usual) is State.OPEN
        ]
        if not open_rows:
            return ends[0]
        total = min((weigh.middle(row) for row in open_rows), key=weight)
    else:
        total = weigh.middle(base[0]) if base else NOTHING
    for row in rows.get(Verb.ADD, ()):
        if state_of(row.when, usual) is State.MET:
            total = added(total, weigh.middle(row))
    for row in rows.get(Verb.AT_LEAST, ()):
        if state_of(row.when, usual) is State.MET:
            total = _at_least(total, weigh.middle(row))
    total = _floored(total)
    return min(max(total, ends[0], key=weight), ends[1], key=weight)


def _open(
    fired: Sequence[Fired], known: Knowledge, weigh: _Weigher, unlisted: bool
) -> Iterator[OpenAnswer]:
    """Each fact that decides between rows that are open, with the worst that it alone leads to."""
    by_place: dict[str, tuple[str, set[int]]] = {}
    for one in fired:
        for fact in open_facts(one.rating.when, known) if one.is_open else ():
            place = known.place(fact)
            question, rows = by_place.setdefault(place, (known.question(fact), set()))
            rows.add(id(one.rating))
    for place, (question, rows) in by_place.items():
        yield OpenAnswer(place, question, weigh.worst(fired, unlisted, frozenset(rows)))
