"""Ratings of a guide: each impairment has one outcome, whatever the answers, and each row a use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np

from megler.carriers.rules.checking.axes import Domain
from megler.carriers.rules.checking.firing import domain_of, firing_problems
from megler.carriers.rules.checking.regions import TooLarge, regions_of
from megler.carriers.rules.checking.spaces import Flags, Space, in_words
from megler.carriers.rules.guide import Guide
from megler.carriers.rules.outcomes import written
from megler.carriers.rules.ratings import Impairment, OutcomeKind, Rating, Verb
from megler.carriers.rules.reading.parts import GuideFiles, at, beside
from megler.vocabulary.problems import Problem, Severity

PART, OF = "ratings", "impairments"
_MOST_PAIRED = 100
"""So many rows are compared each with each; of more, no more are told than a file's problems of one code."""
_NO_POLICY = (OutcomeKind.DECLINE, OutcomeKind.POSTPONE)


def rating_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Everything wrong between the rows of ratings, impairment by impairment."""
    rows: dict[str, list[Rating]] = defaultdict(list)
    for row in guide.ratings:
        rows[row.impairment].append(row)
    problems = [p for row in guide.ratings for p in _of_row(guide, row, files)]
    for one in guide.impairments:
        problems += _of_impairment(guide, one, rows[one.code], files)
    return problems


def _of_row(guide: Guide, row: Rating, files: GuideFiles) -> Iterator[Problem]:
    """What is wrong with one row by itself."""
    if row.flat_extra and row.best.kind in _NO_POLICY:
        where = at(files, PART, row, "flat_extra")
        found = f"{written(row.best)} with a flat extra"
        yield Problem("flat_extra_without_policy", where, found, "no flat extra")
    for column in ("best", "worst"):
        end = getattr(row, column)
        if end.kind is OutcomeKind.TABLE and end.number > guide.combination.tables_max:
            where, most = at(files, PART, row, column), f"table_{guide.combination.tables_max}"
            found, expected = written(end), f"at most {most}"
            yield Problem("table_beyond_last", where, found, expected, Severity.WARNING)


def _of_impairment(
    guide: Guide, one: Impairment, rows: Sequence[Rating], files: GuideFiles
) -> Iterator[Problem]:
    base = [row for row in rows if row.verb is Verb.BASE]
    if not base:
        where = at(files, OF, one, "impairment")
        yield Problem("impairment_without_outcome", where, one.code, "a row base in the ratings")
    domain = domain_of(guide, one)
    for row in rows:
        yield from firing_problems(PART, row, row.when, domain, files)
    yield from _again([row for row in rows if row.verb is not Verb.BASE], files)
    if base:
        yield from _of_base(base, domain, files)


def _of_base(base: Sequence[Rating], domain: Domain, files: GuideFiles) -> Iterator[Problem]:
    """Base rows that can hold at once, and answers of which none holds."""
    told: dict[tuple[int, int], Problem] = {}
    gap = ""
    try:
        for region in regions_of([row.when for row in base], domain):
            possible = region.space.possible(strict=True)
            holds = [(n, region.space.where(when)) for n, when in region.live]
            count = possible.astype(np.int16) * 0
            for _, held in holds:
                count = count + held
            if (several := possible & (count > 1)).any():
                for pair, found in _at_once(region.space, several, holds):
                    told.setdefault(pair, _clash(base[pair[0]], base[pair[1]], found, files))
            if not gap and (left := possible & (count == 0)).any():
                gap = in_words(region.space.example(left))
    except TooLarge:
        where = at(files, PART, base[-1], "when")
        yield Problem("too_many_answers", where, base[-1].impairment, "", Severity.WARNING)
    yield from told.values()
    if gap:
        expected = f"a base row of {base[-1].impairment}"
        where = at(files, PART, base[-1], "when")
        yield Problem("rule_gap", where, gap, expected, Severity.WARNING)


def _at_once(
    space: Space, several: Flags, holds: Sequence[tuple[int, Flags]]
) -> Iterator[tuple[tuple[int, int], str]]:
    """The numbers of each two rows that can hold at once, and where; `several`: where more than one does.

    Of very many rows, about as many as are told anyway: at one place after another, the first of the
    rows that hold there with each of the others.
    """
    for same in _clashing(several, holds):
        for (one, held), (other, also) in same:
            both = held & also & several
            if both.any():
                yield (one, other), in_words(space.example(both))


_Row = tuple[int, Flags]


def _clashing(several: Flags, holds: Sequence[_Row]) -> Iterator[Iterable[tuple[_Row, _Row]]]:
    if len(holds) <= _MOST_PAIRED:
        yield combinations(holds, 2)
        return
    left = several
    for _ in range(_MOST_PAIRED):
        if not left.any():
            return
        at = np.unravel_index(int(np.argmax(left)), left.shape)
        first, *others = (row for row in holds if _holds_at(row[1], at))
        yield [(first, other) for other in others[:_MOST_PAIRED]]
        for _number, held in others[:_MOST_PAIRED]:
            left = left & ~(first[1] & held)


def _holds_at(flags: Flags, at: Sequence[np.intp]) -> bool:
    return bool(flags[tuple(n if long > 1 else 0 for n, long in zip(at, flags.shape, strict=True))])


def _clash(row: Rating, other: Rating, found: str, files: GuideFiles) -> Problem:
    same = _said(row) == _said(other)
    code = "rules_overlap" if same else "rules_contradict"
    expected = f"one base row at a time: {beside(files, PART, other, row)} holds too"
    severity = Severity.WARNING if same else Severity.ERROR
    return Problem(code, at(files, PART, other, "when"), found, expected, severity)


def _said(row: Rating) -> tuple[object, ...]:
    return (
        row.best, row.worst, row.flat_extra, row.postpone_months, row.counted_from,
        row.counted_key, row.as_user,
    )  # fmt: skip


def _again(rows: Sequence[Rating], files: GuideFiles) -> Iterator[Problem]:
    """Rows that add to the outcome under the very same condition."""
    seen: dict[tuple[object, ...], Rating] = {}
    for row in rows:
        first = seen.setdefault((row.verb, row.when), row)
        if first is not row:
            same = _said(first) == _said(row)
            expected = f"another condition than {beside(files, PART, row, first)}"
            code = "rules_overlap" if same else "rules_contradict"
            yield Problem(code, at(files, PART, row, "when"), row.verb, expected)
