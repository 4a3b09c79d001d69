"""Letting somebody else look after an agent's business until a day."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.clients.models import ClientAccess
from megler.journal.actions import record
from megler.licensing.models import Agent, Delegation
from megler.post.actions.messages import send
from megler.vocabulary.problems import Problem, Refused

DAYS_MAX = 366

_SHARE_CLIENTS = f"""
INSERT INTO {ClientAccess._meta.db_table} (client_id, person_id, since, until)
SELECT DISTINCT held.client_id, %(person)s::uuid, %(since)s::timestamptz, %(until)s::timestamptz
FROM {ClientAccess._meta.db_table} held
WHERE held.person_id = %(agent)s AND held.until IS NULL
"""  # noqa: S608 - the names of our own tables


def delegate(
    person: User,
    agent: Agent,
    to: str,
    until: date,
    *,
    since: date | None = None,
    may_act: bool = True,
    at: datetime | None = None,
) -> Delegation:
    """Let the agent or assistant with the address `to` look after an agent's business.

    From `since` (today) until `until`, both included; it ends by itself. The clients the agent sees
    now are seen for as long. Raises `Refused` with every problem.
    """
    at = at or timezone.now()
    today = timezone.localtime(at).date()
    since = since or today
    _may_delegate(person, agent)
    other = User.objects.filter(email=to.strip().lower(), is_active=True).first()
    problems = []
    if other is None or not other.is_seller:
        problems.append(Problem("delegate_unknown", "to", to.strip()[:100]))
    elif agent.user_id == other.pk:
        problems.append(Problem("delegate_oneself", "to", other.email))
    if until < max(since, today):
        expected = f"≥ {max(since, today).isoformat()}"
        problems.append(Problem("delegate_days", "until", until.isoformat(), expected))
    elif until > today + timedelta(days=DAYS_MAX):
        expected = f"≤ {(today + timedelta(days=DAYS_MAX)).isoformat()}"
        problems.append(Problem("delegate_days", "until", until.isoformat(), expected))
    if problems or other is None:
        raise Refused(problems)
    with transaction.atomic():
        made = Delegation.objects.create(
            agent=agent,
            person=other,
            since=since,
            until=until,
            may_act=may_act,
            made_by=person,
            made_at=at,
        )
        _share_clients(made)
        told = {
            "person": str(other.pk),
            "since": since.isoformat(),
            "until": until.isoformat(),
            "may_act": may_act,
        }
        record(person.actor(), "delegation.made", ("agent", agent.pk), told, at)
        _tell(made, at)
    return made


def end_delegation(person: User, delegation: Delegation, at: datetime | None = None) -> Delegation:
    """End a delegation before its day; ending it again changes nothing. Raises `Refused`."""
    at = at or timezone.now()
    if delegation.person_id != person.pk:
        _may_delegate(person, delegation.agent)
    with transaction.atomic():
        locked = Delegation.objects.select_for_update(no_key=True).get(pk=delegation.pk)
        if locked.ended_at is None:
            locked.ended_at = at
            locked.save(update_fields=["ended_at"])
            begins, ends = _span(locked)
            shared = ClientAccess.objects.filter(person=locked.person_id, since=begins, until=ends)
            shared.filter(since__gt=at).delete()
            shared.update(until=at)
            told = {"person": str(locked.person_id)}
            record(person.actor(), "delegation.ended", ("agent", locked.agent_id), told, at)
    return locked


def _may_delegate(person: User, agent: Agent) -> None:
    """The agent, and staff who change agents; a delegate does not delegate further."""
    if agent.user_id != person.pk and not person.may(Can.CHANGE_AGENTS):
        raise Refused(Problem("not_allowed", "delegate"))


def _span(delegation: Delegation) -> tuple[datetime, datetime]:
    """When it begins and is over, in the agency's time."""
    begins = timezone.make_aware(datetime.combine(delegation.since, time.min))
    ends = timezone.make_aware(datetime.combine(delegation.until + timedelta(days=1), time.min))
    return begins, ends


def _share_clients(made: Delegation) -> None:
    if made.agent.user_id is None:
        return
    begins, ends = _span(made)
    told: dict[str, str | datetime] = {
        "person": str(made.person_id),
        "agent": str(made.agent.user_id),
        "since": begins,
        "until": ends,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHARE_CLIENTS, told)


def _tell(made: Delegation, at: datetime) -> None:
    language = made.person.language or settings.LANGUAGE_CODE
    with override(language):
        told = {
            "name": made.person.name,
            "agent": made.agent.name,
            "since": date_format(made.since, "DATE_FORMAT"),
            "until": date_format(made.until, "DATE_FORMAT"),
            "link": settings.PUBLIC_URL,
        }
        send(
            made.person.email,
            _("You look after the business of %(agent)s until %(until)s") % told,
            _(
                "Hello %(name)s,\n\nFrom %(since)s until %(until)s, both included, you see the cases "
                "of %(agent)s beside your own. It ends by itself.\n\n%(link)s\n"
            )
            % told,
            ("agent", made.agent_id),
            to_name=made.person.name,
            language=language,
            at=at,
        )
