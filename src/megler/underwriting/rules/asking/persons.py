"""Who is best for a person, which class, what will be asked for: by carrier, the best first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from megler.carriers.rules.guide import Guide
from megler.underwriting.rules.answer import Asked
from megler.underwriting.rules.answer_assessments import Assessed, assessed
from megler.underwriting.rules.answer_requirements import Called, called_for
from megler.underwriting.rules.asking.answers import Ask, Says
from megler.underwriting.rules.asking.given import Given
from megler.underwriting.rules.asking.offers import LIFE
from megler.underwriting.rules.asking.reach import assessment_reaches
from megler.underwriting.rules.assessment import Assessment, OpenFact, Outcome
from megler.underwriting.rules.facts import Facts
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.problems import Reason, Source

_MOST_REASONS, _MOST_ASKS = 6, 4
_LAST = ("fact_unknown", "fact_unknown_usual", "history_supposed", "usual_supposed")


def carriers_assessed(asked: Given) -> list[Assessed]:
    """The best product of every carrier for the person, what is open and best first."""
    found = assessed(asked.facts, _products(asked), asked.on)
    found.sort(
        key=lambda one: (bool(one.why_not), _rank(one), one.judged.guide.carrier_name.casefold())
    )
    firsts: dict[str, Assessed] = {}
    for one in found:
        firsts.setdefault(one.judged.guide.carrier, one)
    return list(firsts.values())


def _products(asked: Given) -> list[Judged]:
    """Where the question names no line, life insurance."""
    if any(wish.line for wish in asked.facts.wants):
        return list(asked.products)
    return [one for one in asked.products if one.product is None or one.product.line in LIFE]


def _rank(one: Assessed) -> tuple[int, int, int, int]:
    """The likely outcome first, then the best and the worst that is possible."""
    told = one.assessment
    best, worst = told.class_range
    likely = told.likely
    expected = best
    if likely is not None:
        expected = (
            f"table_{likely.table}" if likely.table else likely.class_code or likely.outcome.value
        )
    rules = one.judged.guide.guide or Guide(classes=())
    figures = [_place(rules, code) for code in (expected, best, worst)]
    extra = likely.flat_extra if likely else told.flat_extra
    return figures[0], int((extra or 0) * 100), figures[1], figures[2]


_ENDS = ("individual_consideration", "postpone", "decline")


def _place(rules: Guide, code: str) -> int:
    """How good an outcome is across guides: industry classes by name, then tables, then the ends."""
    one = next((c for c in rules.classes if c.code == code), None)
    if one is not None:
        known = one.risk_class.value if one.risk_class else one.code
        order = ["super_preferred", "preferred_plus", "preferred", "standard_plus", "standard",
                 "preferred_tobacco", "standard_tobacco"]  # fmt: skip
        return order.index(known) if known in order else rules.classes.index(one) + 1
    if code.startswith("table_"):
        return 10 + int(code.removeprefix("table_"))
    return 100 + (_ENDS.index(code) if code in _ENDS else 0)


def says_assessed(asked: Given, found: Iterable[Assessed]) -> list[Says]:
    """Each carrier's outcome with the reasons that decide it and the nearest improvements."""
    return [_says(asked, one) for one in found]


def _says(asked: Given, one: Assessed) -> Says:
    told, guide, product = one.assessment, one.judged.guide, one.judged.product
    reasons = [r for r in told.reasons if r.code not in _LAST]
    reasons.sort(key=lambda reason: reason.code.endswith("_open"))
    return Says(
        carrier=guide.carrier,
        carrier_name=guide.carrier_name,
        product=one.judged.code,
        product_name=product.name if product else one.judged.code,
        edition=guide.name,
        headline=_headline(asked, one),
        lines=(*one.why_not[:2], *reasons[:_MOST_REASONS]),
        improvements=told.improvements[:2],
        rest=tuple(reasons[_MOST_REASONS:]),
    )


def _headline(asked: Given, one: Assessed) -> Reason:
    told, word = one.assessment, asked.understood.topic.class_word
    params = outcome_params(told)
    source = Source(told.edition)
    if one.why_not:
        return Reason("person_not_open", params, source)
    if word:
        answer = assessment_reaches(one.judged.guide, word, told)
        return Reason(f"person_{answer}", {**params, "class": word}, source)
    return Reason("person_outcome" if told.is_certain else "person_range", params, source)


def outcome_params(told: Assessment) -> dict[str, str]:
    """An assessment as parameters of a sentence: its ends, what is likely, extras and days."""
    best, worst = told.class_range
    params = {"outcome": best if best == worst else f"{best}..{worst}"}
    likely = told.likely
    if likely is not None:
        params["to"] = (
            f"table_{likely.table}" if likely.table else likely.class_code or likely.outcome.value
        )
    else:
        params["to"] = best
    extra = likely.flat_extra if likely else told.flat_extra
    if extra:
        params["flat_extra"] = f"{extra:f}"
        years = likely.flat_years if likely else told.flat_years
        params |= {"flat_years": str(years)} if years else {}
    elif told.flat_extra_open:
        params["flat_extra"] = "open"
    if told.postpone_until:
        params["until"] = told.postpone_until.isoformat()
    return params


def summary_of(found: Sequence[Assessed]) -> list[Reason]:
    """Who is best: the carriers that share the best outcome, or that nobody takes the person."""
    open_ones = [one for one in found if not one.why_not]
    if not open_ones:
        return [Reason("nobody_sells")]
    first = open_ones[0]
    same = [one for one in open_ones if _rank(one)[:2] == _rank(first)[:2]]
    names = ", ".join(one.judged.guide.carrier_name for one in same)
    params = {**outcome_params(first.assessment), "carriers": names, "count": str(len(same))}
    if first.assessment.outcome in (Outcome.DECLINE, Outcome.POSTPONE):
        return [Reason("nobody_takes", params)]
    if first.assessment.outcome is Outcome.INDIVIDUAL_CONSIDERATION:
        return [Reason("nobody_surely_takes", params)]
    return [
        Reason(
            "best_is" if len(same) < len(open_ones) or len(open_ones) == 1 else "all_alike", params
        )
    ]


def asks_of(found: Iterable[Assessed]) -> list[Ask]:
    """What is still to be asked, what decides most first; what is only supposed good comes last.

    Of things that decide alike, when it was is asked before details: an agent knows that.
    """
    told: dict[str, list[OpenFact]] = {}
    for one in found:
        for open_fact in one.assessment.open:
            told.setdefault(open_fact.fact, []).append(open_fact)
    order = sorted(
        told.items(),
        key=lambda pair: (
            all(o.supposed for o in pair[1]),
            -len(pair[1]),
            not pair[0].endswith((".since", ".until")),
        ),
    )
    of_entries = [pair for pair in order if "[" in pair[0]][:_MOST_ASKS]
    others = [pair for pair in order if "[" not in pair[0]][:_MOST_ASKS]
    asks = []
    for fact, ones in (*of_entries, *others):
        question = next((o.question for o in ones if o.question), "")
        asks.append(Ask(fact, question, ones[0].would_change_to, len(ones)))
    return asks


def assumptions_of(found: Iterable[Assessed]) -> list[Reason]:
    """What was supposed in judging, each thing once."""
    every = chain.from_iterable(one.assessment.assumptions for one in found)
    once = {(r.code, r.params.get("fact", "")): r for r in every if r.code not in _LAST[:2]}
    return [replace(reason, source=Source()) for reason in once.values()][:8]


def carriers_called(asked: Given) -> list[Called]:
    """What every carrier needs, the lightest of its products, the lightest carrier first."""
    firsts: dict[str, Called] = {}
    for one in called_for(asked.facts, _products(asked), asked.on, asked.measured):
        firsts.setdefault(one.judged.guide.carrier, one)
    return list(firsts.values())


def says_called(asked: Given, found: Iterable[Called]) -> list[Says]:
    """Each carrier's requirements with the rule that calls for each."""
    return [_says_called(asked, one) for one in found]


def _says_called(asked: Given, one: Called) -> Says:
    guide, product = one.judged.guide, one.judged.product
    wanted = asked.understood.topic.kinds
    lines = []
    for each in one.needed.requirements:
        params = {
            "kind": each.kind.value,
            "days": "" if each.usual_days is None else str(each.usual_days),
            "ordered_by": each.ordered_by.value if each.ordered_by else "",
        }
        source = each.reasons[0].source if each.reasons else Source(guide.name)
        lines.append(Reason("needs" if each.is_certain else "needs_perhaps", params, source))
    return Says(
        carrier=guide.carrier,
        carrier_name=guide.carrier_name,
        product=one.judged.code,
        product_name=product.name if product else one.judged.code,
        edition=guide.name,
        headline=_needs_headline(one, wanted),
        lines=(*one.why_not[:2], *lines),
    )


def _needs_headline(one: Called, wanted: Sequence[str]) -> Reason:
    source, effort = Source(one.judged.guide.name), one.effort
    if one.why_not:
        return Reason("needs_not_open", {}, source)
    if len(wanted) == 1:
        fitting = [r for r in one.needed.requirements if r.kind.value == wanted[0]]
        answer = "no" if not fitting else "yes" if fitting[0].is_certain else "maybe"
        return Reason(f"needs_{answer}", {"kind": wanted[0]}, source)
    params = {
        "things": str(effort.things),
        "perhaps": str(effort.perhaps),
        "days": "" if effort.days is None else str(effort.days),
    }
    return Reason(f"needs_exam_{effort.exam.value}", params, source)


def missing_of(facts: Facts) -> list[Ask]:
    """What requirements turn on that is not known: the age and the amount."""
    asked: Asked = Asked(facts.insured, facts.wants)
    asks = []
    if asked.person.born is None and asked.person.age is None:
        asks.append(Ask("born"))
    if not any(w.face_amount or w.benefit_monthly or w.premium for w in asked.wants):
        asks.append(Ask("wants.face_amount"))
    return asks
