"""Quote links: who may make them, who may show them, what a visitor sees and leaves."""

import json
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from megler.accounts.models import User
from megler.journal.models import Entry
from megler.licensing.actions import present_agency
from megler.licensing.models import Agent
from megler.post.models import Message
from megler.quoting.actions import leads, links
from megler.quoting.models import Lead, LinkDay, Quote, QuoteLink
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.quoting.conftest import Seller
from tests.quoting.terms import publish_terms

SITE = "https://www.amy.example"
HERE = "http://testserver"
ASKED = {"age": "47", "sex": "female", "jurisdiction": "TX", "nicotine": "never", "health": "good",
         "line": "term_life", "face_amount": "500k", "term_years": "20"}  # fmt: skip
CONTACT = {"name": "Kari Hope", "email": "kari@example.com", "consent": "yes", "message": "Hello"}


@pytest.fixture
def link(db: None, agent: Seller) -> QuoteLink:
    publish_terms()
    wanted = links.Wanted("Life insurance from Amy", sites=SITE)
    return links.make_quote_link(agent.user, agent.agent, wanted)


def ask(link: QuoteLink, told: dict[str, str] | None = None, address: str = "127.0.0.1") -> Any:
    return Client(REMOTE_ADDR=address).get(f"/embed/{link.key}/", told)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def form_of(answer: Any) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms count as read as soon as they are there."""
    monkeypatch.setattr(leads, "SECONDS_MIN", -1)


def send(link: QuoteLink, told: dict[str, str], origin: str = HERE, **headers: str) -> Any:
    headers = {"Origin": origin, **headers} if origin else headers
    return Client(enforce_csrf_checks=True).post(
        f"/embed/{link.key}/contact/", told, headers=headers
    )


def test_a_visitor_gets_live_offers_in_the_class_guessed(link: QuoteLink) -> None:
    page = text(ask(link, ASKED))
    assert "<html" in page
    assert "Tundra Life" in page
    assert "$48.13 monthly" in page
    assert "Fjord Life" in page
    assert "$66.50 monthly" in page
    assert "This is no offer of insurance" in page
    part = Client().get(f"/embed/{link.key}/", ASKED, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "$48.13 monthly" in text(part)


def test_a_carrier_without_the_class_guessed_is_shown_in_its_next(link: QuoteLink) -> None:
    page = text(ask(link, {**ASKED, "health": "excellent"}))
    assert "Fjord Term · 20 years · Preferred plus" in page
    assert "Tundra Straight Term · 20 years · Preferred<" in page


def test_hidden_carriers_and_lines_not_offered_are_not_shown(
    agent: Seller, link: QuoteLink
) -> None:
    wanted = links.Wanted(link.title, carriers_hidden=("fjordlife",), lines=("whole_life",))
    links.change_quote_link(agent.user, link, wanted, 1)
    assert "Fjord" not in text(ask(link, ASKED))
    assert "Tundra" not in text(ask(link, ASKED))


def test_only_the_links_own_sites_may_frame_it_and_only_it(link: QuoteLink, agent: Seller) -> None:
    for answer in (ask(link), ask(link, ASKED)):
        policy = answer.headers["Content-Security-Policy"]
        assert f"frame-ancestors {SITE};" in policy + ";"
        assert "script-src 'self'" in policy
        assert "default-src 'none'" in policy
        assert "X-Frame-Options" not in answer.headers
    for page in ("/account/login/", "/embed/unknown/", f"/embed/{link.key}/colours.css"):
        answer = Client().get(page)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"
    links.change_quote_link(agent.user, link, links.Wanted(link.title), 1)
    assert "frame-ancestors 'none'" in ask(link).headers["Content-Security-Policy"]
    assert ask(link).headers["X-Frame-Options"] == "DENY"


def test_it_keeps_no_cookie(link: QuoteLink) -> None:
    for answer in (ask(link), ask(link, ASKED)):
        assert not answer.cookies


def test_a_link_that_is_off_and_one_that_never_was_are_alike(
    agent: Seller, link: QuoteLink
) -> None:
    off = links.Wanted(link.title, sites=SITE, is_on=False)
    links.change_quote_link(agent.user, link, off, 1)
    assert ask(link).status_code == Client().get("/embed/nothing/").status_code == 404
    assert Client().get(f"/embed/{link.key}/colours.css").status_code == 404


def test_what_cannot_be_read_is_said(link: QuoteLink) -> None:
    page = text(ask(link, {**ASKED, "face_amount": "lots"}))
    assert "lots" in page
    assert "$48.13" not in page
    assert "<script>" not in text(ask(link, {**ASKED, "face_amount": "<script>alert(1)"}))
    assert ask(link, {**ASKED, "age": "9" * 500}).status_code == 200


def test_asking_is_limited_by_address_and_link(
    link: QuoteLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "ASKED_A_MINUTE", 2)
    assert [ask(link).status_code for _ in range(3)] == [200, 200, 429]
    assert ask(link, address="203.0.113.9").status_code == 200
    assert f"frame-ancestors {SITE}" in ask(link).headers["Content-Security-Policy"]


def test_use_is_counted_by_day(link: QuoteLink) -> None:
    ask(link)
    ask(link, {"site": SITE})
    ask(link, ASKED)
    ask(link, {"age": "47"})
    day = LinkDay.objects.get(link=link)
    assert (day.views, day.quotes, day.leads) == (2, 1, 0)
    assert not Quote.objects.exists()


def test_it_answers_in_its_own_language_and_colour(
    agent: Seller, link: QuoteLink, administrator: User
) -> None:
    told = {"name": "Fjord Agency", "colour": "#ffd84d", "small_print_nb": "Våre egne ord."}
    present_agency(administrator, told, 0)
    wanted = links.Wanted(link.title, sites=SITE, language="nb")
    links.change_quote_link(agent.user, link, wanted, 1)
    page = ask(link, ASKED)
    assert "$48,13 månedlig" in text(page)
    assert "Våre egne ord." in text(page)
    assert (page.headers["Content-Language"], 'lang="nb"' in text(page)) == ("nb", True)
    colours = Client().get(f"/embed/{link.key}/colours.css").content.decode()
    assert "--accent:#ffd84d;--accent-ink:#1d2b3a" in colours


def test_who_asks_to_be_contacted_is_a_lead_with_a_quote_a_task_and_a_mail(
    link: QuoteLink, agent: Seller, patient: None
) -> None:
    token = form_of(ask(link, ASKED))
    answer = send(link, {**ASKED, **CONTACT, "form_token": token, "site": SITE})
    assert "Thank you" in text(answer)
    assert f"frame-ancestors {SITE}" in answer.headers["Content-Security-Policy"]
    lead = Lead.objects.get()
    assert lead.contact == {
        "name": "Kari Hope",
        "email": "kari@example.com",
        "phone": "",
        "message": "Hello",
        "site": SITE,
    }
    assert lead.consent.startswith("I agree that Amy keeps")
    assert (lead.quote.agent, lead.quote.made_by) == (agent.agent, None)
    assert lead.quote.facts["age"] == 47
    assert Task.objects.get().person == agent.user
    message = Message.objects.get()
    assert (message.to, f"/leads/{lead.pk}/" in message.text) == ("amy@example.com", True)
    assert LinkDay.objects.get().leads == 1
    told = (
        json.dumps([e.data for e in Entry.objects.all()]) + message.text + Task.objects.get().title
    )
    assert "Kari" not in told
    kept = Lead.objects.values_list("contact", flat=True)[0]
    assert b"Kari" not in bytes(kept)


def test_the_same_form_twice_is_one_lead(link: QuoteLink, patient: None) -> None:
    token = form_of(ask(link, ASKED))
    for _ in range(2):
        assert "Thank you" in text(send(link, {**ASKED, **CONTACT, "form_token": token}))
    assert (Lead.objects.count(), Task.objects.count(), Quote.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": " "}, "Write your name."),
        ({"email": ""}, "Write an e-mail address or a telephone number."),
        ({"email": "kari"}, "name@example.com"),
        ({"consent": ""}, "Tick that you agree"),
        ({"message": "x" * 1001}, "at most 1000 characters"),
        ({"face_amount": "lots"}, "lots"),
    ],
)
def test_what_is_missing_is_said_and_what_was_written_stays(
    link: QuoteLink, patient: None, change: dict[str, str], says: str
) -> None:
    told = {**ASKED, **CONTACT, **change, "form_token": form_of(ask(link, ASKED))}
    answer = send(link, told)
    assert answer.status_code == 422
    assert says in text(answer).replace("&quot;", '"')
    if "face_amount" not in change and "name" not in change:
        assert 'value="Kari Hope"' in text(answer)
    assert not Lead.objects.exists()
    assert not Quote.objects.exists()


def test_a_form_from_elsewhere_is_refused(
    link: QuoteLink, agent: Seller, patient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = form_of(ask(link, ASKED))
    told = {**ASKED, **CONTACT, "form_token": token}
    other = links.make_quote_link(agent.user, agent.agent, links.Wanted("Another"))
    for to, sent, origin in (
        (link, {**told, "form_token": ""}, HERE),
        (link, {**told, "form_token": token + "x"}, HERE),
        (link, {**told, "form_token": signing.dumps("x", salt=leads.SALT)}, HERE),
        (other, told, HERE),
        (link, told, SITE),
        (link, told, "https://evil.example"),
        (link, told, "null"),
        (link, told, ""),
    ):
        assert send(to, sent, origin).status_code == 403
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + leads.SECONDS_MAX + 1)
    assert send(link, told).status_code == 403
    assert not Lead.objects.exists()


def test_robots_are_thanked_and_nothing_is_kept(link: QuoteLink) -> None:
    told = {**ASKED, **CONTACT, "form_token": form_of(ask(link, ASKED))}
    assert "Thank you" in text(send(link, told))
    assert not Lead.objects.exists()


def test_a_filled_trap_is_thanked_and_nothing_is_kept(link: QuoteLink, patient: None) -> None:
    told = {**ASKED, **CONTACT, "form_token": form_of(ask(link, ASKED)), "website": "x"}
    assert "Thank you" in text(send(link, told))
    assert not Lead.objects.exists()


def test_leads_are_limited(link: QuoteLink, patient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leads, "CONTACTS_AN_HOUR", 1)
    tokens = [form_of(ask(link, ASKED)) for _ in range(2)]
    statuses = [send(link, {**ASKED, **CONTACT, "form_token": t}).status_code for t in tokens]
    assert statuses == [200, 429]
    assert Lead.objects.count() == 1


def test_a_lead_is_the_agents_own_to_read_and_to_close(
    link: QuoteLink, agent: Seller, stranger: Seller, patient: None
) -> None:
    send(link, {**ASKED, **CONTACT, "form_token": form_of(ask(link, ASKED))})
    lead = Lead.objects.get()
    assert stranger.client().get(f"/leads/{lead.pk}/").status_code == 404
    assert stranger.client().post(f"/leads/{lead.pk}/close/").status_code == 404
    with pytest.raises(Refused):
        leads.close_lead(stranger.user, lead)
    client = agent.client()
    assert "kari@example.com" in text(client.get(f"/leads/{lead.pk}/"))
    shown = client.get(f"/quotes/{lead.quote_id}/")
    assert "a visitor" in text(shown)
    for _ in range(2):
        assert "Noted as answered." in text(client.post(f"/leads/{lead.pk}/close/", follow=True))
    assert Task.objects.get().done_at is not None
    assert Entry.objects.filter(verb="lead.closed").count() == 1


def test_an_agent_without_a_sign_in_has_the_agency_answer(link: QuoteLink, patient: None) -> None:
    Agent.objects.update(user=None)
    send(link, {**ASKED, **CONTACT, "form_token": form_of(ask(link, ASKED))})
    assert (Task.objects.get().person, Task.objects.get().role) == (None, "new_business")


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        (links.Wanted(" "), "title"),
        (links.Wanted("x" * 101), "title"),
        (links.Wanted("x", sites="https://*"), "sites 1"),
        (links.Wanted("x", lines=("annuity",)), "lines"),
        (links.Wanted("x", carriers_hidden=("nobody",)), "carriers_hidden"),
        (links.Wanted("x", language="fr"), "language"),
    ],
)
def test_bad_wishes_are_refused_by_name(agent: Seller, wanted: links.Wanted, where: str) -> None:
    with pytest.raises(Refused) as refused:
        links.make_quote_link(agent.user, agent.agent, wanted)
    assert [p.where for p in refused.value.problems] == [where]
    assert not QuoteLink.objects.exists()


def test_links_are_the_agents_own(link: QuoteLink, agent: Seller, stranger: Seller) -> None:
    with pytest.raises(Refused):
        links.make_quote_link(stranger.user, agent.agent, links.Wanted("mine"))
    with pytest.raises(Refused):
        links.change_quote_link(stranger.user, link, links.Wanted("mine"), 1)
    assert stranger.client().get(f"/quote-links/{link.pk}/").status_code == 404
    assert link.title not in text(stranger.client().get("/quote-links/"))
    assert link.title in text(agent.client().get("/quote-links/"))


def test_a_change_over_a_newer_one_is_refused(link: QuoteLink, agent: Seller) -> None:
    links.change_quote_link(agent.user, link, links.Wanted("first"), 1)
    with pytest.raises(Refused, match="changed"):
        links.change_quote_link(agent.user, link, links.Wanted("second"), 1)
    assert links.change_quote_link(agent.user, link, links.Wanted("first"), 2).version == 2


def test_the_pages_make_change_and_show_a_link(agent: Seller, administrator: User) -> None:
    publish_terms()
    client = agent.client()
    sent = {"title": "Quotes", "sites": "www.amy.example", "language": "en", "is_on": "yes",
            "lines": ["term_life"], "carriers_hidden": ["fjordlife"]}  # fmt: skip
    wrong = client.post("/quote-links/new/", {**sent, "sites": "*"})
    assert wrong.status_code == 422
    shown = client.post("/quote-links/new/", sent, follow=True)
    link = QuoteLink.objects.get()
    assert (link.sites, link.lines, link.carriers_hidden) == ([SITE], ["term_life"], ["fjordlife"])
    assert f"/embed/{link.key}/" in text(shown)
    assert "&lt;iframe src=" in text(shown)
    page = f"/quote-links/{link.pk}/"
    client.post(page, {**sent, "version": "1", "is_on": ""})
    assert not QuoteLink.objects.get().is_on
    assert client.post(page, {**sent, "version": "1", "title": "x"}).status_code == 422
    staff = Client()
    staff.force_login(administrator, "allauth.account.auth_backends.AuthenticationBackend")
    assert staff.post("/quote-links/new/", sent).status_code == 422
    staff.post("/quote-links/new/", {**sent, "agent_npn": agent.agent.npn})
    assert QuoteLink.objects.filter(agent=agent.agent).count() == 2


def test_days_are_counted_apart(link: QuoteLink) -> None:
    today = timezone.localdate()
    links.count(link, views=1, on=today - timedelta(days=1))
    links.count(link, views=2, quotes=1, on=today)
    links.count(link, views=3, on=today)
    days = link.days.order_by("day").values_list("views", "quotes")
    assert list(days) == [(1, 0), (5, 1)]
