"""Rows of a small agency, put straight into the tables, for pages that only read."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.models import Application
from megler.carriers.models import Carrier, CarrierMember, Product
from megler.cases.models import Case, CaseAgent, Requirement
from megler.clients.models import Client, ClientAccess
from megler.licensing.models import Agent, Assistant

_serial = count(1)


def someone(role: Role, name: str) -> User:
    """A person who may sign in."""
    return User.objects.create_user(
        f"{name.split(maxsplit=1)[0].lower()}.{next(_serial)}@example.com",
        None,
        name=name,
        role=role,
    )


def an_agent(name: str) -> Agent:
    """An agent with a user."""
    user = someone(Role.AGENT, name)
    return Agent.objects.create(
        user=user,
        name=name,
        email=user.email,
        npn=str(7_000_000 + next(_serial)),
        jurisdiction="TX",
        since=timezone.localdate() - timedelta(days=400),
    )


def a_product(carrier: str = "Harbor Mutual", name: str = "Anchor Term 20") -> Product:
    """A product of a carrier."""
    slug = carrier.lower().replace(" ", "-")
    insurer, _ = Carrier.objects.get_or_create(slug=slug, defaults={"name": carrier})
    code = name.lower().replace(" ", "-")
    found, _ = Product.objects.get_or_create(
        carrier=insurer, code=code, defaults={"name": name, "line": "term_life"}
    )
    return found


def an_application(agent: Agent, insured: str, **more: Any) -> Application:
    """An application of an agent for a client whom only that agent may see."""
    at = more.pop("started_at", timezone.now() - timedelta(days=3))
    product = more.pop("product", None) or a_product()
    client = Client.objects.create(
        name=insured, name_key=insured.lower(), created_at=at, changed_at=at
    )
    if agent.user:
        ClientAccess.objects.create(client=client, person=agent.user, since=at)
    return Application.objects.create(
        agent=agent,
        client=client,
        product=product,
        started_by=agent.user or someone(Role.NEW_BUSINESS, "Nils By"),
        questionnaire_key="life",
        offer={},
        insured_name=insured,
        started_at=at,
        changed_at=at,
        **more,
    )


def a_case(agent: Agent, insured: str, days: int = 5, **more: Any) -> Case:
    """A case that an agent submitted `days` ago, with the agency since, unless said otherwise."""
    at: datetime = timezone.localtime() - timedelta(days=days)
    product = more.pop("product", None) or a_product()
    application = an_application(
        agent, insured, product=product, state="submitted", submitted_at=at, started_at=at
    )
    assert application.client
    told: dict[str, Any] = {
        "status": "submitted",
        "holder": "agency",
        "next_step": "review",
        "face_amount_applied": 500_000,
        "premium_applied": 50,
        "mode_applied": "monthly",
        "opened_at": at,
        "changed_at": at,
        "status_since": at,
        "holder_since": at,
    }
    case = Case(
        application=application,
        agent=agent,
        client=application.client,
        product=product,
        carrier=product.carrier,
        **{**told, **more},
    )
    case.save()
    case.words = case.found_by()
    case.save(update_fields=["words"])
    CaseAgent.objects.create(case=case, agent=agent, share=100)
    return case


def a_requirement(case: Case, kind: str = "aps", days: int = 3, **more: Any) -> Requirement:
    """A requirement of a case, received and with the agency since `days` ago."""
    at = timezone.localtime() - timedelta(days=days)
    told: dict[str, Any] = {
        "stage": "underwriting",
        "state": "received",
        "holder": "agency",
        "since": at,
        "raised_at": at,
        "raised_by": {"by": "hand", "name": "test"},
    }
    return Requirement.objects.create(case=case, kind=kind, **{**told, **more})


@dataclass
class Agency:
    """People who each see something else, and a case of each agent."""

    manager: User = field(default_factory=lambda: someone(Role.CASE_MANAGER, "Mona Case"))
    licensing: User = field(default_factory=lambda: someone(Role.LICENSING, "Lise Licence"))
    agent: Agent = field(default_factory=lambda: an_agent("Ada Agent"))
    stranger: Agent = field(default_factory=lambda: an_agent("Sten Stranger"))
    assistant: User = field(default_factory=lambda: someone(Role.ASSISTANT, "Asta Assistant"))
    carrier: User = field(default_factory=lambda: someone(Role.CARRIER, "Carl Carrier"))

    def __post_init__(self) -> None:
        Assistant.objects.create(user=self.assistant).agents.set([self.agent])
        CarrierMember.objects.create(user=self.carrier, carrier=a_product().carrier)
        self.hers = a_case(self.agent, "Kari Olsen")
        self.theirs = a_case(self.stranger, "Karin Nordmann")
