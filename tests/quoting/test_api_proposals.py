"""Proposals and quote links for programs."""

import base64
import itertools
import json
from typing import Any

import pytest
from django.test import Client

from megler.accounts.models import ApiKey
from megler.quoting.actions import leads, links
from megler.quoting.models import Lead, Proposal, ProposalLink, Quote, QuoteLink
from tests.quoting.conftest import Seller
from tests.quoting.terms import publish_terms, saved

_keys = itertools.count()


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Any) -> None:
    place = {"location": str(tmp_path / "documents")}
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": place}
    settings.STORAGES = {**settings.STORAGES, "default": kept}


@pytest.fixture
def quote(db: None, agent: Seller) -> Quote:
    publish_terms()
    return saved(agent)


def call(seller: Seller, method: str, path: str, body: object = None) -> Any:
    key = ApiKey.make(seller.user, "test")
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": f"k{next(_keys)}"}
    text = "" if body is None else json.dumps(body)
    return Client().generic(
        method, f"/api/v1{path}", text, content_type="application/json", headers=headers
    )


def test_a_program_makes_reads_links_and_closes_a_proposal(agent: Seller, quote: Quote) -> None:
    wanted = {"prepared_for": "Kari Hope", "language": "nb", "offers": [1, 3]}
    made = call(agent, "POST", f"/saved-quotes/{quote.pk}/proposals", wanted)
    assert made.status_code == 201
    told = made.json()
    assert (told["offers"], told["language"], told["pages"]) == ([1, 3], "nb", 2)
    assert call(agent, "GET", f"/saved-quotes/{quote.pk}/proposals").json() == [told]
    where = f"/proposals/{told['id']}"
    link = call(agent, "POST", f"{where}/links", {"days": 5})
    assert link.status_code == 201
    address = link.json()["address"]
    assert Client().get(address[address.index("/p/") :]).status_code == 200
    whole = call(agent, "GET", where).json()
    assert base64.b64decode(whole["pdf_base64"]) == Proposal.objects.get().document.read()
    assert whole["links"][0]["times_opened"] == 1
    closed = call(agent, "POST", f"{where}/links/{link.json()['id']}/revoke")
    assert closed.json()["address"] == ""
    assert Client().get(address[address.index("/p/") :]).status_code == 404


@pytest.mark.parametrize(
    "wanted", [{}, {"prepared_for": "K", "offers": [99]}, {"prepared_for": "K", "language": "fr"}]
)
def test_bad_wishes_are_problems(agent: Seller, quote: Quote, wanted: dict[str, Any]) -> None:
    answer = call(agent, "POST", f"/saved-quotes/{quote.pk}/proposals", wanted)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["text"]
    assert not Proposal.objects.exists()


def test_a_stranger_finds_nothing(agent: Seller, stranger: Seller, quote: Quote) -> None:
    wanted = {"prepared_for": "Kari Hope"}
    path = f"/saved-quotes/{quote.pk}/proposals"
    assert call(stranger, "POST", path, wanted).status_code == 404
    made = call(agent, "POST", path, wanted).json()
    assert call(stranger, "GET", f"/proposals/{made['id']}").status_code == 404
    assert call(stranger, "POST", f"/proposals/{made['id']}/links", {}).status_code == 404
    assert not ProposalLink.objects.exists()


def test_a_program_makes_changes_and_turns_off_a_quote_link(agent: Seller, quote: Quote) -> None:
    wanted = {"title": "Prices", "sites": ["https://www.amy.example"], "lines": ["term_life"]}
    made = call(agent, "POST", "/quote-links", wanted)
    assert made.status_code == 201
    told = made.json()
    assert (told["sites"], told["version"], told["views"]) == (["https://www.amy.example"], 1, 0)
    assert Client().get(told["address"][told["address"].index("/embed/") :]).status_code == 200
    where = f"/quote-links/{told['id']}"
    off = call(agent, "PATCH", where, {"version": 1, "is_on": False}).json()
    assert (off["is_on"], off["sites"], off["views"]) == (False, told["sites"], 1)
    late = call(agent, "PATCH", where, {"version": 1, "is_on": True})
    assert late.json()["problems"][0]["code"] == "changed_meanwhile"
    assert [one["id"] for one in call(agent, "GET", "/quote-links").json()] == [told["id"]]
    wrong = call(agent, "POST", "/quote-links", {**wanted, "sites": ["*"]})
    assert wrong.json()["problems"][0]["code"] == "site_shape"
    assert QuoteLink.objects.count() == 1


def test_leads_are_told_to_the_agents_programs_alone(
    agent: Seller, stranger: Seller, quote: Quote
) -> None:
    link = links.make_quote_link(agent.user, agent.agent, links.Wanted("Prices"))
    contact = leads.Contact("Kari Hope", phone="512-555-0142")
    asked = links.VisitorAnswer({"age": 40}, {**quote.answer, "offers": []})
    leads.ask_for_contact(link, contact, asked, consent="yes", form="f")
    path = f"/quote-links/{link.pk}/leads"
    (told,) = call(agent, "GET", path).json()
    assert (told["name"], told["phone"], told["closed_at"]) == ("Kari Hope", "512-555-0142", None)
    assert call(stranger, "GET", path).status_code == 404
    assert call(stranger, "POST", f"/leads/{told['id']}/close").status_code == 404
    assert call(agent, "POST", f"/leads/{told['id']}/close").json()["closed_at"]
    assert Lead.objects.get().closed_at
