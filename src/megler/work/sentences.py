"""What this room's problems say to people."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "task_empty": _("Say what is to be done."),
    "task_nobody": _("Say whom the task waits for: a person or a role."),
    "task_done_already": _("This task was finished by %(found)s already."),
    "task_reason_missing": _("Say why."),
    "snooze_in_the_past": _("%(found)s is not after today: choose a later day."),
    "absence_of_nobody": _("Somebody else has to cover the absence."),
    "absence_ends_before": _("The absence ends before it begins: %(found)s."),
    "assigned_to_nobody": _("Say who is to look after it: a person or a team."),
    "assigned_too_many": _("At most %(expected)s at once, not %(found)s."),
    "team_name_taken": _("There is a team called %(found)s already."),
    "office_closes_before": _("%(where)s: the office closes at %(found)s, before it opens."),
    "office_never_opens": _("The office has to be open on some day of the week."),
    "rule_gives_to_one": _("A rule gives to a person or to a team, not to both."),
}

VERBS = {
    "task.added": _("put up a task for"),
    "task.finished": _("finished a task for"),
    "task.reassigned": _("handed on a task for"),
    "task.due_changed": _("set another day for a task for"),
    "task.snoozed": _("put off a task for"),
    "task.woken": _("took up again a task for"),
    "work.assigned": _("said who looks after"),
    "work.snoozed": _("put off"),
    "work.woken": _("took up again"),
    "absence.planned": _("planned an absence of"),
    "absence.ended": _("ended an absence of"),
    "team.changed": _("changed the team"),
    "office.changed": _("changed the hours of"),
    "assignment_rules.changed": _("changed the rules of"),
}
"""What the journal's lines say between who did it and on what."""

TIMELINE = {
    "work.assigned": _("gave it to %(to)s"),
    "work.snoozed": _("put it off until %(on)s"),
    "work.woken": _("took it up again"),
}
"""The same in the history of the case."""
