"""What this room's problems say to people."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "task_empty": _("Say what is to be done."),
    "task_nobody": _("Say whom the task waits for: a person or a role."),
    "task_done_already": _("This task was finished by %(found)s already."),
}
