"""How long each had a case: agent, client, vendor, agency and carrier.

A **spell** is the time from when somebody got a case until it went to somebody else. Calendar time
counts every hour; business time only those in which the agency's office was open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from megler.cases.rules.words import Holder
from megler.work.rules.hours import OfficeHours, business_time

ORDER = (Holder.AGENCY, Holder.AGENT, Holder.CLIENT, Holder.VENDOR, Holder.CARRIER)
"""The order in which they are shown, everywhere the same."""


@dataclass(frozen=True, slots=True)
class Held:
    """A spell; `until` is None while it lasts."""

    holder: Holder
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one had a case for, altogether."""

    holder: Holder
    calendar: timedelta
    business: timedelta


def shares(spells: Iterable[Held], hours: OfficeHours, now: datetime) -> list[Share]:
    """Who had a case for how long, in the order of `ORDER`; who never had it is left out.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, 15, tzinfo=UTC)
    >>> [share] = shares([Held(Holder.AGENCY, monday)], OfficeHours(), monday + timedelta(days=1))
    >>> share.calendar, share.business
    (datetime.timedelta(days=1), datetime.timedelta(seconds=28800))
    """
    calendar: dict[Holder, timedelta] = {}
    business: dict[Holder, timedelta] = {}
    for spell in spells:
        until = spell.until or now
        length = max(until - spell.since, timedelta())
        calendar[spell.holder] = calendar.get(spell.holder, timedelta()) + length
        counted = business_time(hours, spell.since, until)
        business[spell.holder] = business.get(spell.holder, timedelta()) + counted
    return [Share(one, calendar[one], business[one]) for one in ORDER if one in calendar]
