"""What the demo agency shows of itself."""

from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.demo.actions.build import one_of_each
from megler.demo.actions.showing import PROPOSALS
from megler.events.models import Subscription
from megler.insight.models import Review
from megler.licensing.models import Agency, Agent, Delegation
from megler.portal.models import ChangeRequest, ClientLink, Question
from megler.quoting.models import Proposal, ProposalLink, QuoteLink
from tests.demo.actions.conftest import Built


def test_the_agency_has_its_name_and_mark(built: Built) -> None:
    ours = Agency.ours()
    assert ours.name
    assert ours.logo is not None
    assert ours.logo.pages == 1


def test_the_agent_to_sign_in_as_has_proposals_and_a_quote_link(built: Built) -> None:
    agent = Agent.objects.get(user=dict(one_of_each())[Role.AGENT])
    proposals = Proposal.objects.filter(quote__agent=agent)
    assert 1 <= proposals.count() <= PROPOSALS
    assert ProposalLink.objects.filter(proposal__in=proposals).count() == proposals.count()
    assert QuoteLink.objects.filter(agent=agent, is_on=True).count() == 1


def test_the_agents_side_is_alive_and_a_webhook_waits_for_its_address(built: Built) -> None:
    agent = Agent.objects.get(user=dict(one_of_each())[Role.AGENT])
    asked = list(Question.objects.filter(case__agent=agent))
    assert [one.answered_at is not None for one in asked].count(True) == 1
    under_way = Case.objects.filter(agent=agent).exclude(status__in=["closed", "in_force"])
    wanted = ChangeRequest.objects.filter(case__agent=agent, state="open")
    assert wanted.exists() is under_way.exists()
    assert ClientLink.objects.filter(case__agent=agent, revoked_at=None).count() == 1
    assert Delegation.objects.filter(agent=agent).count() == 1
    hook = Subscription.objects.get()
    assert not hook.is_on
    assert hook.deliveries.filter(state="waiting").exists()


def test_a_review_of_the_book_is_asked_for(built: Built) -> None:
    assert Review.objects.count() == 1
