"""How agents share a case: whole per cents and hundredths, a hundred together, agent of record first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from megler.vocabulary.problems import Problem

WHOLE = Decimal(100)
MOST = 10


@dataclass(frozen=True, slots=True)
class Share:
    """An agent (by whatever names them: id or NPN) and their share in per cent."""

    agent: str
    share: Decimal


def split_problems(shares: Sequence[Share], known: Iterable[str] | None = None) -> list[Problem]:
    """What is wrong with a split; `known` are the agents there are (None: asks nothing).

    >>> [p.code for p in split_problems([Share("1", Decimal(60)), Share("2", Decimal(30))])]
    ['shares_not_whole']
    """
    problems = []
    if not 1 <= len(shares) <= MOST:
        problems.append(Problem("split_size", "agents", str(len(shares)), f"1–{MOST}"))
    seen: set[str] = set()
    for place, one in enumerate(shares, 1):
        where = f"agents[{place}]"
        if one.agent in seen:
            problems.append(Problem("split_twice", where, one.agent))
        seen.add(one.agent)
        if not 0 < one.share <= WHOLE or one.share != round(one.share, 2):
            problems.append(Problem("wrong_value", f"{where}.share", f"{one.share:f}", "0.01–100"))
        if known is not None and one.agent not in set(known):
            problems.append(Problem("split_unknown_agent", where, one.agent))
    total = sum((one.share for one in shares), Decimal(0))
    if shares and total != WHOLE:
        problems.append(Problem("shares_not_whole", "agents", f"{total:f}", f"{WHOLE}"))
    return problems


def split_told(values: Mapping[str, Any], of_record: str) -> list[Share]:
    """The split that an application tells (`report_split`: name, npn, share), agent of record first.

    Empty where it tells none. Whatever is wrong with it, `split_problems` says.

    >>> told = {"report_split": [{"npn": "7", "share": "40"}, {"npn": "3", "share": "60"}]}
    >>> [(one.agent, str(one.share)) for one in split_told(told, "3")]
    [('3', '60'), ('7', '40')]
    """
    rows = values.get("report_split")
    found = []
    for row in rows if isinstance(rows, list | tuple) else ():
        if not isinstance(row, Mapping) or not row.get("npn"):
            continue
        found.append(Share(str(row["npn"]).strip(), _decimal(row.get("share"))))
    return sorted(found, key=lambda one: one.agent != of_record)


def completed(shares: Sequence[Share], of_record: str) -> list[Share]:
    """A told split with the agent of record, who keeps what the others leave when not named.

    >>> [(s.agent, str(s.share)) for s in completed([Share("7", Decimal(40))], "3")]
    [('3', '60'), ('7', '40')]
    """
    if not shares or any(one.agent == of_record for one in shares):
        return list(shares)
    left = WHOLE - sum((one.share for one in shares), Decimal(0))
    return [Share(of_record, left), *shares] if left > 0 else list(shares)


def _decimal(told: object) -> Decimal:
    try:
        found = Decimal(str(told).strip())
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)
