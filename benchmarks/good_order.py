"""Good order of 300 questions at every keystroke, beside a bare form's round trip in Django.

What Megler does as one field changes: read the one answer, take it into the answers, and say of all
300 questions and their rules what is lacking and how far each section is. Beside it a Django `Form`
of 300 fields of the same kinds, bound to the same data and validated (`is_valid()`), the least that
a form's round trip takes; and the same rendered, as a page without scripts sends it back.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from benchmarks.report import Line, Report, duration, times
from megler.applications.rules.progress import progress
from megler.forms.rules.answers import read_answer
from megler.forms.rules.good_order import not_answered
from megler.forms.rules.questionnaire import (
    Answer,
    AnswerType,
    Condition,
    Consistency,
    FormSpec,
    Question,
    Questionnaire,
    Section,
    SignerRole,
    asked,
)

TODAY = date(2026, 11, 23)
QUESTIONS = 300
_KINDS = (
    (AnswerType.TEXT, "Kari"),
    (AnswerType.DATE, "2020-03-01"),
    (AnswerType.MONEY, "250000"),
    (AnswerType.WHOLE, 12),
    (AnswerType.YES_NO, "yes"),
    (AnswerType.CHOICE, "b"),
    (AnswerType.PHONE, "5125550142"),
    (AnswerType.EMAIL, "kari@example.com"),
    (AnswerType.SSN, "078051121"),
    (AnswerType.STATE, "TX"),
)
_CHOICES = tuple((key, key.upper()) for key in "abcdef")


def asked_of_many(count: int = QUESTIONS) -> Questionnaire:
    """So many required questions of ten kinds in ten sections on five forms; a third wait for a yes."""
    sections = []
    for s in range(10):
        questions = []
        for i in range(s, count, 10):
            kind = _KINDS[(i // 10) % len(_KINDS)][0]
            gate = f"q{i - i % 50 + 40 + s % 10}"
            when = (Condition(gate, ("yes",)),) if i % 3 == 0 and i // 10 % 5 != 4 else ()
            choices = _CHOICES if kind is AnswerType.CHOICE else ()
            questions.append(
                Question(
                    f"q{i}", kind, f"Question {i}", f"Question {i}", True, when, choices=choices
                )
            )
        sections.append(Section(f"s{s}", f"Section {s}", f"f{s % 5}", tuple(questions)))
    forms = tuple(FormSpec(f"f{n}", f"Form {n}", "2026", (SignerRole.INSURED,)) for n in range(5))
    rules = tuple(
        Consistency("not_before", {"earlier": "q10", "later": f"q{n}"})
        for n in range(110, 300, 100)
    )
    return Questionnaire("many", "Many", "2026", forms, tuple(sections), rules)


def answers_to(made: Questionnaire) -> dict[str, Answer]:
    """Nine of ten answered, as an application is that is nearly done."""
    values = dict(_KINDS)
    return {
        question.key: Answer(values[question.type])
        for n, (_section, question) in enumerate(made.questions())
        if n % 10
    }


def keystroke(made: Questionnaire, given: dict[str, Answer], typed: str) -> int:
    """One field changes: read it, and say again what is lacking of all, and how far each section is."""
    key = "q0"
    value, _problems = read_answer(made.by_key[key], typed)
    answers = {**given, key: Answer(value)}
    wrong = not_answered(made, answers, TODAY)
    for section in made.sections:
        progress([q for q in section.questions if asked(made, q, answers)], wrong)
    return len(wrong)


def django_form(made: Questionnaire) -> Any:
    """The same fields as a Django form."""
    from django import forms

    from megler.vocabulary.codes import JURISDICTIONS

    states = [("", "–"), *JURISDICTIONS.items()]
    makers: dict[AnswerType, Callable[[], forms.Field]] = {
        AnswerType.DATE: lambda: forms.DateField(required=False),
        AnswerType.MONEY: lambda: forms.DecimalField(
            required=False, max_digits=14, decimal_places=2
        ),
        AnswerType.WHOLE: lambda: forms.IntegerField(required=False),
        AnswerType.EMAIL: lambda: forms.EmailField(required=False),
        AnswerType.STATE: lambda: forms.ChoiceField(required=False, choices=states),
        AnswerType.CHOICE: lambda: forms.ChoiceField(required=False, choices=_CHOICES),
        AnswerType.YES_NO: lambda: forms.ChoiceField(
            required=False, choices=[("yes", "Yes"), ("no", "No")]
        ),
    }

    def field(question: Question) -> forms.Field:
        made_of = makers.get(question.type)
        return made_of() if made_of else forms.CharField(required=False, max_length=200)

    fields = {question.key: field(question) for _section, question in made.questions()}
    return type("ManyForm", (forms.Form,), fields)


def validated(form: Any, data: dict[str, str]) -> bool:
    """The form bound to what was sent, and validated."""
    return bool(form(data).is_valid())


def rendered(form: Any, data: dict[str, str]) -> str:
    """The same, and written as HTML."""
    bound = form(data)
    bound.is_valid()
    return str(bound.as_div())


def processor_seconds(work: Callable[[], object], rounds: int) -> float:
    """The processor time of one go, the best of some series."""
    work()
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        for _ in range(rounds):
            work()
        best = min(best, (time.process_time() - begun) / rounds)
    return best


def _report(rounds: int) -> Report:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "megler.config.settings")
    django.setup()
    made = asked_of_many()
    given = answers_to(made)
    data = {key: str(one.value) for key, one in given.items()}
    form = django_form(made)
    if not validated(form, data) or not keystroke(made, given, "Kari"):
        raise ValueError("the form and the questionnaire do not take the same answers")
    ours = processor_seconds(partial(keystroke, made, given, "Kari"), rounds)
    bare = processor_seconds(partial(validated, form, data), rounds)
    whole = processor_seconds(partial(rendered, form, data), max(rounds // 10, 1))
    return Report(
        f"Good order of {QUESTIONS} questions at a keystroke, processor time",
        [
            Line("Megler: one answer read, good order and progress of all", duration(ours)),
            Line("Django Form, bound and validated", duration(bare), times(bare / ours)),
            Line(
                "Django Form, bound, validated and rendered", duration(whole), times(whole / ours)
            ),
        ],
        [
            f"{'reached' if ours / bare <= 3 else 'NOT reached'}: at most 3 times the bare form's "
            f"round trip ({times(ours / bare)})"
        ],
    )


def full() -> Iterator[Report]:
    """The figures of the documentation."""
    yield _report(100)


def quick() -> Iterator[Report]:
    """A few goes only: proves that it runs."""
    yield _report(2)
