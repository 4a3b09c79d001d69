"""Whose cases somebody sees and may do something with: own, delegated, the downline's."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions.papers import add_note
from megler.cases.models import Case
from megler.licensing.actions import let_see_downline
from megler.licensing.models import Agent, Delegation
from megler.vocabulary.problems import Refused
from tests.cases.cast import a_case, an_agent, an_assistant, somebody

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def user_of(agent: Agent) -> User:
    assert agent.user is not None
    return agent.user


def delegated(agent: Agent, person: User, since: date, until: date, may_act: bool = True) -> None:
    Delegation.objects.create(
        agent=agent,
        person=person,
        since=since,
        until=until,
        may_act=may_act,
        made_by=user_of(agent),
        made_at=timezone.now(),
    )


def seen(person: User) -> set[Case]:
    return set(Case.objects.visible_to(person))


def acted(person: User) -> set[Case]:
    return set(Case.objects.acted_on_by(person))


def test_a_delegate_sees_and_acts_on_the_days_of_the_delegation_and_no_other() -> None:
    agent, today, day = an_agent(), TODAY(), timedelta(days=1)
    case = a_case(agent)
    now, before, later = (somebody(Role.AGENT, n) for n in ("Now Nes", "Old Os", "New Ny"))
    delegated(agent, now, today, today)
    delegated(agent, before, today - 5 * day, today - day)
    delegated(agent, later, today + day, today + 5 * day)
    assert (seen(now), acted(now)) == ({case}, {case})
    assert (seen(before), seen(later)) == (set(), set())
    Delegation.objects.filter(person=now).update(ended_at=timezone.now())
    assert seen(now) == set()


def test_a_delegate_who_only_looks_is_refused_whatever_they_do() -> None:
    agent = an_agent()
    case = a_case(agent)
    looker = somebody(Role.ASSISTANT, "Lise Looker")
    delegated(agent, looker, TODAY(), TODAY(), may_act=False)
    assert (seen(looker), acted(looker)) == ({case}, set())
    with pytest.raises(Refused):
        add_note(looker, case, "I was here")


def test_the_whole_downline_is_seen_if_the_contract_says_so_and_only_to_look() -> None:
    top, middle, low = an_agent("Tor Top"), an_agent("Mia Mid"), an_agent("Lars Low")
    Agent.objects.filter(pk=middle.pk).update(upline=top)
    Agent.objects.filter(pk=low.pk).update(upline=middle)
    case = a_case(low)
    assert seen(user_of(top)) == set()
    let_see_downline(somebody(Role.LICENSING, "Liv Lic"), top, True)
    assert (seen(user_of(top)), acted(user_of(top))) == ({case}, set())
    assert seen(an_assistant(top)) == {case}
    assert seen(user_of(middle)) == set()
    assert acted(user_of(low)) == {case}


def test_a_circle_of_uplines_ends() -> None:
    one, two = an_agent("En En"), an_agent("To To")
    Agent.objects.filter(pk=one.pk).update(upline=two, sees_downline=True)
    Agent.objects.filter(pk=two.pk).update(upline=one)
    case = a_case(two)
    assert seen(user_of(one)) == {case}


def test_a_carrier_sees_nothing_by_a_delegation() -> None:
    agent = an_agent()
    a_case(agent)
    carrier = somebody(Role.CARRIER, "Cara Carrier")
    delegated(agent, carrier, TODAY(), TODAY())
    assert seen(carrier) == set()
