"""Days that requirements usually take here, as whoever works them has measured."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from megler.journal.actions import record
from megler.journal.rules.actors import SYSTEM
from megler.underwriting.models import UsualDays
from megler.vocabulary.codes import RequirementKind


@dataclass(frozen=True, slots=True)
class Took:
    """What a kind took for a carrier (its key): the median of days, and of how many."""

    carrier_id: int
    kind: RequirementKind
    days: int
    observations: int


def record_usual_days(took: Iterable[Took], measured_on: date, at: datetime | None = None) -> int:
    """Take over what was measured up to a day, in place of what stood; returns how many stand.

    What is no longer measured goes: the guide's figure holds again. The same measure again changes
    nothing.
    """
    found = {(one.carrier_id, one.kind.value): one for one in took}
    with transaction.atomic():
        standing = {
            (one.carrier_id, one.kind): one for one in UsualDays.objects.select_for_update()
        }
        gone = [one.pk for key, one in standing.items() if key not in found]
        UsualDays.objects.filter(pk__in=gone).delete()
        UsualDays.objects.bulk_create(
            [
                UsualDays(
                    carrier_id=one.carrier_id,
                    kind=one.kind.value,
                    days=one.days,
                    observations=one.observations,
                    measured_on=measured_on,
                )
                for one in found.values()
            ],
            update_conflicts=True,
            unique_fields=["carrier", "kind"],
            update_fields=["days", "observations", "measured_on"],
        )
        before = {key: (one.days, one.observations) for key, one in standing.items()}
        after = {key: (one.days, one.observations) for key, one in found.items()}
        if before != after:
            told = {"kinds": len(after), "measured_on": measured_on.isoformat()}
            about = ("usual_days", measured_on.isoformat())
            record(SYSTEM, "usual_days.measured", about, told, at)
    return len(found)


def measured_days() -> dict[str, dict[RequirementKind, int]]:
    """The days measured here, by carrier and kind."""
    found: dict[str, dict[RequirementKind, int]] = defaultdict(dict)
    for slug, kind, days in UsualDays.objects.values_list("carrier__slug", "kind", "days"):
        found[slug][RequirementKind(kind)] = days
    return found
