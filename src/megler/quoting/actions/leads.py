"""Visitors of quote links who ask to be contacted."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from megler.accounts.limits import within
from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.licensing.models import Agent
from megler.post.actions.messages import send
from megler.quoting.actions.links import VisitorAnswer, count
from megler.quoting.actions.quotes import market_on
from megler.quoting.models import Lead, Quote, QuoteLink
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import add_task, finish_tasks_about
from megler.work.rules.calendar import add_business_days

SALT = "quoting.contact"
SECONDS_MIN = 3
"""Nobody reads the offers and writes a name in less; robots do."""
SECONDS_MAX = 2 * 60 * 60
CONTACTS_AN_HOUR, CONTACTS_A_DAY = 5, 100
"""From one address at a link; at a link altogether."""
LENGTHS = {"name": 120, "email": 254, "phone": 40, "message": 1000}
CALL_BACK = gettext_noop("Answer a visitor of your quote link “%(link)s”")


@dataclass(frozen=True, slots=True)
class Contact:
    """Who asks, and how they can be reached; `site` is the origin that showed the link."""

    name: str
    email: str = ""
    phone: str = ""
    message: str = ""
    site: str = ""


def new_form(link: QuoteLink) -> str:
    """The signed token of one contact form: of which link, and since when."""
    told = {"link": link.key, "form": get_random_string(22)}
    return signing.dumps(told, salt=SALT)


def read_form(token: str, key: str) -> tuple[str, bool] | None:
    """The form's own number, and whether it has been open long enough for a person.

    None for a token that is none, of another link, or too old.
    """
    try:
        told = signing.loads(token, salt=SALT, max_age=SECONDS_MAX)
        waited = not _is_younger(token)
    except signing.BadSignature:
        return None
    if not isinstance(told, dict) or told.get("link") != key:
        return None
    return str(told["form"]), waited


def _is_younger(token: str) -> bool:
    """Whether a token that is right was made less than SECONDS_MIN ago."""
    try:
        signing.loads(token, salt=SALT, max_age=SECONDS_MIN)
    except signing.SignatureExpired:
        return False
    return True


def contact_problems(contact: Contact, agreed: bool) -> list[Problem]:
    """Everything that is wrong with what a visitor wrote."""
    given = asdict(contact)
    problems = [
        Problem("too_long", name, str(len(given[name])), str(most))
        for name, most in LENGTHS.items()
        if len(given[name]) > most
    ]
    if not contact.name:
        problems.append(Problem("lead_name", "name"))
    if not contact.email and not contact.phone:
        problems.append(Problem("lead_reach", "email"))
    if contact.email and not _is_email(contact.email):
        problems.append(
            Problem("message_address", "email", contact.email[:100], "name@example.com")
        )
    if not agreed:
        problems.append(Problem("lead_consent", "consent"))
    return problems


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def may_contact(link: QuoteLink, address: str, at: datetime | None = None) -> bool:
    """Whether one more visitor may ask to be contacted, from this address and at all."""
    hour, day = timedelta(hours=1), timedelta(days=1)
    return within("lead.hour", f"{link.pk} {address}", CONTACTS_AN_HOUR, hour, at) and within(
        "lead.day", str(link.pk), CONTACTS_A_DAY, day, at
    )


def ask_for_contact(
    link: QuoteLink,
    contact: Contact,
    asked: VisitorAnswer,
    *,
    consent: str,
    form: str,
    address: str = "",
    at: datetime | None = None,
) -> Lead:
    """Keep who asks with what they were shown, and tell the agent. The same form twice is one lead.

    `consent` holds the words that the visitor agreed to. Raises `Refused`.
    """
    if problems := contact_problems(contact, bool(consent)):
        raise Refused(problems)
    at = at or timezone.now()
    try:
        with transaction.atomic():
            lead = _kept(link, contact, asked, consent, form, at)
            visitor = Actor(str(lead.pk), "Visitor", "visitor", address)
            told = {"link": str(link.pk), "quote": str(lead.quote_id)}
            record(visitor, "lead.made", lead.subject, told, at)
            _tell(visitor, lead, at)
            count(link, leads=1, on=timezone.localdate(at))
    except IntegrityError:
        return Lead.objects.get(form=form)
    return lead


def _kept(  # noqa: PLR0917
    link: QuoteLink, contact: Contact, asked: VisitorAnswer, consent: str, form: str, at: datetime
) -> Lead:
    on = timezone.localdate(at)
    quote = Quote.objects.create(
        agent=link.agent,
        made_by=None,
        made_at=at,
        title=link.title,
        on=on,
        facts=asked.document,
        answer=asked.answer,
        editions=[str(pk) for pk in market_on(on).edition_ids],
    )
    return Lead.objects.create(
        link=link, quote=quote, contact=asdict(contact), consent=consent, form=form, made_at=at
    )


def _tell(visitor: Actor, lead: Lead, at: datetime) -> None:
    """A task for the agent and a mail: that somebody asked and where, never who or what."""
    agent, link = lead.link.agent, lead.link
    user = agent.user if agent.user and agent.user.is_active else None
    page = reverse("lead", args=[lead.pk])
    add_task(
        visitor,
        CALL_BACK,
        lead.subject,
        add_business_days(timezone.localdate(at), 1),
        person=user,
        role=None if user else Role.NEW_BUSINESS,
        url=page,
        told={"link": link.title},
        at=at,
    )
    language = (user.language if user else "") or settings.LANGUAGE_CODE
    told = {"name": agent.name, "link": link.title, "address": settings.PUBLIC_URL + page}
    with override(language):
        send(
            agent.email,
            _("Somebody asks to be contacted"),
            _(
                "Dear %(name)s,\n\na visitor of your quote link “%(link)s” asks to be contacted. "
                "Who it is and what they were shown stands here:\n\n%(address)s\n"
            )
            % told,
            lead.subject,
            to_name=agent.name,
            language=language,
            at=at,
        )


def close_lead(person: User, lead: Lead, at: datetime | None = None) -> Lead:
    """Note that the visitor was answered, and finish its task. Twice is once. Raises `Refused`."""
    mine = Agent.objects.acted_for_by(person).filter(pk=lead.link.agent_id)
    if not person.may(Can.QUOTE) or not mine.exists():
        raise Refused(Problem("not_allowed", "lead"))
    at = at or timezone.now()
    with transaction.atomic():
        locked = Lead.objects.select_for_update(no_key=True).get(pk=lead.pk)
        if locked.closed_at is None:
            locked.closed_at = at
            locked.save(update_fields=["closed_at"])
            finish_tasks_about(person.actor(), locked.subject, at)
            record(person.actor(), "lead.closed", locked.subject, {}, at)
    return locked
