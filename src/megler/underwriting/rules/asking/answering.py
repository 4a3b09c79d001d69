"""The answer to a question in plain words from the guides and rate books that stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from megler.underwriting.rules.asking import persons
from megler.underwriting.rules.asking.answers import Answered, AnswerKind, Ask, Says
from megler.underwriting.rules.asking.deciding import asks_first, unexplained
from megler.underwriting.rules.asking.given import Given, given
from megler.underwriting.rules.asking.lookups import (
    SEVERAL,
    UNDERWRITER,
    is_looked_up,
    looked_up,
    supposed,
)
from megler.underwriting.rules.asking.understood import Intent, Understood
from megler.underwriting.rules.requirements import Measured
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.problems import Reason, errors

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
    found = [looked_up(asked, one) for one in understood.intents if is_looked_up(one)]
    return found[0] if len(found) == 1 else _together(found)


_REFUSED = {Intent.ABUSE: "", Intent.MARKUP: "no_markup", Intent.CONCEAL: "must_be_true"}


def _together(found: Sequence[Answered]) -> Answered:
    """Several look-ups of one question as one answer; answered where any of them is."""
    best = next((one for one in found if one.kind is AnswerKind.ANSWERED), found[0])
    return replace(
        best,
        summary=tuple(chain.from_iterable(one.summary for one in found)),
        says=tuple(chain.from_iterable(one.says for one in found)),
        asks=_once(chain.from_iterable(one.asks for one in found)),
    )


def _of_person(asked: Given) -> Answered:
    """Who is best, which class, what is needed; a price is handed over to the quote."""
    intents = asked.understood.intents
    summary: list[Reason] = [Reason("price_by_quote")] if Intent.PRICE in intents else []
    said: list[Says] = []
    asks: list[Ask] = []
    assumptions = supposed(asked)
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
        summary = [r for r in summary if r.code not in _TENTATIVE]
        summary = [
            *unexplained(asked),
            *(Reason("ask_fact", {"fact": a.fact}) for a in first),
            *summary,
        ]
    kind = AnswerKind.ASKS if first else AnswerKind.ANSWERED
    if Intent.PRICE in intents:
        kind = AnswerKind.HANDED_OVER
    elif not said:
        kind = AnswerKind.SILENT
    place = "quote" if Intent.PRICE in intents else "" if said else UNDERWRITER
    return Answered(
        asked.understood, kind, tuple(summary), tuple(said), _once(asks), tuple(assumptions), place
    )


def _kinds_needed(said: Sequence[Says]) -> list[Reason]:
    """Who asks for the one kind that the question names, who may, and who does not."""
    found = []
    for answer in ("yes", "maybe", "no"):
        ones = [one for one in said if one.headline.code == f"needs_{answer}"]
        if ones:
            names = ", ".join(dict.fromkeys(one.carrier_name for one in ones))
            params = {"kind": ones[0].headline.params["kind"], "carriers": names}
            found.append(Reason(f"sum_needs_{answer}", params))
    return found


_TENTATIVE = {"best_is", "all_alike", "nobody_surely_takes"}
"""What is not said while something that decides is asked for; the carriers' ranges stand below."""


def _is_sure(summary: Sequence[Reason]) -> bool:
    """Whether nobody takes the person whatever the rest is."""
    return any(reason.code == "nobody_takes" for reason in summary)


def _lightest(said: Sequence[Says], called: Sequence[object]) -> list[Reason]:
    if not called:
        return []
    first = said[len(said) - len(called)]
    if first.headline.code == "needs_not_open":
        return [Reason("nobody_sells")]
    if asked_of := _kinds_needed(said):
        return asked_of
    return [Reason("lightest_is", {"carriers": first.carrier_name})]


def _once(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    return tuple({one.fact: one for one in reversed(list(asks))}.values())[::-1]
