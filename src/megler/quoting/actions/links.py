"""Quote links for agents' own sites: making and changing them, and counting their use."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from megler.accounts.limits import within
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.journal.actions import record
from megler.licensing.models import Agent
from megler.quoting.actions.quotes import quote, shown
from megler.quoting.models import QuoteLink
from megler.quoting.rules.sites import read_sites
from megler.quoting.rules.visitors import LINES, Entry, shown_to_visitor, visitor_facts
from megler.vocabulary.problems import Problem, Refused, errors

TITLE_MAX = 100
ASKED_A_MINUTE, ASKED_AN_HOUR = 60, 600
"""By one address at one link: as fast as somebody types, and no robot."""

_COUNT = """
INSERT INTO quoting_linkday (link_id, day, views, quotes, leads) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (link_id, day) DO UPDATE SET views = quoting_linkday.views + excluded.views,
quotes = quoting_linkday.quotes + excluded.quotes, leads = quoting_linkday.leads + excluded.leads
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a quote link is to be: `sites` as typed, one a line; empty `lines` are all lines."""

    title: str
    sites: str = ""
    lines: tuple[str, ...] = ()
    carriers_hidden: tuple[str, ...] = ()
    language: str = "en"
    is_on: bool = True

    def read(self) -> tuple[dict[str, Any], list[Problem]]:
        """The link's fields, and everything wrong with them."""
        title = " ".join(self.title.split())
        sites, problems = read_sites(self.sites)
        if not title:
            problems.append(Problem("missing", "title", "", "a name"))
        if len(title) > TITLE_MAX:
            problems.append(Problem("too_long", "title", str(len(title)), str(TITLE_MAX)))
        problems += _unknown("lines", self.lines, [line.value for line in LINES])
        known = Carrier.objects.filter(slug__in=self.carriers_hidden).values_list("slug", flat=True)
        problems += _unknown("carriers_hidden", self.carriers_hidden, known)
        problems += _unknown("language", [self.language], dict(settings.LANGUAGES))
        fields = {
            "title": title,
            "sites": sites,
            "lines": [line.value for line in LINES if line in (self.lines or LINES)],
            "carriers_hidden": sorted(set(self.carriers_hidden)),
            "language": self.language,
            "is_on": self.is_on,
        }
        return fields, problems


def _unknown(where: str, given: Iterable[str], known: Iterable[str]) -> list[Problem]:
    known = list(known)
    expected = ", ".join(known)
    return [
        Problem("wrong_value", where, one[:40], expected)
        for one in dict.fromkeys(given)
        if one not in known
    ]


def make_quote_link(
    person: User, agent: Agent, wanted: Wanted, at: datetime | None = None
) -> QuoteLink:
    """Make a quote link for an agent. Raises `Refused` with every problem."""
    fields, problems = wanted.read()
    if not _may_act_for(person, agent):
        problems = [Problem("not_allowed", "agent")]
    if problems:
        raise Refused(problems)
    at = at or timezone.now()
    with transaction.atomic():
        link = QuoteLink.objects.create(agent=agent, made_by=person, made_at=at, **fields)
        record(person.actor(), "quote_link.made", link.subject, _told(fields), at)
    return link


def change_quote_link(
    person: User, link: QuoteLink, wanted: Wanted, version: int, at: datetime | None = None
) -> QuoteLink:
    """Change a quote link that stands at `version`. Raises `Refused` with every problem."""
    fields, problems = wanted.read()
    if not _may_act_for(person, link.agent):
        problems = [Problem("not_allowed", "quote_link")]
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        locked = QuoteLink.objects.select_for_update(no_key=True).get(pk=link.pk)
        if locked.version != version:
            found = str(locked.version)
            raise Refused(Problem("changed_meanwhile", "quote_link", found, str(version)))
        changed = {key: value for key, value in fields.items() if getattr(locked, key) != value}
        if changed:
            for key, value in changed.items():
                setattr(locked, key, value)
            locked.version += 1
            locked.save()
            record(person.actor(), "quote_link.changed", locked.subject, _told(changed), at)
    return locked


def _may_act_for(person: User, agent: Agent) -> bool:
    mine = Agent.objects.acted_for_by(person).filter(pk=agent.pk)
    return person.may(Can.QUOTE) and mine.exists()


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key != "title"}


def open_link(key: str) -> QuoteLink | None:
    """The link of a key, if it is on."""
    found = QuoteLink.objects.select_related("agent__user", "agent__logo", "agent__firm__logo")
    return found.filter(key=key, is_on=True).first()


def count(
    link: QuoteLink, *, views: int = 0, quotes: int = 0, leads: int = 0, on: date | None = None
) -> None:
    """Add to what the link was used for today; of many at once, all are counted."""
    day = on or timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [link.pk, day, views, quotes, leads])


def may_ask(link: QuoteLink, address: str, at: datetime | None = None) -> bool:
    """Whether a visitor at this network address may be answered once more now."""
    who = f"{link.pk} {address}"
    return within("embed.minute", who, ASKED_A_MINUTE, timedelta(minutes=1), at) and within(
        "embed.hour", who, ASKED_AN_HOUR, timedelta(hours=1), at
    )


@dataclass(frozen=True, slots=True)
class VisitorAnswer:
    """What a visitor is told: the facts taken, the whole answer, and the offers shown of it."""

    document: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    offers: tuple[Any, ...] = ()
    problems: tuple[Problem, ...] = ()


def answer_visitor(link: QuoteLink, entry: Entry, on: date) -> VisitorAnswer:
    """Price what a visitor told; problems instead of offers where it cannot be read."""
    document, problems = visitor_facts(entry, on)
    if errors(problems):
        return VisitorAnswer(problems=tuple(problems))
    try:
        answer = shown(quote(document, on))
    except Refused as refused:
        return VisitorAnswer(problems=refused.problems)
    offers = tuple(shown_to_visitor(answer["offers"], link.carriers_hidden))
    return VisitorAnswer(document, answer, offers)
