"""What a guide makes of one impairment of a life: its best, likely and worst burden, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Rating, Verb
from megler.underwriting.rules.burdens import NOTHING, Burden, added, weight
from megler.underwriting.rules.knowledge import Knowledge, Life
from megler.underwriting.rules.mentions import Mention
from megler.underwriting.rules.verdicts import State
from megler.underwriting.rules.weighing import Fired, Weigher, at_least, floored
from megler.underwriting.rules.whens import open_facts, state_of


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


def judge(
    life: Life, impairment: Impairment, mention: Mention | None, later_months: int = 0
) -> Judged:
    """One impairment of a life, as it stands or (`later_months`) will stand if nothing else changes."""
    known = Knowledge(life, impairment, mention, later_months=later_months)
    rows = ratings_of(life.guide, impairment.code)
    fired, unlisted = _fired(life.guide, impairment, known)
    weigh = Weigher(life, mention, later_months)
    best, worst = weigh.best(fired, unlisted), weigh.worst(fired, unlisted)
    usual = known
    if any(one.is_open for one in fired):
        usual = Knowledge(life, impairment, mention, usual=True, later_months=later_months)
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


def best_of(life: Life, impairment: Impairment, mention: Mention, later_months: int) -> Burden:
    """The mildest that an impairment will be after some months, other things being equal."""
    known = Knowledge(life, impairment, mention, later_months=later_months)
    fired, unlisted = _fired(life.guide, impairment, known)
    return Weigher(life, mention, later_months).best(fired, unlisted)


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
    total = floored(total)
    return min(max(total, ends[0], key=weight), ends[1], key=weight)


def _open(
    fired: Sequence[Fired], known: Knowledge, weigh: Weigher, unlisted: bool
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
