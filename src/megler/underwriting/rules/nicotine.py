"""How long a person is free of nicotine, and what a guide makes of it."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date

from megler.carriers.rules.guide import Criterion, CriterionKind, Guide, GuideClass, Nicotine
from megler.carriers.rules.ratings import NicotineRule
from megler.underwriting.rules.knowledge import Knowledge, Life
from megler.underwriting.rules.mentions import mentions
from megler.underwriting.rules.people import NicotineUse, Person
from megler.underwriting.rules.uses import per_year
from megler.underwriting.rules.verdicts import State, Subject, Verdict
from megler.underwriting.rules.whens import open_facts, state_of
from megler.vocabulary.ages import add_months
from megler.vocabulary.problems import Reason, Source

USUAL_MONTHS = 12
"""Months without nicotine after which carriers speak of a non-user, when the guide is silent."""
_LONGEST_WAIT_MONTHS = 1200


def nicotine_free(person: Person, months: int, on: date) -> State:
    """Whether no nicotine was used in the `months` whole months before `on`.

    Use on the day exactly `months` months ago is long enough ago.
    """
    return _every_use(person, lambda use: _long_ago(use, months, on))


def free_for_class(subject: Subject, one: GuideClass, on: date) -> State:
    """Whether no use of nicotine counts against a class on a day, product by product."""
    return _every_use(subject.person, lambda use: _use_state(subject, one, use, on))


def _every_use(person: Person, judge: Callable[[NicotineUse], State]) -> State:
    if person.nicotine is None:
        return State.OPEN
    state = State.OPEN if "nicotine" in person.incomplete else State.MET
    for use in person.nicotine:
        found = judge(use)
        if found is State.FAILED:
            return State.FAILED
        if found is State.OPEN:
            state = State.OPEN
    return state


def _long_ago(use: NicotineUse, months: int, on: date) -> State:
    if use.last_used is None:
        return State.OPEN
    if add_months(use.last_used.first, months) > on:
        return State.FAILED
    return State.OPEN if add_months(use.last_used.last, months) > on else State.MET


def _use_state(subject: Subject, one: GuideClass, use: NicotineUse, on: date) -> State:
    rule = _rule_for(subject.guide, one, use.product)
    months = rule.free_months if rule else months_of_class(subject.guide, one.code)
    state = _long_ago(use, months, on)
    if state is State.MET or rule is None or rule.per_year is None:
        return state
    allowed = _allowed(subject, rule, use)
    if allowed is State.MET:
        return State.MET
    return State.OPEN if State.OPEN in (state, allowed) else State.FAILED


def _allowed(subject: Subject, rule: NicotineRule, use: NicotineUse) -> State:
    """Whether so little use of a product is allowed."""
    often = per_year(use)
    if often is None:
        return State.OPEN
    if rule.per_year is None or often > rule.per_year:
        return State.FAILED
    return State.MET if rule.when is None else state_of(rule.when, _known(subject))


def _known(subject: Subject) -> Knowledge:
    """What is known of a person whose use was told: no answer that belongs to it is supposed."""
    either = frozenset({Nicotine.NONE, Nicotine.USER})
    told = tuple(mentions(subject.guide, subject.person))
    life = Life(
        subject.guide, subject.person, subject.on, subject.ages, subject.amount, either, told
    )
    return Knowledge(life, supposes=False)


def use_not_told(subject: Subject) -> list[str]:
    """The keys of the facts document that could tell whether a use counts; else `nicotine`."""
    if subject.person.nicotine is None or "nicotine" in subject.person.incomplete:
        return ["nicotine"]
    found: dict[str, None] = {}
    for at, use in enumerate(subject.person.nicotine):
        for one in subject.guide.classes:
            if _use_state(subject, one, use, subject.on) is State.OPEN:
                found |= dict.fromkeys(_not_told(subject, one, use, f"nicotine[{at}]"))
    return list(found) or ["nicotine"]


def _not_told(subject: Subject, one: GuideClass, use: NicotineUse, place: str) -> Iterator[str]:
    rule = _rule_for(subject.guide, one, use.product)
    months = rule.free_months if rule else months_of_class(subject.guide, one.code)
    if _long_ago(use, months, subject.on) is State.OPEN:
        yield f"{place}.last_used"
    if rule is None or rule.per_year is None:
        return
    if per_year(use) is None:
        yield f"{place}.per_week"
    known = _known(subject)
    yield from map(known.place, open_facts(rule.when, known) if rule.when else ())


def _rule_for(guide: Guide, one: GuideClass, product: str | None) -> NicotineRule | None:
    """The rule nearest to a class and a product; a rule of every class is for non-users only."""
    fits = [
        rule
        for rule in guide.nicotine
        if rule.product in (None, product)
        and (rule.class_code == one.code or (rule.class_code is None and _for_non_users(one)))
    ]
    return max(fits, key=lambda r: (r.product is not None, r.class_code is not None), default=None)


def _for_non_users(one: GuideClass) -> bool:
    return one.nicotine is not Nicotine.USER


def months_of_class(guide: Guide, class_code: str) -> int:
    """Months without nicotine that a class asks for, of products without a rule of their own."""
    return guide.once("months by class", _months_by_class)[class_code]


def _months_by_class(guide: Guide) -> dict[str, int]:
    found = {}
    for one in guide.classes:
        rule = _rule_for(guide, one, None) if guide.nicotine else None
        limits = [
            int(c.limit)
            for c in criteria_of(guide, one.code)
            if c.kind is CriterionKind.NICOTINE_FREE_MONTHS_MIN
        ]
        found[one.code] = rule.free_months if rule else max(limits, default=0)
    return found


def possible_statuses(subject: Subject) -> set[Nicotine]:
    """What a guide may take the person for: a non-user where any class for such lets the use pass."""
    months = months_to_non_user(subject.guide)
    if months is None:
        return {Nicotine.ANY}
    if not subject.guide.nicotine:
        return nicotine_statuses(subject.person, subject.on, months)
    states = {
        free_for_class(subject, one, subject.on)
        for one in subject.guide.classes
        if _for_non_users(one) and not one.on_review
    }
    if State.MET in states:
        return {Nicotine.NONE}
    return {Nicotine.USER} if states <= {State.FAILED} else {Nicotine.NONE, Nicotine.USER}


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
    if guide.nicotine:
        limits = [months_of_class(guide, c.code) for c in guide.classes if c.code not in users]
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


def laxest_open_class(subject: Subject) -> GuideClass | None:
    """The last class for non-users that may let the use pass: who is a non-user has at least that."""
    classes = [one for one in subject.guide.classes if _for_non_users(one) and not one.on_review]
    states = {one.code: free_for_class(subject, one, subject.on) for one in classes}
    open_ones = [one for one in classes if states[one.code] is State.OPEN]
    return open_ones[-1] if open_ones and State.MET not in states.values() else None


def product_verdict(subject: Subject, one: GuideClass) -> Verdict:
    """Whether a class of a guide with rules by product lets the use of nicotine pass."""
    state = free_for_class(subject, one, subject.on)
    if state is not State.FAILED:
        rule = _rule_for(subject.guide, one, None)
        source = Source(subject.edition, rule.page if rule else "", "nicotine")
        return Verdict("nicotine", state, source=source)
    against = [
        use
        for use in subject.person.nicotine or ()
        if _use_state(subject, one, use, subject.on) is State.FAILED
    ]
    asked = {use.product or "": _rule_for(subject.guide, one, use.product) for use in against}
    named, rule = max(
        asked.items(), key=lambda each: (each[1].free_months if each[1] else 0, each[0])
    )
    months = rule.free_months if rule else months_of_class(subject.guide, one.code)
    source = Source(subject.edition, rule.page if rule else "", "nicotine")
    params = {"class": one.name, "months": str(months), "product": named or "nicotine"}
    reason = Reason("nicotine_product_used", params, source)
    if rule is not None and rule.per_year is not None:
        params = {**params, "per_year": str(rule.per_year)}
        reason = Reason("nicotine_product_used_often", params, source)
    known = all(use.last_used is not None for use in against)
    more = _soonest(months, lambda wait: _passes(subject, one, wait)) if known else None
    if more is None:
        return Verdict("nicotine", State.FAILED, reason)
    wait = {"class": one.name, "more": str(more)}
    return Verdict(
        "nicotine", State.FAILED, reason, Reason("more_nicotine_free_months", wait, source)
    )


def _passes(subject: Subject, one: GuideClass, months: int) -> bool:
    return free_for_class(subject, one, add_months(subject.on, months)) is not State.FAILED


def months_verdict(subject: Subject, one: GuideClass, months: int, source: Source) -> Verdict:
    """Whether the class's nicotine-free months are over."""
    state = nicotine_free(subject.person, months, subject.on)
    if state is not State.FAILED:
        return Verdict("nicotine", state, source=source)
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
    return _soonest(
        min(months, _LONGEST_WAIT_MONTHS),
        lambda wait: nicotine_free(person, months, add_months(on, wait)) is not State.FAILED,
    )


def _soonest(months: int, passes: Callable[[int], bool]) -> int | None:
    """The fewest whole months, up to `months`, after which something holds that holds ever after."""
    waits = range(1, months + 1)
    at = bisect_left(waits, True, key=passes)
    return waits[at] if at < len(waits) else None
