"""Who gets what when a claim is paid, as the application or a change tells it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from megler.vocabulary.problems import Problem

WHOLE = Decimal(100)
MOST = 30


@dataclass(frozen=True, slots=True)
class Named:
    """A beneficiary; `share` in per cent of their class, `is_contingent`: when no primary one lives."""

    name: str
    relationship: str = ""
    share: Decimal | None = None
    is_contingent: bool = False
    born: date | None = None

    def as_told(self) -> dict[str, str]:
        """In the words in which applications and changes tell it."""
        return {
            "name": self.name,
            "relationship": self.relationship,
            "class": "contingent" if self.is_contingent else "primary",
            "share": "" if self.share is None else f"{self.share:f}",
            "born": self.born.isoformat() if self.born else "",
        }


def read_beneficiaries(told: object) -> tuple[list[Named], list[Problem]]:
    """Beneficiaries from rows of name, relationship, class, share and born, with every problem.

    >>> rows = [{"name": "Ola Hope", "class": "primary", "share": "100"}]
    >>> read_beneficiaries(rows)[0][0].share
    Decimal('100')
    """
    if not isinstance(told, Sequence) or isinstance(told, str):
        return [], [Problem("wrong_value", "beneficiaries", str(told)[:80], "a list")]
    found, problems = [], []
    for place, row in enumerate(told[:MOST], 1):
        one, wrong = _row(row if isinstance(row, Mapping) else {}, f"beneficiaries[{place}]")
        problems += wrong
        if one is not None:
            found.append(one)
    if not problems:
        problems = list(share_problems(found))
    return found, problems


def share_problems(named: Sequence[Named]) -> Iterator[Problem]:
    """The shares of each class add up to 100; somebody is primary."""
    for is_contingent, where in ((False, "primary"), (True, "contingent")):
        mine = [one for one in named if one.is_contingent is is_contingent]
        total = sum((one.share or Decimal(0) for one in mine), Decimal(0))
        if mine and total != WHOLE:
            yield Problem("shares_not_whole", where, f"{total:f}", f"{WHOLE}")
        if not mine and not is_contingent:
            yield Problem("missing", "beneficiaries", "", where)


def _row(row: Mapping[str, Any], where: str) -> tuple[Named | None, list[Problem]]:
    problems = []
    name = " ".join(str(row.get("name") or "").split())
    if not name:
        problems.append(Problem("missing", f"{where}.name"))
    share = _share(row.get("share"))
    if share is None:
        found = str(row.get("share") or "")[:20]
        problems.append(Problem("wrong_value", f"{where}.share", found, "0 < … ≤ 100"))
    born, is_day = _day(row.get("born"))
    if not is_day:
        problems.append(
            Problem("wrong_value", f"{where}.born", str(row["born"])[:20], "yyyy-mm-dd")
        )
    if problems:
        return None, problems
    relationship = " ".join(str(row.get("relationship") or "").split())[:100]
    return Named(name[:200], relationship, share, row.get("class") == "contingent", born), []


def _share(told: object) -> Decimal | None:
    try:
        share = Decimal(str(told).strip())
    except InvalidOperation:
        return None
    if not share.is_finite() or not 0 < share <= WHOLE or share != round(share, 2):
        return None
    return share


def _day(told: object) -> tuple[date | None, bool]:
    if told in {None, ""}:
        return None, True
    try:
        return date.fromisoformat(str(told)), True
    except ValueError:
        return None, False
