"""Cases that belong together: linked, proposed, dismissed, and rivals of which one is placed."""

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.cases.actions.links import (
    dismiss_link,
    link_cases,
    links_of,
    propose_withdrawals,
    proposed_links,
)
from megler.cases.models import Case, CaseLink
from megler.cases.rules.links import LinkKind
from megler.cases.rules.moments import CaseHappened
from megler.licensing.models import Agent
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases.cast import a_carrier, a_case, an_agent, signed_in, verbs


@pytest.fixture
def spouse(agent: Agent) -> Case:
    return a_case(agent, name="Ola Hope")


def test_a_link_shows_from_both_sides_to_whoever_sees_both(
    manager: User, agent: Agent, case: Case, spouse: Case
) -> None:
    link_cases(manager, spouse, case, LinkKind.SPOUSE)
    link_cases(manager, case, spouse, LinkKind.FAMILY)
    assert [link.kind for link in links_of(manager, case)] == ["family"]
    assert [link.other_than(spouse) for link in links_of(manager, spouse)] == [case]
    assert verbs(case)[-1] == verbs(spouse)[-1] == "case.linked"
    hidden = a_case(an_agent("Stig Falk"), name="Nils By")
    link_cases(manager, case, hidden, LinkKind.BUSINESS)
    assert agent.user
    assert [link.other_than(case) for link in links_of(agent.user, case)] == [spouse]


def test_an_agent_links_nothing_and_no_case_is_linked_with_itself(
    manager: User, agent: Agent, case: Case, spouse: Case
) -> None:
    assert agent.user
    with pytest.raises(Refused, match="not_allowed"):
        link_cases(agent.user, case, spouse, LinkKind.SPOUSE)
    with pytest.raises(Refused, match="case_link_itself"):
        link_cases(manager, case, case, LinkKind.SPOUSE)
    assert not CaseLink.objects.exists()


def test_a_household_is_proposed_until_it_is_linked_or_dismissed(
    manager: User, case: Case, spouse: Case
) -> None:
    for one in (case, spouse):
        one.client.street, one.client.zip = "1 Palm Way", "33602"
        one.client.save()
    case.refresh_from_db()
    [(other, likely)] = proposed_links(manager, case)
    assert (other, likely.kind) == (spouse, LinkKind.SPOUSE)
    dismiss_link(manager, case, spouse, likely.kind)
    assert proposed_links(manager, case) == []
    assert links_of(manager, case) == []


def test_when_one_of_two_alternatives_is_in_force_withdrawing_the_other_is_proposed_once(
    manager: User, agent: Agent, case: Case
) -> None:
    rival = a_case(agent, a_carrier("fjord-life"))
    link_cases(manager, rival, case, LinkKind.ALTERNATIVE)
    told = CaseHappened(case.pk, "case.in_force", {}, timezone.now(), "system", "Megler", 0)
    for _ in range(2):
        propose_withdrawals(told)
    [task] = Task.objects.filter(about_id=str(rival.pk), title__contains="withdraw")
    assert task.title == f"{case.reference} is in force: withdraw {rival.reference}?"


def test_the_panel_links_by_number_and_by_one_press(
    manager: User, agent: Agent, case: Case, spouse: Case
) -> None:
    browser, page = signed_in(manager), f"/cases/{case.pk}/links/"
    wrong = browser.post(page, {"number": "C-1", "kind": "spouse"})
    assert wrong.status_code == 422
    assert "There is no case C-1" in wrong.content.decode()
    shown = browser.post(page, {"number": spouse.reference.lower(), "kind": "spouse"})
    assert "Spouse or partner" in shown.content.decode()
    browser.post(page, {"other": str(spouse.pk), "kind": "spouse", "do": "dismiss"})
    assert links_of(manager, case) == []
    assert agent.user
    assert signed_in(agent.user).post(page, {"number": "C-1", "kind": "spouse"}).status_code == 422
