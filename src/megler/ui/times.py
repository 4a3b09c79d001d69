"""Times in plain words: how long ago, in how long, for how long."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def span(length: timedelta) -> str:
    """How long that is, in the largest unit that says enough: `3 hours`, `12 days`, `4 months`."""
    minutes = int(length.total_seconds() // 60)
    days = minutes // (24 * 60)
    if minutes < 1:
        return _("a moment")
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if days < 2:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
    if days < 60:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 730:
        return ngettext("%(n)d month", "%(n)d months", days // 30) % {"n": days // 30}
    return ngettext("%(n)d year", "%(n)d years", days // 365) % {"n": days // 365}


def day_seen_from(today: date, day: date) -> str:
    """A day as people say it: `today`, `yesterday`, `in 5 days`."""
    apart = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if apart in near:
        return near[apart]
    length = {"span": span(timedelta(days=abs(apart)))}
    return _("in %(span)s") % length if apart > 0 else _("%(span)s ago") % length


def moment_seen_from(now: datetime, moment: datetime) -> str:
    """A moment as people say it: `just now`, `3 hours ago`, `in 20 minutes`; beyond a day, the day.

    Both are in the reader's time zone.
    """
    gone = now - moment
    if abs(gone) >= timedelta(hours=24):
        return day_seen_from(now.date(), moment.date())
    if abs(gone) < timedelta(minutes=1):
        return _("just now")
    length = {"span": span(abs(gone))}
    return _("%(span)s ago") % length if gone > timedelta() else _("in %(span)s") % length
