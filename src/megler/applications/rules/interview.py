"""An interview on the telephone: which questions are asked of whom, and which comes next."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from megler.applications.rules.parts import is_needed, whose
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import (
    Answers,
    Purpose,
    Question,
    Questionnaire,
    Section,
    SignerRole,
    asked,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of an interview, in its section."""

    section: Section
    question: Question


def script(
    questionnaire: Questionnaire, answers: Answers, role: SignerRole, *, answers_all: bool = False
) -> list[Turn]:
    """What is asked now of somebody in `role`, in order: everything of theirs but the agent's report.

    On the telephone the agency asks what the agent would have, too.
    """
    said = answers.get("owner_is_insured")
    own = said is None or said.value != "no"
    return [
        Turn(section, question)
        for section, question in questionnaire.questions()
        if not question.locked
        and not _is_the_agents(questionnaire, section)
        and (answers_all or whose(section, question, own) is role)
        and asked(questionnaire, question, answers)
    ]


def _is_the_agents(questionnaire: Questionnaire, section: Section) -> bool:
    """Whether the section stands on a form that only the agent signs, as the agent's report."""
    form = questionnaire.form_by_key[section.form]
    return form.purpose is Purpose.AGENTS_REPORT or set(form.signers) <= {SignerRole.AGENT}


def open_keys(turns: Iterable[Turn], answers: Answers, missing: Iterable[Missing]) -> list[str]:
    """The questions still to be asked: those good order lacks or cannot read, in order."""
    lacking = {one.question for one in missing if one.is_error}
    return [
        turn.question.key
        for turn in turns
        if turn.question.key in lacking
        or (is_needed(turn.question) and turn.question.key not in answers)
    ]


def next_key(
    order: Iterable[str], open_now: Collection[str], skipped: Collection[str], after: str = ""
) -> str | None:
    """The question to ask next: the first open one behind `after`, then the first at all; those
    skipped come last, in the order in which they were skipped. None when nothing is open.

    >>> next_key("abc", "bc", "b", "a"), next_key("abc", "b", "b"), next_key("abc", "", "")
    ('c', 'b', None)
    """
    keys = list(order)
    fresh = [key for key in keys if key in open_now and key not in skipped]
    behind = keys[keys.index(after) + 1 :] if after in keys else []
    found = [key for key in fresh if key in behind] or [key for key in fresh if key != after]
    if found := found or fresh:
        return found[0]
    return next((key for key in skipped if key in open_now), None)
