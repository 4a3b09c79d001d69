"""The short list of a drop ticket."""

from datetime import date
from typing import Any

from megler.applications.rules.questionnaires import questionnaire
from megler.applications.rules.tickets import NEEDED, of_the_agent, ticket_missing
from megler.forms.rules.questionnaire import Answer, AskedOf

LIFE = questionnaire("life")
TODAY = date(2026, 11, 23)
WHOLE: dict[str, Any] = {
    "insured_first_name": "Kari",
    "insured_last_name": "Hope",
    "insured_born": "1985-06-14",
    "insured_phone": "5125550142",
    "insured_address": {"state": "TX"},
}


def lacking(offer: dict[str, Any] | None = None, **values: Any) -> list[tuple[str, str]]:
    said = {key: Answer(value) for key, value in values.items()}
    found = ticket_missing(LIFE, said, {"face_amount": "1"} if offer is None else offer, TODAY)
    return [(one.problem.code, one.question) for one in found]


def test_a_ticket_needs_whom_to_call_about_how_much() -> None:
    assert {question for _code, question in lacking({})} == {*NEEDED, "cover_face_amount"}
    assert lacking(**WHOLE) == []


def test_of_the_address_the_state_is_enough() -> None:
    assert lacking(**(WHOLE | {"insured_address": {"zip": "75001"}})) == [
        ("answer_missing", "insured_address")
    ]


def test_what_cannot_be_is_told() -> None:
    assert lacking(**(WHOLE | {"insured_born": "2031-01-01"}))[0] == (
        "in_the_future",
        "insured_born",
    )


def test_everything_of_a_ticket_is_the_agents() -> None:
    found = ticket_missing(LIFE, {}, {}, TODAY)
    assert {one.asked_of for one in of_the_agent(found)} == {AskedOf.AGENT}
