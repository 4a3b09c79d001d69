"""What journal lines say, in words. A room keeps its verbs in `sentences.VERBS`.

Where the lines of one case stand by themselves, whole sentences do: `sentences.TIMELINE`.
"""

from functools import cache
from importlib import import_module, util

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUBJECTS: dict[str, str | Promise] = {
    "agency": _("agency"),
    "agent": _("agent"),
    "application": _("application"),
    "case": _("case"),
    "case_added": _("case"),
    "case_review": _("case"),
    "client": _("client"),
    "demo": _("demo"),
    "document": _("document"),
    "edition": _("edition"),
    "enquiry": _("enquiry"),
    "enquiry_carrier": _("enquiry"),
    "enquiry_evidence": _("enquiry"),
    "firm": _("firm"),
    "lead": _("lead"),
    "message": _("message"),
    "person": _("person"),
    "proposal": _("proposal"),
    "quote": _("quote"),
    "quote_link": _("quote link"),
    "requirement": _("requirement"),
    "usual_days": _("usual days"),
    "user": _("person"),
}


@cache
def _gathered(table: str) -> dict[str, str | Promise]:
    """A table of words from the `sentences` of every room that has it."""
    found: dict[str, str | Promise] = {}
    for app in settings.INSTALLED_APPS:
        if app.startswith("megler.") and util.find_spec(f"{app}.sentences"):
            found.update(getattr(import_module(f"{app}.sentences"), table, {}))
    return found


def timeline_words(verb: str) -> str:
    """What a verb says in a case's own history, after who did it; empty when no room says it."""
    return str(_gathered("TIMELINE").get(verb, ""))


def verb_words(verb: str) -> str:
    """A verb as people read it; one without words of its own is read as it is spelled.

    >>> verb_words("never.named_by_anybody")
    'never named by anybody'
    """
    return str(_gathered("VERBS").get(verb, verb.replace(".", " ").replace("_", " ")))


def subject_words(subject_type: str) -> str:
    """The kind of thing that an entry is about."""
    return str(SUBJECTS.get(subject_type, subject_type.replace("_", " ")))
