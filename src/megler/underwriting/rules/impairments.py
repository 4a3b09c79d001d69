"""What a guide makes of one impairment of a life: its best, likely and worst burden, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from megler.carriers.rules.ratings import Impairment, Rating, Verb
from megler.carriers.rules.when.tree import Fact
from megler.underwriting.rules.burdens import (
    NOTHING,
    Burden,
    added,
    at_least,
    floored,
    seen,
    weight,
)
from megler.underwriting.rules.knowledge import Knowledge, Life
from megler.underwriting.rules.mentions import Mention
from megler.underwriting.rules.row_ends import Ends, ends_of
from megler.underwriting.rules.turns import ratings_of
from megler.underwriting.rules.verdicts import State
from megler.underwriting.rules.weighing import Fired, Load, Weigher
from megler.underwriting.rules.whens import open_facts, state_of


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """A fact that an impairment needs and nobody told: what it alone could lead to."""

    place: str
    question: str
    worst: Burden
    page: str = ""


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


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Every row that holds or may hold, and what they come to."""

    load: Load
    best: Burden
    worst: Burden


def judged(life: Life, subjects: Sequence[Impairment]) -> list[Judged]:
    """Every impairment that the life mentions, and those of everybody (`subjects`) touched on."""
    found = [
        judge(life, impairment, mention)
        for mention in life.mentions
        for impairment in mention.impairments
    ]
    return found + [judge(life, impairment, None) for impairment in subjects]


def judge(life: Life, impairment: Impairment, mention: Mention | None) -> Judged:
    """One impairment of a life."""
    known = Knowledge(life, impairment, mention)
    fired, unlisted = _fired(life, impairment, known)
    weigh = Weigher(life, mention, known)
    load = weigh.load(fired, unlisted)
    best, worst = weigh.best(load), weigh.worst(load)
    usual = known
    if any(one.is_open for one in fired):
        usual = Knowledge(life, impairment, mention, usual=True)
    has_base = Verb.BASE in ratings_of(life.guide, impairment.code)
    likely = _likely(fired, usual, weigh, (best, worst), has_base)
    told = weigh.telling(load)
    if seen(best) == seen(worst):
        told = [one for one in told if not one.is_open]
    return Judged(
        impairment,
        mention.place if mention else "",
        best,
        likely,
        worst,
        tuple(_waiting(told, known)),
        tuple(_open(told, known, weigh, _Weighed(load, best, worst))),
        tuple({**known.supposed, **usual.supposed}.items()),
        tuple((place, *said) for place, said in known.misread.items()),
        unlisted,
    )


def best_of(life: Life, impairment: Impairment, mention: Mention, later_months: int) -> Burden:
    """The mildest that an impairment will be after some months, other things being equal."""
    known = Knowledge(life, impairment, mention, later_months=later_months)
    fired, unlisted = _fired(life, impairment, known)
    weigh = Weigher(life, mention, known)
    return weigh.best(weigh.load(fired, unlisted))


def _fired(life: Life, impairment: Impairment, known: Knowledge) -> tuple[list[Fired], bool]:
    """The rows that hold or may hold, and whether none of the base does."""
    rows = ratings_of(life.guide, impairment.code)
    base = [(row, state_of(row.when, known)) for row in rows.get(Verb.BASE, ())]
    met = [_held(row, known) for row, state in base if state is State.MET]
    fired = met[:1] or [_opened(row, known) for row, state in base if state is State.OPEN]
    unlisted = bool(base) and not fired
    for verb in (Verb.ADD, Verb.AT_LEAST):
        for row in rows.get(verb, ()):
            state = state_of(row.when, known)
            if state is not State.FAILED:
                fired.append(_opened(row, known) if state is State.OPEN else _held(row, known))
    return fired, unlisted


def _held(row: Rating, known: Knowledge) -> Fired:
    return Fired(row, _ends(row, known))


def _opened(row: Rating, known: Knowledge) -> Fired:
    return Fired(row, _ends(row, known), True, tuple(open_facts(row.when, known)))


def _ends(row: Rating, known: Knowledge) -> Ends:
    entry = known.mention.entry if known.mention else None
    return ends_of(row, known.life.guide, entry, known.life.on)


def _likely(
    fired: Sequence[Fired],
    usual: Knowledge,
    weigh: Weigher,
    ends: tuple[Burden, Burden],
    has_base: bool,
) -> Burden:
    """The burden when open questions have their usual answers; the best where that decides nothing."""
    states = [state_of(one.rating.when, usual) if one.is_open else State.MET for one in fired]
    rows = [one.rating for one in fired]
    held = [row for row, state in zip(rows, states, strict=True) if state is State.MET]
    base = [weigh.middle(row) for row in held if row.verb is Verb.BASE][:1]
    if not base:
        waiting = [row for row, state in zip(rows, states, strict=True) if state is State.OPEN]
        base = [weigh.middle(row) for row in waiting if row.verb is Verb.BASE]
        if not base and has_base:
            return ends[0]
    total = min(base, key=weight, default=NOTHING)
    for row in held:
        if row.verb is Verb.ADD:
            total = added(total, weigh.middle(row))
    for row in held:
        if row.verb is Verb.AT_LEAST:
            total = at_least(total, weigh.middle(row))
    mild, harsh = sorted(ends, key=weight)
    return min(max(floored(total), mild, key=weight), harsh, key=weight)


def _waiting(told: Sequence[Fired], known: Knowledge) -> list[Fired]:
    """The rows, those that are open with the keys of the facts that they wait for."""
    return [
        replace(one, waits=tuple(dict.fromkeys(map(known.place, one.facts)))) if one.facts else one
        for one in told
    ]


def _open(
    told: Sequence[Fired], known: Knowledge, weigh: Weigher, every: _Weighed
) -> Iterator[OpenAnswer]:
    """Each fact that decides between rows that are open, with the worst that it alone leads to.

    One that alone changes nothing, and without which the worst stays as it is, is not asked.
    """
    waiting: dict[str, tuple[dict[Fact, None], list[Fired]]] = {}
    for one in told:
        for fact in one.facts:
            facts, rows = waiting.setdefault(known.place(fact), ({}, []))
            facts[fact] = None
            if not rows or rows[-1] is not one:
                rows.append(one)
    for place, (facts, rows) in waiting.items():
        alone = max(weigh.alone(every.load, rows, tuple(facts)), every.best, key=weight)
        but = {id(one.rating) for one in rows}
        if seen(alone) != seen(every.best) or seen(every.worst) != seen(
            weigh.worst(every.load, but)
        ):
            question = next(filter(None, map(known.question, facts)), "")
            yield OpenAnswer(place, question, alone, rows[0].rating.page)
