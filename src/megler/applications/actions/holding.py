"""Taking an application in hand: permission, lock, and the facts the other actions decide on."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.demands import not_brought
from megler.applications.actions.editions import no_longer_accepted
from megler.applications.models import OPEN_STATES, Application, State
from megler.applications.rules.signers import Person, signers_of
from megler.clients.actions import keep_client
from megler.clients.rules.people import Known
from megler.forms.actions.papers import fill_papers
from megler.forms.models import Paper, SignatureRequest
from megler.forms.rules.good_order import Missing, not_answered, values_of
from megler.forms.rules.printing import Head
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import next_signer
from megler.journal.rules.actors import Actor
from megler.vocabulary.codes import Sex
from megler.vocabulary.problems import Problem, Refused


def today(at: datetime | None) -> date:
    """The agency's day at `at`."""
    return timezone.localtime(at).date() if at else timezone.localdate()


def in_hand(application_id: UUID, person: User | None = None) -> Application:
    """The application, locked until the transaction ends. Somebody else's is refused."""
    locked = Application.objects.select_for_update(of=("self",), no_key=True).select_related(
        "agent", "agent__user", "product__carrier"
    )
    if person is not None:
        locked = locked.filter(pk__in=Application.objects.visible_to(person).values("pk"))
    try:
        return locked.get(pk=application_id)
    except Application.DoesNotExist:
        raise Refused(Problem("not_allowed", "application")) from None


def still_open(application: Application) -> None:
    """Raises `Refused` when nothing can be changed any more."""
    if application.state not in OPEN_STATES:
        code = f"application_{application.state}"
        raise Refused(Problem(code, application.reference))


def signers(application: Application, on: date) -> dict[SignerRole, Person]:
    """Everybody who must sign, in order."""
    agent = Person(application.agent.name, application.agent.email, None)
    return signers_of(application.questionnaire, application.given, agent, on)


def signed(application: Application) -> dict[SignerRole, SignatureRequest]:
    """The valid signatures, by role."""
    valid = SignatureRequest.objects.about(application.subject).valid()
    return {SignerRole(request.role): request for request in valid}


def whose_turn(application: Application, on: date) -> SignerRole | None:
    """Who signs next; None when all have."""
    return next_signer(signers(application, on), signed(application))


def missing(application: Application, on: date) -> list[Missing]:
    """Everything wrong with the answers, and what state and money still want; empty in good order."""
    found = not_answered(application.questionnaire, application.given, on)
    stale = no_longer_accepted(application, on)
    return [*found, *not_brought(application, on, found), *stale]


def papers(application: Application, actor: Actor, at: datetime | None = None) -> list[Paper]:
    """The forms filled in, as things stand."""
    on = today(at)
    people = signers(application, on)
    names = {role.value: person.name for role, person in people.items()}
    forms = application.carrier_forms
    return fill_papers(
        actor,
        application.subject,
        application.questionnaire,
        application.given,
        head=head_of(application),
        signers=names,
        pdfs=forms.pdfs if forms else None,
        at=at,
    )


def papers_for(
    application: Application, role: SignerRole, actor: Actor, at: datetime | None = None
) -> list[Paper]:
    """The papers that somebody in `role` signs."""
    forms = application.questionnaire.form_by_key
    made = papers(application, actor, at)
    return [paper for paper in made if role in forms[paper.form_key].signers]


def head_of(application: Application) -> Head:
    """What stands at the top of every paper."""
    facts = [
        ("Carrier", application.product.carrier.name),
        ("Product", application.product.name),
        ("Proposed insured", application.insured_name or "–"),
        ("Agent", f"{application.agent.name}, NPN {application.agent.npn}"),
    ]
    names = {
        "reference": application.reference,
        "carrier_name": application.product.carrier.name,
        "product_name": application.product.name,
        "insured_name": application.insured_name,
        "agent_name": application.agent.name,
        "agent_npn": application.agent.npn,
        "agent_email": application.agent.email,
        "agent_phone": application.agent.phone,
    }
    return Head(application.reference, tuple(facts), names)


def keep_insured(application: Application, actor: Actor, at: datetime) -> None:
    """Keep the proposed insured as a client, visible to the agent and who works for them."""
    values = values_of(application.questionnaire, application.given)
    address = values.get("insured_address") or {}
    born = values.get("insured_born")
    known = Known(
        first_name=values.get("insured_first_name") or "",
        middle_name=values.get("insured_middle_name") or "",
        last_name=values.get("insured_last_name") or "",
        born=date.fromisoformat(born) if born else None,
        sex=Sex(values["insured_sex"]) if values.get("insured_sex") else None,
        ssn=values.get("insured_ssn") or "",
        email=values.get("insured_email") or "",
        phone=values.get("insured_phone") or "",
        street=address.get("street", ""),
        unit=address.get("unit", ""),
        city=address.get("city", ""),
        zip=address.get("zip", ""),
        jurisdiction=address.get("state", ""),
    )
    people = application.agent.side()
    application.client = keep_client(actor, known, people, application.client, at)


def state_by_signatures(application: Application) -> State:
    """Draft (a ticket until it is taken up), or being signed when somebody is asked or has signed."""
    if SignatureRequest.objects.about(application.subject).standing().exists():
        return State.SIGNING
    return State.TICKET if application.state == State.TICKET else State.DRAFT
