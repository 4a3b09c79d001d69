"""The class that a guide gives a person, from the rules of that guide's edition.

Each class of the guide is a candidate, best first; after them come the chart's table ratings of
the last class, and beyond those individual consideration. The figures' answer is the best candidate
that no known fact rules out. A fact that is not known leaves candidates open: the range then reaches
to the first candidate that is surely met. Where nicotine is not known, both ladders of classes
are judged and the range spans them. What the guide's impairments weigh is laid on top (`final`), at
the best, the likely and the worst end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide, Nicotine
from megler.carriers.rules.when.tree import facts_in
from megler.underwriting.rules.assessment import INDIVIDUAL, Assessment, OpenFact, Outcome
from megler.underwriting.rules.build import rounding_assumptions, rows_at_height, whole
from megler.underwriting.rules.burdens import place_from_last
from megler.underwriting.rules.class_rules import knows
from megler.underwriting.rules.final import Final, final, harshest_final, sum_of
from megler.underwriting.rules.history import History, history_of
from megler.underwriting.rules.knowledge import Life
from megler.underwriting.rules.ladder import Candidate, Ladder, ladder_for
from megler.underwriting.rules.mentions import mentions
from megler.underwriting.rules.nicotine import possible_statuses
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.rating_reasons import holding_reasons, open_reasons
from megler.underwriting.rules.sooner import time_improvements
from megler.underwriting.rules.still_open import Ends, assumptions, in_full, not_judged, open_facts
from megler.underwriting.rules.verdicts import State, Subject
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.problems import Reason, Source

_Ladders = Sequence[tuple[Nicotine, Ladder]]


def assess(
    guide: Edition,
    person: Person,
    on: date,
    basis: AgeBasis = AgeBasis.NEAREST,
    amount: Decimal | None = None,
) -> Assessment:
    """The best class that `guide` allows on what is known of `person` on the day `on`.

    `basis` counts the age for limits that have ages; `amount` is the face amount asked for, which
    financial rules are held against. Unknown facts widen `class_range` and are listed in `open` and
    `assumptions`; every rule that capped the class is in `reasons`.
    """
    rules = guide.guide or Guide(classes=())
    rows = rows_at_height(rules, person, person.ages(on, basis))
    subject = Subject(guide.name, rules, person, on, person.ages(on, basis), amount)
    statuses = possible_statuses(subject)
    told = tuple(mentions(rules, person))
    life = Life(rules, person, on, subject.ages, amount, frozenset(statuses), told)
    history = history_of(life, guide.name)
    by_use = len(statuses) > 1
    statuses = _with_users(statuses, history)
    if rules.build and person.height_in is not None and not rows and not _ends(history):
        return _not_in_chart(guide, person)
    known = knows(life)
    ladders = [(s, ladder_for(subject, s, rows, known)) for s in sorted(statuses)]
    best = _finals(rules, ladders, history, "best")
    at = min(range(len(best)), key=lambda i: best[i].rank)
    given, (status, ladder) = best[at], ladders[at]
    worst = max(_finals(rules, ladders, history, "worst"), key=lambda end: end.rank)
    likely = final(rules, ladder, ladder.best, status, history.burdens("likely"))
    ends = Ends(ladders, (status, ladder), by_use)
    asked = in_full(_asked(rules, guide.name, ends, history, (given, worst)), subject)
    candidate = ladder.candidates[ladder.best] if ladder.best < len(ladder.candidates) else None
    return Assessment(
        edition=guide.name,
        outcome=given.outcome,
        class_code=given.one.code if given.one else None,
        class_name=given.one.name if given.one else "",
        rated_as=given.one.rated_as if given.one else None,
        table=given.table,
        class_range=(given.code, worst.code),
        flat_extra=sum_of(given.extras),
        flat_years=next((e.years for e in given.extras if e.per_1000 is not None), None),
        flat_extra_open=any(extra.per_1000 is None for extra in given.extras),
        postpone_until=given.until,
        likely=likely.likely(),
        reasons=tuple(_reasons(guide, (given, worst), candidate, ladder, history)),
        assumptions=tuple(assumptions(guide.name, rules, person, history, asked)),
        open=tuple(asked),
        improvements=tuple(_improvements(guide, ladder, given, history, life)),
    )


_OF_AMOUNT = frozenset({"amount", "total_amount", "income_multiple", "net_worth_multiple"})


def asks_amount(guide: Edition) -> bool:
    """Whether any rule of a guide is held against the amount asked for."""
    return (guide.guide or Guide(classes=())).once("asks amount", _asks_amount)


def _asks_amount(rules: Guide) -> bool:
    conditions = [row.when for row in rules.ratings]
    conditions += [when for rule in rules.rules for when in (rule.when, rule.requires)]
    return any(fact.name in _OF_AMOUNT for when in conditions for fact in facts_in(when))


def _with_users(statuses: set[Nicotine], history: History) -> set[Nicotine]:
    """The statuses still possible when an impairment takes the person for a user of nicotine."""
    if statuses == {Nicotine.ANY}:
        return statuses
    if any(one.best.as_user for one in history.judged):
        return {Nicotine.USER}
    perhaps = any(one.worst.as_user for one in history.judged)
    return statuses | {Nicotine.USER} if perhaps else statuses


def _ends(history: History) -> bool:
    return any(one.best.end is not None for one in history.judged)


def _finals(rules: Guide, ladders: _Ladders, history: History, end: str) -> list[Final]:
    burdens = history.burdens(end)
    if end == "best":
        return [final(rules, ladder, ladder.best, status, burdens) for status, ladder in ladders]
    return [
        harshest_final(rules, ladder, ladder.worst, status, burdens) for status, ladder in ladders
    ]


def _asked(
    rules: Guide, edition: str, ends: Ends, history: History, range_: tuple[Final, Final]
) -> list[OpenFact]:
    """What could still change the answer; where nothing can, only what was supposed."""
    best, worst = range_
    if best.outcome is Outcome.DECLINE:
        return []
    open_ones = [] if _same(best, worst) else open_facts(rules, edition, ends, history)
    told = {one.fact for one in open_ones}
    return [*open_ones, *(one for one in history.supposed if one.fact not in told)]


def _same(best: Final, worst: Final) -> bool:
    return (best.code, best.extras, best.until) == (worst.code, worst.extras, worst.until)


def _reasons(
    guide: Edition,
    range_: tuple[Final, Final],
    candidate: Candidate | None,
    ladder: Ladder,
    history: History,
) -> Iterator[Reason]:
    """The outcome, what gave it, what else keeps better classes away, then what may still count."""
    edition, (given, worst) = guide.name, range_
    yield from not_judged(edition, history)
    rules = guide.guide or Guide(classes=())
    yield from _outcome(given, candidate, edition)
    rated = given.outcome is not Outcome.CLASS
    ratings = list(holding_reasons(history.judged, rules, edition, rated))
    figures: list[Reason] = []
    by_history = given.one is None and any(one.best.end for one in history.judged)
    if not by_history and (candidate is not None or not history.judged):
        figures = _capped(ladder.candidates[: ladder.best])
    by_figures = candidate is not None and (candidate.one, candidate.table) == (
        given.one,
        given.table,
    )
    yield from [*figures, *ratings] if by_figures else [*ratings, *figures]
    if not _same(given, worst):
        yield from open_reasons(history.judged, rules, edition, rated)


def _outcome(given: Final, candidate: Candidate | None, edition: str) -> Iterator[Reason]:
    if given.outcome is Outcome.POSTPONE:
        until = {} if given.until is None else {"until": given.until.isoformat()}
        yield Reason("postponed_until" if until else "postponed", until, Source(edition))
    elif given.outcome is Outcome.TABLE and given.one and _by_ratings(given, candidate):
        params = {"class": given.one.name, "table": str(given.table)}
        yield Reason("table_by_ratings", params, Source(edition))
    elif given.outcome is Outcome.CLASS and given.one:
        yield Reason("class_met", {"class": given.one.name}, Source(edition))
    elif given.outcome is Outcome.TABLE:
        yield from _met(candidate, edition)


def _by_ratings(given: Final, candidate: Candidate | None) -> bool:
    return candidate is None or candidate.table != given.table


def _met(given: Candidate | None, edition: str) -> list[Reason]:
    if given is None:
        return []
    params = {"class": given.one.name, "table": str(given.table)}
    return [Reason("table_by_build", params, Source(edition, rule="build"))]


def _capped(better: Sequence[Candidate]) -> list[Reason]:
    """Every fact that capped the class, by the laxest limit that it fails.

    Limits of classes for nicotine users say nothing to somebody who is none, nor do those of a class
    that figures never give.
    """
    by_fact: dict[str, Reason] = {}
    for candidate in reversed(better):
        reasons = {v.fact: v.reason for v in reversed(candidate.verdicts) if v.reason is not None}
        for_others = any(reason.code == "class_for_users" for reason in reasons.values())
        if candidate.table is None and not candidate.one.on_review and not for_others:
            by_fact = reasons | by_fact
    return list(by_fact.values())


def _improvements(
    guide: Edition, ladder: Ladder, given: Final, history: History, life: Life
) -> Iterator[Reason]:
    """For each fact that alone keeps better classes away, the least change, and the best of them by it.

    Where ratings keep that class away anyway, only what time will ease.
    """
    by_fact: dict[str, Reason] = {}
    as_user = any(one.best.as_user for one in history.judged)
    rated = any(one.best.points > 0 or one.best.end is not None for one in history.judged)
    caps = [one.best.cap for one in history.judged if one.best.cap is not None]
    for candidate in reversed(ladder.candidates[: ladder.best]):
        if rated or (caps and place_from_last(life.guide, candidate.one.code) > min(caps)):
            break
        failed = [v for v in candidate.verdicts if v.state is State.FAILED]
        facts = {v.fact for v in failed}
        changes = [v.improvement for v in failed if v.improvement is not None]
        if as_user and "nicotine" in facts:
            continue
        if len(facts) == 1 and len(changes) == len(failed):
            fact, change = facts.pop(), _reaching(candidate, changes[-1])
            if fact not in by_fact or _but_class(by_fact[fact]) == _but_class(change):
                by_fact[fact] = change
    yield from by_fact.values()
    if given.one is None or given.table or history.judged:
        yield from time_improvements(life, history, guide.name)


def _reaching(candidate: Candidate, change: Reason) -> Reason:
    """A change that reaches a table of a class: the table is what it promises."""
    if candidate.table is None:
        return change
    return replace(change, params={**change.params, "class": f"table {candidate.table}"})


def _but_class(change: Reason) -> tuple[str, dict[str, str]]:
    """What is to be done, whatever class it reaches."""
    return change.code, {key: found for key, found in change.params.items() if key != "class"}


def _not_in_chart(guide: Edition, person: Person) -> Assessment:
    height = whole(person.height_in) if person.height_in is not None else 0
    source = Source(guide.name, rule="build")
    return Assessment(
        edition=guide.name,
        outcome=Outcome.INDIVIDUAL_CONSIDERATION,
        class_code=None,
        class_name="",
        rated_as=None,
        table=None,
        class_range=(INDIVIDUAL, INDIVIDUAL),
        reasons=(Reason("height_not_in_chart", {"height_in": str(height)}, source),),
        assumptions=tuple(rounding_assumptions(person)),
    )
