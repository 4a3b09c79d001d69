"""Illness and early death among parents and siblings against a guide's family rules."""

import re
from collections.abc import Iterator, Sequence

from megler.carriers.rules.guide import (
    FamilyCondition,
    FamilyEvent,
    FamilyRelation,
    FamilyRule,
    Guide,
    GuideClass,
)
from megler.underwriting.rules.people import Relative
from megler.underwriting.rules.verdicts import State, Subject, Verdict
from megler.vocabulary.conditions import recognised, wider
from megler.vocabulary.problems import Reason, Source

_WORDS = {
    FamilyCondition.CARDIOVASCULAR: (
        "coronary", "cardi", "heart", "infarct", "aort", "angina", "atheroscl", "arterioscl", "cad",
        "chd", "vascular",
    ),
    FamilyCondition.STROKE: ("stroke", "cerebrovascular", "cva", "tia", "transient isch"),
    FamilyCondition.CANCER: (
        "cancer", "carcinoma", "melanoma", "leukemia", "leukaemia", "lymphoma", "sarcoma", "tumor",
        "tumour", "malignan", "myeloma",
    ),
    FamilyCondition.DIABETES: ("diabet",),
}  # fmt: skip
_RELATIONS = {
    FamilyRelation.PARENT: {"father", "mother"},
    FamilyRelation.SIBLING: {"brother", "sister"},
}
_OLDEST = 999
_SHORT = 3
"""Abbreviations up to this length count only as whole words: `cad`, but not `cascade`."""


def condition_groups(text: str) -> set[FamilyCondition]:
    """What a relative's illness, in words, counts as; empty when the words are not known.

    >>> condition_groups("Coronary artery disease")
    {<FamilyCondition.CARDIOVASCULAR: 'cardiovascular'>}
    """
    lowered = text.lower()
    tokens = set(re.split(r"[^a-z0-9]+", lowered))
    return {
        group
        for group, words in _WORDS.items()
        if any(word in (tokens if len(word) <= _SHORT else lowered) for word in words)
    }


def family_verdicts(subject: Subject, one: GuideClass) -> Iterator[Verdict]:
    """A verdict for every family rule of the class."""
    for rule in subject.guide.once("family by class", _by_class).get(one.code, ()):
        yield _verdict(rule, subject, one)


def is_broken(rule: FamilyRule, family: Sequence[Relative]) -> bool:
    """Whether more relatives surely count under a rule than it allows."""
    surely = sum(_counts(rule, relative) is State.MET for relative in family)
    return surely > rule.allowed


def _by_class(guide: Guide) -> dict[str, list[FamilyRule]]:
    rules: dict[str, list[FamilyRule]] = {}
    for rule in guide.family:
        rules.setdefault(rule.class_code, []).append(rule)
    return rules


def _verdict(rule: FamilyRule, subject: Subject, one: GuideClass) -> Verdict:
    person, edition = subject.person, subject.edition
    asked, fact = _asks(rule, subject)
    if asked is State.FAILED:
        return Verdict("family", State.MET)
    counts = [_counts(rule, relative) for relative in person.family or ()]
    surely = counts.count(State.MET)
    perhaps = counts.count(State.OPEN)
    if surely > rule.allowed and asked is State.OPEN:
        return Verdict(fact, State.OPEN, source=Source(edition, rule.page, "family"))
    if surely > rule.allowed:
        params = {
            "class": one.name,
            "condition": rule.condition.value,
            "event": rule.event.value,
            "before_age": str(rule.before_age),
            "found": str(surely),
            "allowed": str(rule.allowed),
        }
        reason = Reason("family_history", params, Source(edition, rule.page, "family"))
        return Verdict("family", State.FAILED, reason)
    if person.family is None or "family" in person.incomplete or surely + perhaps > rule.allowed:
        return Verdict("family", State.OPEN, source=Source(edition, rule.page, "family"))
    return Verdict("family", State.MET)


def _asks(rule: FamilyRule, subject: Subject) -> tuple[State, str]:
    """Whether a rule is for such a person; where that is open, the fact that decides it."""
    sex, ages = subject.person.sex, subject.ages
    if rule.sex is not None and sex is not None and sex is not rule.sex:
        return State.FAILED, "sex"
    low = 0 if rule.age_from is None else rule.age_from
    high = _OLDEST if rule.age_to is None else rule.age_to
    youngest, oldest = ages or (0, _OLDEST)
    if oldest < low or youngest > high:
        return State.FAILED, "born"
    if youngest < low or oldest > high:
        return State.OPEN, "born"
    return (State.OPEN, "sex") if rule.sex is not None and sex is None else (State.MET, "family")


def _counts(rule: FamilyRule, relative: Relative) -> State:
    """Whether a relative counts under the rule: met, failed, or open for want of a fact."""
    parts = (_relation(rule, relative), _condition(rule, relative), _event(rule, relative))
    return next((s for s in (State.FAILED, State.OPEN) if s in parts), State.MET)


def _relation(rule: FamilyRule, relative: Relative) -> State:
    if rule.relation is FamilyRelation.ANY:
        return State.MET
    if relative.relation is None:
        return State.OPEN
    return State.MET if relative.relation in _RELATIONS[rule.relation] else State.FAILED


def _condition(rule: FamilyRule, relative: Relative) -> State:
    left_out = _left_out(rule, relative)
    if left_out is not State.FAILED:
        return State.FAILED if left_out is State.MET else State.OPEN
    if rule.condition is FamilyCondition.ANY:
        return State.MET
    groups = condition_groups(relative.condition or "")
    if not groups:
        return State.OPEN
    return State.MET if rule.condition in groups else State.FAILED


def _left_out(rule: FamilyRule, relative: Relative) -> State:
    """Whether an illness is one that does not count; open where it may be: a cancer of some kind."""
    codes = recognised(relative.condition or "") if rule.but else ()
    if codes and all(set(wider(code)) & set(rule.but) for code in codes):
        return State.MET
    may_be = {wide for one in rule.but for wide in wider(one)} - set(rule.but)
    return State.OPEN if may_be & set(codes) else State.FAILED


def _event(rule: FamilyRule, relative: Relative) -> State:
    events = {
        FamilyEvent.ONSET: (_onset,),
        FamilyEvent.DEATH: (_death,),
        FamilyEvent.EITHER: (_onset, _death),
    }[rule.event]
    states = {event(relative, rule.before_age) for event in events}
    return next((s for s in (State.MET, State.OPEN) if s in states), State.FAILED)


def _onset(relative: Relative, before_age: int) -> State:
    if relative.onset_age is not None:
        return State.MET if relative.onset_age < before_age else State.FAILED
    died_before = relative.death_age is not None and relative.death_age < before_age
    return State.MET if died_before else State.OPEN


def _death(relative: Relative, before_age: int) -> State:
    if relative.death_age is not None:
        return State.MET if relative.death_age < before_age else State.FAILED
    if relative.alive or (relative.onset_age is not None and relative.onset_age >= before_age):
        return State.FAILED
    return State.OPEN
