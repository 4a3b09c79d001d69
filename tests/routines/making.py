"""Routines for tests."""

from datetime import timedelta
from typing import Any

from megler.accounts.models import User
from megler.routines.actions.making import save_routine, switch
from megler.routines.models import Routine
from tests.cases.cast import AT

BEFORE = AT - timedelta(days=1)


def a_routine(by: User, when: dict[str, Any], *then: dict[str, Any], **conditions: str) -> Routine:
    """A routine that is switched on since the day before everything."""
    definition = {"when": when, "if": conditions, "then": list(then)}
    made = save_routine(by, "A routine", definition, at=BEFORE)
    return switch(by, made, True, BEFORE)


IN_ORDER = {"when": "status", "status": "agency_review"}
TASK = {"do": "task", "title": "Look at {case} of {client}", "days": "2", "whom": "underwriter"}
