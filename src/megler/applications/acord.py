"""What a TXLife message means for our records, and an application as a message."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from megler.applications.models import Application
from megler.applications.models_messages import MessageDialect
from megler.applications.rules.acord.measures import positive, whole_years
from megler.applications.rules.acord.people import amount
from megler.applications.rules.acord.places import OUR_VENDOR
from megler.applications.rules.acord.telling import submission
from megler.applications.rules.acord.told import Applied, Signed
from megler.applications.rules.acord.understanding import offer_told
from megler.carriers.models import Carrier, Product
from megler.documents.models import Document
from megler.exchange.txlife.checking import Story
from megler.exchange.txlife.dialects import ACORD, Dialect
from megler.exchange.txlife.records import Attachment, Coded, Extension
from megler.exchange.txlife.writing import write
from megler.forms.models import SignatureRequest
from megler.forms.rules.questionnaire import Answer, SignerRole
from megler.licensing.models import Agency, Agent
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem

_INLINE = "Sha256"


def application_as_message(
    application: Application,
    at: datetime,
    dialect: Dialect = ACORD,
    *,
    files: Iterable[Document] = (),
    whole: bool = False,
    guid: str = "",
) -> bytes:
    """The application as a 103. `whole` keeps what is not asked any more; see `submission`."""
    held, agent = application, application.agent
    valid = SignatureRequest.objects.about(held.subject).valid().order_by("signed_at")
    told = Applied(
        guid=guid or str(uuid.uuid4()),
        reference=held.reference,
        carrier=held.product.carrier.slug,
        carrier_name=held.product.carrier.name,
        product=held.product.code,
        product_name=held.product.name,
        line=str(held.offer.get("line") or held.product.line),
        offer=held.offer,
        agent_name=agent.name,
        agent_npn=agent.npn,
        agent_email=agent.email,
        agent_phone=agent.phone,
        sent_at=at,
        agency=Agency.ours().name,
        signatures=tuple(
            Signed(SignerRole(one.role), one.name, one.signed_at)
            for one in valid
            if one.signed_at is not None
        ),
        files=tuple(_attached(one, i) for i, one in enumerate(files, 1)),
    )
    answers = {key: Answer(**kept) for key, kept in held.answers.items()}
    if not whole:
        answers = dict(held.given)
    message = submission(told, held.questionnaire, answers, dialect, whole=whole)
    return write(message, dialect.numbers, namespace=dialect.namespace)


def _attached(document: Document, number: int) -> Attachment:
    made = Attachment(
        content=document.read(),
        id=f"File_{number}",
        name=document.name,
        description=document.name,
        basic=Coded("image"),
        kind=Coded("application"),
        mime=Coded(document.content_type),
        encoding="base64",
        location=Coded("inline"),
    )
    digest = Extension(_INLINE, made.sha256, OUR_VENDOR, _INLINE)
    return replace(made, extensions=(digest,))


@dataclass(frozen=True, slots=True)
class Whose:
    """Which product a message asks for, in whose dialect, and what of it is not known here."""

    product: Product | None
    dialect: Dialect
    problems: tuple[Problem, ...]


def product_of(story: Story) -> Whose:
    """The product by carrier and product code: a dialect's, ours, or the names as they are here."""
    policy = story.policy
    code, named = story.carrier_code, story.carrier_name
    dialect = MessageDialect.objects.by_carrier_code(code) or ACORD
    slug = dialect.carrier or code
    carrier = Carrier.objects.filter(slug=slug).first()
    carrier = carrier or Carrier.objects.filter(name__iexact=named or code).first()
    at = "TXLife/TXLifeRequest/OLifE/Holding/Policy"
    if carrier is None:
        problem = Problem("txlife_carrier_unknown", f"{at}/CarrierCode", code or named)
        return Whose(None, dialect, (problem,))
    theirs, plan = (policy.product_code, policy.plan_name) if policy else ("", "")
    products = Product.objects.filter(carrier=carrier).select_related("carrier")
    product = products.filter(code=dialect.our_product(theirs)).first()
    product = product or products.filter(name__iexact=plan or theirs).first()
    if product is None:
        problem = Problem(
            "txlife_product_unknown", f"{at}/ProductCode", theirs or plan, carrier.name
        )
        return Whose(None, dialect, (problem,))
    return Whose(product, dialect, ())


def agent_numbers(story: Story) -> list[str]:
    """The National Producer Numbers by which the message may name its agent."""
    agent = story.agent
    if agent is None:
        return []
    told = [agent.npn, *(one.producer_id for one in agent.appointments)]
    return [one for one in dict.fromkeys(told) if one.isascii() and one.isdigit()]


def agent_of(story: Story, agents: Iterable[Agent]) -> Agent | None:
    """The agent the message names, of those given."""
    by_number = {one.npn: one for one in agents}
    return next((by_number[n] for n in agent_numbers(story) if n in by_number), None)


_OFFER_TEXTS = (
    "edition", "plan", "class", "class_name", "currency", "mode", "face_amount", "premium", "table",
    "flat_extra", "term_years", "age_used",
)  # fmt: skip
_AMOUNTS = ("face_amount", "premium")


def offer_of(story: Story, product: Product) -> dict[str, Any]:
    """What the application keeps of what was chosen: as our own message tells it, or as the policy does."""
    own = offer_told(story) or {}
    policy = story.policy
    base = story.base
    parts = base.participants if base else ()
    insured = next((one for one in parts if one.role.word == "insured"), None)
    told: dict[str, Any] = {
        "face_amount": story.face_amount if positive(story.face_amount) else None,
        "premium": (policy.premium if policy else "") or None,
        "mode": (policy.mode.word if policy else "") or None,
        "term_years": whole(whole_years(base.years)) if base and base.years else None,
        "class": (insured.underwriting_class.word if insured else "") or None,
    }
    told |= {key: own[key] for key in _OFFER_TEXTS if _plain(key, own.get(key))}
    premiums = own.get("premiums")
    if isinstance(premiums, dict):
        told["premiums"] = {
            str(mode): text for mode, text in premiums.items() if _plain("premium", text)
        }
    return {
        **told,
        "carrier": product.carrier.slug,
        "carrier_name": product.carrier.name,
        "product": product.code,
        "product_name": product.name,
        "line": product.line,
    }


def _plain(key: str, value: object) -> bool:
    """Whether a stranger's value can be what the application keeps of an offer."""
    if key in _AMOUNTS:
        return isinstance(value, str) and amount(value) != ""
    return isinstance(value, str | int) and not isinstance(value, bool) and len(str(value)) < 100
