"""Why impairments rate as they do: every row that holds or may hold, the heaviest first."""

from collections.abc import Iterable, Iterator, Sequence

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.outcomes import both_ends, written
from megler.carriers.rules.ratings import OutcomeKind, Rated, Rating, Verb
from megler.underwriting.rules.burdens import burden_of, weight
from megler.underwriting.rules.impairments import Judged
from megler.underwriting.rules.weighing import Fired
from megler.vocabulary.problems import Reason, Source


def holding_reasons(
    found: Iterable[Judged], guide: Guide, edition: str, rated: bool = False
) -> Iterator[Reason]:
    """The rows that hold, those of the heaviest impairment first.

    One that limits nothing and says nothing in words is not told; nor, where the life is `rated` a
    table or worse, that some class is the best that may be had.
    """
    for one in sorted(found, key=lambda judged: weight(judged.best), reverse=True):
        if one.unlisted:
            source = Source(edition, one.impairment.page, one.impairment.code)
            params = {"impairment": one.impairment.name, "at": one.place}
            yield Reason("impairment_not_covered", params, source)
        rows = [fired.rating for fired in one.fired if not fired.is_open]
        for row in sorted(rows, key=lambda row: burden_of(row.best, guide).end is None):
            of_class = row.verb is Verb.AT_LEAST and not _says(row, rated)
            silent = not row.text and both_ends(row.best, row.worst) == OutcomeKind.ANY
            if not of_class and (not silent or row.flat_extra is not None):
                yield from _holds(one, row, edition)


def _holds(one: Judged, row: Rating, edition: str) -> Iterator[Reason]:
    source = Source(edition, row.page, one.impairment.code)
    if not row.as_user or both_ends(row.best, row.worst) != OutcomeKind.ANY:
        yield Reason(f"rating_{row.verb.value}", _params(one, row), source)
    if row.as_user:
        params = {"impairment": one.impairment.name, "at": one.place, "text": row.text}
        yield Reason("treated_as_user", params, source)


def open_reasons(
    found: Iterable[Judged], guide: Guide, edition: str, rated: bool = False
) -> Iterator[Reason]:
    """The rows that may hold, those that wait for the same facts as one reason.

    All base rows are one: only one of them will hold. Where the life is `rated` a table or worse,
    rows that limit the class alone say nothing.
    """
    for one in found:
        groups: dict[object, list[Fired]] = {}
        for fired in (fired for fired in one.fired if fired.is_open):
            row = fired.rating
            waits = None if row.verb is Verb.BASE else fired.waits
            extra = row.flat_extra and (row.flat_extra.low is None, row.flat_extra.years)
            groups.setdefault((row.verb, waits, extra), []).append(fired)
        for group in groups.values():
            if any(_says(fired.rating, rated) for fired in group):
                yield _folded(one, group, guide, edition)


def _says(row: Rating, rated: bool) -> bool:
    """Whether a row could change anything; where the life is `rated`, no class could."""
    idle = {OutcomeKind.ANY, OutcomeKind.CLASS} if rated else {OutcomeKind.ANY}
    nothing = {row.best.kind, row.worst.kind} <= idle
    points = {row.best.number, row.worst.number}
    none_added = row.verb is Verb.ADD and points == {0}
    return row.flat_extra is not None or row.as_user or not (nothing or none_added)


def _folded(one: Judged, group: Sequence[Fired], guide: Guide, edition: str) -> Reason:
    """Rows of one verb as one reason: from the mildest end to the harshest, and what they wait for."""
    rows = [fired.rating for fired in group]
    code = f"rating_{rows[0].verb.value}_open"
    pages = ", ".join(dict.fromkeys(row.page for row in rows if row.page))
    source = Source(edition, pages, one.impairment.code)
    if all(row.as_user and both_ends(row.best, row.worst) == OutcomeKind.ANY for row in rows):
        return Reason("treated_as_user_open", _params(one, rows[0]), source)
    if len(rows) == 1:
        return Reason(code, _params(one, rows[0]), source)

    def heavy(rated: Rated) -> tuple[object, int]:
        return weight(burden_of(rated, guide)), rated.number

    best = written(min((row.best for row in rows), key=heavy))
    worst = written(max((row.worst for row in rows), key=heavy))
    waits = dict.fromkeys(place for fired in group for place in fired.waits)
    params = _params(one, rows[0]) | {
        "text": "",
        "waits": ", ".join(waits),
        "outcome": best if best == worst else f"{best}..{worst}",
    }
    return Reason(code, params | _extra(rows), source)


def _params(one: Judged, row: Rating) -> dict[str, str]:
    params = {
        "impairment": one.impairment.name,
        "at": one.place,
        "text": row.text,
        "outcome": both_ends(row.best, row.worst),
    }
    return params | _extra([row])


def _extra(rows: Sequence[Rating]) -> dict[str, str]:
    """The flat extra of rows, from the lowest to the highest."""
    extras = [row.flat_extra for row in rows if row.flat_extra is not None]
    if not extras:
        return {}
    ends = [end for e in extras for end in (e.low, e.high) if end is not None]
    low, high = (min(ends), max(ends)) if ends else (None, None)
    return {
        "flat_extra": "open" if low is None else f"{low:f}",
        "flat_extra_to": "" if high is None or high == low else f"{high:f}",
        "flat_years": "" if extras[0].years is None else str(extras[0].years),
    }
