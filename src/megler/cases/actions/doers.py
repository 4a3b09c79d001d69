"""Who does something with a case: a person, or a system that acts by its message."""

from dataclasses import dataclass
from typing import ClassVar

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.journal.rules.actors import Actor


@dataclass(frozen=True, slots=True)
class Robot:
    """A carrier's or vendor's system, or a routine of our own; `name` is what the journal shows.

    What it may do was settled before: by the sign-in of its message, or by who switched it on.
    """

    name: str
    id: str = "system"
    kind: str = "system"
    pk: ClassVar[None] = None
    is_seller: ClassVar[bool] = False

    def actor(self) -> Actor:
        """As the journal knows it."""
        return Actor(id=self.id, name=self.name, kind=self.kind)

    def may(self, what: Can) -> bool:
        """It may do what its message says."""
        return True


Doer = User | Robot
"""Every action on cases takes either."""
