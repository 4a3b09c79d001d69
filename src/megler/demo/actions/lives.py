"""The lives of the demo's applicants, from the first quote to whatever became of the policy."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from megler.cases.actions.duties import follow_up
from megler.cases.actions.requirements import expire_requirements
from megler.demo.actions.people import Cast, the_cast
from megler.demo.actions.selling import sold
from megler.demo.actions.telling import Told
from megler.demo.actions.working import worked
from megler.demo.actions.year import Year
from megler.demo.rules.schedule import OPEN_MINUTES, Life, office_moment
from megler.licensing.models import Agent
from megler.work.rules.calendar import is_business_day, next_business_day

EARLY = -90
"""Minutes before opening when the day's follow-ups are put up."""
MORNINGS = 20
"""Days back from which follow-ups may still wait for somebody."""


def lives(year: Year, number: int, of: int) -> Iterator[Life]:
    """Every `of`-th life of the year from number `number` on.

    Lives begin on business days from the first day of the year to its last, more towards the end.
    """
    cast = the_cast()
    zone = timezone.get_default_timezone()
    last = timezone.localtime(year.until).date()
    days = (last - year.begun).days
    for each in range(number, year.quotes, of):
        dice = random.Random(f"{year.seed}/{each}")  # noqa: S311 - not a secret
        day = next_business_day(year.begun + timedelta(days=int(days * dice.random() ** 0.42)))
        start = office_moment(day, dice.randrange(OPEN_MINUTES), zone)
        yield _life(cast, Told(dice, _agent(dice, cast.agents), zone, start))


def _agent(dice: random.Random, agents: list[Agent]) -> Agent:
    """A few agents bring most of the business."""
    return agents[int(len(agents) * dice.random() ** 2.2)]


def _life(cast: Cast, told: Told) -> Life:
    yield from sold(told)
    if told.application is not None:
        yield from worked(told, cast)


def mornings(until: datetime) -> None:
    """What the agency's clock did on the last business days: follow-ups due, evidence too old."""
    zone = timezone.get_default_timezone()
    last = timezone.localtime(until).date()
    for back in range(MORNINGS, -1, -1):
        day = last - timedelta(days=back)
        at = office_moment(day, 0, zone) + timedelta(minutes=EARLY)
        if is_business_day(day) and at <= until:
            expire_requirements(day, at)
            follow_up(day, at)
