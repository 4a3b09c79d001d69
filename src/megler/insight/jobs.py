"""Going through the book: when somebody asks, and every night."""

from procrastinate.contrib.django import app

from megler.insight import actions, reviewing


@app.task(name="insight.jobs.review_book", queueing_lock=None)
def review_book(review_id: str) -> None:
    """Do a review that was asked for; nothing when it is done or gone."""
    reviewing.review_book(review_id)


@app.periodic(cron="31 1 * * *")
@app.task(name="insight.jobs.review_nightly", queueing_lock="insight.review_nightly")
def review_nightly(timestamp: int) -> None:
    """Ask for the night's review."""
    actions.ask_for_review(None)
