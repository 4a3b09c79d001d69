"""A day of an agency: cases that move while routines, follow-ups, letters and tasks go on."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions import requirements, review
from megler.cases.models import Case, Requirement
from megler.journal.actions import later
from megler.routines.actions.making import save_routine, switch
from megler.vocabulary.codes import RequirementKind
from megler.work.actions.teams import save_rules, save_team
from megler.work.models import AssignmentRule
from tests.cases import cast

Step = Callable[[], object]
TASK = {"do": "task", "title": "Look at {case}", "days": "1"}
LETTER = {"do": "mail", "to": "agent", "subject": "{case}", "text": "Dear {agent}: {status}"}
ROUTINES = (
    ({"when": "status", "status": "agency_review"}, [TASK, LETTER]),
    ({"when": "requirement", "act": "ordered", "kind": "aps"},
     [{"do": "requirement", "kind": "hipaa_authorisation"}, LETTER]),
    ({"when": "requirement", "act": "received"}, [{"do": "alert", "text": "{requirement} is in"}]),
)  # fmt: skip


def prepare(steps: int) -> Callable[[int], Iterator[Step]]:
    """An agency with routines switched on; what it gives makes the steps of a day."""
    manager = cast.somebody(Role.CASE_MANAGER, "Kari Lund")
    team = save_team(manager, "Team", [manager])
    save_rules(manager, [AssignmentRule(name="all", team=team)])
    for number, (when, then) in enumerate(ROUTINES):
        made = save_routine(manager, f"Routine {number}", {"when": when, "then": then})
        switch(manager, made, True)

    def a_day(number: int) -> Iterator[Step]:
        agent = cast.an_agent(f"Agent {number}")
        for _number in range(-(-steps // 4)):
            yield from _case_moves(manager, cast.a_case(agent))

    return a_day


def _case_moves(manager: User, case: Case) -> Iterator[Step]:
    """Four steps of a case, the last a morning with a follow-up due."""
    added: list[Requirement] = []

    def ask() -> None:
        added.append(requirements.add_requirement(manager, case, RequirementKind.APS))
        requirements.order_requirement(manager, added[0], "Records Inc")

    def morning() -> None:
        due = timezone.localdate() - timedelta(days=1)
        Requirement.objects.filter(case=case, kind="mib").update(follow_up_on=due)
        with suppress(AlreadyEnqueued):
            later("cases.jobs.follow_up", timestamp=0)

    yield lambda: review.confirm_good_order(manager, case)
    yield ask
    yield lambda: requirements.record_arrival(manager, added[0])
    yield morning
