"""This room's problems as sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, "str | Promise"] = {
    "question_answered": _("%(where)s: the question is answered already."),
    "answer_empty": _("Choose a file, or write the answer."),
    "request_settled": _("%(where)s: this request is settled already (%(found)s)."),
    "request_by_hand": _("%(where)s: only staff can make this change."),
    "client_link_days": _(
        "%(where)s: a private link works for 1 to %(expected)s days, not %(found)s."
    ),
    "delegate_unknown": _("No agent or assistant here has the address “%(found)s”."),
    "delegate_oneself": _("%(found)s is the agent's own address."),
    "delegate_days": _("%(where)s: %(found)s is not possible; expected %(expected)s."),
}
VERBS = {
    "question.asked": _("asked about"),
    "question.answered": _("answered a question about"),
    "change.asked": _("asked for a change of"),
    "change.done": _("made the change asked for of"),
    "change.refused": _("did not make the change asked for of"),
    "change.withdrawn": _("withdrew the change asked for of"),
    "client_link.made": _("let the client follow"),
    "client_link.closed": _("no longer lets the client follow"),
    "notices.chosen": _("chose what is told to"),
    "calendar.made": _("made a calendar address for"),
    "calendar.closed": _("closed the calendar address of"),
}
"""What the journal's lines say between who did it and on what."""
