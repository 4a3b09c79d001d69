"""What this room's problems say to people."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "routine_does_nothing": _("Say what the routine is to do."),
    "routine_too_much": _("A routine does at most %(expected)s things, not %(found)s."),
    "routine_field_unknown": _("%(found)s is no field. There are: %(expected)s."),
    "routine_no_address": _("%(found)s: there is no e-mail address to write to."),
    "routine_no_phone": _("%(found)s: there is no telephone number to write to."),
    "routine_nobody": _("The person it is for does not work here any more."),
    "routine_requirement_there": _("The case has such a requirement already."),
}

VERBS = {
    "routine.saved": _("changed the routine"),
    "routine.switched_on": _("switched on the routine"),
    "routine.switched_off": _("switched off the routine"),
    "routine.removed": _("removed the routine"),
    "promises.changed": _("changed what is promised in"),
}
"""What the journal's lines say between who did it and on what."""
