"""Writing down who has a case from now on, in the transaction in which it changes hands."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest

from megler.cases.models import Spell


def change_hands(cases: Iterable[UUID], holder: str, at: datetime) -> None:
    """These cases go to `holder` at a moment ("": they are finished); the spells before end.

    The caller holds the cases locked. For many at once too: two statements, however many.
    """
    ids = list(cases)
    end = Greatest(F("since"), Value(at, output_field=DateTimeField()))
    Spell.objects.filter(case__in=ids, until=None).update(until=end)
    if holder:
        Spell.objects.bulk_create(Spell(case_id=pk, holder=holder, since=at) for pk in ids)
