"""Rows of a sheet as records, one for each case, with everything that is not understood."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from megler.feeds.rules.headers import Head
from megler.feeds.rules.layouts import Known, Layout
from megler.feeds.rules.records import Keys, Record, RequirementSaid, place_of
from megler.feeds.rules.values import (
    Name,
    amount_of,
    day_of,
    has_comma_cents,
    is_blank,
    mode_of,
    name_of,
    number_key,
)
from megler.feeds.rules.words import (
    Field,
    Meaning,
    RequirementMeaning,
    kind_of,
    meaning_of,
    plain,
    requirement_meaning_of,
)
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Severity


def read_rows(
    rows: Sequence[Sequence[str]], lines: Sequence[int], layout: Layout, known: Known
) -> tuple[list[Record], list[Problem]]:
    """The records of a sheet, several rows of one case as one, and everything that is not understood.

    What is under the headings again on a later page, notes and totals are no rows. A row that names
    nobody and goes on with requirements or remarks is of the case above it.
    """
    body = rows[known.head.body :]
    reader = _Reader(layout, known, body)
    found: dict[object, Record] = {}
    last: Record | None = None
    for row, line in zip(body, lines[known.head.body :], strict=True):
        record = reader.record(row, line, last)
        if record is None:
            continue
        key, last = _same(record), record
        before = found.get(key)
        found[key] = reader.joined(before, record) if before else record
    return list(found.values()), reader.told()


def join_records(records: Iterable[Record]) -> tuple[list[Record], list[Problem]]:
    """Records of several sheets, those of one case as one, and where they disagree."""
    reader = _Reader(Layout((), {}), Known(Head(0, 0, ()), (), ()))
    found: dict[object, Record] = {}
    for record in records:
        before = found.get(_same(record))
        found[_same(record)] = reader.joined(before, record) if before else record
    return list(found.values()), reader.told()


def _same(record: Record) -> object:
    keys = record.keys
    return keys.policy or keys.application or keys.ours or (keys.name, keys.born, keys.product)


LOOKED_AT = 500
"""Rows by which the amounts' way of writing is judged."""
_TOTAL = re.compile(
    r"(?:(?:grand|sub|report|page|overall|agency|agent) ?)?(?:total|summe)s?\b|counts?\b|end of "
    r"|page \d|number of |records? \d"
)
_BULLET = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[-*•])\s*")


def _number(cell: str) -> str:
    """A number's plain form; words without a figure are none."""
    return number_key(cell) if any(c.isdigit() for c in cell) else ""


class _Reader:
    """Reads row by row; keeps each thing not understood once, with how often it was met."""

    def __init__(self, layout: Layout, known: Known, body: Sequence[Sequence[str]] = ()) -> None:
        self.layout = layout
        self.many: dict[str, list[int]] = {}
        for i, name in enumerate(known.fields):
            if name:
                self.many.setdefault(name, []).append(i)
        self.places = {name: places[0] for name, places in self.many.items()}
        money = [self.places[n] for n in (Field.FACE_AMOUNT, Field.PREMIUM) if n in self.places]
        self.comma_cents = has_comma_cents(
            row[i] for row in body[:LOOKED_AT] for i in money if i < len(row)
        )
        self.headings = {plain(h) for h in known.head.headings if h}
        self.head = known.head.headings
        self.wrong: dict[tuple[str, str, str], tuple[Problem, int]] = {}

    def told(self) -> list[Problem]:
        """Everything not understood, each word once, with how many rows say it."""
        return [
            replace(problem, where=f"{problem.where} ({count} ×)") if count > 1 else problem
            for problem, count in self.wrong.values()
        ]

    def record(self, row: Sequence[str], line: int, above: Record | None = None) -> Record | None:
        """One row; None for totals, notes, headings again, and rows that tell nobody's."""
        cell = {name: self._cell(row, i) for name, i in self.places.items()}
        if self._is_no_row(row, cell):
            return None
        keys, insured = self._keys(cell, line)
        if keys.is_empty and above and self._goes_on(cell):
            return replace(
                Record(above.line, above.keys),
                comment=self._comment(row),
                requirements=tuple(self._requirements(row, line)),
            )
        if keys.is_empty:
            self._wrong("feed_no_key", f"row {place_of(line)}", " ".join(row)[:80], "", line)
            return None
        status = cell.get(Field.STATUS, "")
        return Record(
            line=line,
            keys=keys,
            policy_number=cell.get(Field.POLICY_NUMBER, "")[:40],
            insured=insured,
            agent=cell.get(Field.AGENT, "")[:100],
            status=status[:200],
            meaning=self._meaning(status, line),
            comment=self._comment(row),
            said_on=self._day(cell, Field.SAID_ON, line),
            offer=self._offer(cell, line),
            issued_on=self._day(cell, Field.ISSUED_ON, line),
            paid_on=self._day(cell, Field.PAID_ON, line),
            requirements=tuple(self._requirements(row, line)),
        )

    def _goes_on(self, cell: Mapping[str, str]) -> bool:
        """Whether a row without a key says more of the case above it, and nothing of another."""
        more = cell.get(Field.REQUIREMENT) or cell.get(Field.COMMENT)
        return bool(more) and not (cell.get(Field.STATUS) or cell.get(Field.BORN))

    def _comment(self, row: Sequence[str]) -> str:
        said = [self._cell(row, i) for i in self.many.get(Field.COMMENT, ())]
        return "; ".join(filter(None, said))

    def joined(self, before: Record, more: Record) -> Record:
        """Two rows of one case: the requirements of both; of the rest what is said later."""
        later = more
        if before.said_on and (more.said_on is None or more.said_on < before.said_on):
            later = before
        if before.status and more.status and plain(before.status) != plain(more.status):
            where = f"row {place_of(more.line)}"
            self._wrong("feed_rows_disagree", where, more.status, before.status, more.line)
        earlier = before if later is more else more
        merged: dict[str, Any] = {
            name: getattr(later, name) or getattr(earlier, name)
            for name in (
                "policy_number",
                "insured",
                "agent",
                "comment",
                "said_on",
                "issued_on",
                "paid_on",
            )
        }
        says = later if later.status else earlier
        return replace(
            later,
            line=before.line,
            status=says.status,
            meaning=says.meaning,
            offer={**earlier.offer, **later.offer},
            requirements=tuple(dict.fromkeys((*before.requirements, *more.requirements))),
            **merged,
        )

    def _cell(self, row: Sequence[str], index: int) -> str:
        text = row[index].strip() if index < len(row) else ""
        return "" if is_blank(text) else text

    def _is_no_row(self, row: Sequence[str], cell: Mapping[str, str]) -> bool:
        """Totals, pages, notes in one cell of a wide sheet, and headings again."""
        filled = [one for one in row if one]
        first = plain(filled[0]) if filled else ""
        is_born = day_of(cell.get(Field.BORN, ""), self.layout.day_order)
        if _TOTAL.match(first) and not (cell.get(Field.STATUS) or is_born):
            return True
        if len(filled) == 1:
            return len(self.head) > 3 and not self._goes_on(cell)
        return bool(filled) and {plain(one) for one in filled} <= self.headings

    def _keys(self, cell: Mapping[str, str], line: int) -> tuple[Keys, str]:
        name = name_of(cell.get(Field.INSURED, ""))
        if cell.get(Field.LAST_NAME):
            first = cell.get(Field.FIRST_NAME, "").split()
            name = Name(first[0] if first else "", cell[Field.LAST_NAME])
        shown = cell.get(Field.INSURED) or f"{name.first} {name.last}".strip()
        born = self._day(cell, Field.BORN, line)
        keys = Keys(
            policy=_number(cell.get(Field.POLICY_NUMBER, ""))[:40],
            application=_number(cell.get(Field.APPLICATION_ID, ""))[:40],
            ours=_number(cell.get(Field.OUR_NUMBER, ""))[:20],
            name=name.key if any(c.isalpha() for c in name.last) else "",
            born=born,
            product=plain(cell.get(Field.PRODUCT, ""))[:100],
        )
        return keys, shown[:200]

    def _meaning(self, words: str, line: int) -> Meaning | None:
        if not words:
            return None
        if kept := self.layout.statuses.get(plain(words)):
            return Meaning(kept)
        found = meaning_of(words)
        if found is None:
            self._wrong("feed_status_unknown", self._column(Field.STATUS), words, "", line)
        return found

    def _day(self, cell: Mapping[str, str], name: Field, line: int) -> date | None:
        text = cell.get(name, "")
        if not text:
            return None
        found = day_of(text, self.layout.day_order)
        if found is None:
            self._wrong(
                "feed_day", f"row {place_of(line)} {self._column(name)}", text, "2026-03-01", line
            )
        return found

    def _offer(self, cell: Mapping[str, str], line: int) -> dict[str, str]:
        found = {}
        if words := cell.get(Field.CLASS):
            found[Field.CLASS.value] = words[:100]
        for name in (Field.FACE_AMOUNT, Field.PREMIUM):
            if text := cell.get(name):
                amount = amount_of(text, comma_cents=self.comma_cents)
                if amount is None or not 0 <= amount < 10**11:
                    where = f"row {place_of(line)} {self._column(name)}"
                    self._wrong("feed_amount", where, text, "250000.00", line)
                elif amount:
                    found[name.value] = str(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))
        if text := cell.get(Field.MODE):
            mode = mode_of(text)
            if mode is None:
                self._wrong("feed_mode_unknown", self._column(Field.MODE), text, "", line)
            else:
                found[Field.MODE.value] = mode.value
        return found

    def _requirements(self, row: Sequence[str], line: int) -> Iterator[RequirementSaid]:
        """Those of each column, with the state and detail that stand in the same order, or alone."""
        columns = self.many.get(Field.REQUIREMENT, [])
        states = self.many.get(Field.REQUIREMENT_STATUS, [])
        details = self.many.get(Field.REQUIREMENT_DETAIL, [])
        for nth, column in enumerate(columns):
            state, detail = (
                self._cell(row, places[nth if nth < len(places) else 0]) if places else ""
                for places in (states, details)
            )
            for part in self._parts(self._cell(row, column)):
                yield self.requirement(part, state, detail, line)

    def _parts(self, words: str) -> Iterator[str]:
        """The requirements that one cell names; by commas only where each part is known as one."""
        for whole in re.split(r"[;|\n]", words):
            part = _BULLET.sub("", whole).strip()
            parts = [_BULLET.sub("", one).strip() for one in re.split(r"[,/&]", part)]
            if len(parts) > 1 and all(self.layout.kinds.get(plain(p)) or kind_of(p) for p in parts):
                yield from parts
            elif part:
                yield part

    def requirement(self, words: str, state: str, detail: str, line: int) -> RequirementSaid:
        """One requirement in the carrier's words; without a word for its state it is open."""
        kept = self.layout.kinds.get(plain(words))
        kind = RequirementKind(kept) if kept else kind_of(words)
        if kind is None:
            where = self._column(Field.REQUIREMENT)
            self._wrong("feed_requirement_unknown", where, words, "", line)
        meaning: RequirementMeaning | None = RequirementMeaning.OPEN
        if state:
            kept = self.layout.states.get(plain(state))
            meaning = RequirementMeaning(kept) if kept else requirement_meaning_of(state)
            if meaning is None:
                where = self._column(Field.REQUIREMENT_STATUS)
                self._wrong("feed_state_unknown", where, state, "", line)
        return RequirementSaid(words[:200], kind, state[:100], meaning, detail[:500])

    def _column(self, name: Field) -> str:
        index = self.places.get(name, -1)
        return self.head[index] if 0 <= index < len(self.head) else name.value

    def _wrong(self, code: str, where: str, found: str, expected: str, line: int) -> None:
        key = (code, where, plain(found))
        problem, count = self.wrong.get(
            key, (Problem(code, where, found[:80], expected, Severity.WARNING), 0)
        )
        self.wrong[key] = (problem, count + 1)
