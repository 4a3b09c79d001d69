"""What this room announces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DeliveryEnded:
    """A delivery came to its end: `state` is delivered, refused, failed or cancelled.

    `subject` is what was delivered as the journal names it; `why` the code of a refusal or failure.
    """

    delivery_id: UUID
    partner: str
    title: str
    subject: tuple[str, str]
    state: str
    why: str
    at: datetime
