"""Averages of days by holder, for many cases at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Counted:
    """So many seconds of so many cases were with a holder; without a holder: the cases themselves."""

    key: str
    name: str
    holder: str
    cases: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Averages:
    """What a case of one carrier, line, agent or month took on average: days with each holder."""

    key: str
    name: str
    cases: int
    days: Mapping[str, float]

    @property
    def days_in_all(self) -> float:
        """Days from opening to end."""
        return sum(self.days.values())


def averages(rows: Iterable[Counted], day_seconds: int = DAY_SECONDS) -> list[Averages]:
    """Days a case, by key, longest first.

    >>> rows = [Counted("a", "A", "", 2, 0), Counted("a", "A", "agency", 0, 4 * DAY_SECONDS)]
    >>> [(one.cases, one.days) for one in averages(rows)]
    [(2, {'agency': 2.0})]
    """
    cases: dict[str, int] = {}
    seconds: dict[str, dict[str, int]] = {}
    named: dict[str, str] = {}
    for row in rows:
        named[row.key] = row.name
        if row.holder:
            theirs = seconds.setdefault(row.key, {})
            theirs[row.holder] = theirs.get(row.holder, 0) + row.seconds
        else:
            cases[row.key] = cases.get(row.key, 0) + row.cases
    found = [
        Averages(
            key, named[key], count,
            {h: s / count / day_seconds for h, s in seconds.get(key, {}).items()},
        )
        for key, count in cases.items()
        if count and day_seconds
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.days_in_all, one.name))
