"""The drop ticket: the few things needed before somebody calls and asks the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from megler.forms.rules.good_order import Missing, not_answered
from megler.forms.rules.questionnaire import Answers, AskedOf, Questionnaire
from megler.vocabulary.problems import Problem

NEEDED = (
    "insured_first_name", "insured_last_name", "insured_born", "insured_phone", "insured_address",
)  # fmt: skip
"""Whom to call, and what the carrier needs to open its file."""
_STATE_ALONE = "insured_address"
"""Of the address a ticket needs the state only: by it the forms are chosen."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What is applied for: dollars, years and how often the premium is paid, as far as known."""

    amount: str = ""
    term_years: int | None = None
    mode: str = ""


def ticket_missing(
    questionnaire: Questionnaire, answers: Answers, offer: Mapping[str, Any], on: date
) -> list[Missing]:
    """What a ticket lacks: its own short list, and whatever of it is wrong."""
    known = [key for key in NEEDED if key in questionnaire.by_key]
    found = [
        one
        for one in not_answered(questionnaire, answers, on)
        if one.question in known and _counts(one)
    ]
    told = {one.question for one in found}
    for key in known:
        given = answers.get(key)
        if (given is None or given.value is None) and key not in told:
            found.append(_gap(questionnaire, key))
    if "cover_face_amount" in questionnaire.by_key and not offer.get("face_amount"):
        found.append(_gap(questionnaire, "cover_face_amount"))
    return found


def _counts(one: Missing) -> bool:
    if one.question != _STATE_ALONE or one.problem.code != "answer_missing":
        return True
    return one.problem.where in {_STATE_ALONE, f"{_STATE_ALONE}.state"}


def _gap(questionnaire: Questionnaire, key: str) -> Missing:
    question, section = questionnaire.by_key[key], questionnaire.section_of[key]
    problem = Problem("answer_missing", key, "", AskedOf.AGENT.value)
    return Missing(
        problem=problem,
        form=section.form,
        section=section.key,
        question=key,
        asked_of=AskedOf.AGENT,
        short=question.short,
        is_readable=False,
    )


def of_the_agent(found: list[Missing]) -> list[Missing]:
    """The same, as the agent's to supply: of a ticket everything is."""
    return [replace(one, asked_of=AskedOf.AGENT) for one in found]
