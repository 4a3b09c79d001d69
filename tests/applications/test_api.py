"""Applications for programs."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client as Browser

from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.applications.models import Application
from megler.applications.models_filling import GoodOrderCheck
from megler.applications.rules.moments import ApplicationSubmitted
from megler.carriers.models import Product
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.applications.complete import COMPLETE

BASE = "/api/v1/applications"


class Program:
    """Calls the API with somebody's key."""

    def __init__(self, person: User) -> None:
        key = ApiKey.make(person, "test")
        self.browser = Browser(headers={"Authorization": f"Bearer {key}"})

    def get(self, path: str = "") -> Any:
        return self.browser.get(BASE + path)

    def send(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        return self.browser.generic(
            method,
            BASE + path,
            json.dumps(body or {}),
            content_type="application/json",
            headers={"Idempotency-Key": key or uuid.uuid4().hex},
        )


@pytest.fixture
def program(agent_user: User) -> Program:
    return Program(agent_user)


def test_an_application_is_started_answered_and_read(program: Program, quote: Quote) -> None:
    made = program.send("POST", "", {"quote": str(quote.pk), "offer": 0})
    assert made.status_code == 201
    started = made.json()
    assert started["answers"]["insured_born"]["origin"] == "quote"
    assert {"code": "answer_missing", "where": "insured_ssn"}.items() <= next(
        m for m in started["missing"] if m["where"] == "insured_ssn"
    ).items()

    path = f"/{started['id']}"
    body = {"version": started["version"], "answers": COMPLETE}
    answered = program.send("PATCH", path + "/answers", body).json()
    assert answered["missing"] == []
    assert answered["insured"] == "Kari Hope"
    read = program.get(path).json()
    assert read["answers"]["insured_ssn"]["value"] == "•••-••-1121"
    assert {s["role"] for s in read["not_signed"]} == {"insured", "agent"}
    listed = program.get().json()["applications"]
    assert [one["id"] for one in listed] == [started["id"]]


FROM_NOTHING = {
    "product": "fjord-life/term",
    "jurisdiction": "TX",
    "amount": "500000",
    "term_years": 20,
    "mode": "monthly",
}


def test_an_application_starts_from_nothing(
    program: Program, agent: Agent, product: Product
) -> None:
    answers = {"insured_first_name": "Kari", "insured_born": "1985-06-14"}
    body = {**FROM_NOTHING, "agent": agent.npn, "answers": answers}
    key = uuid.uuid4().hex
    made = program.send("POST", "", body, key)
    assert made.status_code == 201
    started = made.json()
    assert started["state"] == "draft"
    assert started["answers"]["insured_born"]["value"] == "1985-06-14"
    assert started["answers"]["cover_face_amount"]["value"] == "500000"
    assert started["typed"]["agent"] >= 2
    assert program.send("POST", "", body, key).json()["id"] == started["id"]
    assert Application.objects.count() == 1


def test_a_bad_start_is_refused_with_every_problem(program: Program, product: Product) -> None:
    body = {"product": "fjord-life/none", "jurisdiction": "ZZ", "term_years": 99}
    refused = program.send("POST", "", body)
    assert refused.status_code == 422
    codes = [p["code"] for p in refused.json()["problems"]]
    assert codes == ["product_unknown", "not_a_state", "out_of_range"]
    body = {**FROM_NOTHING, "answers": {"insured_ssn": "1", "shoe": "42"}}
    refused = program.send("POST", "", body).json()["problems"]
    assert [(p["code"], p["where"]) for p in refused] == [
        ("not_an_ssn", "insured_ssn"),
        ("question_unknown", "shoe"),
    ]
    assert not Application.objects.exists()


def test_answers_come_with_a_quote_or_not_at_all(program: Program, quote: Quote) -> None:
    body = {"quote": str(quote.pk), "offer": 0, "answers": {"insured_ssn": "1"}}
    assert program.send("POST", "", body).status_code == 422
    assert not Application.objects.exists()
    body["answers"] = {"insured_first_name": "Kari"}
    assert program.send("POST", "", body).json()["answers"]["insured_first_name"]["value"] == "Kari"


def test_a_ticket_is_started_and_sent(
    program: Program, product: Product, handed_over: list[ApplicationSubmitted]
) -> None:
    who = {
        "insured_first_name": "Kari",
        "insured_last_name": "Hope",
        "insured_born": "1985-06-14",
        "insured_phone": "5125550142",
    }
    body = {**FROM_NOTHING, "answers": who, "ticket": {"completed_by": "carrier"}}
    made = program.send("POST", "", body).json()
    assert (made["state"], made["missing"]) == ("ticket", [])
    assert program.get(f"/{made['id']}/good-order").json()["in_good_order"] is True
    sent = program.send("POST", f"/{made['id']}/submit").json()
    assert sent["state"] == "submitted"
    assert len(handed_over) == 1
    short = {**FROM_NOTHING, "ticket": {}}
    lacking = program.send("POST", "", short)
    assert {p["where"] for p in lacking.json()["problems"]} == set(who)


def test_good_order_says_what_where_and_the_way(program: Program, complete: Application) -> None:
    found = program.get(f"/{complete.pk}/good-order").json()
    assert found["in_good_order"] is False
    assert found["missing"] == []
    assert {one["role"] for one in found["not_signed"]} == {"insured", "agent"}
    assert all(one["answered"] == one["needed"] for one in found["forms"])
    body = {"version": complete.version, "answers": {"med_heart": "yes"}}
    program.send("PATCH", f"/{complete.pk}/answers", body)
    (one,) = program.get(f"/{complete.pk}/good-order").json()["missing"]
    assert (one["where"], one["asked_of"]) == ("med_heart_details", "client")
    assert one["url"].endswith("?section=medical#q-med_heart_details")


def test_a_bad_answer_is_refused_with_its_place(program: Program, started: Application) -> None:
    body = {"version": 1, "answers": {"insured_ssn": "1", "insured_first_name": "Kari"}}
    answered = program.send("PATCH", f"/{started.pk}/answers", body)
    assert answered.status_code == 422
    assert [p["where"] for p in answered.json()["problems"]] == ["insured_ssn"]
    started.refresh_from_db()
    assert "insured_first_name" not in started.answers


def test_an_older_version_is_refused_with_theirs(program: Program, started: Application) -> None:
    path = f"/{started.pk}/answers"
    program.send("PATCH", path, {"version": 1, "answers": {"insured_first_name": "Karen"}})
    late = program.send("PATCH", path, {"version": 1, "answers": {"insured_first_name": "Kari"}})
    assert late.status_code == 422
    assert late.json()["problems"][0]["found"] == "Karen"


def test_submitting_twice_gives_one_answer(
    program: Program, signed: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    first = program.send("POST", f"/{signed.pk}/submit")
    again = program.send("POST", f"/{signed.pk}/submit")
    assert first.status_code == again.status_code == 200
    assert first.json()["submitted_at"] == again.json()["submitted_at"]
    assert len(handed_over) == 1


def test_what_is_missing_is_told_on_submitting(program: Program, complete: Application) -> None:
    answered = program.send("POST", f"/{complete.pk}/submit")
    assert answered.status_code == 422
    assert {p["code"] for p in answered.json()["problems"]} == {"signature_missing"}
    assert GoodOrderCheck.objects.filter(application=complete, passed=False).count() == 1


def test_somebody_elses_application_is_not_there(
    stranger: User, started: Application, quote: Quote
) -> None:
    program = Program(stranger)
    path = f"/{started.pk}"
    assert program.get(path).status_code == 404
    assert (
        program.send("PATCH", path + "/answers", {"version": 1, "answers": {}}).status_code == 404
    )
    assert program.send("POST", path + "/submit").status_code == 404
    assert program.send("POST", "", {"quote": str(quote.pk), "offer": 0}).status_code == 404
    assert program.get().json()["applications"] == []


def test_who_may_not_apply_finds_nothing(db: None) -> None:
    person = User.objects.create_user("u@example.com", name="U", role=Role.ACCOUNTING)
    assert Program(person).get().status_code == 404
