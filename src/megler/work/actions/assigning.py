"""Saying who looks after what: by rules, by load, by hand, many at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused
from megler.work.models import Absence, Assignment, AssignmentRule, Membership, Task, Team
from megler.work.rules.assigning import Choice, Facts, choose

MANY_MAX = 500
"""So much is handed over in one go."""

Subject = tuple[str, UUID]


def assign(
    actor: Actor,
    subject: Subject,
    *,
    person: User | None = None,
    team: Team | None = None,
    because: str = "",
    at: datetime | None = None,
) -> Assignment:
    """A person, or a team's queue, looks after one thing from now on. The caller has checked who may.

    Open tasks about it that waited for the person's role wait for the person.
    """
    [made] = assign_many(actor, [subject], person=person, team=team, because=because, at=at)
    return made


def assign_many(
    actor: Actor,
    subjects: Sequence[Subject],
    *,
    person: User | None = None,
    team: Team | None = None,
    because: str = "",
    at: datetime | None = None,
) -> list[Assignment]:
    """The same for many things, in one transaction: all of them, or none. Raises `Refused`."""
    problems = [] if person or team else [Problem("assigned_to_nobody", "to")]
    if len(subjects) > MANY_MAX:
        problems.append(Problem("assigned_too_many", "subjects", str(len(subjects)), str(MANY_MAX)))
    if problems:
        raise Refused(problems)
    at = at or timezone.now()
    rows = [
        Assignment(
            subject_type=kind, subject_id=pk, person=person, team=team, because=because[:200],
            since=at, ended_at=None,
        )
        for kind, pk in subjects
    ]  # fmt: skip
    to = person.name if person else team.name if team else ""
    with transaction.atomic():
        Assignment.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["subject_id", "subject_type"],
            update_fields=["person", "team", "because", "since", "ended_at"],
        )
        if person:
            waiting = Task.objects.filter(
                about_id__in=[str(pk) for _kind, pk in subjects], done_at=None, role=person.role
            )
            waiting.update(person=person)
        for subject in subjects:
            told = {"to": to, "because": because, "staff_only": True}
            record(actor, "work.assigned", subject, told, at)
    return rows


def reassign(
    by: User,
    subjects: Sequence[Subject],
    *,
    person: User | None = None,
    team: Team | None = None,
    at: datetime | None = None,
) -> int:
    """Hand things over by hand; returns how many. Raises `Refused` when `by` may not."""
    if not by.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", "work"))
    made = assign_many(by.actor(), subjects, person=person, team=team, because="by hand", at=at)
    return len(made)


def assign_by_rules(
    actor: Actor, subject: Subject, facts: Facts, at: datetime | None = None
) -> Assignment | None:
    """Give a thing that nobody has to whom the agency's rules say; None when no rule fits."""
    if Assignment.objects.filter(subject_type=subject[0], subject_id=subject[1]).exists():
        return None
    choice = chosen(facts, at or timezone.now())
    if choice is None:
        return None
    people = User.objects.in_bulk([choice.person]) if choice.person else {}
    teams = Team.objects.in_bulk([choice.team]) if choice.team else {}
    person = next(iter(people.values()), None)
    team = next(iter(teams.values()), None)
    return assign(actor, subject, person=person, team=team, because=choice.rule, at=at)


def chosen(facts: Facts, at: datetime) -> Choice | None:
    """Whom the agency's rules would give it to now."""
    rules = [one.to_rule() for one in AssignmentRule.objects.all()]
    teams = {UUID(rule.team) for rule in rules if rule.team}
    if not rules:
        return None
    members: dict[str, list[str]] = {}
    inside = Membership.objects.filter(team__in=teams, person__is_active=True)
    for team, person in inside.values_list("team_id", "person_id"):
        members.setdefault(str(team), []).append(str(person))
    people = {UUID(person) for each in members.values() for person in each}
    absent = Absence.objects.on(timezone.localdate(at)).filter(person__in=people)
    away = {str(pk) for pk in absent.values_list("person_id", flat=True)}
    return choose(rules, facts, members, loads(people), away)


def loads(people: Iterable[UUID]) -> dict[str, int]:
    """How much each of these people has that is not finished."""
    standing = Assignment.objects.filter(person__in=list(people), ended_at=None)
    counted = standing.values("person_id").annotate(n=Count("pk")).order_by()
    return {str(row["person_id"]): row["n"] for row in counted}


def nobody_looks_after(subject: Subject, at: datetime) -> None:
    """It is finished: it counts to nobody's load any more."""
    standing = Assignment.objects.filter(subject_type=subject[0], subject_id=subject[1])
    standing.filter(ended_at=None).update(ended_at=at)


def somebody_looks_after_again(subject: Subject) -> None:
    """It was taken up again: whoever had it has it."""
    ended = Assignment.objects.filter(subject_type=subject[0], subject_id=subject[1])
    ended.exclude(ended_at=None).update(ended_at=None)


def looked_after_by(subject: Subject) -> Assignment | None:
    """Who looks after a thing, whether it is finished or not."""
    found = Assignment.objects.select_related("person", "team")
    return found.filter(subject_type=subject[0], subject_id=subject[1]).first()
