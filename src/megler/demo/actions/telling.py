"""What a life of the demo carries along, and its clock."""

import random
from dataclasses import dataclass
from datetime import datetime, tzinfo

from megler.accounts.models import User
from megler.applications.models import Application
from megler.demo.rules.applicants import Applicant
from megler.demo.rules.schedule import after_minutes
from megler.licensing.models import Agent

HOUR, DAY = 60, 9 * 60
"""Office minutes."""


@dataclass
class Told:
    """What a life carries along: its dice, where the clock stands, and what came of it."""

    dice: random.Random
    agent: Agent
    zone: tzinfo
    at: datetime
    application: Application | None = None
    applicant: Applicant | None = None

    def wait(self, least: int, most: int) -> datetime:
        """Move on by some office minutes, sooner rather than later."""
        minutes = int(self.dice.triangular(least, most, least + (most - least) * 0.25))
        self.at = after_minutes(self.at, minutes, self.zone)
        return self.at

    def beside(self) -> "Told":
        """A second clock that starts now, with the same dice."""
        return Told(self.dice, self.agent, self.zone, self.at)

    @property
    def seller(self) -> User:
        """The agent as somebody who signs in."""
        if self.agent.user is None:
            raise ValueError(self.agent.name)
        return self.agent.user
