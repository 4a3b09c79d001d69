"""Whose part of an application a question is: the insured's, the owner's, or the agent's."""

from megler.forms.rules.questionnaire import (
    Answers,
    AskedOf,
    Question,
    Questionnaire,
    Section,
    SignerRole,
    asked,
)

_OF_THE_OWNER = (
    "owner", "payor", "payment", "bank", "draft", "delivery", "trust", "business_owner",
)  # fmt: skip
"""Beginnings of the keys of sections and questions that the owner answers where another owns."""


def whose(section: Section, question: Question, owner_is_insured: bool) -> SignerRole:
    """Who answers a question that is the client's: the owner what concerns owning and paying."""
    if owner_is_insured:
        return SignerRole.INSURED
    of_owner = any(
        key == start or key.startswith(f"{start}_")
        for key in (section.key, question.key)
        for start in _OF_THE_OWNER
    )
    return SignerRole.OWNER if of_owner else SignerRole.INSURED


def part_of(
    questionnaire: Questionnaire, answers: Answers, role: SignerRole, *, answers_all: bool = False
) -> list[tuple[Section, list[Question]]]:
    """The questions asked now of a client in `role`, by section in the order of asking.

    `answers_all`: they answer for the insured too, as the owner does for a child.
    """
    said = answers.get("owner_is_insured")
    own = said is None or said.value != "no"
    found = []
    for section in questionnaire.sections:
        mine = [
            question
            for question in section.questions
            if question.asked_of is AskedOf.CLIENT
            and not question.locked
            and (answers_all or whose(section, question, own) is role)
            and asked(questionnaire, question, answers)
        ]
        if mine:
            found.append((section, mine))
    return found


def is_needed(question: Question) -> bool:
    """Whether good order needs an answer."""
    return question.required or question.items_min > 0
