"""What is looked up in guides and rate books: rules, bounds, evidence, income, drugs."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from megler.carriers.rules.ratings import Listed
from megler.underwriting.rules.asking import bounds, offers, rows
from megler.underwriting.rules.asking.answers import Answered, AnswerKind, Ask, Says
from megler.underwriting.rules.asking.combining import of_combination
from megler.underwriting.rules.asking.given import Given
from megler.underwriting.rules.asking.summaries import of_main_guides, summed_up, without_repeats
from megler.underwriting.rules.asking.thresholds import of_thresholds
from megler.underwriting.rules.asking.understood import Intent, Subject
from megler.vocabulary.conditions import likely_from
from megler.vocabulary.problems import Reason

UNDERWRITER = "underwriter"
"""Who may know what the guides do not say."""
SEVERAL = "several_people"
"""Supposed in reading where two people are told of."""


def supposed(asked: Given) -> list[Reason]:
    """What was supposed in reading the question."""
    return [Reason(code) for code in asked.understood.supposed if code != SEVERAL]


def looked_up(asked: Given, intent: Intent) -> Answered:
    """The answer to one intent that is looked up."""
    return _KINDS[intent](asked)


def is_looked_up(intent: Intent) -> bool:
    """Whether an intent is answered by a look-up."""
    return intent in _KINDS


def _of_rule(asked: Given) -> Answered:
    """What guides say of the things that the question is about."""
    topic = asked.understood.topic
    if topic.drugs and not topic.codes:
        return _of_drugs(asked)
    said: list[Says] = [*rows.of_codes(asked)] if topic.codes else []
    lists = [
        listed
        for listed, told in (
            (Listed.TRAVEL, asked.facts.insured.travel),
            (Listed.OCCUPATION, asked.facts.insured.occupation),
        )
        if told
    ]
    said += rows.of_entries(asked, lists)
    if topic.labs and not topic.codes:
        said += rows.of_labs(asked)
    if not topic.codes:
        for subject, look_up in _SUBJECTS.items():
            if subject in topic.subjects or (subject is Subject.NICOTINE and topic.products):
                said += look_up(asked)
    if not said and topic.class_word and not topic.codes and not topic.subjects:
        every = [one for subject, one in _SUBJECTS.items() if subject is not Subject.COMBINATION]
        said = [one for look_up in every for one in look_up(asked)]
    asks = []
    if (
        Subject.BUILD in topic.subjects
        and asked.facts.insured.height_in is None
        and not topic.codes
    ):
        asks = [Ask("height_in")]
    return _looked_up(asked, said, asks)


def _of_drugs(asked: Given) -> Answered:
    """What guides say of drugs, and of what each is first of all taken for: the answer says so."""
    first = [likely[0] for name in asked.understood.topic.drugs if (likely := likely_from(name))]
    topic = replace(asked.understood.topic, codes=tuple(dict.fromkeys(first)))
    of_illness = replace(asked, understood=replace(asked.understood, topic=topic))
    said = [
        *rows.of_entries(asked, [Listed.MEDICATIONS]),
        *(rows.of_codes(of_illness) if first else ()),
    ]
    found = _looked_up(asked, without_repeats(said))
    told = _of_medication(asked).summary
    return replace(found, summary=(*told, *found.summary))


_SUBJECTS: dict[Subject, Callable[[Given], Iterable[Says]]] = {
    Subject.BLOOD_PRESSURE: bounds.of_pressure,
    Subject.CHOLESTEROL: bounds.of_cholesterol,
    Subject.BUILD: bounds.of_build,
    Subject.NICOTINE: bounds.of_nicotine,
    Subject.FAMILY: bounds.of_family,
    Subject.COMBINATION: of_combination,
}


def _looked_up(asked: Given, said: Sequence[Says], asks: Sequence[Ask] = ()) -> Answered:
    """A look-up's answer; where nothing was found, that nothing stands here, and who may know."""
    said = without_repeats(said)
    unknown = rows.unknown_codes(asked)
    told = [Reason("no_guide_rates", {"impairment": name}) for name in unknown]
    if not said and not unknown and asked.understood.unread:
        told.append(Reason("nothing_on", {"words": ", ".join(asked.understood.unread)}))
    silent = [
        one.carrier_name for one in asked.guides() if one.carrier not in {s.carrier for s in said}
    ]
    if said and silent:
        told.append(Reason("silent_at", {"carriers": ", ".join(dict.fromkeys(silent))}))
    kind = AnswerKind.ANSWERED if said else AnswerKind.ASKS if asks else AnswerKind.SILENT
    place = UNDERWRITER if kind is AnswerKind.SILENT or unknown else ""
    return Answered(
        asked.understood,
        kind,
        (*(_verdict(asked, said) or summed_up(said)), *told),
        tuple(said),
        tuple(asks),
        tuple(supposed(asked)),
        place,
    )


_YES = ("says_yes", "says_nicotine_yes")
_MAYBE = ("says_maybe", "says_nicotine_maybe")
_NO = ("says_no", "says_nicotine_no")


_AGAINST = re.compile(
    r"\b(?:knock\w*|declin\w*|exclu\w+|kills?|hurts?|dq|disqualif\w+|rules? out|lose|loses|prevent\w*"
    r"|matters?|uninsurable)\b",
    re.IGNORECASE,
)


def _verdict(asked: Given, said: Sequence[Says]) -> list[Reason]:
    """Yes or no to a question whether anybody does, with who; asked the other way round, what stays possible."""
    said = of_main_guides(said)
    codes = {one.headline.code for one in said}
    if not codes & {*_YES, *_MAYBE, *_NO}:
        return []
    found = []
    for code, heads in (("anyone_yes", _YES), ("anyone_maybe", _MAYBE), ("anyone_not", _NO)):
        names = dict.fromkeys(one.carrier_name for one in said if one.headline.code in heads)
        if names:
            found.append(Reason(code, {"carriers": ", ".join(names), "count": str(len(names))}))
    if {one.code for one in found} == {"anyone_not"}:
        found = []
    if _AGAINST.search(asked.understood.text):
        found = [
            Reason(one.code.replace("anyone_yes", "anyone_still"), one.params) for one in found
        ]
        return found or [Reason("anyone_out")]
    return found or [Reason("anyone_no")]


def _of_limits(asked: Given) -> Answered:
    said = offers.of_limits(asked)
    told = asked.facts.insured.age is not None or asked.facts.insured.born is not None
    if told and set(asked.understood.topic.limits) <= {"age_max", "age_min"}:
        sold = dict.fromkeys(one.carrier_name for one in said if not one.lines)
        head = Reason(
            "anyone_yes" if sold else "anyone_no",
            {"carriers": ", ".join(sold), "count": str(len(sold))},
        )
        found = _looked_up(asked, said)
        return Answered(
            asked.understood,
            found.kind,
            (head,) if said else (),
            tuple(said[: offers.MOST]),
            place=found.place,
        )
    if not said and (missing := offers.no_such_term(asked)):
        return Answered(asked.understood, AnswerKind.ANSWERED, (missing,))
    said = [one for one in said if not one.lines] or said
    found = _looked_up(asked, said)
    summary = (
        *found.summary,
        *(
            [Reason("products_more", {"count": str(len(said) - offers.MOST)})]
            if len(said) > offers.MOST
            else []
        ),
    )
    return Answered(
        found.understood,
        found.kind,
        summary,
        found.says[: offers.MOST],
        found.asks,
        found.assumptions,
        found.place,
    )


def _of_no_exam(asked: Given) -> Answered:
    said = offers.of_no_exam(asked)
    person = asked.facts.insured
    asks = [Ask("born")] if person.born is None and person.age is None else []
    return _looked_up(asked, said, asks)


def _of_income(asked: Given) -> Answered:
    return _looked_up(asked, list(rows.of_income(asked)))


def _of_medication(asked: Given) -> Answered:
    """What drugs are usually taken for, from the field's own list, and what guides say of them."""
    summary = []
    for name in asked.understood.topic.drugs:
        likely = likely_from(name)
        params = {"drug": name, "conditions": ", ".join(likely)}
        summary.append(Reason("drug_is_for" if likely else "drug_known", params))
    said = tuple(rows.of_entries(asked, [Listed.MEDICATIONS]))
    return Answered(asked.understood, AnswerKind.ANSWERED, tuple(summary), said)


def _of_evidence(code: str) -> Callable[[Given], Answered]:
    return lambda asked: _looked_up(asked, offers.of_evidence(asked, code))


def _of_validity(asked: Given) -> Answered:
    if Subject.SUBSTITUTE in asked.understood.topic.subjects:
        return _looked_up(asked, offers.of_substitutes(asked))
    return _looked_up(asked, offers.of_evidence(asked, "valid"))


def _of_thresholds(asked: Given) -> Answered:
    return _looked_up(asked, of_thresholds(asked))


_KINDS: dict[Intent, Callable[[Given], Answered]] = {
    Intent.RULE: _of_rule,
    Intent.LIMITS: _of_limits,
    Intent.NO_EXAM: _of_no_exam,
    Intent.INCOME: _of_income,
    Intent.MEDICATION: _of_medication,
    Intent.VALIDITY: _of_validity,
    Intent.FROM_WHEN: _of_thresholds,
    Intent.DAYS: _of_evidence("days"),
    Intent.WHO_ORDERS: _of_evidence("orders"),
}
