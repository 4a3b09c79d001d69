"""Whether an authorisation to give out health records may be used: scope, expiry, revocation.

Source: 45 CFR 164.508(c): an authorisation is signed, describes who may give out what, and expires on
a day or event that it names; it may be revoked. How long one is taken where it names no day is data
of the agency by state, since states and record holders differ.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from megler.orders.rules.words import ProviderClass
from megler.vocabulary.problems import Problem

MONTHS_USUAL = 24
"""Without anything said for a state: what record holders usually take."""


@dataclass(frozen=True, slots=True)
class AuthorisationFacts:
    """A signed authorisation. `expires_on` is the last day it names; None names none."""

    signed_on: date
    scope: Collection[ProviderClass]
    jurisdiction: str = ""
    expires_on: date | None = None
    revoked_on: date | None = None
    has_document: bool = True
    facility: str = ""


def last_day(facts: AuthorisationFacts, months: Mapping[str, int]) -> date:
    """The last day on which it may be used: its own, or the state's term, whichever is first.

    >>> last_day(AuthorisationFacts(date(2026, 1, 31), ()), {"": 1})
    datetime.date(2026, 2, 28)
    """
    term = months.get(facts.jurisdiction) or months.get("") or MONTHS_USUAL
    by_term = _months_after(facts.signed_on, term)
    return min(facts.expires_on, by_term) if facts.expires_on else by_term


def _months_after(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no such day: {year}-{month + 1}")


def authorisation_problems(
    facts: AuthorisationFacts | None,
    provider: ProviderClass,
    on: date,
    months: Mapping[str, int],
    facility: str = "",
) -> Iterator[Problem]:
    """Everything that keeps records of this class of provider from being ordered on a day."""
    where = "authorisation"
    if facts is None:
        yield Problem("order_authorisation_missing", where, "", provider.value)
        return
    if not facts.has_document:
        yield Problem("order_authorisation_no_document", where)
    if facts.signed_on > on:
        yield Problem("order_authorisation_not_yet", where, facts.signed_on.isoformat())
    if facts.revoked_on and facts.revoked_on <= on:
        yield Problem("order_authorisation_revoked", where, facts.revoked_on.isoformat())
    if (until := last_day(facts, months)) < on:
        yield Problem("order_authorisation_expired", where, until.isoformat(), on.isoformat())
    if provider not in facts.scope:
        covered = ", ".join(sorted(one.value for one in facts.scope))
        yield Problem("order_authorisation_scope", where, covered, provider.value)
    if facts.facility and facility and facts.facility != facility:
        yield Problem("order_authorisation_facility", where, facts.facility, facility)
