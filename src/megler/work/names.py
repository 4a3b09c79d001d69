"""Words of this room as people read them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of a task. A task ends with one of them, never by being thrown away."""

    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed after all")
    NOT_REACHED = "not_reached", _("Nobody was reached")
    SETTLED = "settled", _("Settled by what happened")


BY_HAND = [(one.value, one.label) for one in Outcome if one is not Outcome.SETTLED]
"""What a person may say; the rest the product says itself."""

HISTORY = {
    "task.added": _("Put up, due %(due_on)s"),
    "task.reassigned": _("Handed to %(to)s"),
    "task.due_changed": _("Due %(due_on)s instead of %(was)s"),
    "task.snoozed": _("Put off until %(on)s"),
    "task.woken": _("Taken up again"),
    "work.assigned": _("Looked after by %(to)s"),
}
"""What each line of a task's history says, beside who did it."""
