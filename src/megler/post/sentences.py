"""What this room's problems say to people."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "message_address": _("“%(found)s” is not an e-mail address: expected %(expected)s."),
    "message_empty": _("A message needs a %(where)s."),
    "message_not_given_up": _(
        "This message is %(found)s; only one that was given up is tried again."
    ),
}

VERBS = {
    "message.tried_again": _("sent again"),
}
"""What the journal's lines say between who did it and on what."""

PHRASES = (_("message"),)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""
