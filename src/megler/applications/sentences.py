"""What the room's problems say."""

from django.utils.translation import gettext_lazy as _

from megler.applications import (
    filling_sentences,
    message_sentences,
    replacement_sentences,
    upload_sentences,
)

SENTENCES = {
    "question_unknown": _("%(where)s is not a question of this application."),
    "answer_of_another": _(
        "%(where)s is the answer of somebody else who signs. Ask the agent to change it."
    ),
    "answer_locked": _("%(where)s comes from the quote. To change it, make a new quote."),
    "offer_missing": _("There is no offer number %(found)s in this quote (%(expected)s)."),
    "agent_missing": _("Say for which agent the application is: the quote names none."),
    "agent_signs_alone": _("Only %(where)s can sign as the agent."),
    "changed_while_sealing": _("%(where)s changed while it was being sealed. Submit it again."),
    "signature_outdated": _("The papers changed after %(where)s signed; ask for a new signature."),
    "application_submitted": _("%(where)s has been submitted and can no longer be changed."),
    "application_withdrawn": _("%(where)s was withdrawn and can no longer be changed."),
    **replacement_sentences.SENTENCES,
    **filling_sentences.SENTENCES,
    **upload_sentences.SENTENCES,
    **message_sentences.SENTENCES,
}

VERBS = {
    "application.started": _("started"),
    "application.answered": _("answered in"),
    "application.forms_renewed": _("took newer forms into"),
    "application.submitted": _("sent in"),
    "application.withdrawn": _("withdrew"),
    **filling_sentences.VERBS,
    **upload_sentences.VERBS,
    **message_sentences.VERBS,
    **filling_sentences.VERBS,
    "exchange.started": _("began to prepare the exchange of"),
    "exchange.sent": _("sent the request for"),
    "exchange.noted": _("noted something about"),
    "exchange.arrived": _("told that the money came from"),
    "exchange.refused": _("noted that the carrier refused the exchange of"),
    "exchange.cancelled": _("cancelled the exchange of"),
    "replacement.corrected": _("corrected the table of states:"),
}
"""What the journal's lines say between who did it and on what."""

PHRASES = (
    _("application"),
    _("offer"),
    *replacement_sentences.PHRASES,
    *filling_sentences.PHRASES,
    *upload_sentences.PHRASES,
    *message_sentences.PHRASES,
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""
