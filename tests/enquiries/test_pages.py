"""Pages and API of enquiries: what each person sees, and what they may do."""

import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from megler.accounts.models import User
from megler.licensing.models import Agent
from megler.post.models import Message
from tests.cases.cast import a_carrier, a_carrier_person, an_agent, signed_in
from tests.enquiries.cast import FACTS, an_enquiry, asked, products, send_all


def post(browser: Browser, path: str, document: dict[str, Any]) -> Any:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    return browser.post(path, json.dumps(document), content_type="application/json", headers=key)


def test_a_program_asks_records_and_compares(manager: User, agent: Agent) -> None:
    products("nordhavn-life", "fjord-life")
    browser, path = signed_in(manager), "/api/v1/enquiries"
    told = {
        "facts": FACTS, "agent": str(agent.pk), "known_as": "Kari Hope",
        "hidden": ["Fjord Tools LLC"], "products": ["nordhavn-life/term", "fjord-life/term"],
    }  # fmt: skip
    made = post(browser, path, told)
    assert made.status_code == 201, made.content
    one = made.json()
    assert "Hope" not in one["summary"]
    assert one["called"] == "Kari Hope"
    mine = f"{path}/{one['id']}"
    to = [{"carrier": c["id"], "email": "uw@x.example"} for c in one["carriers"]]
    assert post(browser, f"{mine}/sending", {"to": to}).status_code == 200
    first = one["carriers"][0]["id"]
    answer = {"outcome": "offer", "class_name": "Preferred", "table": 2}
    answered = post(browser, f"{mine}/carriers/{first}/answers", answer).json()
    assert [c["is_best"] for c in answered["carriers"]] == [True, False]
    wrong = post(browser, f"{mine}/carriers/{first}/answers", {"outcome": "offer", "table": 40})
    assert wrong.status_code == 422
    assert {p["where"] for p in wrong.json()["problems"]} == {"table"}
    evidence = post(browser, f"{mine}/evidence", {"kind": "aps", "detail": "Dr. By"}).json()
    assert evidence["evidence"][0]["done_on"] is None
    assert post(browser, f"{mine}/close", {"because": "elsewhere"}).json()["state"] == "closed"
    assert browser.get(path).json()["enquiries"][0]["number"] == one["number"]


def test_each_sees_what_is_theirs(manager: User, agent: Agent) -> None:
    enquiry = an_enquiry(manager, agent)
    [fjord, nordhavn] = send_all(manager, enquiry)
    una, stranger = a_carrier_person(a_carrier("fjord-life")), an_agent("Stig Falk").user
    assert agent.user
    assert stranger
    page = f"/enquiries/{enquiry.pk}/"
    shown = signed_in(agent.user).get(page).content.decode()
    assert "Kari Hope" in shown
    assert "Send the summary" not in shown
    assert signed_in(stranger).get(page).status_code == 404
    browser = signed_in(una)
    assert browser.get(page).status_code == 404
    assert browser.get(f"/enquiries/asked/{nordhavn.pk}/").status_code == 404
    own = browser.get(f"/enquiries/asked/{fjord.pk}/").content.decode()
    assert "sleep apnea" in own
    for secret in ("Kari", "Hope", "Nordhavn"):
        assert secret not in own
    assert browser.get(f"/enquiries/asked/{fjord.pk}/papers/0/").status_code == 200
    said = {"outcome": "offer", "class_name": "Select", "words": "as quoted"}
    assert browser.post(f"/enquiries/asked/{fjord.pk}/", said).status_code == 302
    assert asked(enquiry)[0].state == "answered"


def test_an_underwriter_without_an_account_reads_and_answers(manager: User, agent: Agent) -> None:
    enquiry = an_enquiry(manager, agent)
    [child, _other] = send_all(manager, enquiry, timezone.now())
    mail = str(Message.objects.get(to=child.to_email).text)
    found = re.search(r"/answer/[\w-]+/", mail)
    assert found
    browser = Browser()
    assert "What would you offer" in browser.get(found[0]).content.decode()
    assert browser.get(f"{found[0]}papers/0/")["Content-Type"] == "application/pdf"
    assert browser.post(found[0], {"outcome": "offer"}).status_code == 422
    assert browser.post(found[0], {"outcome": "decline", "words": "no"}).status_code == 302
    assert browser.get("/answer/not-one/").status_code == 404
    page = signed_in(manager).get(f"/enquiries/{enquiry.pk}/").content.decode()
    assert "Declined" in page


@pytest.mark.parametrize("act", ["send", "add", "close"])
def test_what_lacks_is_said_at_the_top_of_the_page(manager: User, agent: Agent, act: str) -> None:
    enquiry = an_enquiry(manager, agent)
    answer = signed_in(manager).post(f"/enquiries/{enquiry.pk}/do/{act}/", {})
    assert answer.status_code == 422
    assert "alert" in answer.content.decode()
