"""How a carrier lays out its sheet, as somebody settled it, and how it is known again.

A layout names each column by its heading, never by its place, so that columns may move.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from megler.feeds.rules.headers import (
    Head,
    Row,
    called_like,
    find_head,
    heading_key,
    named_once,
)
from megler.feeds.rules.words import MANY, Field
from megler.vocabulary.problems import Problem, Severity

LIKE = 0.82
"""How alike two headings are when one is the other, renamed a little."""
ENOUGH = 0.75
"""The share of a layout's columns that an edition has when it is one of this layout."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What each heading is to us, and what the carrier's own words mean, by their plain form.

    `headings` are all of the edition it was learned from, `columns` field by heading's key. `ends`:
    that edition's last line was ended, so one whose last is not was cut.
    """

    headings: tuple[str, ...]
    columns: Mapping[str, str]
    statuses: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    day_order: str = "month_first"
    ends: bool = False

    def field_of(self, heading: str) -> str:
        """What a column of this heading is; empty when it is left out."""
        return self.columns.get(heading_key(heading), "")


@dataclass(frozen=True, slots=True)
class Known:
    """An edition known again: where its headings stand, each column's field, and what differs."""

    head: Head
    fields: tuple[str, ...]
    differences: tuple[Problem, ...]


def recognise(layout: Layout, rows: Sequence[Row]) -> Known | None:
    """The edition by a layout learned before, though columns moved, came, went or were renamed.

    None when too few of its columns are there, or most of them under other names, or none that says
    whose row it is, or none that says anything: somebody must look then.
    """
    best: tuple[float, Head, dict[int, str]] | None = None
    for index in range(min(len(rows), 30)):
        for head in _heads(rows, index):
            matched = _matched(layout, head.headings)
            share = len(matched) / max(len(layout.columns), 1)
            if best is None or share > best[0] + 1e-9:
                best = (share, head, matched)
    if best is None or best[0] < ENOUGH:
        return None
    _share_found, head, matched = best
    same = sum(heading_key(head.headings[i]) == key for i, key in matched.items())
    if same * 2 < len(matched):
        return None
    fields = tuple(
        layout.columns[matched[i]] if i in matched else "" for i in range(len(head.headings))
    )
    if not _says_enough(set(fields)):
        return None
    return Known(head, fields, tuple(_differences(layout, head, matched)))


def _heads(rows: Sequence[Row], index: int) -> Iterable[Head]:
    yield Head(index, 1, named_once(rows[index]))
    if index + 1 < len(rows):
        from_two = find_head(rows[index : index + 2])
        if from_two and from_two.count == 2:
            yield Head(index, 2, from_two.headings)


def says_enough(layout: Layout) -> list[Problem]:
    """What a layout still lacks before a file can be read by it."""
    fields = set(layout.columns.values())
    problems = []
    if not _says_whose(fields):
        problems.append(Problem("feed_layout_no_key", "columns", "", "policy_number"))
    if not fields & _TELLS:
        problems.append(Problem("feed_layout_nothing_told", "columns", "", "status"))
    counted = Counter(layout.columns.values())
    doubled = [name for name, n in counted.items() if n > 1 and name not in MANY]
    problems += [Problem("feed_layout_doubled", "columns", name) for name in doubled]
    return problems


_TELLS = {Field.STATUS.value, Field.REQUIREMENT.value, Field.COMMENT.value, Field.CLASS.value,
          Field.POLICY_NUMBER.value}  # fmt: skip


def _says_whose(fields: set[str]) -> bool:
    numbered = {Field.POLICY_NUMBER.value, Field.APPLICATION_ID.value, Field.OUR_NUMBER.value}
    named = Field.INSURED.value in fields or Field.LAST_NAME.value in fields
    return bool(fields & numbered) or (named and Field.BORN.value in fields)


def _says_enough(fields: set[str]) -> bool:
    return _says_whose(fields) and bool(fields & (_TELLS - {Field.POLICY_NUMBER.value}))


def _matched(layout: Layout, headings: Sequence[str]) -> dict[int, str]:
    """The key of the layout's column at each place, exactly alike first, then renamed a little."""
    keys = [heading_key(heading or f"column {i}") for i, heading in enumerate(headings, 1)]
    found = {i: key for i, key in enumerate(keys) if key in layout.columns}
    gone = [key for key in layout.columns if key not in found.values()]
    all_known = {heading_key(heading) for heading in layout.headings}
    free = [i for i, key in enumerate(keys) if i not in found and key and key not in all_known]
    pairs = sorted(
        ((SequenceMatcher(None, keys[i], key).ratio(), i, key) for i in free for key in gone),
        reverse=True,
    )
    for alike, i, key in pairs:
        same_idea = called_like(headings[i])[0] == layout.columns[key]
        if i not in found and key not in found.values() and (alike >= LIKE or same_idea):
            found[i] = key
    return found


def _differences(layout: Layout, head: Head, matched: Mapping[int, str]) -> Iterable[Problem]:
    known = [heading_key(heading) for heading in layout.headings]
    by_key = dict(zip(known, layout.headings, strict=True))
    for i, heading in enumerate(head.headings):
        key = heading_key(heading)
        if i in matched and matched[i] != key:
            was = by_key.get(matched[i], matched[i])
            yield Problem("feed_column_renamed", heading, heading, was, Severity.WARNING)
        elif key and key not in known and i not in matched:
            yield Problem("feed_column_new", heading, heading, "", Severity.WARNING)
    for key in layout.columns:
        if key not in matched.values():
            was = by_key.get(key, key)
            yield Problem("feed_column_gone", was, "", was, Severity.WARNING)
    order = [known.index(matched[i]) for i in sorted(matched) if matched[i] in known]
    if order != sorted(order):
        yield Problem("feed_columns_moved", "columns", "", "", Severity.WARNING)
