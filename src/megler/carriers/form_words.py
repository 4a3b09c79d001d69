"""When a form is needed, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from megler.forms.rules.questionnaire import AnswerType, Condition, Question, Questionnaire
from megler.forms.rules.shown import shown_answer


def conditions_in_words(made: Questionnaire, conditions: Iterable[Condition]) -> str:
    """All of the conditions as one text; empty where there are none."""
    return ", ".join(text for one in conditions if (text := _in_words(made, one, made.by_key)))


def _in_words(made: Questionnaire, one: Condition, known: dict[str, Question]) -> str:
    if one.any_of:
        groups = (
            ", ".join(_in_words(made, inner, known) for inner in group) for group in one.any_of
        )
        return _(" or ").join(groups)
    question = known.get(one.question)
    name = _(question.short) if question else one.question.replace("_", " ")
    if one.item and question:
        fields = {field.key: field for field in question.fields}
        inner = ", ".join(_in_words(made, condition, fields) for condition in one.item)
        return f"{name} ({inner})"
    if one.low is not None or one.high is not None:
        return f"{name} {_bounds(one)}"
    values = ", ".join(_value(question, value) for value in one.values)
    return (
        _("%(name)s not %(values)s") % {"name": name, "values": values}
        if one.negated
        else f"{name}: {values}"
    )


def _bounds(one: Condition) -> str:
    if one.high is None:
        return f"≥ {one.low:,}"
    return f"≤ {one.high:,}" if one.low is None else f"{one.low:,}–{one.high:,}"


def _value(question: Question | None, value: str) -> str:
    if question is None or question.type is AnswerType.LIST:
        return value
    shown = [value] if question.type is AnswerType.MANY else value
    return _(shown_answer(question, shown))
