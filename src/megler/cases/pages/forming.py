"""What an action refused, put to the form that asked for it."""

from django import forms

from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused


def told(form: forms.BaseForm, refused: Refused) -> None:
    """Put what the action refused to the form's fields, or to its top."""
    for problem in refused.problems:
        field = problem.where if problem.where in form.fields else None
        form.add_error(field, sentence(problem))
