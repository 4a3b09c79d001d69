"""What people call the words of papers."""

from django.utils.translation import gettext_lazy as _

from megler.papers.rules.matching import Certainty, Why

WHY = {
    Why.REFERENCE: _("our case number stands in it"),
    Why.POLICY_NUMBER: _("the policy number stands in it"),
    Why.CALLED: _("an order number of this case stands in it"),
    Why.NAME: _("the name is the same"),
    Why.BIRTH_DATE: _("the birth date is the same"),
    Why.OTHER_BIRTH_DATE: _("another birth date stands in it"),
    Why.SAME_NAME: _("somebody else has this name too"),
    Why.NEEDED: _("the case still needs this"),
    Why.FINISHED: _("the case is finished"),
}
CERTAINTY = {
    Certainty.SURE: (_("Sure"), "good", "circle-check"),
    Certainty.LIKELY: (_("Choose"), "attention", "user-question"),
    Certainty.BARRED: (_("Not this one"), "bad", "circle-x"),
}
"""Each with its tone and icon."""

CHANGED = {
    "split": _("cut off: pages %(pages)s"),
    "merged": _("put together with another document"),
    "moved": _("pages put in another order"),
    "turned": _("turned: %(pages)s"),
    "blackened": _("blackened: %(pages)s"),
    "left_out": _("left out: %(pages)s"),
}
"""What was done to a document's pages."""
OUTCOMES = {
    "placed": _("In force"),
    "declined": _("Declined"),
    "not_taken": _("Not taken"),
    "withdrawn": _("Withdrawn"),
    "closed": _("Closed otherwise"),
}
"""How a case ended, as retention counts it."""
