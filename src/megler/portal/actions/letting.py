"""Letting a client follow their case by a private link."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from megler.accounts.limits import within
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.actions.holding import happened, in_hand, moment
from megler.cases.models import Case
from megler.portal.models import ClientLink
from megler.portal.models.links import digest_of, new_token
from megler.post.actions.messages import send
from megler.vocabulary.problems import Problem, Refused

DAYS_USUAL, DAYS_MAX = 90, 365
OPENINGS_A_MINUTE = 60


def address_of(link: ClientLink) -> str:
    """The private address."""
    return settings.PUBLIC_URL + reverse("client_status", args=[link.token])


def let_client_see(
    person: User,
    case: Case,
    *,
    to: str = "",
    language: str = "",
    days: int = DAYS_USUAL,
    at: datetime | None = None,
) -> ClientLink:
    """Make a client's private link to their case, mailed `to` an address when one is given.

    One link a case stands at a time: a new one closes those before. Raises `Refused`.
    """
    at = moment(at)
    language = language or settings.LANGUAGE_CODE
    problems = []
    if not 1 <= days <= DAYS_MAX:
        problems.append(Problem("client_link_days", "days", str(days), str(DAYS_MAX)))
    if language not in dict(settings.LANGUAGES):
        problems.append(Problem("unknown_language", "language", language[:20]))
    if problems:
        raise Refused(problems)
    token = new_token()
    with transaction.atomic():
        held = in_hand(person, case, Can.ADD_TO_CASE)
        held.client_links.open_at(at).update(revoked_at=at)
        link = ClientLink.objects.create(
            case=held,
            token=token,
            token_digest=digest_of(token),
            to=to.strip().lower(),
            language=language,
            made_by=person,
            made_at=at,
            expires_at=at + timedelta(days=days),
        )
        told = {"link": str(link.pk), "days": days, "mailed": bool(link.to)}
        happened(person.actor(), held, "client_link.made", told, at)
        if link.to:
            _mail(held, link, days, at)
    return link


def _mail(case: Case, link: ClientLink, days: int, at: datetime) -> None:
    told = {
        "name": case.client.name,
        "agent": case.agent.name,
        "link": address_of(link),
        "days": days,
    }
    with override(link.language):
        send(
            link.to,
            _("Follow your insurance application"),
            _(
                "Dear %(name)s,\n\n"
                "Here you can see at any time where your application stands and what comes next:\n\n"
                "%(link)s\n\n"
                "The link is yours alone and works for %(days)d days. Do not pass it on.\n\n"
                "%(agent)s\n"
            )
            % told,
            case.subject,
            to_name=case.client.name,
            language=link.language,
            private=True,
            at=at,
        )


def stop_letting(person: User, link: ClientLink, at: datetime | None = None) -> ClientLink:
    """Close a client's link; closing it again changes nothing. Raises `Refused`."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, link.case, Can.ADD_TO_CASE)
        locked = ClientLink.objects.select_for_update(no_key=True).get(pk=link.pk)
        if locked.revoked_at is None:
            locked.revoked_at = at
            locked.save(update_fields=["revoked_at"])
            told = {"link": str(locked.pk)}
            happened(person.actor(), held, "client_link.closed", told, at)
    return locked


def may_open(address: str, at: datetime | None = None) -> bool:
    """Whether somebody at this network address may try one more private link now."""
    return within("client_status.open", address, OPENINGS_A_MINUTE, timedelta(minutes=1), at)


def find_client_link(token: str, at: datetime | None = None) -> ClientLink | None:
    """The link that a token opens. An unknown, an expired and a closed one are alike: None."""
    found = ClientLink.objects.open_at(at or timezone.now()).filter(token_digest=digest_of(token))
    return found.select_related(
        "case__client", "case__carrier", "case__product", "case__agent"
    ).first()


def note_opening(link: ClientLink, at: datetime | None = None) -> None:
    """Count that the page was looked at."""
    ClientLink.objects.filter(pk=link.pk).update(
        opened_last_at=at or timezone.now(), times_opened=F("times_opened") + 1
    )
