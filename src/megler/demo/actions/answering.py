"""The agents' own side of the demo: questions, a change asked for, a helper, a client's page; and who hears."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from megler.accounts.models import User
from megler.cases.models import Case
from megler.cases.rules.words import Status
from megler.events.actions.subscribing import replay, subscribe
from megler.events.models import Event
from megler.licensing.models import Agent
from megler.portal.actions.asking import answer, ask
from megler.portal.actions.delegating import delegate
from megler.portal.actions.letting import let_client_see
from megler.portal.actions.wanting import ask_for_change
from megler.portal.deadlines import make_feed
from megler.portal.models import Question
from megler.portal.rules.wanted import Wanted

HOOK = "https://hooks.megler-demo.example/cases"
TOLD_AGAIN = 3


def let_ask(manager: User, agent: Agent, at: datetime) -> None:
    """An agent asks twice and is answered once, wants a beneficiary changed, and goes on leave."""
    person = agent.user
    if person is None:
        return
    theirs = Case.objects.filter(agent=agent).select_related("client").order_by("-number")
    under_way = theirs.exclude(status__in=[Status.CLOSED, Status.IN_FORCE])
    mine = [*under_way[:2], *theirs[:2]][:2]
    texts = (
        _("Can the exam still be moved to next week?"),
        _("Will they take my client's own doctor's records from March?"),
    )
    for case, text in zip(mine, texts, strict=False):
        ask(person, case, text, at - timedelta(minutes=50))
    for case in mine[:1]:
        text = _("Yes: the examiner calls your client tomorrow to find a time.")
        answer(manager, Question.objects.get(case=case), text, at - timedelta(minutes=20))
        let_client_see(person, case, at=at - timedelta(minutes=15))
    for case in under_way[:1]:
        people = {"beneficiaries": f"{case.client.name.split()[-1]} Family Trust, trust, 100 %"}
        because, asked_at = _("They have made a trust."), at - timedelta(minutes=10)
        ask_for_change(person, case, Wanted.BENEFICIARY, people, because=because, at=asked_at)
    make_feed(person, at)
    today = timezone.localtime(at).date()
    if other := _beside(agent):
        begins, ends = today + timedelta(days=7), today + timedelta(days=21)
        delegate(person, agent, other.email, ends, since=begins, at=at)


def _beside(agent: Agent) -> Agent | None:
    """Another agent of the same firm, else any."""
    others = Agent.objects.exclude(pk=agent.pk).filter(user__isnull=False)
    return others.filter(firm=agent.firm).order_by("npn").first() or others.order_by("npn").first()


def let_hear(administrator: User, at: datetime) -> None:
    """A webhook that is switched off: some events wait until somebody gives it a real address."""
    kinds = ("case", "requirement.received")
    made = subscribe(administrator, "Warehouse", HOOK, kinds=kinds, on=False, at=at)
    for event in Event.objects.filter(verb__startswith="case.").order_by("-id")[:TOLD_AGAIN]:
        replay(administrator, made, event=event, at=at)
