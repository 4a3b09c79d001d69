"""Questions as fields: what a template needs to ask one, with its answer and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from megler.applications.forms import MANNER, mark, shown_raw
from megler.applications.pages.controls import (
    Cell,
    Control,
    address_controls,
    control,
    list_rows,
    reading_of,
    written,
)
from megler.applications.pages.words import in_words, words
from megler.applications.rules.origins import Origin
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import (
    Answer,
    AnswerType,
    Question,
    Questionnaire,
    asked,
)
from megler.forms.rules.shown import shown_answer
from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem, Severity

_SOURCES = {
    Origin.QUOTE: ("calculator", gettext_lazy("quote")),
    Origin.CLIENT: ("user", gettext_lazy("client")),
    Origin.TELEPHONE: ("phone", gettext_lazy("telephone")),
    Origin.UPLOAD: ("file-import", gettext_lazy("upload")),
    Origin.MESSAGE: ("transfer", gettext_lazy("message")),
}
"""How the page marks what the agent did not type: icon and word."""


@dataclass(frozen=True)
class Theirs:
    """Somebody else's answer, which came between; `mark` is what the page showed before."""

    by: str
    theirs: str
    mine: str
    mark: str = ""


@dataclass(frozen=True)
class Source:
    """Where an answer came from, as the page marks it: icon, word, and who and when."""

    icon: str
    word: str
    told: str


@dataclass(frozen=True)
class Asked:
    """A question to be shown: its inputs, its answer's origin, and what is wrong."""

    question: Question
    is_asked: bool
    controls: tuple[Control, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    shown: str = ""
    mark: str = ""
    source: Source | None = None
    wrong: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    theirs: Theirs | None = None
    by: str = ""
    given: str = ""
    reading: str = ""
    is_fresh: bool = False

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def text(self) -> str:
        return _(self.question.text)

    @property
    def short(self) -> str:
        return _(self.question.short)

    @property
    def help(self) -> str:
        return _(self.question.help) if self.question.help else ""

    @property
    def type(self) -> str:
        return self.question.type.value

    @property
    def is_group(self) -> bool:
        """Several inputs under one label."""
        return self.type in {"address", "list"} or (
            self.controls[:1] != () and self.controls[0].kind in {"radio", "checks"}
        )

    @property
    def label_for(self) -> str:
        return "" if self.is_group or not self.controls else self.controls[0].id


def relabelled(questionnaire: Questionnaire, problem: Problem, short: str = "") -> Problem:
    """The problem with the question's name where its key stood, for people."""
    key = problem.where.split("[")[0].split(".")[0]
    question = questionnaire.by_key.get(key)
    label = short or (words(questionnaire, question.short) if question else problem.where)
    return replace(problem, where=label)


def name_of(one: Missing, questionnaire: Questionnaire | None = None) -> str:
    """What is missing, by name: the question, the item of a list, the field."""
    short, part = _(one.short), _(one.part) if one.part else ""
    if questionnaire is not None:
        short, part = words(questionnaire, one.short), words(questionnaire, one.part)
    name = short if one.item is None else f"{short} {one.item}"
    return f"{name}: {part}" if part else name


def told(questionnaire: Questionnaire, one: Missing) -> str:
    """What is missing, as a sentence."""
    return sentence(relabelled(questionnaire, one.problem, name_of(one, questionnaire)))


def ask(
    questionnaire: Questionnaire,
    questions: Iterable[Question],
    answers: Mapping[str, Answer],
    missing: Iterable[Missing] = (),
    *,
    blank_rows: Mapping[str, int] | None = None,
    theirs: Mapping[str, Theirs] | None = None,
    typed: Mapping[str, Any] | None = None,
    rows_sent: Mapping[str, list[int]] | None = None,
) -> list[Asked]:
    """The questions as fields. What is not answered yet is no error beside its field.

    `typed` shows what was typed instead of what is kept; `blank_rows` adds empty rows to lists;
    `rows_sent` are the numbers of a list's rows on a page that stays as it is.
    """
    wrong = _wrong(questionnaire, missing)
    return [
        _asked(
            in_words(questionnaire, question),
            answers.get(question.key),
            is_asked=asked(questionnaire, question, answers),
            wrong=wrong.get(question.key, []),
            blank_rows=(blank_rows or {}).get(question.key, 0),
            theirs=(theirs or {}).get(question.key),
            typed=(typed or {}).get(question.key),
            numbers=(rows_sent or {}).get(question.key),
        )
        for question in questions
    ]


def _wrong(
    questionnaire: Questionnaire, missing: Iterable[Missing]
) -> dict[str, list[tuple[Severity, str]]]:
    found: dict[str, list[tuple[Severity, str]]] = {}
    for one in missing:
        if one.problem.code != "answer_missing":
            text = told(questionnaire, one)
            found.setdefault(one.question, []).append((one.problem.severity, text))
    return found


def _asked(
    question: Question,
    answer: Answer | None,
    *,
    is_asked: bool,
    wrong: list[tuple[Severity, str]],
    blank_rows: int,
    theirs: Theirs | None,
    typed: Any,
    numbers: list[int] | None,
) -> Asked:
    if not is_asked:
        return Asked(question, False)
    raw = shown_raw(question, answer, written)
    version = answer.version if answer else 0
    value = raw if typed is None else typed
    controls: tuple[Control, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    if question.type is AnswerType.LIST:
        items = value if isinstance(value, list) else []
        kept = answer.value if answer and typed is None and answer.value else items
        rows = list_rows(question, items, kept, blank_rows)
    elif question.type is AnswerType.ADDRESS:
        controls = address_controls(question.key, value if isinstance(value, dict) else {})
    else:
        controls = (control(question, question.key, value, answer),)
    return Asked(
        question=question,
        is_asked=True,
        controls=controls,
        rows=rows,
        shown=shown_answer(question, answer.value, MANNER) if answer else "",
        mark=theirs.mark if theirs and theirs.mark else mark(question, raw, version, numbers),
        source=_source(answer),
        wrong=tuple(text for severity, text in wrong if severity is Severity.ERROR),
        warnings=tuple(text for severity, text in wrong if severity is Severity.WARNING),
        theirs=theirs,
        by=answer.by if answer else "",
        given=_given(answer),
        reading=reading_of(question, answer.value) if answer else "",
    )


def _source(answer: Answer | None) -> Source | None:
    if answer is None or answer.value is None or answer.origin not in set(_SOURCES):
        return None
    icon, word = _SOURCES[Origin(answer.origin)]
    return Source(icon, str(word), _given(answer))


def _given(answer: Answer | None) -> str:
    """Who gave it and when, in words."""
    if answer is None or not answer.at:
        return ""
    at = timezone.localtime(datetime.fromisoformat(answer.at))
    who = f"{answer.whom} ({answer.by})" if answer.whom else answer.by
    return ", ".join(part for part in (who, date_format(at, "SHORT_DATETIME_FORMAT")) if part)
