"""Differences, rows and files as people read them."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from megler.cases import names as case_names
from megler.feeds.models import Change, FeedRow
from megler.feeds.names import FIELD, MEANING, TOLD, ChangeState, FileState, RowState
from megler.feeds.rules.terms import told_terms
from megler.feeds.rules.words import Told
from megler.feeds.sentences import reason
from megler.vocabulary.problems import Problem, Severity

FILE_TONES = {
    FileState.RECEIVED: ("wait", "hourglass"),
    FileState.NEEDS_LAYOUT: ("attention", "columns"),
    FileState.APPLYING: ("progress", "loader"),
    FileState.DONE: ("good", "check"),
    FileState.REFUSED: ("bad", "circle-x"),
}
CHANGE_TONES = {
    ChangeState.PROPOSED: ("attention", "help-circle"),
    ChangeState.APPLIED: ("good", "check"),
    ChangeState.REFUSED: ("quiet", "ban"),
    ChangeState.UNDONE: ("quiet", "arrow-back-up"),
    ChangeState.OVERTAKEN: ("quiet", "history"),
}
ROW_TONES = {
    RowState.WAITING: "wait",
    RowState.UNCHANGED: "quiet",
    RowState.OLDER: "quiet",
    RowState.CHANGED: "good",
    RowState.UNMATCHED: "attention",
    RowState.NEW_CASE: "progress",
    RowState.SET_ASIDE: "quiet",
}


@dataclass(frozen=True)
class Shown:
    """A difference in words: what, from what to what, why it waits, and what can be done with it."""

    change: Change
    what: "str | Promise"
    before: str
    after: str
    why: str
    tone: str
    icon: str

    @property
    def may_settle(self) -> bool:
        return self.change.state == ChangeState.PROPOSED

    @property
    def may_undo(self) -> bool:
        return self.change.state == ChangeState.APPLIED


def shown(change: Change) -> Shown:
    """A difference as people read it."""
    tone, icon = CHANGE_TONES[ChangeState(change.state)]
    what: str | Promise = TOLD[change.told]
    if change.kind:
        what = case_names.KIND[change.kind]
    return Shown(
        change,
        what,
        _said(change.told, change.before),
        _said(change.told, change.after),
        "; ".join(reason(one["code"], one.get("params", {})) for one in change.why),
        tone,
        icon,
    )


def _said(told: str, value: str) -> str:
    if not value:
        return _("nothing")
    if told == Told.STATUS:
        return str(MEANING.get(value) or case_names.STATUS.get(value) or value)
    if told == Told.REQUIREMENTS:
        return str(case_names.STATE.get(value, value))
    if told == Told.OFFER:
        return ", ".join(_term(name, said) for name, said in told_terms(value).items())
    return value


def _term(name: str, value: str) -> str:
    if name == "mode_approved":
        value = str(case_names.MODE.get(value, value))
    elif name in {"face_amount_approved", "premium_approved"}:
        value = number_format(value, force_grouping=True)
    return f"{FIELD[name]} {value}"


def problems_of(kept: list[dict[str, Any]]) -> list[Problem]:
    """Problems that a file or row keeps."""
    return [Problem(**{**one, "severity": Severity(one["severity"])}) for one in kept]


def row_tone(row: FeedRow) -> str:
    """How a row stands out."""
    return ROW_TONES[RowState(row.state)]
