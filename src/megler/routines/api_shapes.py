"""What programs send and get about the agency's work."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from megler.accounts.models import User
from megler.work.history import history_of
from megler.work.models import Assignment, Task, Team


class Given(Schema):
    """What is sent; a word that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


class TaskIn(Given):
    """A task for a role of the agency."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    due_on: date
    role: str = "case_manager"


class FinishIn(Given):
    outcome: Literal["done", "not_needed", "not_reached"] = "done"
    words: Annotated[str, Field(max_length=300)] = ""


class SnoozeIn(Given):
    """Until when, and why; without a day the task is back now."""

    until: date | None = None
    because: Annotated[str, Field(max_length=200)] = ""


class HandOverIn(Given):
    person: UUID


class HandCasesIn(Given):
    """Either a person or a team."""

    cases: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    person: UUID | None = None
    team: UUID | None = None


class TeamIn(Given):
    name: Annotated[str, Field(min_length=1, max_length=100)]
    people: Annotated[list[UUID], Field(max_length=500)] = []


class PersonOut(Schema):
    id: UUID
    name: str


class TaskOut(Schema):
    """A task; `about_type` and `about_id` name what it is about as the journal does."""

    id: UUID
    title: str
    about_type: str
    about_id: str
    role: str
    person: PersonOut | None
    due_on: date
    snoozed_until: date | None
    created_at: datetime
    created_by: str
    done_at: datetime | None
    done_by: str
    outcome: str
    outcome_words: str


class StepOut(Schema):
    """One line of a task's history; `verb` is the journal's."""

    at: datetime
    who: str
    verb: str
    said: str
    because: str


class TaskWholeOut(TaskOut):
    history: list[StepOut]


class TasksOut(Schema):
    """Some tasks; `more` says that others wait behind them."""

    tasks: list[TaskOut]
    more: bool


class AssignmentOut(Schema):
    """Who looks after a case, since when and why: by a rule's name, or by hand."""

    case: UUID
    person: PersonOut | None
    team: UUID | None
    since: datetime
    because: str


class AssignmentsOut(Schema):
    assignments: list[AssignmentOut]


class TeamOut(Schema):
    id: UUID
    name: str
    people: list[PersonOut]


class TeamsOut(Schema):
    teams: list[TeamOut]


def _person(one: User | None) -> dict[str, Any] | None:
    return {"id": one.pk, "name": one.name} if one else None


def task_json(task: Task) -> dict[str, Any]:
    """A task as programs read it."""
    return {
        "id": task.pk,
        "title": task.text,
        "about_type": task.about_type,
        "about_id": task.about_id,
        "role": task.role,
        "person": _person(task.person),
        "due_on": task.due_on,
        "snoozed_until": task.snoozed_until,
        "created_at": task.created_at,
        "created_by": task.created_by,
        "done_at": task.done_at,
        "done_by": task.done_by,
        "outcome": task.outcome,
        "outcome_words": task.outcome_words,
    }


def whole_json(task: Task, person: User) -> dict[str, Any]:
    """The same with its history, as far as `person` may read it."""
    history = [
        {"at": one.at, "who": one.who, "verb": one.verb, "said": one.said, "because": one.because}
        for one in history_of(task, person)
    ]
    return {**task_json(task), "history": history}


def assignment_json(one: Assignment) -> dict[str, Any]:
    """An assignment as programs read it."""
    return {
        "case": one.subject_id,
        "person": _person(one.person),
        "team": one.team_id,
        "since": one.since,
        "because": one.because,
    }


def team_json(team: Team) -> dict[str, Any]:
    """A team as programs read it."""
    people = sorted(team.people.all(), key=lambda one: (one.name, one.pk))
    return {"id": team.pk, "name": team.name, "people": [_person(one) for one in people]}
