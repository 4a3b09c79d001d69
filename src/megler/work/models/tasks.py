"""Tasks."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import ROLE_NAMES, User
from megler.work.models.teams import Absence
from megler.work.names import Outcome

TITLE_MAX = 300
COVERED_MAX = 5
"""So many absent people's tasks are shown with whoever covers them."""
ROLES = [(role.value, name) for role, name in ROLE_NAMES.items()]


def in_words(title: str, told: dict[str, str]) -> str:
    """A task's title in the reader's language, when the product wrote it; a person's as it stands.

    `told` then holds the English text under `text`, and what fills it.
    """
    if not told:
        return title
    parts = {key: gettext(value) if value else "" for key, value in told.items()}
    return gettext(told["text"]) % parts


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks, by who asks."""

    def visible_to(self, person: User) -> "TaskQuerySet":
        """Staff see the agency's tasks; others those that wait for them."""
        if person.is_staff_member:
            return self.all()
        return self.filter(person=person)

    def waiting_for(self, person: User) -> "TaskQuerySet":
        """Open tasks that this person may take up: their own, their role's, and whom they cover."""
        mine = models.Q(person=person) | models.Q(person=None, role=person.role)
        covered = Absence.objects.on(timezone.localdate()).filter(cover=person).values("person")
        return self.filter(mine | models.Q(person__in=covered), done_at=None)

    def most_urgent(self, person: User, today: date, most: int) -> list["Task"]:
        """The tasks that wait for somebody and do not sleep, at most so many, earliest day first.

        A query for the role's and one for each person's, so that each reads its index in order.
        """
        covered = Absence.objects.on(today).filter(cover=person).values_list("person", flat=True)
        awake = models.Q(snoozed_until=None) | models.Q(snoozed_until__lte=today)
        people = [person.pk, *covered[:COVERED_MAX]]
        queues = [models.Q(person=None, role=person.role), *(models.Q(person=p) for p in people)]
        found: list[Task] = []
        for queue in queues:
            rows = self.filter(awake, queue, done_at=None).select_related("person")
            found += rows.order_by("due_on", "created_at", "id")[:most]
        found.sort(key=lambda task: (task.due_on, task.created_at, task.pk))
        return found[:most]

    def open_about(self, about: tuple[str, object]) -> "TaskQuerySet":
        """Open tasks about one thing, most urgent first."""
        found = self.filter(about_type=about[0], about_id=str(about[1]), done_at=None)
        return found.order_by("due_on", "created_at")


class Task(models.Model):
    """One thing to be done by a day, by a person or by whoever of a role comes first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("what is to be done"), max_length=TITLE_MAX)
    told = models.JSONField(
        default=dict, help_text="what the title says, when the product wrote it"
    )
    about_type = models.CharField(max_length=32, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=200, blank=True, help_text="where it is done")
    role = models.CharField(_("role"), max_length=16, choices=ROLES, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    due_on = models.DateField(_("due"))
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    pressing = models.BooleanField(_("pressing"), default=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    outcome_words = models.CharField(_("in words"), max_length=300, blank=True)
    snoozed_until = models.DateField(_("asleep until"), null=True)
    snoozed_because = models.CharField(_("why"), max_length=200, blank=True)

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(role=""),
                name="task_waits_for_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by="", outcome="")
                | models.Q(~models.Q(done_by=""), ~models.Q(outcome=""), done_at__isnull=False),
                name="task_done_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="task_about"),
            models.Index(
                fields=["role", "due_on", "created_at", "id"],
                condition=models.Q(done_at=None, person=None),
                name="task_open_by_role",
            ),
            models.Index(
                fields=["person", "due_on", "created_at", "id"],
                condition=models.Q(done_at=None),
                name="task_open_by_person",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> str:
        """The title as this reader reads it."""
        return in_words(self.title, self.told)

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about, as the journal names it."""
        return self.about_type, self.about_id

    def sleeps(self, today: date) -> bool:
        """Put off to a later day."""
        return (
            self.done_at is None and self.snoozed_until is not None and self.snoozed_until > today
        )

    def is_late(self, today: date) -> bool:
        """Still open after its day."""
        return self.done_at is None and self.due_on < today
