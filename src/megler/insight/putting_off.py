"""What sleeps, as Today shows it, and which things can be put off."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from megler.accounts.models import User
from megler.cases.models import Case
from megler.insight.rules.urgency import Kind
from megler.insight.telling import LOOKS, Look
from megler.work.models import Snooze

ASLEEP_MAX = 100


@dataclass(frozen=True, slots=True)
class Asleep:
    """A thing that was put off: what sort, about whom, until when, why and by whom."""

    snooze: Snooze
    look: Look
    who: str
    reference: str
    url: str


def put_off(person: User, today: date) -> list[Asleep]:
    """What sleeps, soonest back first, at most `ASLEEP_MAX`."""
    found = list(
        Snooze.objects.standing(today)
        .filter(subject_type="case")
        .select_related("by")
        .order_by("until", "pk")[:ASLEEP_MAX]
    )
    seen = Case.objects.visible_to(person).filter(pk__in=[one.subject_id for one in found])
    cases = {row["pk"]: row for row in seen.values("pk", "number", "client__name")}
    return [
        Asleep(
            one, LOOKS[Kind(one.kind)], cases[one.subject_id]["client__name"],
            f"C-{cases[one.subject_id]['number']}", reverse("case", args=[one.subject_id]),
        )
        for one in found
        if one.subject_id in cases and one.kind in list(Kind)
    ]  # fmt: skip


def named(key: str, person: User) -> tuple[Kind, Case] | None:
    """What a key of Today's names, if this person may see it: a kind and its case."""
    kind, _colon, rest = key.partition(":")
    try:
        pk = UUID(rest.partition(":")[0])
    except ValueError:
        return None
    case = Case.objects.visible_to(person).select_related("client").filter(pk=pk).first()
    if case is None or kind not in set(Kind) - {Kind.TASK}:
        return None
    return Kind(kind), case
