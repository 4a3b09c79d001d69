"""Every morning: follow-ups become tasks, old evidence is marked, and days are counted."""

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.cases.actions import days, duties, requirements


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


@app.periodic(cron="23 5 * * *")
@app.task(name="cases.jobs.measure_days", queueing_lock="cases.measure_days")
def measure_days(timestamp: int) -> None:
    """Count how long requirements take here, for underwriting to tell."""
    days.measure_days()
