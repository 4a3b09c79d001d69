"""Two clients sign on their phones, one by drawing; an answer changes; the packet is sealed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.applications.actions.answering import answer
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.carriers.models import Carrier, Product
from megler.forms.actions.seal_checks import verify_seal
from megler.forms.actions.sealing import seal_key
from megler.forms.models import SignatureRequest
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.applications.complete import COMPLETE, FACTS, OFFER
from tests.cast import PASSWORD, person
from tests.journeys.conftest import Mailbox
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.test_quote_to_in_force import draws, work_is_done

OWNER = {
    "owner_is_insured": "no",
    "owner_kind": "person",
    "owner_relationship": "spouse",
    "owner_name": "Ola Hope",
    "owner_born": "1984-01-02",
    "owner_ssn": "078-05-1122",
    "owner_email": "ola@example.com",
    "owner_address": COMPLETE["insured_address"],
}


@pytest.fixture
def complete(transactional_db: None, settings: Any, live_server: Any) -> Application:
    """An application that lacks nothing but its signatures; insured and owner differ."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    user = person("Morgan Bailey", Role.AGENT, PASSWORD)
    agent = Agent.objects.create(
        user=user, name=user.name, email=user.email, npn="4711", jurisdiction="TX",
        since="2020-01-01",
    )  # fmt: skip
    carrier = Carrier.objects.create(slug="fjord-life", name="Fjord Life")
    Product.objects.create(carrier=carrier, code="term", name="Fjord Term", line="term_life")
    from django.utils import timezone

    quote = Quote.objects.create(
        agent=agent, made_by=user, made_at=timezone.now(), on=timezone.localdate(), facts=FACTS,
        answer={"offers": [OFFER]}, editions=[],
    )  # fmt: skip
    held = start_from_quote(user, quote, 0)
    return answer(user, held, {**COMPLETE, **OWNER}, held.version).application


def code_for(mailbox: Mailbox, address: str) -> str:
    work_is_done()
    code = re.search(r"^ +([0-9]{6})\s*$", mailbox.newest_to(address), re.MULTILINE)
    assert code
    return code[1]


def opens_the_link(client: Person, mailbox: Mailbox, address: str) -> str:
    work_is_done()
    link = re.search(r"http://\S+/sign/\S+", mailbox.newest_to(address))
    assert link
    client.goes_to(link.group())
    return link.group()


def says_who(client: Person, mailbox: Mailbox, address: str, born: str) -> None:
    client.page.get_by_label("Your date of birth").fill(born)
    client.page.get_by_label("The code from the e-mail").fill(code_for(mailbox, address))
    client.page.get_by_role("button", name="Continue").click()
    expect(client.page.get_by_text("What you sign")).to_be_visible()


def presses_sign(client: Person) -> None:
    client.page.get_by_role("button", name="Sign", exact=True).click()


@pytest.mark.django_db(transaction=True)
def test_two_clients_sign_on_their_phones_and_the_packet_is_sealed(
    complete: Application, window: Callable[..., Person], mailbox: Mailbox
) -> None:
    base = str(complete_base())
    agent, kari, ola = (
        window("agent", base, DESK),
        window("kari", base, PHONE),
        window("ola", base, PHONE),
    )
    agent.signs_in("morgan@example.com", PASSWORD)
    agent.goes_to(f"/applications/{complete.pk}/")
    agent.page.get_by_role("button", name="Ask the client to sign").click()
    expect(agent.page.locator("#messages")).to_contain_text("kari@example.com")

    opens_the_link(kari, mailbox, "kari@example.com")
    kari.looks("8-sign-who")
    kari.page.get_by_label("Your date of birth").fill("06/14/1985")
    kari.page.get_by_label("The code from the e-mail").fill("000000")
    kari.page.get_by_role("button", name="Continue").click()
    expect(kari.page.get_by_role("alert")).to_contain_text("not the code of the newest e-mail")
    says_who(kari, mailbox, "kari@example.com", "06/14/1985")
    kari.page.locator("details.paper-pages > summary").first.click()
    expect(kari.page.locator("details.paper-pages img").first).to_be_visible()
    kari.looks("8-sign-pages")
    kari.page.get_by_label("I have read this and agree.").check()
    kari.page.get_by_text("Draw my signature").click()
    presses_sign(kari)
    expect(kari.page.get_by_role("alert")).to_contain_text("Draw your whole signature")
    kari.page.get_by_label("I have read this and agree.").check()
    draws(kari)
    kari.looks("8-sign-drawn")
    presses_sign(kari)
    expect(kari.page.locator("svg.signature-drawn")).to_be_visible()
    kari.looks("8-sign-done")

    changes_an_answer_of_the_insured(complete)
    agent.page.reload()
    expect(agent.page.locator(".signers")).to_contain_text("Changed after the signature: Employer")
    agent.looks("8-signature-void")
    work_is_done()
    assert "has to be given again" in str(mailbox.mails[-1]["Subject"])
    kari.page.reload()
    expect(kari.page.get_by_role("heading", level=1)).to_contain_text("no longer good")
    kari.looks("8-sign-void")

    signs_again(agent, kari, ola, mailbox)
    agent.page.reload()
    agent.page.get_by_role("link", name="Sign as agent").click()
    agent.page.get_by_label("I have read this and agree.").check()
    draws(agent)
    agent.looks("8-agent-draws")
    presses_sign(agent)
    agent.page.get_by_role("button", name="Submit").click()
    expect(agent.page.get_by_text("Submitted in good order.")).to_be_visible()
    complete.refresh_from_db()
    assert complete.packet is not None
    assert verify_seal(complete.packet.read(), seal_key().certificates).problems == ()
    valid = SignatureRequest.objects.about(complete.subject).valid()
    assert sorted(valid.values_list("role", "method")) == [
        ("agent", "drawn"),
        ("insured", "typed"),
        ("owner", "typed"),
    ]
    for one in (agent, kari, ola):
        unexpected = [said for said in one.complaints if "status of 4" not in said]
        assert unexpected == []


def complete_base() -> str:
    from django.conf import settings

    return str(settings.PUBLIC_URL)


def changes_an_answer_of_the_insured(application: Application) -> None:
    application.refresh_from_db()
    user = application.agent.user
    assert user is not None
    answer(user, application, {"insured_employer": "Oak Ltd"}, application.version)


def signs_again(agent: Person, kari: Person, ola: Person, mailbox: Mailbox) -> None:
    agent.page.get_by_role("button", name=re.compile("Send a new link|Ask the client")).click()
    opens_the_link(kari, mailbox, "kari@example.com")
    says_who(kari, mailbox, "kari@example.com", "06/14/1985")
    kari.page.get_by_label("I have read this and agree.").check()
    kari.page.get_by_label("Type your full name").fill("Kari Hope")
    presses_sign(kari)
    expect(kari.page.get_by_role("heading", name="Thank you, you have signed")).to_be_visible()
    opens_the_link(ola, mailbox, "ola@example.com")
    says_who(ola, mailbox, "ola@example.com", "01/02/1984")
    ola.page.get_by_label("I have read this and agree.").check()
    ola.page.get_by_label("Type your full name").fill("Ola Hope")
    presses_sign(ola)
    expect(ola.page.get_by_role("heading", name="Thank you, you have signed")).to_be_visible()
