"""What a sheet that nobody has seen seems to be: each column by its heading and what stands under it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from megler.feeds.rules.headers import Head, Row, called_like, find_head, heading_key
from megler.feeds.rules.layouts import Layout
from megler.feeds.rules.values import amount_of, day_of, day_order, is_blank, mode_of
from megler.feeds.rules.words import (
    MANY,
    Field,
    kind_of,
    meaning_of,
    plain,
    requirement_meaning_of,
)
from megler.vocabulary.problems import Reason

SAMPLE = 200
"""Rows by which a column is judged."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet that nobody has seen: what it may be, how sure (0 to 1), and why."""

    index: int
    heading: str
    field: Field | None
    sure: float
    reasons: tuple[Reason, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a sheet seems to be: where its headings stand, its columns, and its own words."""

    head: Head
    columns: tuple[Column, ...]
    day_order: str

    def layout(self, ends: bool = False) -> Layout:
        """As a layout, before anybody has looked at it."""
        headings = tuple(c.heading or f"column {c.index + 1}" for c in self.columns)
        named = {
            heading_key(heading): c.field.value
            for heading, c in zip(headings, self.columns, strict=True)
            if c.field
        }
        return Layout(headings, named, day_order=self.day_order, ends=ends)


def guess(rows: Sequence[Row]) -> Guess | None:
    """What a sheet seems to be, by its headings and by what stands under them."""
    head = find_head(rows)
    if head is None:
        return None
    body = rows[head.body : head.body + SAMPLE]
    width = max((len(row) for row in body), default=len(head.headings))
    headings = [*head.headings, *([""] * (width - len(head.headings)))]
    judged = [_judged(i, heading, _cells(body, i)) for i, heading in enumerate(headings)]
    taken: dict[Field, int] = {}
    for i in sorted(range(len(judged)), key=lambda i: -judged[i].sure):
        found = judged[i].field
        if found and found not in taken:
            taken[found] = i
    columns = tuple(
        c if c.field is None or _is_one_of(c, judged[taken[c.field]]) else _unsure(c)
        for c in judged
    )
    days = [
        cell
        for c in columns
        if c.field in {Field.BORN, Field.SAID_ON, Field.ISSUED_ON, Field.PAID_ON}
        for cell in _cells(body, c.index)
    ]
    return Guess(head, columns, day_order(days))


def _is_one_of(column: Column, best: Column) -> bool:
    """Whether a column is the best of its field, or one more of its series, as Req 1, Req 2."""
    if column.index == best.index:
        return True
    if column.field not in MANY:
        return False
    series = [
        {w for w in heading_key(c.heading).split() if not w.isdecimal()} for c in (column, best)
    ]
    return series[0] == series[1]


def _cells(rows: Sequence[Row], index: int) -> list[str]:
    return [row[index] for row in rows if index < len(row) and not is_blank(row[index])]


def _unsure(column: Column) -> Column:
    reasons = (Reason("feed_column_other_better"),)
    return Column(column.index, column.heading, None, 0.0, reasons, column.samples)


def _judged(index: int, heading: str, cells: list[str]) -> Column:
    """One column: its heading's word first, what stands under it for or against."""
    named, sure = called_like(heading)
    samples = tuple(dict.fromkeys(cells))[:5]
    reasons = [Reason("feed_column_called", {"heading": heading})] if named else []
    fits = {kind: _share(cells, test) for kind, test in _TESTS.items()} if cells else {}
    if named is Field.STATUS and cells and fits["state"] >= 0.8 and fits["status"] < 0.5:
        named, sure = Field.REQUIREMENT_STATUS, 0.8
    wants = _LOOKS.get(named) if named else None
    if named and wants and cells:
        if fits[wants] >= 0.8:
            sure = min(1.0, sure + 0.2)
            reasons.append(Reason("feed_column_looks", {"as": wants}))
        elif fits[wants] < 0.3 and named not in _OWN_WORDS:
            sure *= 0.3
            reasons.append(Reason("feed_column_not", {"as": wants}))
    if named is None and cells:
        named, sure = _by_looks(fits)
        if named:
            reasons.append(Reason("feed_column_looks", {"as": _LOOKS[named]}))
    if sure < 0.25:
        named = None
    return Column(index, heading, named, round(sure, 2), tuple(reasons), samples)


def _by_looks(fits: Mapping[str, float]) -> tuple[Field | None, float]:
    """What a column without a telling heading is, if what stands there is plain."""
    if fits["status"] >= 0.8:
        return Field.STATUS, 0.5
    if fits["requirement"] >= 0.8:
        return Field.REQUIREMENT, 0.4
    if fits["name"] >= 0.9:
        return Field.INSURED, 0.3
    return None, 0.0


def _share(cells: list[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells)


_TESTS: dict[str, Callable[[str], object]] = {
    "day": day_of,
    "amount": lambda cell: amount_of(cell) is not None,
    "number": lambda cell: any(c.isdigit() for c in cell) and len(plain(cell).split()) <= 3,
    "status": meaning_of,
    "requirement": kind_of,
    "state": requirement_meaning_of,
    "mode": mode_of,
    "name": lambda cell: "," in cell and not any(c.isdigit() for c in cell),
}
_LOOKS: dict[Field, str] = {
    Field.POLICY_NUMBER: "number",
    Field.APPLICATION_ID: "number",
    Field.OUR_NUMBER: "number",
    Field.BORN: "day",
    Field.SAID_ON: "day",
    Field.ISSUED_ON: "day",
    Field.PAID_ON: "day",
    Field.FACE_AMOUNT: "amount",
    Field.PREMIUM: "amount",
    Field.MODE: "mode",
    Field.STATUS: "status",
    Field.REQUIREMENT: "requirement",
    Field.REQUIREMENT_STATUS: "state",
    Field.INSURED: "name",
}
_OWN_WORDS = {Field.STATUS, Field.REQUIREMENT, Field.REQUIREMENT_STATUS, Field.INSURED}
"""Fields whose words are the carrier's own: strange ones say nothing against the heading."""
