"""Tasks, teams, who looks after what, absences, office hours, and figures that are kept."""

from megler.work.models.figures import KeptFigure
from megler.work.models.office import ClosedDay, Office
from megler.work.models.snoozes import Snooze, SnoozeQuerySet
from megler.work.models.tasks import TITLE_MAX, Task, TaskQuerySet, in_words
from megler.work.models.teams import (
    Absence,
    Assignment,
    AssignmentQuerySet,
    AssignmentRule,
    Membership,
    Team,
)

__all__ = [
    "TITLE_MAX",
    "Absence",
    "Assignment",
    "AssignmentQuerySet",
    "AssignmentRule",
    "ClosedDay",
    "KeptFigure",
    "Membership",
    "Office",
    "Snooze",
    "SnoozeQuerySet",
    "Task",
    "TaskQuerySet",
    "Team",
    "in_words",
]
