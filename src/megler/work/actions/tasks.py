"""Adding tasks; ending them with an outcome; handing over, putting off. Nothing deletes one."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.models import ROLE_NAMES, User
from megler.accounts.rules.roles import Role
from megler.journal.actions import record
from megler.journal.rules.actors import SYSTEM, Actor
from megler.post.names import NEEDS_A_HAND
from megler.post.rules.moments import DeliveryEnded
from megler.vocabulary.problems import Problem, Refused
from megler.work.models import TITLE_MAX, Task
from megler.work.names import Outcome

WORDS_MAX = 300


def add_task(
    actor: Actor,
    title: str,
    about: tuple[str, object],
    due_on: date,
    *,
    role: Role | None = None,
    person: User | None = None,
    url: str = "",
    told: dict[str, str] | None = None,
    pressing: bool = False,
    at: datetime | None = None,
) -> Task:
    """Put a task up for a person or a role. The caller has checked who may. Raises `Refused`.

    With `told`, which fills it, the title is a text of the product in English, and everybody reads
    it in their own language; without, it is a person's words.
    """
    kept = {"text": title, **told} if told else {}
    title = " ".join((title % told if told else title).split())[:TITLE_MAX]
    problems = []
    if not title:
        problems.append(Problem("task_empty", "title"))
    if role is None and person is None:
        problems.append(Problem("task_nobody", "person"))
    if problems:
        raise Refused(problems)
    at = at or timezone.now()
    with transaction.atomic():
        task = Task.objects.create(
            title=title,
            told=kept,
            about_type=about[0],
            about_id=str(about[1]),
            url=url,
            role=role or "",
            person=person,
            due_on=due_on,
            pressing=pressing,
            created_at=at,
            created_by=actor.name,
        )
        data = {"task": str(task.pk), "title": title, "due_on": due_on.isoformat()}
        record(actor, "task.added", about, data | ({"told": kept} if kept else {}), at)
    return task


def finish_task(
    actor: Actor,
    task: Task,
    at: datetime | None = None,
    *,
    outcome: Outcome = Outcome.DONE,
    words: str = "",
) -> Task:
    """End a task with its outcome. The caller has checked who may. Raises `Refused` when it is done."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = _open(task)
        locked.done_at, locked.done_by = at, actor.name
        locked.outcome, locked.outcome_words = outcome, " ".join(words.split())[:WORDS_MAX]
        locked.save(update_fields=["done_at", "done_by", "outcome", "outcome_words"])
        said = {"words": locked.outcome_words} if locked.outcome_words else {}
        _tell(actor, "task.finished", locked, {"outcome": outcome.value, **said}, at)
    return locked


def finish_tasks_about(actor: Actor, about: tuple[str, object], at: datetime | None = None) -> int:
    """Every open task about one thing is settled, as when that is closed; returns how many."""
    with transaction.atomic():
        tasks = list(Task.objects.open_about(about).select_for_update(no_key=True))
        for task in tasks:
            finish_task(actor, task, at, outcome=Outcome.SETTLED)
    return len(tasks)


def hand_over(
    actor: Actor,
    task: Task,
    *,
    role: Role | None = None,
    person: User | None = None,
    at: datetime | None = None,
) -> Task:
    """Give an open task to another person or role. The caller has checked who may."""
    if role is None and person is None:
        raise Refused(Problem("task_nobody", "person"))
    with transaction.atomic():
        locked = _open(task)
        locked.person, locked.role = person, role.value if role else ""
        locked.save(update_fields=["person", "role"])
        to = person.name if person else str(ROLE_NAMES[role]) if role else ""
        _tell(actor, "task.reassigned", locked, {"to": to}, at or timezone.now())
    return locked


def change_due(
    actor: Actor, task: Task, due_on: date, because: str, at: datetime | None = None
) -> Task:
    """Set another day for an open task, and why; what it was stays in the journal."""
    because = " ".join(because.split())[:WORDS_MAX]
    if not because:
        raise Refused(Problem("task_reason_missing", "because"))
    with transaction.atomic():
        locked = _open(task)
        was, locked.due_on = locked.due_on, due_on
        locked.save(update_fields=["due_on"])
        told = {"was": was.isoformat(), "due_on": due_on.isoformat(), "because": because}
        _tell(actor, "task.due_changed", locked, told, at or timezone.now())
    return locked


def snooze_task(
    actor: Actor, task: Task, until: date, because: str, at: datetime | None = None
) -> Task:
    """Let an open task sleep until a day; on that day it is back by itself."""
    at = at or timezone.now()
    because = " ".join(because.split())[:200]
    problems = [] if because else [Problem("task_reason_missing", "because")]
    if until <= timezone.localdate(at):
        problems.append(Problem("snooze_in_the_past", "until", until.isoformat()))
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        locked = _open(task)
        locked.snoozed_until, locked.snoozed_because = until, because
        locked.save(update_fields=["snoozed_until", "snoozed_because"])
        _tell(actor, "task.snoozed", locked, {"on": until.isoformat(), "because": because}, at)
    return locked


def wake_task(actor: Actor, task: Task, at: datetime | None = None) -> Task:
    """Have a sleeping task back now."""
    with transaction.atomic():
        locked = _open(task)
        locked.snoozed_until, locked.snoozed_because = None, ""
        locked.save(update_fields=["snoozed_until", "snoozed_because"])
        _tell(actor, "task.woken", locked, {}, at or timezone.now())
    return locked


def _open(task: Task) -> Task:
    """The task as it stands, locked. Raises `Refused` when it is done."""
    locked = Task.objects.select_for_update(no_key=True).get(pk=task.pk)
    if locked.done_at is not None:
        raise Refused(Problem("task_done_already", locked.title, locked.done_by))
    return locked


def _tell(actor: Actor, verb: str, task: Task, more: dict[str, str], at: datetime) -> None:
    data: dict[str, object] = {"task": str(task.pk), "title": task.title, **more}
    data |= {"told": task.told} if task.told else {}
    record(actor, verb, task.subject, data, at)


def look_after_delivery(moment: DeliveryEnded) -> None:
    """A delivery that was refused or failed waits for new business; any other end ends that wait."""
    about = ("delivery", moment.delivery_id)
    finish_tasks_about(SYSTEM, about, moment.at)
    if moment.state not in NEEDS_A_HAND:
        return
    title = gettext_noop("See why %(title)s did not reach %(partner)s")
    told = {"title": moment.title, "partner": moment.partner}
    url = reverse("delivery", args=[moment.delivery_id])
    due = timezone.localdate(moment.at)
    add_task(SYSTEM, title, about, due, role=Role.NEW_BUSINESS, url=url, told=told, at=moment.at)
