"""What is told when something is wrong with what other systems send or want."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, "str | Promise"] = {
    "iri_not_known": _("%(where)s is not known here and was left out."),
    "webhook_address_unreadable": _("“%(found)s” is no address."),
    "webhook_not_https": _("“%(found)s”: only https addresses hear of our cases."),
    "webhook_not_found": _("“%(found)s” was not found."),
    "webhook_address_inside": _("“%(found)s” lies inside our own network."),
    "replay_times": _("Say from when until when: found %(found)s to %(expected)s."),
    "replay_too_many": _("That is more than %(expected)s events at once; choose a shorter time."),
}
VERBS = {
    "subscription.made": _("let hear of events:"),
    "subscription.switched": _("switched on or off"),
    "subscription.secret_renewed": _("renewed the secret of"),
    "subscription.replayed": _("told events again to"),
    "listening.made": _("let push notifications come from"),
    "export.made": _("exported as"),
}
"""What the journal's lines say between who did it and on what."""
PHRASES: tuple[Promise, ...] = (
    _("an object"),
    _("a list"),
    _("a whole number"),
    _("a number"),
    _("true or false"),
    _("text"),
)
