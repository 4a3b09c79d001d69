"""Clearing away, nightly, files that no row names."""

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.documents import actions


@app.periodic(cron="41 3 * * *")
@app.task(name="documents.jobs.clear_orphans", queueing_lock="documents.clear_orphans")
def clear_orphans(timestamp: int) -> None:
    """Files of transactions that were rolled back or killed."""
    actions.clear_orphans(timezone.localdate())
