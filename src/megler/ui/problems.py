"""Problems as sentences for people, one per code. Rooms add theirs in their `sentences.py`."""

import pkgutil
import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module, util

from django.forms.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

import megler
from megler.vocabulary.problems import Problem

_FIGURE = re.compile(r"\d+(?:[.,-]\d+)*")
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
PHRASES = (
    _("Bearer key"),
    _("a new key"),
    _("at most # bytes"),
    _("# to # printable characters, new for each write"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure or day."""


@cache
def _sentences() -> dict[str, str | Promise]:
    """Every room's sentences; a room keeps them in `sentences.SENTENCES`."""
    found = dict(COMMON)
    for room in pkgutil.iter_modules(megler.__path__, "megler."):
        if room.ispkg and util.find_spec(f"{room.name}.sentences"):
            found.update(import_module(f"{room.name}.sentences").SENTENCES)
    return found


@cache
def _phrases() -> dict[str, str | Promise]:
    """Every room's phrases by their English; a room keeps them in `sentences.PHRASES`."""
    with override("en"):
        found: dict[str, str | Promise] = {str(phrase): phrase for phrase in PHRASES}
        for room in pkgutil.iter_modules(megler.__path__, "megler."):
            if room.ispkg and util.find_spec(f"{room.name}.sentences"):
                told = getattr(import_module(f"{room.name}.sentences"), "PHRASES", ())
                found |= {str(phrase): phrase for phrase in told}
    return found


def _phrase(part: str) -> str:
    """A part of a problem in the reader's language, when a room knows it; figures stay as they are.

    Rules say `at most 12 bytes`; the phrase is `at most # bytes`.
    """
    known = _phrases().get(_FIGURE.sub("#", part))
    if known is None or "#" in part:
        return part
    figures = iter(_FIGURE.findall(part))
    return re.sub("#", lambda _place: next(figures, ""), str(known))


def sentence(problem: Problem) -> str:
    """The sentence for a problem, in the reader's language.

    A code without a sentence is told with its parts, so that nothing is hidden.
    """
    text = _sentences().get(problem.code)
    given = {"where": problem.where, "found": problem.found, "expected": problem.expected}
    parts = {key: _phrase(value) for key, value in given.items()}
    if text is None:
        return f"{problem.where}: {problem.code}, {problem.found} ({problem.expected})"
    return str(text) % parts


def add_to_form(form: BaseForm, problems: Iterable[Problem]) -> None:
    """Put problems into a form: at the field that `where` names, otherwise at its top."""
    for problem in problems:
        form.add_error(problem.where if problem.where in form.fields else None, sentence(problem))
