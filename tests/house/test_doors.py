"""Every address × method × role × somebody else's record: what is not yours is not there."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path
from django.utils import timezone

from megler.accounts.access import for_everyone_signed_in
from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.applications.models_exchanges import Exchange
from megler.applications.models_messages import ApplicationMessage
from megler.applications.models_uploads import Upload
from megler.carriers.actions import publish_edition
from megler.carriers.drafts import keep_draft
from megler.carriers.packages import read_files
from megler.cases.actions.papers import add_document, add_note, add_task
from megler.config import urls
from megler.documents.actions import Sent, receive
from megler.journal.rules.actors import SYSTEM
from megler.post.models import Message
from megler.quoting.actions.leads import Contact
from megler.quoting.actions.proposals import make_link
from megler.quoting.models import Lead, Proposal, Quote, QuoteLink
from tests.cases.cast import (
    EDITIONS,
    a_carrier,
    a_carrier_person,
    a_case,
    an_agent,
    an_assistant,
    pdf,
)
from tests.cast import person, signed_in
from tests.documents.files import picture
from tests.house.doors import PUBLIC
from tests.house.walk import Place, ask, breaches, is_right, may_pass, places, unclassified
from tests.post.cast import a_partner, put_up


def test_every_address_is_classified_and_marked_alike() -> None:
    assert unclassified(places()) == set()


def test_there_are_addresses_to_walk() -> None:
    assert len([p for p in places() if p.is_api]) > 20
    assert len([p for p in places() if p.names_a_record()]) > 30


AT_TIMES = {"application_print", "application_sign", "application_notice"}
"""Pages that are there only in a certain state: papers to print, while they can be signed; the
agent's signing, while it is the agent's turn; the notice to an existing insurer, while one of its
policies is replaced."""


BY_ACT = {"case_act", "requirement_act"}
"""Pages whose address names an act with a door of its own."""


@pytest.fixture
def owner(db: None) -> User:
    """The agent whose records somebody else tries to reach."""
    user = an_agent("Olga Owner").user
    assert user is not None
    return user


@pytest.fixture
def objects(owner: User) -> dict[str, str]:
    """One record of each kind, all of the owner's, by the parameter that names it."""
    staff = person("Cole Staff", Role.ADMINISTRATOR)
    publish_edition(SYSTEM, read_files(EDITIONS / "nordhavn-life/guide"))
    case = a_case(owner.agent)
    paper = add_document(staff, case, pdf(), "exam.pdf", visible_to_agent=True)
    add_note(staff, case, "for the owner", for_agent=True)
    task = add_task(staff, case, "call", due_on=timezone.localdate())
    empty = ("offers", "not_offered", "assumptions", "problems")
    answer: dict[str, Any] = {"facts": {"age": 40}, **{name: [] for name in empty}}
    quote = Quote.objects.create(
        agent=case.agent, made_by=owner, made_at=case.opened_at, on=case.opened_at.date(),
        facts={"age": 40}, answer=answer, editions=[],
    )  # fmt: skip
    proposal = Proposal.objects.create(
        quote=quote, made_by=owner, made_at=case.opened_at, language="en",
        prepared_for="Kari Hope", offers=[], document=paper.document,
    )  # fmt: skip
    link = make_link(owner, proposal)
    quote_link = QuoteLink.objects.create(
        agent=case.agent, title="Quotes", language="en", made_by=owner, made_at=case.opened_at
    )
    lead = Lead.objects.create(
        link=quote_link, quote=quote, contact=asdict(Contact("Kari Hope")), consent="yes",
        made_at=case.opened_at, form="form",
    )  # fmt: skip
    edition = publish_edition(SYSTEM, read_files(EDITIONS / "us-va/vgli-2019")).edition
    delivery = put_up(a_partner())
    exchange = Exchange.objects.create(
        application=case.application, source_kind="life", carrier_name="Polar Mutual",
        policy_number="P-1", started_at=case.opened_at,
    )  # fmt: skip
    sent = receive(owner.actor(), Sent("scan.png", picture()))
    upload = Upload.objects.create(
        application=case.application, document=sent, digest="0", by=owner, at=case.opened_at
    )
    received = ApplicationMessage.objects.create(
        application=case.application, direction="received", document=sent, at=case.opened_at,
        by_name=owner.name,
    )  # fmt: skip
    received.files.add(sent)
    victim = person("Vic Timm", Role.SERVICE)
    ApiKey.make(owner, "the owner's")
    return {
        "case_id": str(case.pk),
        "application_id": str(case.application_id),
        "upload_id": str(upload.pk),
        "application_message.message_id": str(received.pk),
        "application_message_file.message_id": str(received.pk),
        "application_message_file.document_id": str(sent.pk),
        "application_upload_original.number": "1",
        "exchange_id": str(exchange.pk),
        "exchange_step.step": "noted",
        "client_id": str(case.client_id),
        "agent_id": str(case.agent_id),
        "requirement_id": str(case.requirements.values_list("pk", flat=True)[0]),
        "paper_id": str(paper.pk),
        "task_id": str(task.pk),
        "quote_id": str(quote.pk),
        "proposal_id": str(proposal.pk),
        "link_id": str(link.pk),
        "quote_link.link_id": str(quote_link.pk),
        "quote_link_id": str(quote_link.pk),
        "lead_id": str(lead.pk),
        "embed.key": quote_link.key,
        "embed_colours.key": quote_link.key,
        "embed_contact.key": quote_link.key,
        "page": "1",
        "edition_id": str(edition.pk),
        "draft_id": str(keep_draft(SYSTEM, read_files(EDITIONS / "tundra-life/guide")).pk),
        "message_id": str(Message.objects.values_list("pk", flat=True)[0]),
        "delivery_id": str(delivery.pk),
        "partner_id": str(delivery.partner_id),
        "slug": "us-va",
        "pk": str(victim.pk),
        "demo_enter.pk": str(victim.pk),
        "key_revoke.pk": str(ApiKey.objects.get(user=owner).pk),
        "form_key": "application",
        "requirement_act.act": "waive",
        "case_act.act": "close",
        "act": "waive",
        "step": "confirm_good_order",
    }


def somebody(role: str) -> User | None:
    """A person of that role who has nothing to do with the owner."""
    if role == "nobody":
        return None
    if role == Role.AGENT:
        return an_agent("Stig Stranger").user
    if role == Role.ASSISTANT:
        return an_assistant(an_agent("Stig Stranger"))
    if role == Role.CARRIER:
        return a_carrier_person(a_carrier("another-carrier"))
    return person("Sam Somebody", Role(role))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["nobody", *Role])
def test_what_is_not_yours_is_not_there(role: str, objects: dict[str, str]) -> None:
    who = somebody(role)
    client = signed_in(who) if who else Client()
    client.raise_request_exception = False
    assert breaches(places(), who, client, objects) == []


@pytest.mark.django_db
def test_the_addresses_of_the_walk_lead_somewhere(owner: User, objects: dict[str, str]) -> None:
    """So that a 404 of the walk means a closed door and not a wrong address."""
    administrator = signed_in(person("Ada Berg", Role.ADMINISTRATOR))
    for place in places():
        if place.door == PUBLIC or "GET" not in place.methods or not place.names_a_record():
            continue
        if place.name in AT_TIMES:
            continue
        reached = ask(administrator, place, "GET", place.address(objects)).status_code
        own = ask(signed_in(owner), place, "GET", place.address(objects)).status_code
        assert reached in {200, 302, 405}, place
        if place.name in BY_ACT:
            continue
        assert own in ({200, 302, 405} if may_pass(place, owner) else {404, 405}), place


@pytest.mark.django_db
def test_every_unsafe_request_without_a_csrf_token_is_refused(objects: dict[str, str]) -> None:
    administrator = person("Ada Berg", Role.ADMINISTRATOR)
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator, "allauth.account.auth_backends.AuthenticationBackend")
    passed = [
        f"{method} {place.name}: {status}"
        for place in places()
        for method in set(place.methods) - {"GET"}
        if (status := ask(client, place, method, place.address(objects)).status_code)
        not in {403, 405}
    ]
    assert passed == []


@pytest.fixture
def leak(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A page that shows anybody's case to whoever has signed in, and one without a door."""

    def leaking(request: HttpRequest, case_id: str) -> HttpResponse:
        return HttpResponse("somebody else's case")

    more: list[Any] = [
        path("leak/<uuid:case_id>/", for_everyone_signed_in(leaking), name="case"),
        path("doorless/", lambda request: HttpResponse("open"), name="doorless"),
    ]
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, *more])
    clear_url_caches()
    yield
    monkeypatch.undo()
    clear_url_caches()


@pytest.mark.django_db
def test_the_walk_finds_a_leak_and_an_unclassified_page(
    leak: None, objects: dict[str, str]
) -> None:
    assert "doorless" in unclassified(places())
    stranger = somebody(Role.AGENT)
    assert stranger is not None
    leaking = [p for p in places() if p.route.startswith("leak/")]
    assert leaking
    assert any("leak/" in one for one in breaches(leaking, stranger, signed_in(stranger), objects))


def test_a_status_of_500_is_never_right() -> None:
    place = Place("home", "", PUBLIC, is_api=False)
    assert not is_right(place, None, 500)
    assert is_right(place, None, 200)
