"""An enquiry about Kari Hope, and the carriers asked."""

from datetime import UTC, date, datetime
from typing import Any

from megler.accounts.models import User
from megler.carriers.actions import publish_edition
from megler.carriers.models import Product
from megler.carriers.packages import read_files
from megler.clients.models import Client
from megler.clients.rules.people import Known, name_key
from megler.enquiries.actions.making import Draft, start_enquiry
from megler.enquiries.actions.sending import Contact, send_enquiry
from megler.enquiries.models import Enquiry, EnquiryCarrier
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from tests.cases.cast import EDITIONS, a_carrier

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "FL",
    "height_in": 64,
    "weight_lb": 150,
    "nicotine": [],
    "conditions": [{"name": "sleep apnea (Dr. Kari Hope's own words)", "since": "2019-05"}],
    "occupation": "electrician at Fjord Tools LLC",
    "wants": {"line": "term_life", "face_amount": "500000", "term_years": 20, "mode": "monthly"},
}


def kari() -> Client:
    return Client.objects.create(
        name="Kari Hope",
        name_key=name_key(Known(first_name="Kari", last_name="Hope")),
        first_name="Kari",
        last_name="Hope",
        born=date(1979, 2, 11),
        sex="female",
        ssn="219099999",
        email="kari@mail.example",
        phone="8135550142",
        street="1 Palm Way",
        city="Tampa",
        zip="33602",
        jurisdiction="FL",
        created_at=AT,
        changed_at=AT,
    )


def products(*slugs: str) -> list[Product]:
    """A term product of each carrier, none of whose rates are known."""
    return [
        Product.objects.get_or_create(
            carrier=a_carrier(slug),
            code="term",
            defaults={"name": "Level Term", "line": "term_life"},
        )[0]
        for slug in slugs
    ]


def rated() -> Product:
    """A product whose rate book and guide are published."""
    for package in ("tundra-life/guide", "tundra-life/tundra-term"):
        publish_edition(SYSTEM, read_files(EDITIONS / package))
    return Product.objects.select_related("carrier").get(code="tundra-term")


def an_enquiry(
    person: User, agent: Agent, *asked: Product, client: Client | None = None
) -> Enquiry:
    draft = Draft(
        agent, FACTS, client=client or kari(), purpose="key person",
        remarks="Kari swims daily. Call Hope at 813-555-0142.", hidden="Fjord Tools LLC",
    )  # fmt: skip
    return start_enquiry(person, draft, asked or products("nordhavn-life", "fjord-life"), at=AT)


def asked(enquiry: Enquiry) -> list[EnquiryCarrier]:
    found = EnquiryCarrier.objects.filter(enquiry=enquiry).select_related(
        "carrier", "product", "answer"
    )
    return list(found.order_by("carrier__slug"))


def send_all(person: User, enquiry: Enquiry, at: datetime = AT) -> list[EnquiryCarrier]:
    to = {
        one.pk: Contact(f"uw@{one.carrier.slug}.example", "Una Rao")
        for one in asked(enquiry)
        if one.state == "draft"
    }
    send_enquiry(person, enquiry, to, at=at)
    return asked(enquiry)
