"""Moments of an application that later rooms take over from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ApplicationSubmitted:
    """An application in good order, signed by all, was submitted; `cases` opens a case."""

    application_id: UUID
    at: datetime
