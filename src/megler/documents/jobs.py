"""Clearing away, nightly, files that no row names; scanning again what the scanner did not answer on."""

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.documents import actions


@app.periodic(cron="41 3 * * *")
@app.task(name="documents.jobs.clear_orphans", queueing_lock="documents.clear_orphans")
def clear_orphans(timestamp: int) -> None:
    """Files of transactions that were rolled back or killed."""
    actions.clear_orphans(timezone.localdate())


@app.periodic(cron="*/5 * * * *")
@app.task(name="documents.jobs.scan_quarantined", queueing_lock="documents.scan_quarantined")
def scan_quarantined(timestamp: int) -> None:
    """Documents that came while the malware scanner was down."""
    actions.scan_quarantined()
