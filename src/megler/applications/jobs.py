"""Every day: whoever has not signed is reminded, and links that expired are told."""

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.applications.actions import reminding


@app.periodic(cron="17 15 * * *")
@app.task(name="applications.jobs.remind_signers", queueing_lock="applications.remind_signers")
def remind_signers(timestamp: int) -> None:
    """In the middle of the day in America, so that nobody is woken by it."""
    reminding.remind_signers(timezone.now())
