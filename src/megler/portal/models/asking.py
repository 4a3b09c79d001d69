"""Questions and change requests about cases."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from megler.accounts.encryption import EncryptedField, EncryptedJSONField
from megler.accounts.models import User
from megler.cases.models import Case, Note


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, by who asks."""

    def visible_to(self, person: User) -> "QuestionQuerySet":
        """Those of the cases that the person may see; carriers see none."""
        if not (person.is_staff_member or person.is_seller):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(person))


class Question(models.Model):
    """A question to a case's staff. Question and answer are notes that the agent may read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="questions")
    note = models.OneToOneField(Note, models.CASCADE, related_name="asks")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.OneToOneField(Note, models.SET_NULL, null=True, related_name="answers")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[QuestionQuerySet] = QuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["case", "-asked_at"], name="question_of_case")]

    def __str__(self) -> str:
        return f"question of {self.asked_by}"


class RequestState(models.TextChoices):
    """What became of a change request."""

    OPEN = "open", pgettext_lazy("a change", "Asked for")
    DONE = "done", pgettext_lazy("a change", "Made")
    REFUSED = "refused", _("Not made")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """Change requests, by who asks."""

    def visible_to(self, person: User) -> "ChangeRequestQuerySet":
        """Those of the cases that the person may see; carriers see none."""
        if not (person.is_staff_member or person.is_seller):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(person))


class ChangeRequest(models.Model):
    """A change of a case that the agent's side asks for. `to`: the new values by their keys."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="change_requests")
    kind = models.CharField(_("what to change"), max_length=16)
    to: Any = EncryptedJSONField()
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.OPEN)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    because: Any = EncryptedField(null=True)
    made = models.UUIDField(null=True, help_text="the change of the case that came of it")

    objects: ClassVar[ChangeRequestQuerySet] = ChangeRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["case", "-asked_at"], name="change_request_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at=None)
                | (~models.Q(state="open") & models.Q(settled_at__isnull=False)),
                name="change_request_settled_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"
