"""The people of a case, and the application that opens it."""

import io
import itertools
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.test import Client as Browser
from pypdf import PdfWriter

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.models import Application, State
from megler.applications.rules.moments import ApplicationSubmitted
from megler.carriers.models import Carrier, CarrierMember, Product
from megler.cases.actions.opening import open_case_from_application
from megler.cases.models import Case
from megler.clients.models import Client
from megler.clients.rules.people import Known, name_key
from megler.documents.actions import store
from megler.journal.models import Entry
from megler.licensing.models import Agent, Assistant

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""A Monday morning in New York."""

EDITIONS = Path(__file__).parents[2] / "editions"
_numbers = itertools.count(1)


def somebody(role: Role, name: str) -> User:
    email = f"{name.replace(' ', '.').lower()}.{next(_numbers)}@fjord.example"
    return User.objects.create_user(email, name=name, role=role)


def signed_in(person: User) -> Browser:
    browser = Browser()
    browser.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return browser


def an_agent(name: str = "Siri Aas", user: bool = True) -> Agent:
    person = somebody(Role.AGENT, name) if user else None
    return Agent.objects.create(
        user=person,
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@agents.example",
        npn=str(1_000_000 + next(_numbers)),
        jurisdiction="TX",
        since=date(2020, 1, 1),
    )


def an_assistant(agent: Agent) -> User:
    person = somebody(Role.ASSISTANT, "Per Lie")
    Assistant.objects.create(user=person).agents.add(agent)
    return person


def a_carrier(slug: str = "nordhavn-life") -> Carrier:
    name = slug.replace("-", " ").title()
    return Carrier.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def a_carrier_person(carrier: Carrier) -> User:
    person = somebody(Role.CARRIER, "Una Underwriter")
    CarrierMember.objects.create(user=person, carrier=carrier)
    return person


def pdf(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def an_application(
    agent: Agent,
    carrier: Carrier | None = None,
    name: str = "Kari Hope",
    at: datetime = AT,
    said: dict[str, Any] | None = None,
) -> Application:
    """A submitted application for 500,000 over 20 years at 47."""
    carrier = carrier or a_carrier()
    product, _made = Product.objects.get_or_create(
        carrier=carrier, code="term", defaults={"name": "Level Term", "line": "term_life"}
    )
    first, last = name.split()
    client = Client.objects.create(
        name=name,
        name_key=name_key(Known(first_name=first, last_name=last)),
        first_name=first,
        last_name=last,
        born=date(1979, 2, 11),
        sex="female",
        jurisdiction="TX",
        created_at=at,
        changed_at=at,
    )
    started_by = agent.user or somebody(Role.NEW_BUSINESS, "Nils By")
    offer: dict[str, Any] = {
        "carrier": carrier.slug,
        "product": "term",
        "class": "preferred",
        "class_name": "Preferred",
        "premium": "43.75",
        "mode": "monthly",
        "term_years": 20,
        "face_amount": "500000",
        "edition": f"{carrier.slug}/term@2026-01-01",
        "currency": "USD",
        "age_used": 47,
    }
    return Application.objects.create(
        agent=agent,
        client=client,
        product=product,
        started_by=started_by,
        questionnaire_key="life",
        offer=offer,
        answers={key: {"value": value} for key, value in (said or {}).items()},
        state=State.SUBMITTED,
        insured_name=name,
        packet=store(pdf(3), "application.pdf", started_by.actor(), at),
        started_at=at,
        changed_at=at,
        submitted_at=at,
    )


def a_case(
    agent: Agent,
    carrier: Carrier | None = None,
    name: str = "Kari Hope",
    said: dict[str, Any] | None = None,
) -> Case:
    """A case that has just been opened; `said` are answers of its application."""
    application = an_application(agent, carrier, name, said=said)
    open_case_from_application(ApplicationSubmitted(application.pk, AT))
    return Case.objects.get(application=application)


def verbs(case: Case) -> list[str]:
    """What the journal tells of a case, in order."""
    found = Entry.objects.filter(subject_type="case", subject_id=str(case.pk))
    return list(found.order_by("pk").values_list("verb", flat=True))
