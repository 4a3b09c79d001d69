"""Saving what a page of questions sends, and what of the page must be drawn anew after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict

from megler.accounts.models import User
from megler.applications.actions.answering import Said, Saved, answer
from megler.applications.actions.holding import missing, today
from megler.applications.forms import (
    row_numbers,
    rows_sent,
    shown_lists,
    shown_version,
    typed_answers,
)
from megler.applications.models import Application
from megler.applications.pages.asking import Asked, Theirs, ask
from megler.applications.rules.merging import ListShown
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import AnswerType, Question, depending_on
from megler.journal.rules.actors import Actor
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused


@dataclass(frozen=True)
class Sent:
    """What a page sent: the raw answers that differ from what it showed, and what it showed."""

    raws: dict[str, Any]
    seen: dict[str, int]
    lists: dict[str, ListShown]
    data: QueryDict

    @property
    def taken(self) -> str:
        """The question of which the other's answer was chosen."""
        return self.data.get("take", "")

    @property
    def added(self) -> str:
        """The list that gets another row."""
        return self.data.get("add", "")

    @property
    def removed(self) -> str:
        """The list of which a row is removed."""
        return self.data.get("remove", "").partition(".")[0]


def sent_answers(questions: Iterable[Question], data: QueryDict) -> Sent:
    """What a page sent of these questions. What cannot be on the page is not there: 404."""
    questions = list(questions)
    if removed := data.get("remove", ""):
        key, _dot, number = removed.rpartition(".")
        lists = {q.key for q in questions if q.type is AnswerType.LIST}
        if key not in lists or whole(number) not in row_numbers(key, data):
            raise Http404
    raws, seen = typed_answers(questions, data)
    raws.pop(data.get("take", ""), None)
    lists_shown = shown_lists(questions, data)
    if kept := data.get("keep", ""):
        seen.pop(kept, None)
        lists_shown.pop(kept, None)
    return Sent(raws, seen, lists_shown, data)


def save_what_can_be(
    who: User | Actor, held: Application, sent: Sent, said: Said | None = None
) -> tuple[Saved, dict[str, Theirs]]:
    """Save all but what somebody else changed since; those are returned with both answers."""
    theirs: dict[str, Theirs] = {}
    raws = dict(sent.raws)
    while True:
        try:
            saved = answer(
                who, held, raws, sent.seen, keep_unreadable=True, lists=sent.lists, said=said
            )
        except Refused as refused:
            between = [p for p in refused.problems if p.code == "changed_meanwhile"]
            if not between or len(between) != len(refused.problems):
                raise
            held.refresh_from_db()
            for problem in between:
                key = problem.where
                raws.pop(key)
                shown = sent.data.get(f"was.{key}", "")
                by = held.given[key].by
                theirs[key] = Theirs(by, problem.found, problem.expected, shown)
        else:
            return saved, theirs


@dataclass(frozen=True)
class Redrawn:
    """Parts of a page after saving: questions drawn anew, and only what stands below the others."""

    renewed: list[Asked]
    feedback: list[Asked]
    wrong: list[Missing]


def redrawn(
    questions: Iterable[Question], sent: Sent, saved: Saved, theirs: Mapping[str, Theirs]
) -> Redrawn:
    """What saving changed on the page that sent it; fields that somebody may be typing in are left."""
    held, data = saved.application, sent.data
    questions = list(questions)
    wrong = missing(held, today(None))
    lists = {q.key: rows_sent(q, data) for q in questions if q.key in sent.lists}
    blank = {key: empty + (key == sent.added) for key, (_rows, empty) in lists.items()}
    asked = ask(
        held.questionnaire, questions, held.given, wrong,
        blank_rows=blank, theirs=theirs, rows_sent={key: rows for key, (rows, _n) in lists.items()},
    )  # fmt: skip
    renew = depending_on(held.questionnaire, saved.changed) | saved.merged
    renew |= {sent.taken, sent.added, sent.removed}
    renew |= {q.key for q in questions if q.key in saved.changed and _opens_fields(q)}
    renewed, feedback = [], []
    for one in asked:
        stays = one.key in theirs or not (one.key in renew or _is_stale(one, held, sent, saved))
        if not stays:
            renewed.append(one.question)
        # A list in which somebody types on is not drawn anew: its rows are marked as they were sent.
        if (stays or one.key in lists) and one.is_asked and not one.question.locked:
            feedback.append(one)
    drawn = ask(held.questionnaire, renewed, held.given, wrong, blank_rows=blank)
    return Redrawn(drawn, feedback, wrong)


def _opens_fields(question: Question) -> bool:
    """Whether an answer in an item of the list opens other fields of the item."""
    return any(field.when for field in question.fields)


def _is_stale(one: Asked, held: Application, sent: Sent, saved: Saved) -> bool:
    """Whether the page shows what is not so any more, because somebody else changed it."""
    was_asked = f"was.{one.key}" in sent.data
    if one.question.locked:
        return False
    if was_asked is not one.is_asked:
        return True
    found = held.given.get(one.key)
    newer = found is not None and found.version > shown_version(one.question, sent.data)
    return one.is_asked and newer and one.key not in saved.changed


def with_version(response: HttpResponse, held: Application) -> HttpResponse:
    """Says to the page's script that this is an answer of ours, and as of which version."""
    response["X-Version"] = str(held.version)
    return response
