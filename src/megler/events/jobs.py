"""Webhooks are delivered; events that nobody asks for any more are put away."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.events.actions import delivering, hearing, outbox


@app.task(name="events.jobs.deliver")
def deliver(subscription: str, case: str) -> None:
    """Deliver what waits of a case for a subscriber."""
    delivering.deliver(UUID(subscription), UUID(case))


@app.task(name="events.jobs.take_heard")
def take_heard(id: str) -> None:
    """Hand a carrier's notification to its feed."""
    hearing.take_heard(id)


@app.periodic(cron="43 4 * * *")
@app.task(name="events.jobs.put_away", queueing_lock="events.put_away")
def put_away(timestamp: int) -> None:
    """Forget events that are old: the journal has them for ever."""
    outbox.put_away(timezone.now())
