"""Adding and finishing tasks."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.journal.actions import record
from megler.journal.rules.actors import SYSTEM, Actor
from megler.post.names import NEEDS_A_HAND
from megler.post.rules.moments import DeliveryEnded
from megler.vocabulary.problems import Problem, Refused
from megler.work.models import TITLE_MAX, Task


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
            created_at=at,
            created_by=actor.name,
        )
        data = {"task": str(task.pk), "title": title, "due_on": due_on.isoformat()}
        record(actor, "task.added", about, data | ({"told": kept} if kept else {}), at)
    return task


def finish_task(actor: Actor, task: Task, at: datetime | None = None) -> Task:
    """Mark a task done. The caller has checked who may. Raises `Refused` when it is done."""
    at = at or timezone.now()
    with transaction.atomic():
        locked = Task.objects.select_for_update(no_key=True).get(pk=task.pk)
        if locked.done_at is not None:
            raise Refused(Problem("task_done_already", locked.title, locked.done_by))
        locked.done_at, locked.done_by = at, actor.name
        locked.save(update_fields=["done_at", "done_by"])
        data = {"task": str(locked.pk), "title": locked.title}
        data |= {"told": locked.told} if locked.told else {}
        record(actor, "task.finished", (locked.about_type, locked.about_id), data, at)
    return locked


def finish_tasks_about(actor: Actor, about: tuple[str, object], at: datetime | None = None) -> int:
    """Mark every open task about one thing done, as when it is closed; returns how many."""
    with transaction.atomic():
        tasks = list(Task.objects.open_about(about).select_for_update(no_key=True))
        for task in tasks:
            finish_task(actor, task, at)
    return len(tasks)


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
