"""Having clients fill in their part by a private link, before anything is ready to sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from megler.accounts.models import User
from megler.applications.actions.holding import in_hand, signers, still_open, today
from megler.applications.actions.mail import tell_agent
from megler.applications.models import Application
from megler.applications.models_filling import FillLink
from megler.applications.rules.parts import part_of
from megler.applications.rules.signers import FILLING_ROLES, Person, answers_all
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import AnswerType, Question, Section, SignerRole
from megler.forms.rules.signing import LINK_LIFE, TRIES_MAX, LinkState
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.post.actions.messages import send
from megler.vocabulary.problems import Problem, Refused

_NAME = Question("name", AnswerType.TEXT, "Name", "Name", required=True)
_EMAIL = Question("email", AnswerType.EMAIL, "E-mail", "E-mail", required=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask: in which role, by which name and address, in which language (empty: the house's)."""

    role: SignerRole
    name: str
    email: str
    language: str = ""


def ask_to_fill(
    person: User, application: Application, whom: Asked, at: datetime | None = None
) -> FillLink:
    """Send a client the private link to their questions; an earlier one of theirs stops working.

    Raises `Refused` with everything that keeps it from being sent.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand(application.pk, person)
        still_open(held)
        if problems := _problems(held, whom, at):
            raise Refused(problems)
        actor = person.actor()
        close_links(actor, held, [whom.role], "replaced", at)
        token = FillLink.new_token()
        link = FillLink.objects.create(
            application=held,
            role=whom.role.value,
            name=" ".join(whom.name.split())[:200],
            email=whom.email.strip().lower(),
            language=whom.language if whom.language in dict(settings.LANGUAGES) else "",
            token_digest=FillLink.digest_of(token),
            asked_by=person,
            asked_at=at,
            expires_at=at + LINK_LIFE,
        )
        record(actor, "application.asked_to_fill", held.subject, {"role": whom.role.value}, at)
        _invite(held, link, token, at)
    return link


def _problems(held: Application, whom: Asked, at: datetime) -> list[Problem]:
    people = signers(held, today(at))
    problems = []
    if whom.role not in FILLING_ROLES or whom.role not in people:
        problems.append(Problem("no_such_client", "role", whom.role.value))
    for question, typed in ((_NAME, whom.name), (_EMAIL, whom.email)):
        value, wrong = read_answer(question, typed)
        problems += wrong
        if value is None and not wrong:
            problems.append(Problem("answer_missing", question.key))
    if not problems and not _part(held, whom.role, people):
        problems.append(Problem("nothing_to_fill", "role", whom.name))
    return problems


def _part(
    held: Application, role: SignerRole, people: Mapping[SignerRole, Person]
) -> list[tuple[Section, list[Question]]]:
    made, given = held.questionnaire, held.given
    return part_of(made, given, role, answers_all=answers_all(role, people))


def _invite(held: Application, link: FillLink, token: str, at: datetime) -> None:
    language = link.language or settings.LANGUAGE_CODE
    with override(language):
        told = {
            "name": link.name,
            "agent": held.agent.name,
            "carrier": held.product.carrier.name,
            "link": settings.PUBLIC_URL + reverse("fill", args=[token]),
            "days": LINK_LIFE.days,
        }
        text = _(
            "Dear %(name)s,\n\n"
            "%(agent)s asks you to fill in your part of an application to %(carrier)s, on your phone "
            "or computer:\n\n%(link)s\n\n"
            "Everything is kept as you type: stop when you like, and go on later. The link is yours "
            "alone and works for %(days)d days. If you did not expect this, do nothing.\n"
        )
        subject = _("Your questions from %(agent)s") % told
        send(
            link.email, subject, text % told, held.subject,
            to_name=link.name, language=language, private=True, at=at,
        )  # fmt: skip


def find_fill_link(token: str) -> FillLink | None:
    """The link that a token opens; None when there is none."""
    found = FillLink.objects.select_related(
        "application__agent__user", "application__product__carrier"
    )
    return found.filter(token_digest=FillLink.digest_of(token)).first()


def filler(link: FillLink, address: str = "") -> Actor:
    """The client as the journal knows them."""
    return Actor(str(link.pk), link.name, "applicant", address)


def open_fill_link(link: FillLink, actor: Actor, at: datetime | None = None) -> None:
    """Note that the client opened their questions; the first time counts."""
    at = at or timezone.now()
    with transaction.atomic():
        if FillLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=at):
            data = {"role": link.role}
            record(actor, "application.opened_to_fill", link.application.subject, data, at)


def note_fill_try(link: FillLink, right: bool, at: datetime | None = None) -> int | None:
    """Take an answer to who the client is: None when right, else the tries left; at none it closes."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = FillLink.objects.select_for_update(no_key=True).get(pk=link.pk)
        if locked.state(at) is not LinkState.OPEN:
            return 0
        if right:
            return None
        locked.wrong_tries += 1
        left = max(TRIES_MAX - locked.wrong_tries, 0)
        if not left:
            locked.closed_at, locked.closed_why = at, "too_many_tries"
        locked.save(update_fields=["wrong_tries", "closed_at", "closed_why"])
    return left


def finish_filling(link: FillLink, actor: Actor, at: datetime | None = None) -> None:
    """The client says that this is all; the agent is told. Again: nothing more happens."""
    at = at or timezone.now()
    with transaction.atomic():
        held = in_hand(link.application_id)
        still_open(held)
        if not FillLink.objects.filter(pk=link.pk, done_at=None).update(done_at=at):
            return
        record(actor, "application.filled_in", held.subject, {"role": link.role}, at)
        tell_agent(
            held,
            gettext_lazy("filled in by the client"),
            gettext_lazy("%(name)s has filled in their part."),
            {"name": link.name},
            at,
        )


def close_links(
    actor: Actor,
    application: Application,
    roles: list[SignerRole],
    why: str,
    at: datetime | None = None,
) -> None:
    """End the links of these roles; `why` is a code."""
    at = at or timezone.now()
    with transaction.atomic():
        open_links = application.fill_links.filter(closed_at=None, role__in=roles)
        if open_links.update(closed_at=at, closed_why=why):
            data = {"roles": [role.value for role in roles], "reason": why}
            record(actor, "application.fill_link_closed", application.subject, data, at)
