"""Who had a case for how long, as a picture."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from megler.cases import names
from megler.cases.models import Case
from megler.cases.rules.spells import ORDER, Share, shares
from megler.ui import charts
from megler.work.models.office import office_hours
from megler.work.rules.hours import in_business_days

DAY = timedelta(days=1)


def held_shown(case: Case) -> dict[str, Any]:
    """A bar of whose days they were, and the days in all; nothing for a case without spells.

    Everybody is told, also who had it for no day: so each has one colour, here and over all cases.
    """
    spells = [spell.to_held() for spell in case.spells.order_by("since")[:500]]
    hours = office_hours()
    found = shares(spells, hours, timezone.now())
    if not found:
        return {}
    had = {share.holder: share for share in found}
    everybody = [had.get(one, Share(one, timedelta(), timedelta())) for one in ORDER]
    parts = [
        charts.Part(
            str(names.HOLDER[share.holder]),
            share.calendar / DAY,
            shown=_shown(share, in_business_days(hours, share.business)),
        )
        for share in everybody
    ]
    whole = sum((share.calendar for share in found), timedelta()) / DAY
    return {"held": charts.stacked_bar(_("Days by who had the case"), parts), "held_days": whole}


def _shown(share: Share, business_days: float) -> str:
    """`3.5 days (2.1 business days)`."""
    days = share.calendar / DAY
    said = ngettext("%(n)s day", "%(n)s days", 1 if round(days, 1) == 1 else 2)
    told = {
        "days": said % {"n": number_format(days, 1)},
        "business": number_format(business_days, 1),
    }
    return _("%(days)s, %(business)s in business days") % told
