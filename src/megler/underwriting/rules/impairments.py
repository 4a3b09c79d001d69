"""What a guide makes of one impairment of a life: its best, likely and worst burden, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Rating, Verb
from megler.underwriting.rules.burdens import NOTHING, Burden, added, weight
from megler.underwriting.rules.knowledge import Knowledge, Life
from megler.underwriting.rules.mentions import Mention
from megler.underwriting.rules.verdicts import State
from megler.underwriting.rules.weighing import Fired, Weigher, at_least, floored, seen
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

    fired: Sequence[Fired]
    unlisted: bool
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


def ratings_of(guide: Guide, code: str) -> Mapping[Verb, Sequence[Rating]]:
    """The rows of an impairment by what they do, in the guide's order."""
    every: Mapping[str, Mapping[Verb, Sequence[Rating]]] = guide.once("ratings", _by_impairment)
    return every.get(code, {})


def _by_impairment(guide: Guide) -> Mapping[str, Mapping[Verb, Sequence[Rating]]]:
    found: dict[str, dict[Verb, list[Rating]]] = {}
    for row in guide.ratings:
        found.setdefault(row.impairment, {}).setdefault(row.verb, []).append(row)
    return found


def judge(life: Life, impairment: Impairment, mention: Mention | None) -> Judged:
    """One impairment of a life."""
    known = Knowledge(life, impairment, mention)
    rows = ratings_of(life.guide, impairment.code)
    fired, unlisted = _fired(life.guide, impairment, known)
    weigh = Weigher(life, mention)
    best, worst = weigh.best(fired, unlisted), weigh.worst(fired, unlisted)
    usual = known
    if any(one.is_open for one in fired):
        usual = Knowledge(life, impairment, mention, usual=True)
    likely = _likely(rows, usual, weigh, (best, worst))
    told = weigh.telling(fired, unlisted)
    if seen(best) == seen(worst):
        told = [one for one in told if not one.is_open]
    told, questions = _waiting(told, known)
    weighed = _Weighed(fired, unlisted, best, worst)
    return Judged(
        impairment,
        mention.place if mention else "",
        best,
        likely,
        worst,
        tuple(told),
        tuple(_open(told, questions, weigh, weighed)),
        tuple({**known.supposed, **usual.supposed}.items()),
        tuple((place, *said) for place, said in known.misread.items()),
        unlisted,
    )


def best_of(life: Life, impairment: Impairment, mention: Mention, later_months: int) -> Burden:
    """The mildest that an impairment will be after some months, other things being equal."""
    known = Knowledge(life, impairment, mention, later_months=later_months)
    fired, unlisted = _fired(life.guide, impairment, known)
    return Weigher(life, mention).best(fired, unlisted)


def _fired(guide: Guide, impairment: Impairment, known: Knowledge) -> tuple[list[Fired], bool]:
    """The rows that hold or may hold, and whether none of the base does."""
    rows = ratings_of(guide, impairment.code)
    base = [(row, state_of(row.when, known)) for row in rows.get(Verb.BASE, ())]
    met = [Fired(row) for row, state in base if state is State.MET]
    fired = met[:1] or [Fired(row, True) for row, state in base if state is State.OPEN]
    unlisted = bool(base) and not fired
    for verb in (Verb.ADD, Verb.AT_LEAST):
        for row in rows.get(verb, ()):
            state = state_of(row.when, known)
            if state is not State.FAILED:
                fired.append(Fired(row, state is State.OPEN))
    return fired, unlisted


def _likely(
    rows: Mapping[Verb, Sequence[Rating]],
    usual: Knowledge,
    weigh: Weigher,
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
            total = at_least(total, weigh.middle(row))
    mild, harsh = sorted(ends, key=weight)
    return min(max(floored(total), mild, key=weight), harsh, key=weight)


def _waiting(told: Sequence[Fired], known: Knowledge) -> tuple[list[Fired], dict[str, str]]:
    """The rows, those that are open with what they wait for, and the questions by their keys."""
    found: list[Fired] = []
    questions: dict[str, str] = {}
    for one in told:
        if one.is_open:
            asked = {known.place(f): known.question(f) for f in open_facts(one.rating.when, known)}
            questions |= asked
            found.append(Fired(one.rating, True, tuple(asked)))
        else:
            found.append(one)
    return found, questions


def _open(
    told: Sequence[Fired], questions: Mapping[str, str], weigh: Weigher, all_of: _Weighed
) -> Iterator[OpenAnswer]:
    """Each fact that decides between rows that are open, with the worst that it alone leads to.

    One that alone changes nothing, and without which the worst stays as it is, is not asked.
    """
    waiting: dict[str, list[Fired]] = {}
    for one in told:
        for place in one.waits:
            waiting.setdefault(place, []).append(one)
    for place, ones in waiting.items():
        rows = frozenset(id(one.rating) for one in ones)
        alone = weigh.alone(all_of.fired, all_of.unlisted, rows)
        if seen(alone) != seen(all_of.best) or seen(all_of.worst) != seen(
            weigh.worst(all_of.fired, all_of.unlisted, but=rows)
        ):
            yield OpenAnswer(place, questions[place], alone, ones[0].rating.page)
