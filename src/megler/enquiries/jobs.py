"""Every morning: carriers that owe an answer, and offers that run out."""

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.enquiries.actions.following import follow_up as follow_enquiries


@app.periodic(cron="17 5 * * *")
@app.task(name="enquiries.jobs.follow_up", queueing_lock="enquiries.follow_up")
def follow_up(timestamp: int) -> None:
    """Put up the day's tasks about enquiries, and let offers run out."""
    follow_enquiries(timezone.localdate(), timezone.now())
