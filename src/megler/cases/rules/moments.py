"""Moments of a case that later rooms take over from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PolicyPlaced:
    """A policy was delivered, its papers and first premium are in: it is in force."""

    case_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseHappened:
    """Something happened with a case, as the journal has it: `verb` and what it `told`.

    Announced in the transaction that did it. `actor_id` is a person's id, or a system's name.
    """

    case_id: UUID
    verb: str
    told: Mapping[str, Any]
    at: datetime
    actor_id: str
    actor_name: str
    entry_id: int
