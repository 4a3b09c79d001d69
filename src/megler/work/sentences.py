"""What this room's problems say to people."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "task_empty": _("Say what is to be done."),
    "task_nobody": _("Say whom the task waits for: a person or a role."),
    "task_done_already": _("This task was finished by %(found)s already."),
}

VERBS = {
    "task.added": _("put up a task for"),
    "task.finished": _("finished a task for"),
}
"""What the journal's lines say between who did it and on what."""
