"""A history as typed: rows of conditions, medicines, events, pastimes and journeys with answers.

The fields of row 3 are `h3_list`, `h3_name`, `h3_since`, `h3_until`, and `h3_a_KEY` for the answer to
the guides' question KEY. A row without a name says nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from megler.underwriting.rules.typed import Document, Reader, without_unknown

HISTORY = ("conditions", "medications", "driving", "criminal", "avocations", "travel")
MOST_ROWS = 30
_FIELD = re.compile(r"h(\d{1,2})_(list|name|since|until|a_([a-z][a-z0-9_]{0,60}))")
_NAMES = {"driving": "event", "criminal": "event", "travel": "country"}
_SINCE = {"driving": "on", "criminal": "on", "travel": "from"}
_UNTIL = {"conditions": "until", "medications": "until", "criminal": "ended"}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A row of the history as typed; `answers` by the questions' keys."""

    number: int
    listed: str
    name: str = ""
    since: str = ""
    until: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def rows_in(entry: Mapping[str, str], prefix: str = "") -> list[HistoryRow]:
    """The rows of an entry, in the order of their numbers; a list that is none is left out."""
    found: dict[int, dict[str, str]] = {}
    answers: dict[int, dict[str, str]] = {}
    for name, text in entry.items():
        part = _FIELD.fullmatch(name.removeprefix(prefix)) if name.startswith(prefix) else None
        if part is None:
            continue
        number = int(part[1])
        if part[3]:
            answers.setdefault(number, {})[part[3]] = text.strip()[:200]
        else:
            found.setdefault(number, {})[part[2]] = text.strip()[:200]
    return [
        HistoryRow(
            number,
            row["list"],
            row.get("name", ""),
            row.get("since", ""),
            row.get("until", ""),
            answers.get(number, {}),
        )
        for number, row in sorted(found.items())[:MOST_ROWS]
        if row.get("list") in HISTORY
    ]


def entries_of(reader: Reader) -> Document:
    """The lists of the facts document that rows tell of; others are not there."""
    lists: dict[str, list[Document]] = {}
    for row in rows_in(reader.entry, reader.prefix):
        if row.name:
            lists.setdefault(row.listed, []).append(_entry(row))
    return dict(lists)


def _entry(row: HistoryRow) -> Document:
    since, until = _SINCE.get(row.listed, "since"), _UNTIL.get(row.listed)
    country = row.listed == "travel"
    told: Document = {
        _NAMES.get(row.listed, "name"): row.name.upper() if country else row.name,
        since: row.since or None,
    }
    if row.listed == "avocations":
        told.pop(since)
    if until:
        told[until] = row.until or None
    details = {key: _answer(text) for key, text in row.answers.items() if text}
    if country and isinstance(days := details.pop("days", None), int):
        told["days"] = days
    return without_unknown({**told, "details": details or None})


def _answer(text: str) -> object:
    """An answer as JSON: yes and no, a number, or the words."""
    if text in {"yes", "no"}:
        return text == "yes"
    number = text.replace(",", ".")
    if re.fullmatch(r"-?\d{1,9}", number):
        return int(number)
    return float(number) if re.fullmatch(r"-?\d{1,9}\.\d{1,6}", number) else text


def rows_of(person: Mapping[str, Any]) -> list[HistoryRow]:
    """The rows that a person of a facts document would have typed."""
    rows: list[HistoryRow] = []
    for listed in HISTORY:
        for entry in person.get(listed) or ():
            details = dict(entry.get("details") or {})
            if listed == "travel" and entry.get("days") is not None:
                details["days"] = entry["days"]
            since, until = _SINCE.get(listed, "since"), _UNTIL.get(listed, "")
            rows.append(
                HistoryRow(
                    len(rows) + 1,
                    listed,
                    str(entry.get(_NAMES.get(listed, "name")) or ""),
                    str(entry.get(since) or ""),
                    str(entry.get(until) or ""),
                    {key: _typed(value) for key, value in details.items()},
                )
            )
    return rows


def _typed(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def fields_of(rows: Iterable[HistoryRow]) -> dict[str, str]:
    """The fields that rows stand in."""
    found: dict[str, str] = {}
    for row in rows:
        at = f"h{row.number}_"
        found |= {
            f"{at}list": row.listed,
            f"{at}name": row.name,
            f"{at}since": row.since,
            f"{at}until": row.until,
        }
        found |= {f"{at}a_{key}": text for key, text in row.answers.items()}
    return {name: text for name, text in found.items() if text}
