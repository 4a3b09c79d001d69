"""What a guide calls for before the carrier decides, why, and what on file may be used again.

The grid calls by age and amount, triggers by anything else that is known. What only some of the
possible ages and amounts call for, or a trigger that a fact leaves open, is called for *only if*.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide, RequirementRow
from megler.carriers.rules.ratings import OrderedBy, Trigger
from megler.carriers.rules.when.tree import Fact, facts_in
from megler.underwriting.rules.evidence import ANY_AGE, Ages, Reuse, evidence_for, terms_of
from megler.underwriting.rules.knowledge import Knowledge, Life
from megler.underwriting.rules.mentions import HISTORY, mentions
from megler.underwriting.rules.nicotine import possible_statuses
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.verdicts import State, Subject
from megler.underwriting.rules.whens import open_facts, state_of
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Reason, Source

Measured = Mapping[RequirementKind, int]
"""Calendar days that a kind usually takes here, from its order to its arrival."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that decides whether something is called for: its key, and the guide's question."""

    fact: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something the carrier needs, and why.

    `is_certain` False: only if what is `open` turns out so. `usual_days` and `valid_days` are
    calendar days, None where nobody names them; `is_measured`: they are the agency's own. `reuse` is
    the evidence on file that serves for it; `on_file` why other evidence does not.
    """

    kind: RequirementKind
    reasons: tuple[Reason, ...]
    is_certain: bool = True
    open: tuple[Missing, ...] = ()
    ordered_by: OrderedBy | None = None
    usual_days: int | None = None
    is_measured: bool = False
    valid_days: int | None = None
    reuse: Reuse | None = None
    on_file: tuple[Reason, ...] = ()

    @property
    def to_get(self) -> bool:
        """Whether somebody must still bring it, as far as it is called for."""
        return self.reuse is None


@dataclass(frozen=True, slots=True)
class Needed:
    """What a guide needs of a person, and what was supposed in saying so."""

    requirements: tuple[Requirement, ...]
    assumptions: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Call:
    """One row of the guide that calls for kinds, surely or only if some facts turn out so."""

    kinds: tuple[RequirementKind, ...]
    reason: Reason
    is_certain: bool
    open: tuple[Missing, ...] = ()


def requirements_of(
    guide: Edition,
    person: Person,
    on: date,
    basis: AgeBasis = AgeBasis.NEAREST,
    amount: Decimal | None = None,
    *,
    measured: Measured | None = None,
) -> Needed:
    """What the guide needs of a person who wants `amount` on a day.

    Lists that were never touched on are supposed empty, which the assumptions say.
    """
    rules = guide.guide or Guide(classes=())
    ages = person.ages(on, basis)
    subject = Subject(guide.name, rules, person, on, ages, amount)
    statuses = frozenset(possible_statuses(subject))
    life = Life(rules, person, on, ages, amount, statuses, tuple(mentions(rules, person)))
    known = Knowledge(life)
    found = requirements_for(guide, ages, amount, known, measured)
    return Needed(tuple(found), tuple(_supposed(guide, known)))


def requirements_for(
    guide: Edition,
    ages: int | Ages | None,
    amount: Decimal | None,
    known: Knowledge | None = None,
    measured: Measured | None = None,
) -> list[Requirement]:
    """What the guide calls for at an age, or at any age youngest..oldest, for an amount.

    In the guide's order, each kind once. None is not known: everything that may be called for stands
    there, only if. Without `known` no trigger is asked and no evidence used again. Empty both when
    nothing is required and when the grid does not reach so far: ask `grid_reaches`.
    """
    span = (ages, ages) if isinstance(ages, int) else ages
    calls = [*_by_grid(guide, span, amount), *_by_triggers(guide, known)]
    held = (known.life.person.evidence or ()) if known else ()
    found = []
    for kind in dict.fromkeys(kind for call in calls for kind in call.kinds):
        own = [call for call in calls if kind in call.kinds]
        certain = any(call.is_certain for call in own) or _always(guide, span, amount, kind)
        terms = terms_of(guide, kind, span or ANY_AGE)
        days = (measured or {}).get(kind)
        reuse, on_file = (
            evidence_for(guide, kind, held, span or ANY_AGE, known.life.on) if known else (None, ())
        )
        found.append(
            Requirement(
                kind=kind,
                reasons=tuple(call.reason for call in own if call.is_certain or not certain),
                is_certain=certain,
                open=() if certain else _each_once(m for call in own for m in call.open),
                ordered_by=terms.ordered_by if terms else None,
                usual_days=days if days is not None else terms.usual_days if terms else None,
                is_measured=days is not None,
                valid_days=terms.valid_days if terms else None,
                reuse=reuse,
                on_file=on_file,
            )
        )
    return found


def grid_reaches(guide: Edition, age: int, amount: Decimal) -> bool:
    """Whether the grid has a row for this age and amount."""
    return any(_holds(row, age, amount) for row in _grid(guide))


def _by_grid(guide: Edition, ages: Ages | None, amount: Decimal | None) -> Iterator[_Call]:
    spots = list(_spots(guide, ages, amount))
    missing = _missing(ages, amount)
    for row in _grid(guide):
        states = {_holds(row, age, wanted) for age, wanted in spots}
        if True in states:
            yield _Call(row.kinds, _reason(guide.name, row), states == {True}, missing)


def _always(
    guide: Edition, ages: Ages | None, amount: Decimal | None, kind: RequirementKind
) -> bool:
    """Whether the grid calls for a kind at every age and amount that is possible."""
    rows = [row for row in _grid(guide) if kind in row.kinds]
    return all(
        any(_holds(row, age, wanted) for row in rows) for age, wanted in _spots(guide, ages, amount)
    )


def _missing(ages: Ages | None, amount: Decimal | None) -> tuple[Missing, ...]:
    born = () if ages and ages[0] == ages[1] else (Missing("born"),)
    return born if amount is not None else (*born, Missing("wants.face_amount"))


def _spots(
    guide: Edition, ages: Ages | None, amount: Decimal | None
) -> Iterator[tuple[int, Decimal]]:
    """Ages and amounts enough to tell every possible answer of the grid apart."""
    low, high = ages or ANY_AGE
    edges = {row.age_from for row in _grid(guide)}
    edges |= {row.age_to + 1 for row in _grid(guide) if row.age_to is not None}
    each_age = sorted({low, *(edge for edge in edges if low < edge <= high)})
    if amount is not None:
        amounts = [amount]
    else:
        starts = {row.amount_from for row in _grid(guide)}
        starts |= {row.amount_to + 1 for row in _grid(guide) if row.amount_to is not None}
        amounts = sorted({Decimal(1), *(start for start in starts if start > 0)})
    return ((age, wanted) for age in each_age for wanted in amounts)


def _by_triggers(guide: Edition, known: Knowledge | None) -> Iterator[_Call]:
    if known is None:
        return
    for row in _triggers(guide):
        state = state_of(row.when, known)
        if state is State.FAILED:
            continue
        missing = {known.place(fact): known.question(fact) for fact in open_facts(row.when, known)}
        reason = _trigger_reason(guide.name, row)
        open_ = tuple(Missing(fact, question) for fact, question in missing.items())
        yield _Call(row.kinds, reason, state is State.MET, open_)


def _supposed(guide: Edition, known: Knowledge) -> Iterator[Reason]:
    """Lists that triggers ask of and nobody touched on, and answers that were supposed usual."""
    asked = [fact for row in _triggers(guide) for fact in facts_in(row.when)]
    lists = dict.fromkeys(_list_of(fact, known) for fact in asked)
    for one in HISTORY:
        if one.value in lists and getattr(known.life.person, one.value) is None:
            yield Reason("history_supposed", {"fact": one.value}, Source(guide.name))
    for fact, answer in known.supposed.items():
        params = {"fact": fact, "answer": answer}
        yield Reason("usual_supposed", params, Source(guide.name))


def _list_of(fact: Fact, known: Knowledge) -> str:
    if fact.name == "takes":
        return "medications"
    return known.place(fact) if fact.arguments else ""


def _each_once(missing: Iterator[Missing]) -> tuple[Missing, ...]:
    return tuple(dict.fromkeys(missing))


def _grid(guide: Edition) -> Sequence[RequirementRow]:
    return guide.guide.requirements if guide.guide else ()


def _triggers(guide: Edition) -> Sequence[Trigger]:
    return guide.guide.triggers if guide.guide else ()


def _holds(row: RequirementRow, age: int, amount: Decimal) -> bool:
    age_fits = row.age_from <= age and (row.age_to is None or age <= row.age_to)
    amount_fits = row.amount_from <= amount and (row.amount_to is None or amount <= row.amount_to)
    return age_fits and amount_fits


def _reason(edition: str, row: RequirementRow) -> Reason:
    params = {
        "age_from": str(row.age_from),
        "age_to": "" if row.age_to is None else str(row.age_to),
        "amount_from": f"{row.amount_from:f}",
        "amount_to": "" if row.amount_to is None else f"{row.amount_to:f}",
    }
    return Reason("age_and_amount", params, Source(edition, row.page, "requirements"))


def _trigger_reason(edition: str, row: Trigger) -> Reason:
    source = Source(edition, row.page, "triggers")
    if row.text:
        return Reason("triggered", {"text": row.text}, source)
    named = dict.fromkeys(str(fact) for fact in facts_in(row.when))
    return Reason("triggered_by", {"facts": ", ".join(named)}, source)
