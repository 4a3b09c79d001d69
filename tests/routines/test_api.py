"""Work by program: tasks, who looks after what, teams and promises, through the doors that pages use."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.work.actions.tasks import add_task
from megler.work.models import Assignment, Task
from tests.asking import ask
from tests.cases.cast import somebody

pytestmark = pytest.mark.django_db


def codes(answer: Any) -> list[str]:
    return [problem["code"] for problem in answer["problems"]]


def test_a_task_lives_its_life_by_program(manager: User, case: Case) -> None:
    day = timezone.localdate() + timedelta(days=3)
    wish = {"title": "Call the clinic", "due_on": day.isoformat(), "role": "case_manager"}
    status, made = ask(manager, f"/cases/{case.pk}/tasks", wish)
    assert (status, made["title"], made["created_by"]) == (201, "Call the clinic", manager.name)
    way = f"/tasks/{made['id']}"
    assert made["id"] in [one["id"] for one in ask(manager, "/tasks")[1]["tasks"]]
    assert made["id"] in [one["id"] for one in ask(manager, f"/cases/{case.pk}/tasks")[1]["tasks"]]
    until = (day + timedelta(days=1)).isoformat()
    assert codes(ask(manager, f"{way}/snooze", {"until": until})[1]) == ["task_reason_missing"]
    asleep = ask(manager, f"{way}/snooze", {"until": until, "because": "closed today"})[1]
    assert asleep["snoozed_until"] == until
    assert made["id"] not in [one["id"] for one in ask(manager, "/tasks")[1]["tasks"]]
    assert ask(manager, f"{way}/snooze", {})[1]["snoozed_until"] is None
    other = somebody(Role.CASE_MANAGER, "Ola Nes")
    assert (
        ask(manager, f"{way}/hand-over", {"person": str(other.pk)})[1]["person"]["name"]
        == "Ola Nes"
    )
    done = ask(other, f"{way}/finish", {"outcome": "not_reached", "words": "rang twice"})[1]
    assert (done["outcome"], done["done_by"]) == ("not_reached", "Ola Nes")
    assert codes(ask(manager, f"{way}/finish", {})[1]) == ["task_done_already"]
    told = [(one["verb"], one["who"], one["because"]) for one in ask(manager, way)[1]["history"]]
    assert told == [
        ("task.added", "Kari Lund", ""),
        ("task.snoozed", "Kari Lund", "closed today"),
        ("task.woken", "Kari Lund", ""),
        ("task.reassigned", "Kari Lund", ""),
        ("task.finished", "Ola Nes", "rang twice"),
    ]


def test_nobody_sees_or_ends_a_task_that_does_not_wait_for_them(manager: User, case: Case) -> None:
    task = add_task(
        manager.actor(), "Ours", case.subject, timezone.localdate(), role=Role.CASE_MANAGER
    )
    stranger = somebody(Role.AGENT, "Stig Stranger")
    for path in ("", "/finish", "/snooze"):
        assert ask(stranger, f"/tasks/{task.pk}{path}", {} if path else None)[0] == 404
    accountant = somebody(Role.ACCOUNTING, "Al Cook")
    assert ask(accountant, f"/tasks/{task.pk}")[0] == 200
    assert ask(accountant, f"/tasks/{task.pk}/finish", {})[0] == 404
    assert Task.objects.get(pk=task.pk).done_at is None


def test_cases_are_handed_to_a_team_all_or_none(manager: User, case: Case) -> None:
    boss = somebody(Role.ADMINISTRATOR, "Ada Boss")
    status, team = ask(boss, "/teams", {"name": "Term desk", "people": [str(manager.pk)]})
    assert (status, [one["name"] for one in team["people"]]) == (201, ["Kari Lund"])
    assert codes(ask(boss, "/teams", {"name": "Term desk"})[1]) == ["team_name_taken"]
    wish = {"cases": [str(case.pk), str(uuid4())], "team": team["id"]}
    assert codes(ask(manager, "/assignments", wish)[1]) == ["nothing_here"]
    assert not Assignment.objects.exists()
    assert codes(ask(manager, "/assignments", {"cases": [str(case.pk)]})[1]) == [
        "assigned_to_nobody"
    ]
    [given] = ask(manager, "/assignments", wish | {"cases": [str(case.pk)]})[1]["assignments"]
    assert (given["case"], given["team"], given["because"]) == (str(case.pk), team["id"], "by hand")
    assert ask(manager, f"/assignments?team={team['id']}")[1]["assignments"] == [given]
    changed = ask(boss, f"/teams/{team['id']}", {"name": "Term", "people": []})[1]
    assert (changed["name"], changed["people"]) == ("Term", [])
    assert [one["name"] for one in ask(manager, "/teams")[1]["teams"]] == ["Term"]


def test_promises_are_said_and_a_wrong_one_changes_nothing(manager: User, case: Case) -> None:
    said = {"promises": [{"step": "review", "amount": "1.5", "unit": "days"}]}
    told = {one["step"]: one for one in ask(manager, "/promises", said)[1]["promises"]}
    assert (told["review"]["amount"], told["review"]["unit"]) == ("1.5", "days")
    wrong = {"promises": [{"step": "review", "amount": "0"}, {"step": "nonsense"}]}
    assert ask(manager, "/promises", wrong)[0] == 422
    kept = {one["step"]: one["amount"] for one in ask(manager, "/promises")[1]["promises"]}
    assert kept["review"] == "1.5"
    off = ask(manager, "/promises", {"promises": [{"step": "review"}]})[1]["promises"]
    assert "review" not in {one["step"] for one in off}
    assert ask(manager, f"/cases/{case.pk}/promises") == (200, {"clocks": []})
    assert ask(somebody(Role.SERVICE, "Sue Vice"), "/promises", said)[0] == 404
