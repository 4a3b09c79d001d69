"""What a guide's compound rules say of a class: "total <= 240 and ratio <= 5.5, or …"."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from megler.carriers.rules.guide import Guide, GuideClass
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
        one.code: [rule for rule in guide.rules if rule.class_code in (one.code, None)]
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
    """The one figure that, brought to its limit, meets the rule; None where it takes more.

    Of several ways to meet it the nearest: the highest limit of the first figure.
    """
    bounds = [bound for way in _ways(when) if (bound := _only_bound(way, known))]
    if not bounds:
        return None
    same = [part for part in bounds if part.fact == bounds[0].fact]
    nearest = max(same, key=_reach)
    fact = known.place(nearest.fact)
    params = {"class": one.name, "fact": fact, "limit": f"{nearest.value:f}"}
    to = "bring_below" if nearest.sign is Sign.BELOW else "bring_to_limit"
    return Reason(to, params, source)


def _reach(part: Compare) -> tuple[Decimal, bool]:
    limit = part.value if isinstance(part.value, Decimal) else Decimal(0)
    return limit, part.sign is Sign.AT_MOST


def _ways(when: When) -> Sequence[When]:
    return when.parts if isinstance(when, Any) else (when,)


def _only_bound(way: When, known: Knowledge) -> Compare | None:
    """The one comparison of a way that is not met, where it is a bound on a figure that can fall."""
    parts = way.parts if isinstance(way, All) else (way,)
    failed = [part for part in parts if state_of(part, known) is not State.MET]
    one = failed[0] if len(failed) == 1 else None
    return one if isinstance(one, Compare) and _is_bound(one, known) else None


def _is_bound(part: Compare, known: Knowledge) -> bool:
    above = part.sign in {Sign.AT_MOST, Sign.BELOW} and isinstance(part.value, Decimal)
    return above and part.fact.name in CHANGEABLE and isinstance(known(part.fact), Span)
