"""What received records tell, for an underwriter to check."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedJSONField
from megler.cases.models import CaseDocument, Requirement


class EntryState(models.TextChoices):
    """What a person said of an entry."""

    PROPOSED = "proposed", _("To be checked")
    CONFIRMED = "confirmed", _("Confirmed")
    STRUCK = "struck", _("Struck")


class ApsEntry(models.Model):
    """One thing that a page of records tells. `told` is encrypted: what, value, the line itself.

    The same document read again makes the same entries: `key` is a digest of what it tells.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="aps_entries")
    paper = models.ForeignKey(CaseDocument, models.CASCADE, related_name="aps_entries")
    key = models.CharField(max_length=64)
    page = models.PositiveIntegerField()
    confidence = models.PositiveSmallIntegerField()
    told = EncryptedJSONField()
    state = models.CharField(max_length=9, choices=EntryState, default=EntryState.PROPOSED)
    checked_by = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "key"], name="aps_entry_once")]
        indexes = [models.Index(fields=["requirement"], name="aps_entry_of_requirement")]

    def __str__(self) -> str:
        return f"{self.page}"
