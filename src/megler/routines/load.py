"""Who has how much: the load of people and teams, and the cases of one of them."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from megler.accounts.models import User
from megler.cases.models import Case
from megler.routines.forms.lists import staff
from megler.work.actions.figures import figure
from megler.work.models import Absence, Assignment, Task, Team

SHOWN_MAX = 100


@dataclass
class Load:
    """What one has: cases looked after, tasks open and late; `away` until when, `cover` by whom."""

    key: str
    name: str
    role: str = ""
    cases: int = 0
    tasks: int = 0
    late: int = 0
    away: date | None = None
    cover: str = ""
    teams: list[str] = field(default_factory=list)


def loads(today: date) -> tuple[list[Load], list[Load]]:
    """The load of each person and of each team's queue; heaviest first."""
    people = {str(one.pk): Load(f"person:{one.pk}", one.name, str(one.get_role_display()))
              for one in staff()}  # fmt: skip
    teams = {str(one.pk): Load(f"team:{one.pk}", one.name) for one in Team.objects.all()}
    counted, _at = figure(f"load.{today}", lambda: _count(today))
    for pk, n in counted["people"]:
        if pk in people:
            people[pk].cases = n
    for pk, n in counted["teams"]:
        if pk in teams:
            teams[pk].cases = n
    for pk, n, late in counted["tasks"]:
        if pk in people:
            people[pk].tasks, people[pk].late = n, late
    for away in Absence.objects.on(today).select_related("cover"):
        if found := people.get(str(away.person_id)):
            found.away, found.cover = away.until, away.cover.name
    for team in Team.objects.prefetch_related("memberships"):
        for one in team.memberships.all():
            if found := people.get(str(one.person_id)):
                found.teams.append(team.name)
    heavy = sorted(people.values(), key=lambda load: (-load.cases, -load.tasks, load.name))
    return heavy, sorted(teams.values(), key=lambda load: (-load.cases, load.name))


def _count(today: date) -> dict[str, list[list[object]]]:
    standing = Assignment.objects.filter(ended_at=None)
    by_person = standing.exclude(person=None).values_list("person_id").annotate(n=Count("pk"))
    by_team = standing.filter(person=None).values_list("team_id").annotate(n=Count("pk"))
    tasks = Task.objects.filter(done_at=None).exclude(person=None).values_list("person_id")
    overdue = Count("pk", filter=Q(due_on__lt=today))
    return {
        "people": [[str(pk), n] for pk, n in by_person.order_by()],
        "teams": [[str(pk), n] for pk, n in by_team.order_by()],
        "tasks": [
            [str(pk), n, late]
            for pk, n, late in tasks.annotate(n=Count("pk"), late=overdue).order_by()
        ],
    }


def cases_of(key: str, viewer: User) -> list[Case] | None:
    """The cases that a person or team's queue has, longest first; None when there is no such one."""
    kind, _colon, pk = key.partition(":")
    try:
        whose = {"person": UUID(pk)} if kind == "person" else {"team": UUID(pk), "person": None}
    except ValueError:
        return None
    standing = Assignment.objects.filter(subject_type="case", ended_at=None, **whose)
    ids = list(standing.order_by("since", "pk").values_list("subject_id", flat=True)[:SHOWN_MAX])
    found = (
        Case.objects.visible_to(viewer)
        .filter(pk__in=ids)
        .select_related("client", "product", "carrier", "agent")
    )
    return list(
        found.defer("carrier_words", "returned_because", "client__ssn").order_by(
            "holder_since", "pk"
        )
    )
