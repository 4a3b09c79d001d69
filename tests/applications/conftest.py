"""An agent with a quote, a client with a phone, and what is needed to bring an application along."""

import re
import uuid
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.actions.answering import answer
from megler.applications.actions.signing import (
    ask_client_to_sign,
    birth_date_of,
    identify_client,
    send_code_to_client,
    sign_as_agent,
    sign_as_client,
)
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.applications.rules.moments import ApplicationSubmitted
from megler.carriers.models import Carrier, Product
from megler.config.handovers import HANDOVERS
from megler.forms.actions.signatures import applicant
from megler.forms.models import SignatureRequest, hash_of
from megler.forms.rules.identity import is_known
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import Signature
from megler.licensing.models import Agent
from megler.post.models import Message
from megler.quoting.models import Quote
from tests.applications.complete import COMPLETE, FACTS, OFFER


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[ApplicationSubmitted]:
    """What was handed over, in place of the room that takes over."""
    moments: list[ApplicationSubmitted] = []
    monkeypatch.setitem(HANDOVERS, ApplicationSubmitted, [moments.append])
    return moments


def _person(name: str, role: Role) -> User:
    email = f"{name.split(maxsplit=1)[0].lower()}.{uuid.uuid4().hex[:8]}@example.com"
    return User.objects.create_user(email, name=name, role=role)


@pytest.fixture
def agent(db: None) -> Agent:
    user = _person("Anna Berg", Role.AGENT)
    return Agent.objects.create(
        user=user,
        name=user.name,
        email=user.email,
        npn=str(uuid.uuid4().int)[:9],
        jurisdiction="TX",
        since=date(2020, 1, 1),
    )


@pytest.fixture
def agent_user(agent: Agent) -> User:
    assert agent.user is not None
    return agent.user


@pytest.fixture
def stranger(db: None) -> User:
    """Another agent, who has nothing to do with it."""
    user = _person("Bo Strand", Role.AGENT)
    Agent.objects.create(
        user=user,
        name=user.name,
        email=user.email,
        npn=str(uuid.uuid4().int)[:9],
        jurisdiction="TX",
        since=date(2020, 1, 1),
    )
    return user


@pytest.fixture
def staff(db: None) -> User:
    return _person("Cara Holm", Role.NEW_BUSINESS)


@pytest.fixture
def product(db: None) -> Product:
    carrier, _ = Carrier.objects.get_or_create(slug="fjord-life", defaults={"name": "Fjord Life"})
    made, _ = Product.objects.get_or_create(
        carrier=carrier, code="term", defaults={"name": "Fjord Term", "line": "term_life"}
    )
    return made


@pytest.fixture
def make_quote(agent: Agent, agent_user: User, product: Product) -> Callable[..., Quote]:
    def make(facts: dict[str, Any] = FACTS, offer: dict[str, Any] = OFFER) -> Quote:
        return Quote.objects.create(
            agent=agent,
            made_by=agent_user,
            made_at=timezone.now(),
            on=timezone.localdate(),
            facts=deepcopy(facts),
            answer={"offers": [deepcopy(offer)]},
            editions=[],
        )

    return make


@pytest.fixture
def quote(make_quote: Callable[..., Quote]) -> Quote:
    return make_quote()


@pytest.fixture
def started(agent_user: User, quote: Quote) -> Application:
    """Just started from the quote."""
    return start_from_quote(agent_user, quote, 0)


@pytest.fixture
def complete(agent_user: User, started: Application) -> Application:
    """Every question answered."""
    return answer(agent_user, started, COMPLETE, started.version).application


@pytest.fixture
def asked(agent_user: User, complete: Application) -> Application:
    """The client has the link."""
    ask_client_to_sign(agent_user, complete)
    complete.refresh_from_db()
    return complete


def link_of(application: Application) -> str:
    """The private link's token, from the newest e-mail that holds one."""
    mails = Message.objects.filter(about_id=str(application.pk), private=True)
    for mail in mails.order_by("-created_at"):
        text: str = mail.text
        if found := re.search(r"/sign/([^/\s]+)/", text):
            return found[1]
    raise AssertionError("no link was sent")


def request_of(application: Application, role: SignerRole = SignerRole.INSURED) -> SignatureRequest:
    return SignatureRequest.objects.about(application.subject).standing().get(role=role)


def code_of(application: Application) -> str:
    """The one-time code, from the newest e-mail that holds one."""
    mails = Message.objects.filter(about_id=str(application.pk), private=True)
    for mail in mails.order_by("-created_at"):
        text: str = mail.text
        if found := re.search(r"^ +([0-9]{6})$", text, re.MULTILINE):
            return found[1]
    raise AssertionError("no code was sent")


def is_told_from_others(
    application: Application,
    role: SignerRole = SignerRole.INSURED,
    at: datetime | None = None,
) -> None:
    """The client opens the link and says who they are."""
    request = request_of(application, role)
    actor = applicant(request, "192.0.2.7")
    send_code_to_client(actor, request, at, first=True)
    held = Application.objects.select_related("agent").get(pk=application.pk)
    born = birth_date_of(held, role, at)
    assert identify_client(actor, request, code_of(application), born, at) == []


def sign_for_client(
    application: Application,
    name: str = "Kari Hope",
    role: SignerRole = SignerRole.INSURED,
    at: datetime | None = None,
) -> SignatureRequest:
    """The client reads and signs."""
    if not is_known(request_of(application, role).code_checked_at, at or timezone.now()):
        is_told_from_others(application, role, at)
    request = request_of(application, role)
    actor = applicant(request, "192.0.2.7")
    return sign_as_client(actor, request, seen(application, role, name), "a phone", at)


def seen(application: Application, role: SignerRole, name: str) -> Signature:
    from megler.applications.actions.holding import papers_for
    from megler.journal.rules.actors import SYSTEM

    application.refresh_from_db()
    return Signature(name, True, hash_of(papers_for(application, role, SYSTEM)))


@pytest.fixture
def signed(asked: Application, agent_user: User) -> Application:
    """Signed by the client and the agent; ready to submit."""
    sign_for_client(asked)
    sign_as_agent(agent_user, asked, seen(asked, SignerRole.AGENT, "Anna Berg"))
    asked.refresh_from_db()
    return asked


@pytest.fixture
def browser(agent_user: User) -> Browser:
    """The agent's browser."""
    made = Browser()
    made.force_login(agent_user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def marks(page: str) -> dict[str, str]:
    """What a page remembers of the answers it showed, as a browser sends it back."""
    return dict(re.findall(r'name="(was\.[^"]+)" value="([^"]*)"', page))


def until_somebody_waits() -> None:
    """Until another waits for a lock in the database."""
    with connection.cursor() as cursor:
        for _try in range(2000):
            cursor.execute("select 1 from pg_locks where not granted")
            if cursor.fetchone():
                return
            sleep(0.005)
    raise AssertionError("nobody waited")
