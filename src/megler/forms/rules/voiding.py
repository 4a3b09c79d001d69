"""Which signatures a change touches: those on a paper whose content is another now, and no other."""

from collections.abc import Iterable, Mapping

from megler.forms.rules.printing import Head, content_hash, paper_content
from megler.forms.rules.questionnaire import (
    MASKED,
    Answer,
    Answers,
    AnswerType,
    Question,
    Questionnaire,
    SignerRole,
    forms_needed,
    questions_printed,
)

Contents = Mapping[str, str]
"""The content hash of papers, by the key of their form."""


def contents(
    questionnaire: Questionnaire, answers: Answers, head: Head, signers: Mapping[str, str]
) -> dict[str, str]:
    """The content hash of every paper that is needed, as things stand. `signers` as on the papers."""
    return {
        form.key: content_hash(paper_content(questionnaire, form, answers, head, signers))
        for form in forms_needed(questionnaire, answers)
    }


def contents_for(
    questionnaire: Questionnaire, now: Contents, signers: Mapping[str, str], role: SignerRole
) -> dict[str, str]:
    """Those that somebody in `role` signs; none when nobody signs in that role any more."""
    if role.value not in signers:
        return {}
    forms = questionnaire.form_by_key
    return {key: digest for key, digest in now.items() if role in forms[key].signers}


def forms_changed(covered: Contents, now: Contents) -> frozenset[str]:
    """Forms of papers that differ, vanished or appeared since they were signed.

    >>> sorted(forms_changed({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}))
    ['b', 'c']
    """
    return frozenset(key for key in covered.keys() | now.keys() if covered.get(key) != now.get(key))


def answers_changed(before: Answers, after: Answers) -> frozenset[str]:
    """Questions whose value is another now."""
    none = Answer(None)
    return frozenset(
        key
        for key in before.keys() | after.keys()
        if before.get(key, none).value != after.get(key, none).value
    )


def forms_of_masked(questionnaire: Questionnaire, changed: Iterable[str]) -> frozenset[str]:
    """Forms on which a number changed of which papers show the last digits alone.

    A list that holds such numbers counts whole.
    """
    masked = {
        key
        for key in changed
        if key in questionnaire.by_key and _is_masked(questionnaire.by_key[key])
    }
    return frozenset(
        form.key
        for form in questionnaire.forms
        if masked & set(questions_printed(questionnaire, form))
    )


def _is_masked(question: Question) -> bool:
    if question.type is AnswerType.LIST:
        return any(_is_masked(field) for field in question.fields)
    return question.type in MASKED


def questions_behind(
    questionnaire: Questionnaire, changed: Iterable[str], forms: Iterable[str]
) -> list[str]:
    """Of the questions changed, those asked on `forms`; all of them when none is.

    The latter stand at the top of every paper, or made one be needed.
    """
    keys = [q.key for _, q in questionnaire.questions() if q.key in set(changed)]
    printed = {
        key
        for form in forms
        if form in questionnaire.form_by_key
        for key in questions_printed(questionnaire, questionnaire.form_by_key[form])
    }
    return [key for key in keys if key in printed] or keys
