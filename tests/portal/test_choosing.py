"""What an agent, a helper and a client are told and shown is what was chosen, for as long as it holds."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from megler.accounts.models import User
from megler.cases.actions.changes import change
from megler.cases.actions.letters import tell_agent
from megler.cases.actions.papers import add_note
from megler.cases.models import Case, Notice
from megler.cases.rules.changes import Change, ChangeKind
from megler.clients.models import Client
from megler.licensing.models import Agent, Delegation
from megler.portal import deadlines
from megler.portal.actions import delegating, digests, letting
from megler.post.models import Message
from tests.cases.cast import AT, an_agent, signed_in

pytestmark = pytest.mark.django_db


def user_of(agent: Agent) -> User:
    assert agent.user is not None
    return agent.user


def told(case: Case, verb: str) -> tuple[int, int]:
    """How many letters, and how many things kept for the digest, a moment makes."""
    Message.objects.all().delete()
    Notice.objects.all().delete()
    tell_agent(case, verb, None, {}, AT)
    return Message.objects.count(), Notice.objects.count()


@pytest.mark.parametrize(
    ("chosen", "issued", "good_order"),
    [
        ({"at_once": ["needs_you"], "digest": "on"}, (1, 0), (0, 1)),
        ({"at_once": ["progress"]}, (0, 0), (1, 0)),
        ({"digest": "on"}, (0, 1), (0, 1)),
        ({}, (0, 0), (0, 0)),
    ],
)
def test_what_is_told_at_once_and_what_once_a_week_is_the_agents_choice(
    agent: Agent,
    case: Case,
    chosen: dict[str, object],
    issued: tuple[int, int],
    good_order: tuple[int, int],
) -> None:
    assert signed_in(user_of(agent)).post("/notices/", chosen).status_code == 302
    assert told(case, "case.issued") == issued
    assert told(case, "case.in_good_order") == good_order


def test_the_choice_of_one_case_goes_before_that_of_all(agent: Agent, case: Case) -> None:
    browser = signed_in(user_of(agent))
    browser.post("/notices/", {"at_once": ["needs_you", "progress"], "digest": "on"})
    for how, counted in (("digest", (0, 1)), ("never", (0, 0)), ("now", (1, 0)), ("", (1, 0))):
        browser.post(f"/cases/{case.pk}/notices/", {"how": how})
        assert told(case, "case.in_good_order") == counted, how


def test_after_its_last_day_a_delegate_sees_and_hears_nothing(agent: Agent, case: Case) -> None:
    other = user_of(an_agent("Dag Delegate"))
    today, day = timezone.localdate(), timedelta(days=1)
    begun = timezone.now() - 9 * day
    made = delegating.delegate(
        user_of(agent), agent, other.email, today, since=today - 9 * day, at=begun
    )
    browser, feed = signed_in(other), deadlines.make_feed(other)
    browser.post("/notices/", {"at_once": ["needs_you", "progress"], "digest": "on"})
    ways = [f"/cases/{case.pk}/", f"/cases/{case.pk}/portal/", f"/cases/{case.pk}/ask-for-change/"]
    ways += [f"/api/v1/cases/{case.pk}", f"/clients/{case.client_id}/"]
    assert [browser.get(way).status_code for way in ways] == [200] * len(ways)
    assert told(case, "case.in_good_order") == (1, 1)
    _end_yesterday(made, today - day)
    assert [browser.get(way).status_code for way in ways] == [404] * len(ways)
    assert browser.post(f"/cases/{case.pk}/questions/", {"text": "Still?"}).status_code == 404
    assert case.reference.encode() not in browser.get("/export/cases.json").getvalue()
    assert case.reference.encode() not in Browser().get(deadlines.address_of(feed)).content
    assert told(case, "case.in_good_order") == (0, 1)
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    tell_agent(case, "case.in_underwriting", None, {}, AT)
    digests.write_digests(monday, timezone.now() + 8 * day)
    assert not Message.objects.filter(about_type="digest", to=other.email).exists()


def test_a_delegate_loses_with_the_agent_whom_a_case_passes_on(
    manager: User, agent: Agent, case: Case
) -> None:
    other = user_of(an_agent("Dag Delegate"))
    until = timezone.localdate() + timedelta(days=5)
    delegating.delegate(user_of(agent), agent, other.email, until)
    assert Client.objects.visible_to(other).filter(pk=case.client_id).exists()
    to = {"agent": an_agent("Nils Next").npn}
    change(manager, case, Change(ChangeKind.AGENT, to, "moved"), at=timezone.now())
    assert not Case.objects.visible_to(other).exists()
    assert not Client.objects.visible_to(other).exists()


def _end_yesterday(made: Delegation, last: date) -> None:
    """As if the days had passed: the same records, a day earlier."""
    begins, ends = delegating._span(made)
    shared = made.person.client_access.filter(since=begins, until=ends)
    shared.update(until=ends - timedelta(days=1))
    Delegation.objects.filter(pk=made.pk).update(until=last)


def test_a_calendar_address_is_closed_on_the_page_and_with_its_person(agent: Agent) -> None:
    person = user_of(agent)
    browser = signed_in(person)
    browser.post("/notices/calendar/")
    address = deadlines.address_of(person.calendar_feeds.get(revoked_at=None))
    assert address.encode() in browser.get("/notices/").content
    assert Browser().get(address).status_code == 200
    browser.post("/notices/calendar/close/")
    assert Browser().get(address).status_code == 404
    browser.post("/notices/calendar/")
    newer = deadlines.address_of(person.calendar_feeds.get(revoked_at=None))
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert Browser().get(newer).status_code == 404


def test_guessing_private_addresses_is_slowed_down(agent: Agent) -> None:
    tries = [Browser().get(f"/calendar/guess{n}.ics").status_code for n in range(62)]
    assert tries[:60] == [404] * 60
    assert tries[-1] == 429
    assert Browser().get("/my-case/guess/").status_code == 429


def test_a_client_sees_their_case_and_nothing_that_is_between_others(
    manager: User, agent: Agent, case: Case
) -> None:
    add_note(manager, case, "The insurer doubts the income", for_agent=True, at=AT)
    link = letting.let_client_see(user_of(agent), case)
    page = Browser().get(letting.address_of(link)).content.decode()
    assert case.client.name in page
    assert agent.name in page
    for hidden in ("doubts", case.reference, manager.name, str(case.pk), str(case.premium_applied)):
        assert hidden not in page
    assert not Client.objects.visible_to(user_of(an_agent("Stig Stranger"))).exists()
    browser = signed_in(user_of(agent))
    assert browser.post(f"/client-links/{link.pk}/close/").status_code == 302
    assert Browser().get(letting.address_of(link)).status_code == 404
