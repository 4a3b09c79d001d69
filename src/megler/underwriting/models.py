"""How long things usually take here."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.carriers.models import Carrier
from megler.underwriting.names import KIND_NAMES


class UsualDays(models.Model):
    """Days that a kind of requirement took here for a carrier, from its order to its arrival.

    `days` are calendar days, the median of `observations`, as counted on `measured_on`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carrier = models.ForeignKey(Carrier, models.CASCADE, related_name="usual_days")
    kind = models.CharField(
        _("kind"), max_length=24, choices=[(str(kind), name) for kind, name in KIND_NAMES.items()]
    )
    days = models.PositiveSmallIntegerField(_("days"))
    observations = models.PositiveIntegerField()
    measured_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["carrier", "kind"], name="usual_days_once")]

    def __str__(self) -> str:
        return f"{self.carrier}, {self.get_kind_display()}: {self.days}"
