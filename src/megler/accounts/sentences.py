"""This room's problems and journal lines, as sentences."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "setup_over": _("This address is used up: there is an administrator already. Sign in instead."),
    "unknown_role": _("There is no role “%(found)s”."),
    "unknown_language": _("There is no language “%(found)s” here."),
    "email_taken": _("Somebody with the address %(found)s is here already."),
    "not_an_email": _("“%(found)s” is not an e-mail address."),
    "weak_password": _("%(expected)s"),
    "too_long": _("That is %(found)s characters long; at most %(expected)s fit."),
    "person_inactive": _("%(where)s may not sign in. Reactivate them first."),
    "not_yourself": _("You cannot deactivate yourself. Another administrator can."),
    "last_administrator": _(
        "This is the only administrator. Make somebody else an administrator first."
    ),
    "too_many_keys": _("You have %(expected)s keys in use. Revoke one that is not needed."),
}

VERBS = {
    "person.first_administrator": _("became the first administrator"),
    "person.invited": _("invited"),
    "person.invited_again": _("sent the invitation again to"),
    "person.deactivated": _("deactivated"),
    "person.reactivated": _("reactivated"),
    "person.role_changed": _("changed the role of"),
    "person.changed": _("changed the profile of"),
    "key.made": _("made an API key for"),
    "key.revoked": _("revoked an API key of"),
}
