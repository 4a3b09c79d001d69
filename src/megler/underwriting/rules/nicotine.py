"""How long a person is free of nicotine, and what a guide makes of it."""

from datetime import date

from megler.carriers.rules.guide import Criterion, CriterionKind, Guide, GuideClass, Nicotine
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.verdicts import State, Subject, Verdict
from megler.vocabulary.ages import add_months
from megler.vocabulary.problems import Reason, Source

USUAL_MONTHS = 12
"""Months without nicotine after which carriers speak of a non-user, when the guide is silent."""
_LONGEST_WAIT_MONTHS = 1200


def nicotine_free(person: Person, months: int, on: date) -> State:
    """Whether no nicotine was used in the `months` whole months before `on`.

    Use on the day exactly `months` months ago is long enough ago.
    """
    if person.nicotine is None:
        return State.OPEN
    state = State.OPEN if "nicotine" in person.incomplete else State.MET
    for use in person.nicotine:
        if use.last_used is None:
            state = State.OPEN
        elif add_months(use.last_used.first, months) > on:
            return State.FAILED
        elif add_months(use.last_used.last, months) > on:
            state = State.OPEN
    return state


def nicotine_statuses(person: Person, on: date, months: int = USUAL_MONTHS) -> set[Nicotine]:
    """What the person may be: a non-user, a user, or either when that is not known."""
    free = nicotine_free(person, months, on)
    return {
        State.MET: {Nicotine.NONE},
        State.FAILED: {Nicotine.USER},
        State.OPEN: {Nicotine.NONE, Nicotine.USER},
    }[free]


def months_to_non_user(guide: Guide) -> int | None:
    """Months free of nicotine from which this guide takes a person for a non-user.

    The least that it asks of any class open to non-users; None when it never asks.
    """
    return guide.once("months to non-user", _months_to_non_user)


def criteria_of(guide: Guide, class_code: str) -> list[Criterion]:
    """The limits that hold for a class, in the guide's order."""
    return guide.once("criteria by class", _criteria_by_class)[class_code]


def _criteria_by_class(guide: Guide) -> dict[str, list[Criterion]]:
    return {
        one.code: [c for c in guide.criteria if c.class_code in (None, one.code)]
        for one in guide.classes
    }


def _months_to_non_user(guide: Guide) -> int | None:
    users = {c.code for c in guide.classes if c.nicotine is Nicotine.USER}
    limits = [
        int(c.limit)
        for c in guide.criteria
        if c.kind is CriterionKind.NICOTINE_FREE_MONTHS_MIN and c.class_code not in users
    ]
    if all(c.nicotine is Nicotine.ANY for c in guide.classes):
        return None
    return min(limits, default=USUAL_MONTHS)


def status_verdict(subject: Subject, one: GuideClass, status: Nicotine) -> Verdict:
    """Whether a class for users or for non-users is for a person of this status."""
    if one.nicotine in (Nicotine.ANY, status):
        return Verdict("nicotine", State.MET)
    if one.nicotine is Nicotine.USER:
        return Verdict("nicotine", State.FAILED, Reason("class_for_users", {"class": one.name}))
    months = months_to_non_user(subject.guide) or USUAL_MONTHS
    source = Source(subject.edition, rule=CriterionKind.NICOTINE_FREE_MONTHS_MIN.value)
    return _used(subject, one, months, source)


def months_verdict(subject: Subject, one: GuideClass, months: int, source: Source) -> Verdict:
    """Whether the class's nicotine-free months are over."""
    state = nicotine_free(subject.person, months, subject.on)
    if state is not State.FAILED:
        return Verdict("nicotine", state)
    return _used(subject, one, months, source)


def _used(subject: Subject, one: GuideClass, months: int, source: Source) -> Verdict:
    params = {"class": one.name, "months": str(months)}
    reason = Reason("nicotine_used", params, source)
    more = months_to_wait(subject.person, months, subject.on)
    if more is None:
        return Verdict("nicotine", State.FAILED, reason)
    wait = {"class": one.name, "more": str(more)}
    improvement = Reason("more_nicotine_free_months", wait, source)
    return Verdict("nicotine", State.FAILED, reason, improvement)


def months_to_wait(person: Person, months: int, on: date) -> int | None:
    """Whole months from `on` until `months` free months may be reached; None: not known."""
    if person.nicotine is None or any(use.last_used is None for use in person.nicotine):
        return None
    waits = range(1, min(months, _LONGEST_WAIT_MONTHS) + 1)
    free = (
        n for n in waits if nicotine_free(person, months, add_months(on, n)) is not State.FAILED
    )
    return next(free, None)
