"""What the room's problems say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "client_unnamed": _("The client's name is not complete: %(where)s is missing."),
    "client_not_born": _("The date of birth, %(found)s, lies in the future."),
    "client_jurisdiction": _("“%(found)s” is not a state's code, such as %(expected)s."),
}

VERBS = {
    "client.kept": _("kept"),
    "client.changed": _("changed"),
    "client.access_granted": _("gave access to"),
    "client.access_ended": _("ended access to"),
}
"""What the journal's lines say between who did it and on what."""
