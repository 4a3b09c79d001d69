"""What the problems and the journal's lines of filling in say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "product_unknown": _("There is no product “%(found)s”. Name it as %(expected)s."),
    "call_in_the_past": _("The time to call lies in the past: %(found)s."),
    "ticket_with_quote": _("A ticket starts from nothing: name product and state, not a quote."),
    "not_a_ticket": _("%(where)s is not a ticket any more."),
    "ticket_of_the_agency": _("%(where)s is completed by the agency: interview the client."),
    "interview_over": _("This interview is over. Begin a new one."),
    "whom_missing": _("Say with whom you are on the telephone."),
    "nothing_to_fill": _(
        "Nothing is asked of %(found)s: the rest of their part is yours to fill in."
    ),
    "no_such_client": _("Nobody is asked in the role %(found)s in this application."),
}

VERBS = {
    "application.asked_to_fill": _("asked the client to fill in"),
    "application.opened_to_fill": _("opened the questions of"),
    "application.fill_code_sent": _("was sent a code for the questions of"),
    "application.fill_code_taken": _("typed the code for the questions of"),
    "application.taken_up": _("took up the ticket"),
    "application.interview_begun": _("began to ask the questions by telephone for"),
    "application.interview_ended": _("asked the questions by telephone for"),
    "application.filled_in": _("filled in their part of"),
    "application.fill_link_closed": _("ended a link to fill in"),
}

TASKS = (_("Interview %(name)s"), _("Interview %(name)s, asked for %(when)s"))
"""Titles of tasks, told in the reader's language."""

PHRASES = (_("carrier/product"),)
