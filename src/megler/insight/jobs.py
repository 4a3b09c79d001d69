"""Going through the book: when somebody asks, and every night."""

from procrastinate.contrib.django import app

from megler.insight import actions, reviewing
from megler.insight.held import count_held_months


@app.task(name="insight.jobs.review_book", queueing_lock=None)
def review_book(review_id: str) -> None:
    """Do a review that was asked for; nothing when it is done or gone."""
    reviewing.review_book(review_id)


@app.periodic(cron="31 1 * * *")
@app.task(name="insight.jobs.review_nightly", queueing_lock="insight.review_nightly")
def review_nightly(timestamp: int) -> None:
    """Ask for the night's review."""
    actions.ask_for_review(None)


@app.periodic(cron="41 4 * * *")
@app.task(name="insight.jobs.count_held_days", queueing_lock="insight.count_held_days")
def count_held_days(timestamp: int) -> None:
    """Count how long each had the cases that ended in this month and the last."""
    count_held_months()
