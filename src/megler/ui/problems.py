"""Problems as sentences for people, one per code. Rooms add theirs in their `sentences.py`."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module, util

from django.conf import settings
from django.forms.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.vocabulary.problems import Problem

COMMON: dict[str, str | Promise] = {
    "nothing_here": _("There is nothing here that you may see."),
    "not_signed_in": _("Sign in, or send a key in the Authorization header."),
    "wrong_value": _("%(where)s: found “%(found)s”. %(expected)s"),
    "missing": _("%(where)s is missing: expected %(expected)s."),
    "not_allowed": _("%(where)s: you may not do this."),
    "changed_meanwhile": _(
        "%(where)s was changed by somebody else while you worked on it. "
        "Look at theirs, then save again."
    ),
    "body_too_large": _("The request is too large (%(found)s bytes); expected %(expected)s."),
    "idempotency_key_missing": _("The header %(where)s must have %(expected)s."),
    "idempotency_key_reused": _(
        "The %(where)s “%(found)s” was used for another request; use a new one."
    ),
}


@cache
def _sentences() -> dict[str, str | Promise]:
    """Every room's sentences; a room keeps them in `sentences.SENTENCES`."""
    found = dict(COMMON)
    for app in settings.INSTALLED_APPS:
        if app.startswith("megler.") and util.find_spec(f"{app}.sentences"):
            found.update(import_module(f"{app}.sentences").SENTENCES)
    return found


def sentence(problem: Problem) -> str:
    """The sentence for a problem, in the reader's language.

    A code without a sentence is told with its parts, so that nothing is hidden.
    """
    text = _sentences().get(problem.code)
    parts = {"where": problem.where, "found": problem.found, "expected": problem.expected}
    if text is None:
        return f"{problem.where}: {problem.code}, {problem.found} ({problem.expected})"
    return str(text) % parts


def add_to_form(form: BaseForm, problems: Iterable[Problem]) -> None:
    """Put problems into a form: at the field that `where` names, otherwise at its top."""
    for problem in problems:
        form.add_error(problem.where if problem.where in form.fields else None, sentence(problem))
