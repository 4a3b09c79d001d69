"""Reading files that came, handing on what they changed, and taking up what a killed worker left."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.feeds.actions import fetching, handing_on, taking
from megler.journal.actions import later

_PATIENCE = timedelta(minutes=10)


@app.task(name="feeds.jobs.take")
def take(id: str) -> None:
    """Read one file and apply what it says; going on where it was left."""
    taking.take_file(id)


@app.task(name="feeds.jobs.hand_on")
def hand_on(id: str) -> None:
    """Hand on what happened to many cases at once."""
    handing_on.hand_on(id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="feeds.jobs.take_up", queueing_lock="feeds.take_up")
def take_up(timestamp: int) -> None:
    """Files and happenings that nobody is at any more."""
    taking.take_up(timezone.now() - _PATIENCE)


@app.task(name="feeds.jobs.fetch")
def fetch(id: str) -> None:
    """Fetch what lies in one source's folder."""
    fetching.fetch_files(id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="feeds.jobs.fetch_all", queueing_lock="feeds.fetch_all")
def fetch_all(timestamp: int) -> None:
    """Look into every source's folder; one that is slow keeps no other waiting."""
    for source in fetching.fetched().values_list("pk", flat=True):
        later("feeds.jobs.fetch", id=str(source))
