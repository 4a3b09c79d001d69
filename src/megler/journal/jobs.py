"""Sealing, every five seconds; taking up what killed workers left; forgetting old answers, daily."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.journal import actions
from megler.journal.models import Answered


@app.periodic(cron="* * * * * */5")
@app.task(name="journal.jobs.seal", queueing_lock="journal.seal", pass_context=False)
def seal(timestamp: int) -> None:
    """Seal what has been committed since the last run."""
    while actions.seal():
        pass


@app.periodic(cron="17 3 * * *")
@app.task(name="journal.jobs.forget_answers", queueing_lock="journal.forget_answers")
def forget_answers(timestamp: int) -> None:
    """Answers are kept for 30 days, longer than any client retries."""
    Answered.objects.filter(at__lt=timezone.now() - timedelta(days=30)).delete()


@app.periodic(cron="*/2 * * * *")
@app.task(name="journal.jobs.take_up_stalled", queueing_lock="journal.take_up_stalled")
def take_up_stalled(timestamp: int) -> None:
    """A killed worker leaves its jobs standing as if they were being done."""
    actions.take_up_stalled()
