"""The words of questions in the reader's language: the form set's own translation, or the house's."""

from dataclasses import replace

from django.utils.translation import get_language, gettext

from megler.forms.rules.questionnaire import Question, Questionnaire


def words(made: Questionnaire, text: str) -> str:
    """A text of the questionnaire as the reader reads it."""
    said = made.said(text, get_language() or "en")
    return gettext(text) if text and said == text else said


def in_words(made: Questionnaire, question: Question) -> Question:
    """The question with its texts in the reader's language, where the form set brings one."""
    if not made.translations.get(get_language() or "en"):
        return question
    return replace(
        question,
        text=words(made, question.text),
        short=words(made, question.short),
        help=words(made, question.help),
        choices=tuple((value, words(made, label)) for value, label in question.choices),
        fields=tuple(in_words(made, field) for field in question.fields),
    )
