"""Requirements on their way: ordered, scheduled, arrived, sent on, accepted."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from megler.accounts.models import User
from megler.cases.actions import papers, requirements
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.names import DocumentKind
from megler.cases.rules.kinds import CARRIERS_OWN, USUAL, Stage
from megler.cases.rules.requirements import SETTLED
from megler.cases.rules.words import Holder
from megler.demo.actions.people import Cast
from megler.demo.actions.telling import DAY, HOUR, Told
from megler.demo.rules import words
from megler.demo.rules.schedule import after_minutes
from megler.forms.actions.papers import typeset
from megler.vocabulary.codes import RequirementKind as Kind

WAIVED, REJECTED, NEVER_COMES = 0.05, 0.03, 0.02
SCHEDULED = frozenset({Kind.PARAMEDICAL_EXAM, Kind.MD_EXAM, Kind.TREADMILL})
PATIENCE = 40 * DAY
"""After so long the carrier goes on without what never came."""


def evidence(
    clock: Told, cast: Cast, manager: User, requirement: Requirement
) -> Iterator[datetime]:
    """One requirement from its order to its acceptance."""
    kind, dice = Kind(requirement.kind), clock.dice
    least, most = words.DELAYS_MINUTES.get(kind, words.USUAL_DELAY_MINUTES)
    if kind in CARRIERS_OWN:
        yield clock.wait(least + HOUR, most + DAY)
        requirements.accept_requirement(manager, requirement, at=clock.at)
        return
    yield clock.wait(10, 5 * HOUR)
    if dice.random() < WAIVED:
        reason = dice.choice(words.WAIVER_REASONS)
        requirements.waive_requirement(manager, requirement, reason, at=clock.at)
        return
    vendor = ""
    if USUAL[kind].brought_by is Holder.VENDOR:
        vendor = dice.choice(words.VENDORS.get(kind, words.EXAM_VENDORS))
    requirements.order_requirement(manager, requirement, vendor, at=clock.at)
    if kind in SCHEDULED:
        yield clock.wait(HOUR, DAY)
        when = after_minutes(clock.at, dice.randint(least // 2, least), clock.zone)
        requirements.schedule_requirement(manager, requirement, when, at=clock.at)
        clock.at = when
    if dice.random() < NEVER_COMES:
        yield clock.wait(PATIENCE, PATIENCE + 5 * DAY)
        reason = dice.choice(words.WAIVER_REASONS)
        requirements.waive_requirement(manager, requirement, reason, at=clock.at)
        return
    yield from _come_in(clock, manager, requirement, kind)
    if dice.random() < REJECTED:
        yield clock.wait(HOUR, 2 * DAY)
        reason = dice.choice(words.REJECT_REASONS)
        requirements.reject_requirement(manager, requirement, reason, at=clock.at)
        yield from _come_in(clock, manager, requirement, kind)
    yield clock.wait(HOUR, 3 * DAY)
    requirements.accept_requirement(manager, requirement, at=clock.at)


def _come_in(
    clock: Told, manager: User, requirement: Requirement, kind: Kind
) -> Iterator[datetime]:
    least, most = words.DELAYS_MINUTES.get(kind, words.USUAL_DELAY_MINUTES)
    yield clock.wait(least, most)
    came: list[CaseDocument] = []
    if kind in words.RESULTS:
        name = f"{words.RESULTS[kind]}.pdf"
        case = requirement.case
        paper = papers.add_document(
            manager, case, a_paper(kind), name, DocumentKind.RESULT, at=clock.at
        )
        came.append(paper)
    requirements.record_arrival(manager, requirement, came, at=clock.at)
    yield clock.wait(5, 5 * HOUR)
    requirements.send_requirement_to_carrier(manager, requirement, at=clock.at)


def delivered(clock: Told, manager: User, case: Case) -> Iterator[datetime]:
    """The papers that must come back once the policy was handed over."""
    left = case.requirements.filter(stage=Stage.DELIVERY.value)
    for requirement in left.exclude(state__in=[s.value for s in SETTLED]).order_by("kind"):
        yield clock.wait(HOUR, 6 * DAY)
        requirements.record_arrival(manager, requirement, at=clock.at)


@cache
def a_paper(kind: Kind) -> bytes:
    """A document that says what it is and that nobody is behind it."""
    title = words.RESULTS[kind]
    content = {
        "form": title,
        "edition": "Demo",
        "reference": "Demo agency",
        "facts": [],
        "sections": [],
        "statements": ["This document belongs to a demo. The person it is about does not exist."],
        "signers": [],
    }
    return typeset("paper", content)
