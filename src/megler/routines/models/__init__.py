"""Routines with their versions and what they did; promises and their clocks; what waits to be read."""

from megler.routines.models.promises import Clock, Promised
from megler.routines.models.routines import (
    Acted,
    Preview,
    Routine,
    RoutineVersion,
    TextMessage,
    TextState,
    Unread,
)

__all__ = [
    "Acted",
    "Clock",
    "Preview",
    "Promised",
    "Routine",
    "RoutineVersion",
    "TextMessage",
    "TextState",
    "Unread",
]
