"""Every Monday morning: the digests of the week before."""

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.portal.actions import digests


@app.periodic(cron="17 6 * * 1")
@app.task(name="portal.jobs.write_digests", queueing_lock="portal.write_digests")
def write_digests(timestamp: int) -> None:
    """Write to everybody who chose a digest. Digests left over by a stopped worker are written, too."""
    digests.write_digests(digests.week_before(timezone.localdate()))
