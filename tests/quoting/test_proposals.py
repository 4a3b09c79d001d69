"""Proposals: what stands on the paper, and who may read it by a private link."""

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from pypdf import PdfReader

from megler.accounts.models import User
from megler.carriers.actions import publish_edition
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.licensing.actions import present_agency, put_logo
from megler.licensing.models import Agent, Firm
from megler.post.actions.messages import deliver
from megler.post.models import Message
from megler.quoting.actions import proposals as actions
from megler.quoting.actions.quotes import save_quote
from megler.quoting.models import Proposal, ProposalLink, Quote
from megler.vocabulary.problems import Refused
from tests import lines
from tests.licensing.test_marks import picture
from tests.post.mailbox import Mailbox, mailbox  # noqa: F401 - a fixture
from tests.quoting.conftest import Seller
from tests.quoting.terms import FACTS, TODAY, fjord_files, publish_terms, saved

AT = datetime(2026, 6, 2, 15, tzinfo=UTC)
ENGLISH, BOKMAL = "en", "nb"


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Any) -> None:
    place = {"location": str(tmp_path / "documents")}
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": place}
    settings.STORAGES = {**settings.STORAGES, "default": kept}


@pytest.fixture
def quote(db: None, agent: Seller) -> Quote:
    publish_terms()
    return saved(agent)


def propose(seller: Seller, quote: Quote, **how: Any) -> Proposal:
    told = {"prepared_for": "Kari Hope", "language": ENGLISH, "at": AT, **how}
    return actions.propose(seller.user, quote, **told)


def text_of(proposal: Proposal) -> str:
    pages = PdfReader(io.BytesIO(proposal.document.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_three_cheapest_stand_side_by_side_to_the_cent(agent: Seller, quote: Quote) -> None:
    text = text_of(propose(agent, quote))
    assert "Prepared for Kari Hope" in text
    assert "Date June 2, 2026" in text
    assert "Premium, monthly $32.38 $48.13 $53.38" in text
    assert "Premium, yearly $370.00 $550.00 $610.00" in text
    assert "Class Preferred Preferred Preferred" in text
    assert "Term 10 years 20 years 10 years" in text
    assert "Tundra Straight Term, January 2025, in effect from Jan. 1, 2025" in text
    assert "Term 2026, in effect from Jan. 1, 2026" in text
    assert "The lowest premium of 2 offers for this term." in text
    assert "$252.00 more a year than the lowest premium found." in text
    assert "Amy" in text
    assert "Premium by term" in text
    assert "This is no offer of insurance" in text


def test_the_chosen_offers_stand_there_and_no_others(agent: Seller, quote: Quote) -> None:
    text = text_of(propose(agent, quote, offers=[3]))
    assert "$66.50" in text
    assert "$48.13" not in text
    assert "Tundra" not in text


def test_in_bokmal_figures_and_days_are_written_as_there(agent: Seller, quote: Quote) -> None:
    text = text_of(propose(agent, quote, language=BOKMAL)).replace("\xa0", " ")
    assert "$48,13" in text
    assert "$500 000" in text
    assert "2. juni 2026" in text
    assert "Tidsbegrenset livsforsikring" in text
    assert "$48.13" not in text


def test_no_fact_of_health_stands_on_the_paper(agent: Seller, quote: Quote) -> None:
    told = json.dumps(quote.answer)
    assert "157" in told
    for language in (ENGLISH, BOKMAL):
        text = text_of(propose(agent, quote, language=language)).lower()
        for secret in (r"\b157\b", r"\b64\b", r"\b127\b", r"\b83\b", r"\b213\b", "4[.,]3", "1979",
                       "stroke", r"\bslag\b", "nicotine", "nikotin", "pressure", "blodtrykk", "weight"):  # fmt: skip
            assert not re.search(secret, text), secret


def test_reasons_of_a_guide_and_what_it_does_not_know_are_not_told(agent: Seller) -> None:
    publish_terms()
    wants = {**FACTS["wants"], "class": None}
    known = {**FACTS, "wants": wants, "blood_pressure": None, "family": None}
    guided = save_quote(agent.user, known, TODAY)
    told = [o["reasons"] for o in guided.answer["offers"]]
    assert "Every known fact" in json.dumps(told)
    assert "is not known: the best is supposed" in json.dumps(guided.answer["assumptions"])
    text = text_of(propose(agent, guided))
    assert "Every known fact" not in text
    assert "is not known: the best is supposed" not in text
    assert "What is not known yet of health and habits is taken at its best." in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", lines.names())
def test_every_line_of_business_can_be_printed(agent: Seller, name: str) -> None:
    page = lines.page(name)
    publish_edition(SYSTEM, page.files)
    trial = next(trial for trial in page.trials if trial.figures.get("offers"))
    quote = save_quote(agent.user, trial.facts, date.fromisoformat(trial.figures["on"]))
    first = quote.answer["offers"][0]
    told = {**(first.get("premium") or first.get("income") or {})}
    sums = told.values() or [first["value"]["amount"]]
    text = text_of(propose(agent, quote, offers=[0]))
    for amount in sums:
        assert f"{Decimal(amount):,.2f}" in text
    assert first["carrier_name"] in text


def test_what_makes_the_product_stands_in_the_table(agent: Seller) -> None:
    page = lines.page("long-term-care")
    publish_edition(SYSTEM, page.files)
    trial = page.trials[0]
    quote = save_quote(agent.user, trial.facts, date.fromisoformat(trial.figures["on"]))
    text = text_of(propose(agent, quote))
    assert "Amount $5,000 a month" in text
    assert "Days before benefits begin 90" in text
    assert "Years of benefits 3" in text
    assert "Age 60, 61" in text


def test_the_same_proposal_is_the_same_bytes(agent: Seller, quote: Quote) -> None:
    one, again = propose(agent, quote), propose(agent, quote)
    assert one.document.sha256 == again.document.sha256
    assert propose(agent, quote, prepared_for="Ola Hope").document.sha256 != one.document.sha256


def test_it_wears_the_marks_of_the_agency_the_agent_and_the_firm(
    agent: Seller, quote: Quote, administrator: User
) -> None:
    plain = propose(agent, quote).document.size
    told = {"name": "Fjord Agency", "phone": "512-555-0101", "colour": "#7a1f5c",
            "small_print_en": "Our own careful words.", "small_print_nb": "Våre egne ord."}  # fmt: skip
    present_agency(administrator, told, 0, logo=picture())
    Agent.objects.update(firm=Firm.objects.create(name="Bailey & Co"), phone="512-555-0142")
    put_logo(administrator, Firm.objects.get(), picture(300, 300))
    quote.refresh_from_db()
    made = propose(agent, quote)
    text = text_of(made)
    for words in ("Fjord Agency", "512-555-0101", "Bailey & Co", "512-555-0142", "1001"):
        assert words in text
    assert "Our own careful words." in text
    assert "no offer of insurance" not in text
    assert "Våre egne ord." in text_of(propose(agent, quote, language=BOKMAL))
    images = PdfReader(io.BytesIO(made.document.read())).pages[0].images
    assert len(images) == 2
    assert made.document.size > plain


def test_a_later_edition_changes_nothing_on_the_paper(agent: Seller, quote: Quote) -> None:
    before = propose(agent, quote).document.sha256
    files = fjord_files()
    head = files["edition.toml"].decode().replace("2026-01-01", "2026-05-01")
    files["edition.toml"] = head.replace("Term 2026", "Dearer 2026").encode()
    files["base.csv"] = files["base.csv"].replace(b"0.", b"9.")
    publish_edition(SYSTEM, files)
    assert propose(agent, quote).document.sha256 == before


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"prepared_for": "  "}, "missing"),
        ({"prepared_for": "x" * 201}, "too_long"),
        ({"language": "fr"}, "unknown_language"),
        ({"offers": []}, "proposal_count"),
        ({"offers": [0, 1, 2, 3, 4]}, "proposal_count"),
        ({"offers": [0, 99]}, "proposal_not_there"),
    ],
)
def test_bad_wishes_are_refused_and_nothing_is_kept(
    agent: Seller, quote: Quote, how: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        propose(agent, quote, **how)
    assert [p.code for p in refused.value.problems] == [code]
    assert not Proposal.objects.exists()


def test_a_quote_that_prices_otherwise_now_is_not_printed(agent: Seller, quote: Quote) -> None:
    answer = quote.answer
    answer["offers"][0]["premium"]["monthly"] = "32.39"
    quote.answer = answer
    quote.save()
    with pytest.raises(Refused, match="proposal_differs"):
        propose(agent, quote)


def test_a_stranger_makes_and_sees_none(agent: Seller, stranger: Seller, quote: Quote) -> None:
    made = propose(agent, quote)
    with pytest.raises(Refused):
        propose(stranger, quote)
    with pytest.raises(Refused):
        actions.make_link(stranger.user, made)
    for page in (f"/quotes/{quote.pk}/proposals/", f"/proposals/{made.pk}/",
                 f"/proposals/{made.pk}/pdf/", f"/proposals/{made.pk}/pages/1/"):  # fmt: skip
        assert stranger.client().get(page).status_code == 404
        assert agent.client().get(page).status_code == 200


def test_the_pages_make_show_and_send_one(agent: Seller, quote: Quote) -> None:
    client = agent.client()
    form = client.get(f"/quotes/{quote.pk}/proposals/").content.decode()
    assert form.count(" checked") == 3
    sent = {"prepared_for": "Kari Hope", "language": "en", "offers": ["0", "2"]}
    wrong = client.post(f"/quotes/{quote.pk}/proposals/", {**sent, "offers": ["x"]})
    assert wrong.status_code == 422
    shown = client.post(f"/quotes/{quote.pk}/proposals/", sent, follow=True).content.decode()
    made = Proposal.objects.get()
    assert made.offers == [0, 2]
    assert f"/proposals/{made.pk}/pages/1/" in shown
    picture_of = client.get(f"/proposals/{made.pk}/pages/1/")
    assert picture_of.headers["Content-Type"] == "image/png"
    assert client.get(f"/proposals/{made.pk}/pages/99/").status_code == 404
    links = f"/proposals/{made.pk}/links/"
    assert client.post(links, {"mail": "yes", "to": "", "days": "30"}).status_code == 422
    assert client.post(links, {"mail": "yes", "to": "nobody", "days": "30"}).status_code == 422
    assert client.post(links, {"copy": "yes", "days": "9999"}).status_code == 422
    assert not ProposalLink.objects.exists()
    shown = client.post(links, {"copy": "yes", "days": "7"}, follow=True).content.decode()
    link = ProposalLink.objects.get()
    assert f"{configured.PUBLIC_URL}/p/{link.token}/" in shown
    assert f"/proposals/{made.pk}/" in client.get(f"/quotes/{quote.pk}/proposals/").content.decode()
    closed = client.post(f"{links}{link.pk}/revoke/", follow=True)
    assert link.token not in closed.content.decode()


def test_the_link_is_mailed_and_its_text_forgotten(
    agent: Seller,
    quote: Quote,
    mailbox: Mailbox,  # noqa: F811
) -> None:
    made = propose(agent, quote)
    link = actions.make_link(agent.user, made, to="Kari@Example.com", at=AT)
    message = Message.objects.get()
    deliver(str(message.pk))
    (mail,) = mailbox.taken
    text = mail.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert actions.address_of(link) in text.replace("=\n", "")
    assert "30 days" in text
    assert (mail["To"], mail["Content-Language"]) == ("Kari Hope <kari@example.com>", "en")
    message.refresh_from_db()
    assert message.text.strip() == ""


def opened(link: ProposalLink, more: str = "", **headers: str) -> Any:
    return Client().get(f"/p/{link.token}/{more}", headers=headers)


@pytest.fixture
def link(agent: Seller, quote: Quote) -> ProposalLink:
    return actions.make_link(agent.user, propose(agent, quote))


def test_whoever_has_the_link_reads_and_it_is_journaled(link: ProposalLink) -> None:
    page = opened(link)
    assert page.status_code == 200
    assert "Proposal for Kari Hope" in page.content.decode()
    assert "$48.13 monthly" in page.content.decode()
    file = opened(link, "pdf/")
    assert b"".join(file.streaming_content) == link.proposal.document.read()
    assert opened(link, "pages/1/").headers["Content-Type"] == "image/png"
    assert opened(link, "pages/99/").status_code == 404
    opened(link)
    link.refresh_from_db()
    assert link.times_opened == 2
    entries = Entry.objects.filter(verb="proposal.opened", subject_id=str(link.proposal_id))
    assert {(e.actor_kind, e.actor_name) for e in entries} == {("reader", "Kari Hope")}
    assert entries.count() == 2
    assert link.token not in json.dumps([e.data for e in Entry.objects.all()])


def test_unknown_expired_and_revoked_links_are_answered_alike(
    agent: Seller, link: ProposalLink
) -> None:
    expired = actions.make_link(agent.user, link.proposal, days=1)
    ProposalLink.objects.filter(pk=expired.pk).update(
        expires_at=datetime.now(UTC) - timedelta(seconds=1)
    )
    actions.revoke_link(agent.user, link)
    unknown = ProposalLink(token="x" * 43)
    for more in ("", "pdf/", "pages/1/"):
        answers = [opened(one, more) for one in (link, expired, unknown)]
        assert {answer.status_code for answer in answers} == {404}
        texts = {_without_forms(answer.content.decode()) for answer in answers}
        assert len(texts) == 1
    assert not Entry.objects.filter(verb="proposal.opened").exists()


def _without_forms(page: str) -> str:
    """The page without what is new in each: tokens against forgery, and its own address."""
    return re.sub(r'(data-csrf|value)="[^"]*"', "", page)


def test_revoking_twice_is_one_revocation(agent: Seller, link: ProposalLink) -> None:
    first = actions.revoke_link(agent.user, link).revoked_at
    assert actions.revoke_link(agent.user, link).revoked_at == first
    assert Entry.objects.filter(verb="proposal.link_revoked").count() == 1


def test_a_link_opens_its_own_proposal_and_nothing_else(
    agent: Seller, link: ProposalLink, quote: Quote
) -> None:
    client = Client()
    client.get(f"/p/{link.token}/")
    for page in (f"/quotes/{quote.pk}/", f"/proposals/{link.proposal_id}/", "/quotes/"):
        assert client.get(page).status_code == 302


def test_trying_tokens_is_limited_over_every_process(
    link: ProposalLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "OPENINGS_A_MINUTE", 3)
    statuses = [Client().get("/p/guess/").status_code for _ in range(5)]
    assert statuses == [404, 404, 404, 429, 429]
    assert opened(link).status_code == 429
    assert opened(link, "pdf/").status_code == 404


def test_what_is_kept_of_a_link_is_encrypted(link: ProposalLink) -> None:
    kept = ProposalLink.objects.values("token", "to", "token_digest")[0]
    assert link.token.encode() not in bytes(kept["token"])
    assert kept["token_digest"] == ProposalLink.digest_of(link.token)
    name = Proposal.objects.values_list("prepared_for", flat=True)[0]
    assert b"Kari" not in bytes(name)
