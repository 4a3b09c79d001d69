"""A carrier's own PDF is signed in its own fields, with day, printed name and place."""

import io

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pypdf import PdfReader

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.signing import ask_client_to_sign, sign_as_agent
from megler.applications.actions.starting import start_from_quote
from megler.applications.actions.submitting import submit
from megler.applications.models import Application
from megler.applications.rules.moments import ApplicationSubmitted
from megler.forms.actions.seal_checks import verify_seal
from megler.forms.actions.sealing import seal_key
from megler.forms.models import Paper
from megler.forms.rules.questionnaire import SignerRole
from megler.quoting.models import Quote
from tests.applications.conftest import code_of, link_of, request_of, seen
from tests.applications.test_form_sets import ANSWERS, published
from tests.form_sets import MAP, TEXTS, acroform

FIELDS = ("day", "printed", "place")
WHERE = """day,signed_on.insured,,,,
printed,signed_name.insured,,,,
place,signed_at.insured,,,,
"""


@pytest.fixture
def asked(agent_user: User, quote: Quote) -> Application:
    pdf = acroform(texts=(*TEXTS, *FIELDS))
    published({"pdf/application.pdf": pdf, "maps/application.csv": MAP + WHERE})
    started = start_from_quote(agent_user, quote, 0)
    held = answer(agent_user, started, ANSWERS, started.version).application
    ask_client_to_sign(agent_user, held)
    return held


def test_the_place_is_asked_and_everything_stands_in_the_carriers_fields(
    agent_user: User, asked: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    phone, url = Browser(), reverse("sign", args=[link_of(asked)])
    phone.get(url)
    phone.post(url, {"step": "who", "born": "06/14/1985", "code": code_of(asked)})
    assert "City and state where you sign" in phone.get(url).content.decode()
    shown = seen(asked, SignerRole.INSURED, "").seen_hash
    given = {"step": "sign", "typed_name": "Kari Hope", "consent": "yes", "seen": shown}
    without = phone.post(url, {**given, "signed_in": ""})
    assert without.status_code == 422
    assert "Say in which city and state you sign." in without.content.decode()
    phone.post(url, {**given, "signed_in": "Austin, TX"})
    signed = request_of(asked)
    assert signed.signed_in == "Austin, TX"
    sign_as_agent(agent_user, asked, seen(asked, SignerRole.AGENT, "Anna Berg"))
    done = submit(agent_user, asked)

    assert done.packet is not None
    assert verify_seal(done.packet.read(), seal_key().certificates).holds
    paper = Paper.objects.about(asked.subject).get(form_key="application", stamped__isnull=False)
    assert paper.stamped is not None
    reader = PdfReader(io.BytesIO(paper.stamped.read()))
    text = reader.pages[0].extract_text()
    for told in ("Austin, TX", "Kari Hope", "Anna Berg", str(signed.pk)[:8], "metformin"):
        assert told in text
    assert f"{signed.signed_at:%Y-%m-%d}" in text
    assert not any(page.get("/Annots") for page in reader.pages)
    packet = PdfReader(io.BytesIO(done.packet.read()))
    assert "metformin" in packet.pages[0].extract_text()
