"""What a guide's compound rules say of a class: "total <= 240 and ratio <= 5.5, or …"."""

from collections.abc import Iterator
from decimal import Decimal

from megler.carriers.rules.guide import Guide, GuideClass, Nicotine
from megler.carriers.rules.ratings import ClassRule
from megler.carriers.rules.when.tree import All, Any, Compare, Fact, Sign, When
from megler.underwriting.rules.knowledge import Knowledge, Life
from megler.underwriting.rules.verdicts import State, Subject, Verdict
from megler.underwriting.rules.whens import Span, open_facts, state_of
from megler.vocabulary.problems import Reason, Source

CHANGEABLE = frozenset({
    "weight_lb", "bmi", "systolic", "diastolic", "cholesterol_total", "cholesterol_ratio", "pulse",
})  # fmt: skip
"""Figures that a person can bring down."""


def rule_verdicts(subject: Subject, one: GuideClass, known: Knowledge | None) -> Iterator[Verdict]:
    """A verdict for every compound rule of the class; `known` is what is known of the life."""
    if known is None:
        return
    for rule in subject.guide.once("rules by class", _by_class).get(one.code, ()):
        yield from _verdicts(rule, known, one, subject.edition)


def knows(life: Life) -> Knowledge | None:
    """What is known of a life, where the guide has compound rules to hold against it."""
    return Knowledge(life) if life.guide.rules else None


def _by_class(guide: Guide) -> dict[str, list[ClassRule]]:
    return {
        one.code: [
            rule
            for rule in guide.rules
            if rule.class_code == one.code
            or (rule.class_code is None and one.nicotine is not Nicotine.USER)
        ]
        for one in guide.classes
    }


def _verdicts(
    rule: ClassRule, known: Knowledge, one: GuideClass, edition: str
) -> Iterator[Verdict]:
    holds, kept = state_of(rule.when, known), state_of(rule.requires, known)
    first = next(_facts(rule.requires), Fact("rules"))
    if holds is State.FAILED or kept is State.MET:
        yield Verdict(known.place(first), State.MET)
    elif holds is State.MET and kept is State.FAILED:
        source = Source(edition, rule.page, "rules")
        params = {"class": one.name, "rule": rule.text}
        improvement = _improvement(rule.requires, known, one, source)
        reason = Reason("rule_not_met", params, source)
        yield Verdict(known.place(first), State.FAILED, reason, improvement)
    else:
        missing = {**open_facts(rule.when, known), **open_facts(rule.requires, known)}
        for place in dict.fromkeys(known.place(fact) for fact in missing):
            yield Verdict(place, State.OPEN, source=Source(edition, rule.page, "rules"))


def _facts(when: When) -> Iterator[Fact]:
    match when:
        case Compare():
            yield when.fact
        case All() | Any():
            for part in when.parts:
                yield from _facts(part)
        case _:
            return


def _improvement(when: When, known: Knowledge, one: GuideClass, source: Source) -> Reason | None:
    """The one figure that, brought to its limit, meets the rule; None where it takes more."""
    ways = when.parts if isinstance(when, Any) else (when,)
    for way in ways:
        parts = way.parts if isinstance(way, All) else (way,)
        failed = [part for part in parts if state_of(part, known) is not State.MET]
        if len(failed) == 1 and isinstance(failed[0], Compare) and _is_bound(failed[0], known):
            fact, limit = known.place(failed[0].fact), failed[0].value
            params = {"class": one.name, "fact": fact, "limit": f"{limit:f}"}
            to = "bring_below" if failed[0].sign is Sign.BELOW else "bring_to_limit"
            return Reason(to, params, source)
    return None


def _is_bound(part: Compare, known: Knowledge) -> bool:
    above = part.sign in {Sign.AT_MOST, Sign.BELOW} and isinstance(part.value, Decimal)
    return above and part.fact.name in CHANGEABLE and isinstance(known(part.fact), Span)
