"""Tasks, teams, who looks after what, absences, snoozes and office hours."""

from megler.work.actions.tasks import (
    add_task,
    finish_task,
    finish_tasks_about,
    look_after_delivery,
)

__all__ = ["add_task", "finish_task", "finish_tasks_about", "look_after_delivery"]
