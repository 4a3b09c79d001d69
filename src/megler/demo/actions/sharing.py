"""How the demo agency shares its work, what it does by itself, and how it kept what it promised."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.insight.held import count_held_months
from megler.routines.actions.making import save_routine, switch
from megler.routines.actions.previewing import go_on_with_preview, start_preview
from megler.routines.actions.promising import promise
from megler.routines.actions.taking_up import BATCH, take_up
from megler.routines.models import Preview
from megler.routines.rules.promises import Step, Unit
from megler.work.actions.teams import plan_absence, save_rules, save_team, set_office_hours
from megler.work.models import AssignmentRule
from megler.work.models.office import office_hours

Told = dict[str, str]
ROUTINES: tuple[tuple[str, Told, list[Told], Told], ...] = (
    (
        "Thank the agent for a policy in force",
        {"when": "status", "status": "in_force"},
        [
            {
                "do": "mail",
                "to": "agent",
                "subject": "{client}: policy {policy_number} is in force",
                "text": "Dear {agent},\n\n{client}'s policy {policy_number} from {carrier} is in "
                "force. Thank you for your business.\n\n{link}",
            }
        ],
        {},
    ),
    (
        "Read large cases' records at once",
        {"when": "requirement", "act": "received", "kind": "aps"},
        [
            {
                "do": "task",
                "title": "Read the records of {client} ({case}, {amount})",
                "days": "1",
                "whom": "underwriter",
            }
        ],
        {"amount_from": "1000000"},
    ),
    (
        "Alert before a review is late",
        {"when": "promise", "step": "review"},
        [{"do": "alert", "text": "{case}: the review of {client}'s application is nearly late"}],
        {},
    ),
)


def share_work(administrator: User, at: datetime) -> None:
    """Teams, rules, an absence, routines; and everything that happened measured and counted."""
    managers = list(User.objects.filter(role=Role.CASE_MANAGER).order_by("email"))
    term = save_team(administrator, "Term desk", managers, at=at)
    rules = [AssignmentRule(name="Everything else", team=term)]
    if len(managers) > 1:
        few = save_team(administrator, "Large cases", managers[:2], at=at)
        rules.insert(
            0, AssignmentRule(name="From $1,000,000", amount_from=Decimal(1_000_000), team=few)
        )
    save_rules(administrator, rules, at)
    eve = date(at.year, 12, 24)
    set_office_hours(administrator, office_hours().week, {eve: "Christmas Eve"}, at=at)
    days = {Step.REVIEW: 2, Step.ORDER: 2, Step.FORWARD: 5}
    promise(administrator, {step: (Decimal(n), Unit.DAYS) for step, n in days.items()}, at)
    while take_up(at=at) == BATCH:
        pass
    _routines(administrator, at)
    if len(managers) > 1:
        today = timezone.localtime(at).date()
        back = today + timedelta(days=4)
        plan_absence(administrator, managers[-1], managers[0], since=today, until=back, at=at)
    count_held_months(at)


def _routines(administrator: User, at: datetime) -> None:
    for name, when, then, conditions in ROUTINES:
        definition = {"when": when, "then": then, "if": conditions}
        made = save_routine(administrator, name, definition, at=at)
        preview = start_preview(administrator, made, at)
        while preview.state == Preview.State.RUNNING:
            go_on_with_preview(str(preview.pk))
            preview.refresh_from_db()
        switch(administrator, made, True, at)
