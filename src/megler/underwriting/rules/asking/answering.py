"""The answer to a question in plain words from the guides and rate books that stand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from megler.carriers.rules.ratings import Listed
from megler.underwriting.rules.asking import bounds, offers, persons, rows
from megler.underwriting.rules.asking.answers import Answered, AnswerKind, Ask, Says
from megler.underwriting.rules.asking.combining import of_combination
from megler.underwriting.rules.asking.deciding import asks_first, unexplained
from megler.underwriting.rules.asking.given import Given, given
from megler.underwriting.rules.asking.thresholds import of_thresholds
from megler.underwriting.rules.asking.understood import Intent, Subject, Understood
from megler.underwriting.rules.requirements import Measured
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.conditions import likely_from
from megler.vocabulary.problems import Reason, errors

UNDERWRITER = "underwriter"
"""Who may know what the guides do not say."""
_PERSONAL = {Intent.BEST, Intent.CLASS, Intent.REQUIREMENTS, Intent.PRICE}


def answer(
    understood: Understood,
    products: Sequence[Judged],
    on: date,
    measured: Mapping[str, Measured] | None = None,
) -> Answered:
    """What the guides say to a question; `silent` where they say nothing, never a guess.

    `products` are those sold on the day with their guides, `measured` days that things take here.
    """
    first = understood.intents[0]
    if first in _REFUSED:
        reasons = tuple(Reason(code) for code in (_REFUSED[first],) if code)
        return Answered(understood, AnswerKind.DECLINED, reasons)
    if first is Intent.ELSEWHERE:
        return Answered(understood, AnswerKind.HANDED_OVER, place=understood.place)
    asked = None if first is Intent.UNKNOWN else given(understood, products, on, measured)
    if asked is None or errors(understood.problems):
        return Answered(understood, AnswerKind.NOT_UNDERSTOOD, place=UNDERWRITER)
    if set(understood.intents) & _PERSONAL:
        if SEVERAL in understood.supposed:
            return Answered(understood, AnswerKind.ASKS, (Reason("one_at_a_time"),))
        return _of_person(asked)
    found = [_KINDS[one](asked) for one in understood.intents if one in _KINDS]
    return found[0] if len(found) == 1 else _together(found)


_REFUSED = {Intent.ABUSE: "", Intent.MARKUP: "no_markup", Intent.CONCEAL: "must_be_true"}
SEVERAL = "several_people"
"""Supposed in reading where two people are told of."""


def _together(found: Sequence[Answered]) -> Answered:
    """Several look-ups of one question as one answer; answered where any of them is."""
    best = next((one for one in found if one.kind is AnswerKind.ANSWERED), found[0])
    return replace(
        best,
        summary=tuple(dict.fromkeys(chain.from_iterable(one.summary for one in found))),
        says=tuple(chain.from_iterable(one.says for one in found)),
        asks=_once(chain.from_iterable(one.asks for one in found)),
    )


def _of_person(asked: Given) -> Answered:
    """Who is best, which class, what is needed; a price is handed over to the quote."""
    intents = asked.understood.intents
    summary: list[Reason] = [Reason("price_by_quote")] if Intent.PRICE in intents else []
    said: list[Says] = []
    asks: list[Ask] = []
    assumptions = _supposed(asked)
    if Intent.BEST in intents or Intent.CLASS in intents:
        found = persons.carriers_assessed(asked)
        if found:
            summary += persons.summary_of(found)
        said += persons.says_assessed(asked, found)
        asks += persons.asks_of(found)
        assumptions += persons.assumptions_of(found)
    if Intent.REQUIREMENTS in intents:
        called = persons.carriers_called(asked)
        said += persons.says_called(asked, called)
        asks = [*persons.missing_of(asked.facts), *asks]
        summary += _lightest(said, called)
    first = asks_first(asked) if Intent.BEST in intents or Intent.CLASS in intents else []
    if Intent.REQUIREMENTS in intents and not first:
        first = persons.missing_of(asked.facts)
    if _is_sure(summary):
        first = []
    if first:
        asks = [*first, *asks]
        summary += unexplained(asked)
    kind = AnswerKind.ASKS if first else AnswerKind.ANSWERED
    if Intent.PRICE in intents:
        kind = AnswerKind.HANDED_OVER
    elif not said:
        kind = AnswerKind.SILENT
    place = "quote" if Intent.PRICE in intents else "" if said else UNDERWRITER
    return Answered(
        asked.understood, kind, tuple(summary), tuple(said), _once(asks), tuple(assumptions), place
    )


def _is_sure(summary: Sequence[Reason]) -> bool:
    """Whether nobody takes the person whatever the rest is."""
    return any(reason.code == "nobody_takes" for reason in summary)


def _lightest(said: Sequence[Says], called: Sequence[object]) -> list[Reason]:
    if not called:
        return []
    first = said[len(said) - len(called)]
    if first.headline.code == "needs_not_open":
        return [Reason("nobody_sells")]
    return [Reason("lightest_is", {"carriers": first.carrier_name})]


def _supposed(asked: Given) -> list[Reason]:
    return [Reason(code) for code in asked.understood.supposed if code != SEVERAL]


def _of_rule(asked: Given) -> Answered:
    """What guides say of the things that the question is about."""
    topic = asked.understood.topic
    said: list[Says] = [*rows.of_codes(asked)] if topic.codes else []
    lists = [
        listed
        for listed, told in (
            (Listed.TRAVEL, asked.facts.insured.travel),
            (Listed.OCCUPATION, asked.facts.insured.occupation),
            (Listed.MEDICATIONS, asked.facts.insured.medications if not topic.codes else None),
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
        (*_verdict(said), *told),
        tuple(said),
        tuple(asks),
        tuple(_supposed(asked)),
        place,
    )


_YES = ("says_yes", "says_nicotine_yes")
_MAYBE = ("says_maybe", "says_nicotine_maybe")
_NO = ("says_no", "says_nicotine_no")


def _verdict(said: Sequence[Says]) -> list[Reason]:
    """Yes or no to a question whether anybody does, with who."""
    codes = {one.headline.code for one in said}
    if not codes & {*_YES, *_MAYBE, *_NO}:
        return []
    found = []
    for code, heads in (("anyone_yes", _YES), ("anyone_maybe", _MAYBE)):
        names = dict.fromkeys(one.carrier_name for one in said if one.headline.code in heads)
        if names:
            found.append(Reason(code, {"carriers": ", ".join(names), "count": str(len(names))}))
    return found or [Reason("anyone_no")]


def _of_limits(asked: Given) -> Answered:
    said = offers.of_limits(asked)
    if asked.facts.insured.age is not None or asked.facts.insured.born is not None:
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
    found = _looked_up(asked, said[: offers.MOST])
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
        found.says,
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


def _once(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    return tuple({one.fact: one for one in reversed(list(asks))}.values())[::-1]
