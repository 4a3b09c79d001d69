"""What the wires that carry files have in common: the files, and the answer."""

from dataclasses import dataclass, field
from enum import StrEnum

SAID_MAX = 4_000
"""Characters of what the other side says that are kept."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A file on its way, with the name under which it travels: one part of a path, nothing else."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


class Outcome(StrEnum):
    """How a try ended: it is there; it will never be taken as it is; or another try may do."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one try.

    `code` names why it was not taken, for people's sentences; `said` is the receipt, or the other
    side's own words, cut; `body` is what it answered, whole; `wait_seconds` is how long it asks us to
    wait, when it does.
    """

    outcome: Outcome
    code: str = ""
    said: str = ""
    wait_seconds: int | None = None
    body: bytes = field(default=b"", repr=False)
