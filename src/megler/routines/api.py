"""The agency's work for programs: tasks, who looks after which case, teams, and promises."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from msgspec.json import encode
from ninja import Router

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import STAFF, Can, Role
from megler.cases.actions.duties import tasks_about
from megler.cases.actions.papers import add_task
from megler.cases.models import Case
from megler.routines import api_promises
from megler.routines.api_shapes import (
    AssignmentsOut,
    FinishIn,
    HandCasesIn,
    HandOverIn,
    SnoozeIn,
    TaskIn,
    TaskOut,
    TasksOut,
    TaskWholeOut,
    TeamIn,
    TeamOut,
    TeamsOut,
    assignment_json,
    task_json,
    team_json,
    whole_json,
)
from megler.routines.forms.lists import staff
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import tasks as actions
from megler.work.actions.assigning import reassign
from megler.work.actions.teams import save_team
from megler.work.models import Assignment, Task, Team
from megler.work.names import Outcome

router = Router(tags=["work"])
router.add_router("", api_promises.router)
PAGE_SIZE = 200


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


@router.get("/tasks", auth=api_door(Can.SEE_CASES), response=TasksOut, summary="What waits for you")
def tasks(request: HttpRequest) -> HttpResponse:
    """Tasks of yours, of your role and of whom you cover, the most urgent first; `more` wait."""
    person = api_needs(request, Can.SEE_CASES)
    seen = Task.objects.visible_to(person)
    rows = seen.most_urgent(person, timezone.localdate(), PAGE_SIZE + 1)
    told = [task_json(one) for one in rows[:PAGE_SIZE]]
    return _json({"tasks": told, "more": len(rows) > PAGE_SIZE})


@router.get(
    "/cases/{case_id}/tasks",
    auth=api_door(Can.WORK_CASES),
    response=TasksOut,
    summary="The open tasks of a case",
)
def tasks_of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Of the case, its review and its requirements, the most urgent first."""
    person = api_needs(request, Can.WORK_CASES)
    case = get_object_or_404(Case.objects.visible_to(person), pk=case_id)
    rows = list(tasks_about(case).select_related("person")[: PAGE_SIZE + 1])
    told = [task_json(one) for one in rows[:PAGE_SIZE]]
    return _json({"tasks": told, "more": len(rows) > PAGE_SIZE})


@router.get(
    "/tasks/{task_id}", auth=api_door(Can.SEE_CASES), response=TaskWholeOut, summary="One task"
)
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """With its history: who made it, moved it and why, who ended it."""
    person, found = _task(request, task_id)
    return _json(whole_json(found, person))


def _task(request: HttpRequest, task_id: UUID) -> tuple[User, Task]:
    person = api_needs(request, Can.SEE_CASES)
    seen = Task.objects.visible_to(person).select_related("person")
    return person, get_object_or_404(seen, pk=task_id)


def _in_hand(request: HttpRequest, task_id: UUID) -> tuple[User, Task]:
    """A task that this person may end or move: one that waits for them, or as staff who work cases."""
    person, found = _task(request, task_id)
    waits = Task.objects.waiting_for(person).filter(pk=found.pk).exists()
    if not (waits or found.done_at or person.may(Can.WORK_CASES)):
        raise Http404
    return person, found


@router.post(
    "/cases/{case_id}/tasks",
    auth=api_door(Can.WORK_CASES),
    response={201: TaskOut},
    summary="Put up a task",
)
def task_add(request: HttpRequest, case_id: UUID, given: TaskIn) -> HttpResponse:
    """About a case, for a role of the agency. Answers 201 with the task."""
    person = api_needs(request, Can.WORK_CASES)
    case = get_object_or_404(Case.objects.visible_to(person), pk=case_id)
    if given.role not in STAFF:
        raise Refused(Problem("wrong_value", "role", given.role, ", ".join(sorted(STAFF))))
    made = add_task(person, case, given.title, given.due_on, role=Role(given.role))
    return _json(task_json(made), 201)


@router.post(
    "/tasks/{task_id}/finish", auth=api_door(Can.SEE_CASES), response=TaskOut, summary="End a task"
)
def task_finish(request: HttpRequest, task_id: UUID, given: FinishIn) -> HttpResponse:
    """With what became of it."""
    person, found = _in_hand(request, task_id)
    done = actions.finish_task(
        person.actor(), found, outcome=Outcome(given.outcome), words=given.words
    )
    return _json(task_json(done))


@router.post(
    "/tasks/{task_id}/snooze",
    auth=api_door(Can.SEE_CASES),
    response=TaskOut,
    summary="Put a task off",
)
def task_snooze(request: HttpRequest, task_id: UUID, given: SnoozeIn) -> HttpResponse:
    """Until a day and for a reason; it is back by itself. Without a day it is back now."""
    person, found = _in_hand(request, task_id)
    if given.until is None:
        return _json(task_json(actions.wake_task(person.actor(), found)))
    asleep = actions.snooze_task(person.actor(), found, given.until, given.because)
    return _json(task_json(asleep))


@router.post(
    "/tasks/{task_id}/hand-over",
    auth=api_door(Can.WORK_CASES),
    response=TaskOut,
    summary="Hand a task over",
)
def task_hand_over(request: HttpRequest, task_id: UUID, given: HandOverIn) -> HttpResponse:
    """To one of the agency's people."""
    person, found = _in_hand(request, task_id)
    to = staff().filter(pk=given.person).first()
    if to is None:
        raise Refused(Problem("nothing_here", "person", str(given.person)))
    return _json(task_json(actions.hand_over(person.actor(), found, person=to)))


@router.get(
    "/assignments", auth=api_door(Can.SEE_TODAY), response=AssignmentsOut, summary="Who has what"
)
def assignments(
    request: HttpRequest,
    person: UUID | None = None,
    team: UUID | None = None,
    case: UUID | None = None,
) -> HttpResponse:
    """Who looks after which open case, the longest first, at most five hundred."""
    api_needs(request, Can.SEE_TODAY)
    found = Assignment.objects.standing("case").select_related("person", "team")
    wanted: dict[str, Any] = {"person": person, "team": team, "subject_id": case}
    found = found.filter(**{key: value for key, value in wanted.items() if value})
    rows = found.order_by("since", "pk")[:500]
    return _json({"assignments": [assignment_json(one) for one in rows]})


@router.post(
    "/assignments",
    auth=api_door(Can.WORK_CASES),
    response=AssignmentsOut,
    summary="Hand cases over",
)
def assign(request: HttpRequest, given: HandCasesIn) -> HttpResponse:
    """To a person or a team's queue: all of the cases, or none."""
    by = api_needs(request, Can.WORK_CASES)
    seen = list(Case.objects.visible_to(by).filter(pk__in=given.cases).values_list("pk", flat=True))
    person = staff().filter(pk=given.person).first() if given.person else None
    team = Team.objects.filter(pk=given.team).first() if given.team else None
    problems = [
        Problem("nothing_here", "cases", str(one)) for one in given.cases if one not in set(seen)
    ]
    if (person is None) == (team is None):
        found = str(given.person or given.team or "")
        problems.append(Problem("assigned_to_nobody", "person", found))
    if problems:
        raise Refused(problems[:50])
    reassign(by, [("case", pk) for pk in seen], person=person, team=team)
    rows = Assignment.objects.standing("case").filter(subject_id__in=seen)
    rows = rows.select_related("person", "team").order_by("since", "pk")
    return _json({"assignments": [assignment_json(one) for one in rows]})


@router.get("/teams", auth=api_door(Can.SEE_TODAY), response=TeamsOut, summary="Teams")
def teams(request: HttpRequest) -> HttpResponse:
    """With their people, by name."""
    api_needs(request, Can.SEE_TODAY)
    found = Team.objects.prefetch_related("people").order_by("name")[:500]
    return _json({"teams": [team_json(one) for one in found]})


@router.post(
    "/teams", auth=api_door(Can.CHANGE_ROUTINES), response={201: TeamOut}, summary="Make a team"
)
def team_make(request: HttpRequest, given: TeamIn) -> HttpResponse:
    """Answers 201 with the team."""
    by = api_needs(request, Can.CHANGE_ROUTINES)
    return _json(team_json(save_team(by, given.name, _people(given.people))), 201)


@router.post(
    "/teams/{team_id}",
    auth=api_door(Can.CHANGE_ROUTINES),
    response=TeamOut,
    summary="Change a team",
)
def team_change(request: HttpRequest, team_id: UUID, given: TeamIn) -> HttpResponse:
    """Its name and its people, all of them."""
    by = api_needs(request, Can.CHANGE_ROUTINES)
    found = get_object_or_404(Team, pk=team_id)
    return _json(team_json(save_team(by, given.name, _people(given.people), found)))


def _people(ids: list[UUID]) -> list[User]:
    found = list(staff().filter(pk__in=ids))
    known = {one.pk for one in found}
    problems = [Problem("nothing_here", "people", str(one)) for one in ids if one not in known]
    if problems:
        raise Refused(problems)
    return found
