"""Who had a case from when until when."""

from django.db import models
from django.db.models import F, Q

from megler.cases import names
from megler.cases.models.cases import Case
from megler.cases.rules.spells import Held
from megler.cases.rules.words import Holder


class Spell(models.Model):
    """One has a case from `since` until it goes to somebody else (`until`), or is finished.

    Written where the holder changes and nowhere else; see `cases.actions.spells`.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="spells", db_index=False)
    holder = models.CharField(max_length=8, choices=names.choices(names.HOLDER))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until=None), name="spell_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="spell_ends_after"
            ),
        ]
        indexes = [models.Index(fields=["case", "since"], name="spell_of_case")]

    def __str__(self) -> str:
        return f"{self.holder} {self.since:%Y-%m-%d}"

    def to_held(self) -> Held:
        """What the rules know of it."""
        return Held(Holder(self.holder), self.since, self.until)
