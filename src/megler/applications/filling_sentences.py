"""What the problems and the journal's lines of filling in say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no_such_client": _("Nobody is asked in the role %(found)s in this application."),
}

VERBS = {
    "application.asked_to_fill": _("asked the client to fill in"),
    "application.opened_to_fill": _("opened the questions of"),
    "application.filled_in": _("filled in their part of"),
    "application.fill_link_closed": _("ended a link to fill in"),
}
