"""What a carrier answers to an informal enquiry, and what such an answer must say."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from megler.vocabulary.problems import Problem

WORDS_MAX = 4000
TABLE_MAX = 16
EXTRA_MAX = Decimal(200)
"""Dollars a year per 1,000: more is a slip of the pen."""


class Outcome(StrEnum):
    """What the carrier says."""

    OFFER = "offer"
    NEEDS_MORE = "needs_more"
    POSTPONE = "postpone"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Answer:
    """A carrier's tentative answer.

    `class_code` is of the carrier's own list where its guide is known, `class_name` its words
    where not. `flat_extra` is per 1,000 a year, for `flat_years` or for good. `valid_until` is the
    last day on which the offer stands.
    """

    outcome: Outcome
    class_code: str = ""
    class_name: str = ""
    table: int | None = None
    flat_extra: Decimal | None = None
    flat_years: int | None = None
    postponed_until: date | None = None
    valid_until: date | None = None
    conditions: str = ""
    words: str = ""


def as_said(answer: Answer) -> Answer:
    """An answer with only what its outcome tells: who declines offers no table.

    >>> as_said(Answer(Outcome.DECLINE, "preferred", table=99, words="no")).table is None
    True
    """
    if answer.outcome is Outcome.OFFER:
        return replace(answer, postponed_until=None)
    kept = answer.postponed_until if answer.outcome is Outcome.POSTPONE else None
    return Answer(
        answer.outcome,
        postponed_until=kept,
        conditions=answer.conditions,
        words=answer.words,
    )


def answer_problems(answer: Answer, classes: Collection[str], on: date) -> list[Problem]:
    """Everything wrong with an answer that was given on a day; `classes` are the carrier's, if known.

    >>> [p.code for p in answer_problems(Answer(Outcome.OFFER), ["standard"], date(2026, 3, 2))]
    ['missing']
    """
    problems = _texts(answer)
    if answer.outcome is Outcome.OFFER:
        problems += _of_offer(answer, classes)
    if answer.valid_until and answer.valid_until < on:
        found, least = answer.valid_until.isoformat(), f"≥ {on.isoformat()}"
        problems.append(Problem("enquiry_day_over", "valid_until", found, least))
    later = answer.postponed_until if answer.outcome is Outcome.POSTPONE else None
    if later and later <= on:
        found, least = later.isoformat(), f"> {on.isoformat()}"
        problems.append(Problem("enquiry_day_over", "postponed_until", found, least))
    if answer.outcome is Outcome.NEEDS_MORE and not (answer.conditions or answer.words).strip():
        problems.append(Problem("missing", "conditions", "", "what they need"))
    return problems


def _texts(answer: Answer) -> list[Problem]:
    return [
        Problem("too_long", name, str(len(text)), str(WORDS_MAX))
        for name, text in (("conditions", answer.conditions), ("words", answer.words))
        if len(text) > WORDS_MAX
    ]


def _of_offer(answer: Answer, classes: Collection[str]) -> list[Problem]:
    problems = []
    if classes and answer.class_code and answer.class_code not in classes:
        listed = ", ".join(classes)
        problems.append(Problem("enquiry_class", "class_code", answer.class_code[:60], listed))
    if not (answer.class_code or answer.class_name.strip() or answer.table):
        problems.append(Problem("missing", "class_code", "", "a class or a table"))
    if answer.table is not None and not 1 <= answer.table <= TABLE_MAX:
        problems.append(Problem("wrong_value", "table", str(answer.table), f"1–{TABLE_MAX}"))
    if answer.flat_extra is not None and not 0 < answer.flat_extra <= EXTRA_MAX:
        found = f"{answer.flat_extra:f}"
        problems.append(Problem("wrong_value", "flat_extra", found, f"0.01–{EXTRA_MAX}"))
    if answer.flat_years is not None and answer.flat_extra is None:
        problems.append(Problem("missing", "flat_extra", "", "the extra per 1,000 a year"))
    return problems
