"""Every morning: follow-ups that are due become tasks, evidence that is too old is marked."""

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.cases.actions import duties, requirements


@app.periodic(cron="11 5 * * *")
@app.task(name="cases.jobs.follow_up", queueing_lock="cases.follow_up")
def follow_up(timestamp: int) -> None:
    """Put up the tasks of the day's follow-ups."""
    duties.follow_up(timezone.localdate(), timezone.now())


@app.periodic(cron="7 5 * * *")
@app.task(name="cases.jobs.expire", queueing_lock="cases.expire")
def expire(timestamp: int) -> None:
    """Mark evidence that the carrier will not take any more."""
    requirements.expire_requirements(timezone.localdate())
