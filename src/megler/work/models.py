"""Tasks."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import ROLE_NAMES, User

TITLE_MAX = 300
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
        """Open tasks that this person may take up: their own and their role's."""
        mine = models.Q(person=person) | models.Q(person=None, role=person.role)
        return self.filter(mine, done_at=None)

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

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(role=""),
                name="task_waits_for_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by="")
                | models.Q(~models.Q(done_by=""), done_at__isnull=False),
                name="task_done_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="task_about"),
            models.Index(
                fields=["role", "due_on"],
                condition=models.Q(done_at=None),
                name="task_open_by_role",
            ),
            models.Index(
                fields=["person", "due_on"],
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

    def is_late(self, today: date) -> bool:
        """Still open after its day."""
        return self.done_at is None and self.due_on < today
