"""Making teams, planning absences, and saying when the office is open."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.journal.actions import record
from megler.vocabulary.problems import Problem, Refused
from megler.work.models import Absence, AssignmentRule, ClosedDay, Membership, Office, Team


def save_team(
    by: User,
    name: str,
    people: Iterable[User],
    team: Team | None = None,
    at: datetime | None = None,
) -> Team:
    """Make a team, or change its name and people. Raises `Refused`."""
    _allowed(by)
    name = " ".join(name.split())[:100]
    taken = Team.objects.filter(name=name)
    taken = taken.exclude(pk=team.pk) if team else taken
    if not name:
        raise Refused(Problem("missing", "name"))
    if taken.exists():
        raise Refused(Problem("team_name_taken", "name", name))
    with transaction.atomic():
        team = team or Team()
        team.name = name
        team.save()
        chosen = list(people)
        team.memberships.exclude(person__in=chosen).delete()
        inside = [Membership(team=team, person=one) for one in chosen]
        Membership.objects.bulk_create(inside, ignore_conflicts=True)
        told = {"name": name, "people": [one.name for one in chosen]}
        record(by.actor(), "team.changed", ("team", team.pk), told, at)
    return team


def plan_absence(
    by: User,
    person: User,
    cover: User,
    *,
    since: date,
    until: date,
    at: datetime | None = None,
) -> Absence:
    """Somebody is away; their work shows with the cover. One plans one's own, or who may others'."""
    if by.pk != person.pk:
        _allowed(by)
    problems = []
    if cover.pk == person.pk or not cover.is_staff_member:
        problems.append(Problem("absence_of_nobody", "cover"))
    if until < since:
        problems.append(Problem("absence_ends_before", "until", until.isoformat()))
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        made = Absence.objects.create(person=person, cover=cover, since=since, until=until)
        told = {"cover": cover.name, "since": since.isoformat(), "until": until.isoformat()}
        record(by.actor(), "absence.planned", ("person", person.pk), told, at)
    return made


def end_absence(by: User, absence: Absence, at: datetime | None = None) -> None:
    """Somebody is back sooner: one that lasts ends yesterday, one to come does not take place."""
    if by.pk != absence.person_id:
        _allowed(by)
    at = at or timezone.now()
    yesterday = date.fromordinal(timezone.localdate(at).toordinal() - 1)
    with transaction.atomic():
        if absence.since > yesterday:
            absence.delete()
        else:
            absence.until = min(absence.until, yesterday)
            absence.save(update_fields=["until"])
        record(by.actor(), "absence.ended", ("person", absence.person_id), {}, at)


def set_office_hours(
    by: User,
    week: Sequence[tuple[time, time] | None],
    closed: Mapping[date, str],
    *,
    keeps_federal_holidays: bool = True,
    zone: str = "",
    at: datetime | None = None,
) -> Office:
    """Say when the office is open: Monday to Sunday, the agency's own closed days, its time zone."""
    if not by.may(Can.CHANGE_AGENCY):
        raise Refused(Problem("not_allowed", "office"))
    problems = [
        Problem("office_closes_before", f"week.{place}", span[1].isoformat("minutes"))
        for place, span in enumerate(week)
        if span and span[1] <= span[0]
    ]
    if not any(week):
        problems.append(Problem("office_never_opens", "week"))
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        told = {
            "week": [[t.isoformat("minutes") for t in span] if span else None for span in week],
            "zone": zone or settings.TIME_ZONE,
            "keeps_federal_holidays": keeps_federal_holidays,
        }
        office, _made = Office.objects.update_or_create(pk=1, defaults=told)
        ClosedDay.objects.exclude(day__in=closed).delete()
        days = [ClosedDay(day=day, name=name[:100]) for day, name in closed.items()]
        ClosedDay.objects.bulk_create(
            days, update_conflicts=True, unique_fields=["day"], update_fields=["name"]
        )
        kept = told | {"closed": [day.isoformat() for day in sorted(closed)]}
        record(by.actor(), "office.changed", ("office", 1), kept, at)
    return office


def save_rules(by: User, rules: Sequence[AssignmentRule], at: datetime | None = None) -> None:
    """Set the rules by which new cases find who looks after them, in this order."""
    _allowed(by)
    problems = [
        Problem("rule_gives_to_one", f"rules.{place}")
        for place, rule in enumerate(rules)
        if bool(rule.person_id) == bool(rule.team_id)
    ]
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        AssignmentRule.objects.all().delete()
        for place, rule in enumerate(rules, start=1):
            rule.position = place
        AssignmentRule.objects.bulk_create(rules)
        told = {"rules": [rule.name for rule in rules]}
        record(by.actor(), "assignment_rules.changed", ("assignment_rules", 1), told, at)


def _allowed(by: User) -> None:
    if not by.may(Can.CHANGE_ROUTINES):
        raise Refused(Problem("not_allowed", "work"))
