"""Moments of a case that later rooms take over from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PolicyPlaced:
    """A policy was delivered, its papers and first premium are in: it is in force."""

    case_id: UUID
    at: datetime
