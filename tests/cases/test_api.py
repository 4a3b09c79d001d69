"""Cases for programs."""

import itertools
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from megler.accounts.models import ApiKey, User
from megler.cases.models import Case
from megler.licensing.models import Agent
from tests.cases import cast

pytestmark = pytest.mark.django_db
_keys = itertools.count()


class Program:
    """A program that acts as a person."""

    def __init__(self, person: User) -> None:
        self.browser = Browser(headers={"Authorization": f"Bearer {ApiKey.make(person, 'test')}"})

    def get(self, path: str, **query: str) -> Any:
        return self.browser.get(f"/api/v1{path}", query)

    def post(self, path: str, body: Any = None, key: str = "") -> Any:
        key = key or f"key {next(_keys)}"
        content = json.dumps(body or {})
        return self.browser.post(
            f"/api/v1{path}", content, "application/json", headers={"Idempotency-Key": key}
        )


@pytest.fixture
def program(manager: User) -> Program:
    return Program(manager)


def test_the_list_goes_on_by_cursor(program: Program, agent: Agent) -> None:
    for number in range(42):
        cast.a_case(agent, name=f"Ada N{number}")
    first = program.get("/cases").json()
    assert len(first["cases"]) == 40
    rest = program.get("/cases", cursor=first["next"]).json()
    assert [c["client"]["name"] for c in rest["cases"]] == ["Ada N1", "Ada N0"]
    assert rest["next"] is None
    found = program.get("/cases", q="N41", status="open").json()["cases"]
    assert [c["client"]["name"] for c in found] == ["Ada N41"]


def test_a_case_is_taken_to_in_force(program: Program, case: Case) -> None:
    url = f"/cases/{case.pk}"
    for step in ("good-order", "sending", "underwriting"):
        assert program.post(f"{url}/steps/{step}").status_code == 200, step
    decided = program.post(
        f"{url}/decision",
        {"decision": "other_than_applied", "class_approved": "Standard", "premium_approved": "60"},
    ).json()
    assert (decided["status"], decided["approved"]["class"]) == ("decided", "Standard")
    assert decided["acord_polstat"] == 24
    program.post(f"{url}/issue", {"policy_number": "NH-9"})
    delivered = program.post(f"{url}/delivery", {"on": "2026-03-02"}).json()
    assert delivered["acord_polstat"] == 44
    program.post(f"{url}/first-premium", {"on": "2026-03-02"})
    for requirement in delivered["requirements"]:
        path = f"{url}/requirements/{requirement['id']}/arrival"
        assert program.post(path, {"seen": "needed"}).json()["state"] == "received"
    whole = program.get(url).json()
    assert (whole["status"], whole["outcome"], whole["acord_polstat"]) == ("in_force", "placed", 1)


def test_a_note_a_document_and_an_arrival(program: Program, case: Case) -> None:
    url = f"/cases/{case.pk}"
    note = program.post(f"{url}/notes", {"text": "Hello", "for_agent": True})
    assert (note.status_code, note.json()["text"]) == (201, "Hello")
    added = program.post(f"{url}/requirements", {"kind": "aps", "detail": "Dr. Lie"})
    assert added.status_code == 201
    sent = program.browser.post(
        f"/api/v1{url}/documents",
        {"file": SimpleUploadedFile("aps.pdf", cast.pdf(4)), "kind": "result"},
        headers={"Idempotency-Key": "one file"},
    )
    assert (sent.status_code, sent.json()["pages"]) == (201, 4)
    path = f"{url}/requirements/{added.json()['id']}"
    arrived = program.post(f"{path}/arrival", {"documents": [sent.json()["id"]]}).json()
    assert arrived["documents"] == [sent.json()["id"]]
    rejected = program.post(f"{path}/reject", {"reason": "Page 2 is not readable"}).json()
    assert (rejected["state"], rejected["reason"]) == ("rejected", "Page 2 is not readable")
    assert program.post(f"{path}/explode", {"reason": "x"}).status_code == 404


def test_the_same_key_twice_writes_one_note(program: Program, case: Case) -> None:
    answers = [
        program.post(f"/cases/{case.pk}/notes", {"text": "Once"}, key="same") for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert case.notes.count() == 1


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("steps/sending", {}, "case_not_in_good_order"),
        ("steps/good-order", {"version": 99}, "changed_meanwhile"),
        ("decision", {"decision": "approved"}, "case_not_possible"),
        ("decision", {"decision": "perhaps"}, "wrong_value"),
        ("close", {"closing": "lapsed", "because": "x"}, "wrong_value"),
        ("close", {"closing": "withdrawn", "because": " "}, "case_reason_missing"),
        ("notes", {"text": " "}, "note_empty"),
    ],
)
def test_what_cannot_be_done_is_told_with_its_code(
    program: Program, case: Case, path: str, body: dict[str, Any], code: str
) -> None:
    answer = program.post(f"/cases/{case.pk}/{path}", body)
    assert answer.status_code == 422
    assert [p["code"] for p in answer.json()["problems"]] == [code]
    assert Case.objects.get(pk=case.pk).version == 1


def test_closing_and_reopening(program: Program, case: Case) -> None:
    url = f"/cases/{case.pk}"
    closed = program.post(f"{url}/close", {"closing": "withdrawn", "because": "Client"}).json()
    assert (closed["status"], closed["decision"], closed["holder"]) == ("closed", "withdrawn", None)
    opened = program.post(f"{url}/reopen", {"because": "Changed their mind"}).json()
    assert (opened["status"], opened["decision"]) == ("submitted", None)
    back = program.post(f"{url}/return", {"because": "Unsigned"}).json()
    assert back["holder"] == "agent"


def test_to_a_stranger_there_is_nothing(case: Case) -> None:
    person = cast.an_agent("Ola Nes").user
    assert person is not None
    stranger = Program(person)
    assert stranger.get("/cases").json()["cases"] == []
    assert stranger.get(f"/cases/{case.pk}").status_code == 404
    for path in ("notes", "steps/resubmission", "decision", "close", "requirements"):
        body = {"text": "x", "decision": "approved", "closing": "withdrawn", "because": "x"}
        answer = stranger.post(f"/cases/{case.pk}/{path}", {**body, "kind": "aps"})
        assert answer.status_code == 404, path
    una = Program(cast.a_carrier_person(case.carrier))
    assert una.get(f"/cases/{case.pk}").status_code == 404
