"""How a guide takes evidence: who orders it, how long it lasts, and what on file may be used again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.ratings import EvidenceRule, OrderedBy, Substitute
from megler.underwriting.rules.people import Evidence
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Reason, Source

Ages = tuple[int, int]
"""Youngest and oldest age possible."""
_OLDEST = 150
ANY_AGE = (0, _OLDEST)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a guide says of a kind of evidence at the ages possible, the more cautious of two figures.

    Days are calendar days; None: the guide names none.
    """

    ordered_by: OrderedBy
    usual_days: int | None
    valid_days: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Reuse:
    """Evidence on file that serves: its kind and day, and the last day on which it does.

    `until` None: the guide names no end. `carrier`: for whom it was made, where that is known.
    """

    kind: RequirementKind
    on: date
    until: date | None
    carrier: str | None
    reason: Reason


def terms_of(guide: Edition, kind: RequirementKind, ages: Ages) -> Terms | None:
    """What the guide says of a kind at these ages; None where it says nothing."""
    rows = [row for row in _rules(guide) if row.kind is kind and _fits(row, ages)]
    if not rows:
        return None
    valid = [row.valid_days for row in rows if row.valid_days is not None]
    usual = [row.usual_days for row in rows if row.usual_days is not None]
    return Terms(
        rows[0].ordered_by,
        max(usual, default=None),
        min(valid, default=None),
        Source(guide.name, rows[0].page, "evidence"),
    )


def evidence_for(
    guide: Edition, kind: RequirementKind, held: Sequence[Evidence], ages: Ages, on: date
) -> tuple[Reuse | None, tuple[Reason, ...]]:
    """The evidence on file that serves longest for a kind, and why any other does not.

    A day that is known to the month counts as the month's first.
    """
    terms = terms_of(guide, kind, ages)
    serving: list[Reuse] = []
    why_not: list[Reason] = []
    for one in held:
        answers = [
            *_same_kind(one, kind, terms, on),
            *_in_its_place(guide, one, kind, on),
        ]
        serving += [answer for answer in answers if isinstance(answer, Reuse)]
        why_not += [answer for answer in answers if isinstance(answer, Reason)]
    best = max(serving, key=lambda one: (one.until or date.max, one.kind is kind), default=None)
    return best, tuple(why_not) if best is None else ()


def _same_kind(
    one: Evidence, kind: RequirementKind, terms: Terms | None, on: date
) -> Iterator[Reuse | Reason]:
    if one.kind is not kind:
        return
    params = _told(one)
    if one.on is None:
        yield Reason("evidence_undated", params)
    elif terms is None:
        yield Reason("evidence_not_said", params)
    elif terms.valid_days is None:
        reason = Reason("reuse", params, terms.source)
        yield Reuse(kind, one.on.first, None, one.carrier, reason)
    else:
        reason = Reason("reuse_until", params, terms.source)
        yield _dated(one, one.on.first, terms.valid_days, on, reason)


def _in_its_place(
    guide: Edition, one: Evidence, kind: RequirementKind, on: date
) -> Iterator[Reuse | Reason]:
    if one.on is None:
        return
    for row in _substitutes(guide):
        if row.kind is one.kind and kind in row.stands_for:
            source = Source(guide.name, row.page, "substitutes")
            reason = Reason("reuse_instead", _told(one), source)
            yield _dated(one, one.on.first, row.within_days, on, reason)


def _dated(one: Evidence, made: date, days: int, on: date, reason: Reason) -> Reuse | Reason:
    """Whether evidence `made` on a day is young enough; its last day counts as within."""
    until = made + timedelta(days=days)
    params = {**reason.params, "until": until.isoformat(), "days": str(days)}
    if until < on:
        return Reason("evidence_too_old", params, reason.source)
    told = Reason(reason.code, params, reason.source)
    return Reuse(one.kind, made, until, one.carrier, told)


def _told(one: Evidence) -> dict[str, str]:
    return {"on": one.on.first.isoformat() if one.on else "", "kind": one.kind.value}


def _fits(row: EvidenceRule, ages: Ages) -> bool:
    from_fits = row.age_from is None or row.age_from <= ages[1]
    return from_fits and (row.age_to is None or ages[0] <= row.age_to)


def _rules(guide: Edition) -> tuple[EvidenceRule, ...]:
    return guide.guide.evidence if guide.guide else ()


def _substitutes(guide: Edition) -> tuple[Substitute, ...]:
    return guide.guide.substitutes if guide.guide else ()
