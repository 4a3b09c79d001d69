"""The directory of doctors, hospitals and clinics whose records are asked for."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.orders import names
from megler.orders.rules.words import ProviderClass


class FacilityQuerySet(models.QuerySet["Facility"]):
    """Facilities, by who asks."""

    def visible_to(self, person: User) -> "FacilityQuerySet":
        """All of them, to those who work cases."""
        return self.all() if person.may(Can.WORK_CASES) else self.none()


class Facility(models.Model):
    """A doctor, hospital or clinic. `days_median` is measured from orders that came in, `days_count`
    how many those were; `words` is what it is found by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    doctor = models.CharField(_("doctor"), max_length=200, blank=True)
    provider = models.CharField(
        _("what it is"),
        max_length=16,
        choices=names.choices(names.PROVIDER),
        default=ProviderClass.PHYSICIAN.value,
    )
    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    jurisdiction = models.CharField(_("state"), max_length=2, blank=True)
    zip = models.CharField(_("ZIP code"), max_length=10, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    fax = models.CharField(_("fax"), max_length=30, blank=True)
    custodian = models.CharField(_("who keeps the records"), max_length=200, blank=True)
    copy_service = models.CharField(_("copy service"), max_length=200, blank=True)
    own_form = models.BooleanField(_("wants its own authorisation form"), default=False)
    fee_usual = models.DecimalField(
        _("usual fee"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    days_median = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    days_count = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=500)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    objects: ClassVar[FacilityQuerySet] = FacilityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["words", "id"], name="facility_words", opclasses=["text_pattern_ops", "uuid_ops"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.doctor}, {self.name}" if self.doctor else self.name

    @property
    def subject(self) -> tuple[str, str]:
        """What it is to the journal."""
        return "facility", str(self.pk)
