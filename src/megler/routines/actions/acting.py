"""What a routine does, once for each moment that sets it off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions.doers import Robot
from megler.cases.actions.requirements import add_requirement
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import SETTLED
from megler.journal.actions import later
from megler.post.actions.messages import send
from megler.post.models import TradingPartner
from megler.post.rules.partners import Channel
from megler.routines.actions.facts import values_of
from megler.routines.models import Acted, Routine, TextMessage, TextState
from megler.routines.rules import routines as rules
from megler.routines.rules.routines import Do, Effect
from megler.routines.rules.texts import fill
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions.assigning import assign, looked_after_by
from megler.work.actions.snoozing import put_to_sleep
from megler.work.actions.tasks import add_task
from megler.work.models import Task, Team
from megler.work.rules.calendar import add_business_days

A_DAY = timedelta(days=1)
ROUND_MAX = 5
"""So often a routine acts on one case within a day; beyond, it goes round with another and stops."""


@dataclass(frozen=True)
class _Now:
    """A routine at work on a case. `values` fill its texts."""

    robot: Robot
    case: Case
    at: datetime
    values: dict[str, str]

    @property
    def url(self) -> str:
        return reverse("case", args=[self.case.pk])


def act(
    row: Routine,
    routine: rules.Routine,
    case: Case,
    moment: str,
    *,
    kind: str = "",
    at: datetime,
) -> bool:
    """Let a routine act on a case because of a moment; False when it has, or would go round.

    What cannot be done (no address, nobody to ask) is kept with what was done; the rest is done.
    """
    with transaction.atomic():
        told = {"version": row.version, "case": case, "at": at}
        acted, is_new = Acted.objects.get_or_create(routine=row, moment=moment, defaults=told)
        if not is_new:
            return False
        if _goes_round(row, case, at):
            acted.stopped = True
            acted.save(update_fields=["stopped"])
            _say_it_goes_round(row, case, at)
            return False
        now = _Now(Robot(row.name, row.actor_id, "routine"), case, at, values_of(case, kind))
        for effect in routine.effects:
            acted.problems += _done(now, effect)
        if acted.problems:
            acted.save(update_fields=["problems"])
    return True


def _done(now: _Now, effect: Effect) -> list[dict[str, str]]:
    """Do one thing; what hindered it, if anything did."""
    try:
        with transaction.atomic():
            _DEEDS[effect.do](now, effect)
    except Refused as refused:
        return [
            {"do": effect.do.value, "code": p.code, "where": p.where, "found": p.found}
            for p in refused.problems
        ]
    return []


def _goes_round(row: Routine, case: Case, at: datetime) -> bool:
    lately = Acted.objects.filter(routine=row, case=case, at__gt=at - A_DAY, at__lte=at)
    return lately.count() > ROUND_MAX


def _say_it_goes_round(row: Routine, case: Case, at: datetime) -> None:
    about = ("routine", row.pk)
    if Task.objects.open_about(about).exists():
        return
    title = gettext_noop("The routine %(name)s goes round on %(case)s: look at it")
    told = {"name": row.name, "case": case.reference}
    url = reverse("routine", args=[row.pk])
    day = timezone.localtime(at).date()
    robot = Robot(row.name, row.actor_id, "routine")
    add_task(robot.actor(), title, about, day, role=Role.ADMINISTRATOR, url=url, told=told, at=at)


def _put_up(now: _Now, title: str, whom: str, days: int, *, pressing: bool = False) -> Task:
    person, role = _whom(now.case, whom)
    due = add_business_days(timezone.localtime(now.at).date(), days)
    return add_task(
        now.robot.actor(), fill(title, now.values), now.case.subject, due,
        person=person, role=role, url=now.url, pressing=pressing, at=now.at,
    )  # fmt: skip


def _whom(case: Case, whom: str) -> tuple[User | None, Role | None]:
    """Whom a task waits for: a role, a person, or by default who looks after the case."""
    if whom in list(Role):
        return None, Role(whom)
    if whom.startswith("person:"):
        person = User.objects.filter(pk=whom.removeprefix("person:"), is_active=True).first()
        if person is None:
            raise Refused(Problem("routine_nobody", "whom"))
        return person, Role(person.role)
    standing = looked_after_by(("case", case.pk))
    if standing and standing.person:
        return standing.person, Role(standing.person.role)
    return None, Role.CASE_MANAGER


def _task(now: _Now, effect: Effect) -> None:
    _put_up(now, effect.title, effect.whom, effect.days)


def _mail(now: _Now, effect: Effect) -> None:
    to, name, language = _address(now.case, effect.to)
    send(
        to, fill(effect.subject, now.values), fill(effect.text, now.values), now.case.subject,
        to_name=name, language=language, at=now.at,
    )  # fmt: skip


def _address(case: Case, to: str) -> tuple[str, str, str]:
    """E-mail address, name and language. Raises `Refused` when there is no address."""
    if to == "agent":
        user = case.agent.user
        return case.agent.email, case.agent.name, user.language if user else ""
    found = case.client.email if to == "client" else _of_carrier(case)
    if not found:
        raise Refused(Problem("routine_no_address", to, case.reference))
    return found, case.client.name if to == "client" else case.carrier.name, ""


def _of_carrier(case: Case) -> str:
    by_mail = TradingPartner.objects.filter(
        slug=case.carrier.slug, channel=Channel.EMAIL, is_active=True
    )
    return by_mail.values_list("address", flat=True).first() or ""


def _text(now: _Now, effect: Effect) -> None:
    to = now.case.agent.phone if effect.to == "agent" else now.case.client.phone
    if not to or effect.to == "carrier":
        raise Refused(Problem("routine_no_phone", effect.to, now.case.reference))
    made = TextMessage.objects.create(
        to=to,
        text=fill(effect.text, now.values)[:1600],
        case=now.case,
        state=TextState.WAITING if settings.SMS_URL else TextState.KEPT,
        created_at=now.at,
    )
    if made.state == TextState.WAITING:
        later("routines.jobs.send_text", id=str(made.pk))


def _raise(now: _Now, effect: Effect) -> None:
    kind = RequirementKind(effect.kind)
    there = Requirement.objects.filter(case=now.case, kind=kind.value)
    if there.exclude(state__in=[s.value for s in SETTLED]).exists():
        raise Refused(Problem("routine_requirement_there", "kind", kind.value))
    add_requirement(now.robot, now.case, kind, at=now.at)


def _assign(now: _Now, effect: Effect) -> None:
    kind, _colon, pk = effect.whom.partition(":")
    person = User.objects.filter(pk=pk, is_active=True).first() if kind == "person" else None
    team = Team.objects.filter(pk=pk).first() if kind == "team" else None
    subject = ("case", UUID(str(now.case.pk)))
    actor = now.robot.actor()
    assign(actor, subject, person=person, team=team, because=now.robot.name, at=now.at)


def _snooze(now: _Now, effect: Effect) -> None:
    until = add_business_days(timezone.localtime(now.at).date(), max(effect.days, 1))
    for kind in ("stale", "remind"):
        put_to_sleep(
            now.robot.actor(), f"{kind}:{now.case.pk}", kind, ("case", now.case.pk),
            until=until, reason=now.robot.name, at=now.at,
        )  # fmt: skip


def _alert(now: _Now, effect: Effect) -> None:
    task = _put_up(now, effect.text[:300], effect.whom, 0, pressing=True)
    if task.person:
        text = fill(effect.text, now.values)
        person = task.person
        send(
            person.email, f"{now.case.reference}: {task.title}"[:300],
            f"{text}\n\n{now.values['link']}", now.case.subject,
            to_name=person.name, language=person.language, at=now.at,
        )  # fmt: skip


_DEEDS: dict[Do, Callable[[_Now, Effect], None]] = {
    Do.TASK: _task,
    Do.MAIL: _mail,
    Do.TEXT: _text,
    Do.REQUIREMENT: _raise,
    Do.ASSIGN: _assign,
    Do.SNOOZE: _snooze,
    Do.ALERT: _alert,
}
