"""How one rule of a guide judges one class: met, failed, or open for want of a fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from megler.carriers.rules.guide import Guide
from megler.underwriting.rules.people import Person
from megler.vocabulary.problems import Reason, Source


class State(StrEnum):
    """Whether a class's rule is met; `open`: a fact that decides it is not known."""

    MET = "met"
    FAILED = "failed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is judged, by what, when: `edition` names the guide (carrier/series@date).

    `ages` are the youngest and the oldest age possible on the day `on`; `amount` the face amount
    asked for. None: not known.
    """

    edition: str
    guide: Guide
    person: Person
    on: date
    ages: tuple[int, int] | None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule's word on a class.

    `fact` is the key of the facts document that it turns on. A failed verdict has the `reason`
    that caps the class and, where the person can change it, the `improvement`. An open one has
    the `source` of the rule.
    """

    fact: str
    state: State
    reason: Reason | None = None
    improvement: Reason | None = None
    source: Source | None = None


def together(verdicts: Iterable[Verdict]) -> State:
    """The state of a class under all its rules: one failed fails it, else one open leaves it open.

    >>> together([Verdict("family", State.MET), Verdict("weight_lb", State.OPEN)]).value
    'open'
    """
    found = State.MET
    for verdict in verdicts:
        if verdict.state is State.FAILED:
            return State.FAILED
        if verdict.state is State.OPEN:
            found = State.OPEN
    return found
