"""A case as the rules hold a record against it, and as undoing needs it; a difference as a row."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_datetime

from megler.cases.actions.hearing import SET_BACK
from megler.cases.actions.holding import facts_of
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import State
from megler.feeds.models import Change, FeedFile, FeedRow
from megler.feeds.names import ChangeState
from megler.feeds.rules.feeding import CaseNow, Difference
from megler.feeds.rules.records import Record
from megler.feeds.rules.requiring import Asked
from megler.feeds.rules.terms import said_whole
from megler.feeds.rules.words import OFFERED, Told
from megler.vocabulary.codes import RequirementKind

_MOMENTS = {"status_since", "decided_at", "issued_at", "carrier_said_at"}
_AMOUNTS = {"premium_approved", "face_amount_approved"}


def now_of(case: Case, requirements: Iterable[Requirement]) -> CaseNow:
    """What the rules know of a case in hand."""
    listed = list(requirements)
    applied = {f.value: _text(getattr(case, f.replace("_approved", "_applied"))) for f in OFFERED}
    return CaseNow(
        facts=facts_of(case, listed),
        applied=applied,
        approved={f.value: _text(getattr(case, f.value)) for f in OFFERED},
        requirements=tuple(
            Asked(str(one.pk), RequirementKind(one.kind), State(one.state)) for one in listed
        ),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def snapshot(case: Case) -> dict[str, Any]:
    """The fields that a carrier's word may set, as plain text."""
    found: dict[str, Any] = {}
    for name in SET_BACK:
        value = getattr(case, name)
        if isinstance(value, datetime):
            value = value.isoformat()
        found[name] = str(value) if isinstance(value, Decimal) else value
    return found


def restored(kept: dict[str, Any]) -> dict[str, Any]:
    """A snapshot's values as a case keeps them."""
    found = dict(kept)
    for name, value in kept.items():
        if value is not None and name in _MOMENTS:
            found[name] = parse_datetime(value)
        if value is not None and name in _AMOUNTS:
            found[name] = Decimal(value)
    return found


def change_of(
    held: FeedFile, row: FeedRow, difference: Difference, record: Record, at: datetime
) -> Change:
    """A difference as it is kept, proposed until it is taken over."""
    move = difference.requirement
    words = said_whole(record)
    if move:
        words = ": ".join(part for part in (move.words, move.detail) if part)
    return Change(
        case_id=str(row.case_id),
        file=held,
        row=row,
        told=difference.told.value,
        heard_as=difference.heard_as,
        requirement=move.requirement if move else "",
        kind=move.kind.value if move else "",
        before=difference.before[:200],
        after=difference.after[:200],
        words=words if difference.told in {Told.STATUS, Told.COMMENT, Told.REQUIREMENTS} else None,
        why=[{"code": difference.why.code, "params": difference.why.params}]
        if difference.why
        else [],
        state=ChangeState.PROPOSED,
        as_of=held.as_of or held.received_at,
        made_at=at,
    )
