"""This room's problems as sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "npn_shape": _("The National Producer Number “%(found)s” must be %(expected)s."),
    "npn_taken": _("An agent with the National Producer Number %(found)s is here already."),
    "email_taken": _("Somebody with the address %(found)s is here already."),
    "unknown_jurisdiction": _("%(where)s: “%(found)s” is not known; expected %(expected)s."),
    "no_such_agent": _("No agent has the National Producer Number “%(found)s”."),
    "not_an_assistant": _("This person's role is %(found)s; only an assistant can assist."),
    "colour_shape": _("“%(found)s” is no colour such as %(expected)s."),
}

VERBS = {
    "agent.added": _("took on"),
    "assistant.assigned": _("gave an assistant to"),
    "agent.downline_seen": _("changed whether the downline's cases are seen by"),
    "delegation.made": _("delegated the business of"),
    "delegation.ended": _("ended the delegation of"),
    "agency.presented": _("changed how we show ourselves:"),
    "agent.logo_put": _("changed the logo of"),
    "firm.logo_put": _("changed the logo of"),
}
"""What the journal's lines say between who did it and on what."""

PHRASES = (
    _("# to # digits"),
    _("a state's code"),
    _("an agent who is not here yet"),
    _("an address nobody here has"),
    _("an agent's number"),
    _("assistant"),
)
"""What stands in a problem's parts, told in the reader's language; `#` is any figure."""
