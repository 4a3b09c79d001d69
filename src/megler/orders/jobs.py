"""Reading what vendors send, asking them for news, reading records, and chasing the silent."""

from procrastinate.contrib.django import app

from megler.journal.actions import later
from megler.orders.actions import deciding, directory, hearing, polling, records
from megler.orders.models import Facility


@app.task(name="orders.jobs.read_message")
def read_message(id: str) -> None:
    """Read a message that was kept."""
    hearing.read_message(id)


@app.task(name="orders.jobs.read_answer")
def read_answer(id: str) -> None:
    """Keep what a receiver answered to a delivery."""
    polling.read_answer(id)


@app.task(name="orders.jobs.read_records")
def read_records(id: str) -> None:
    """Draw the timeline of a requirement's papers."""
    records.read_records(id)


@app.task(name="orders.jobs.measure")
def measure(id: str) -> None:
    """Count a facility's days anew."""
    if facility := Facility.objects.filter(pk=id).first():
        directory.measure(facility)


@app.task(name="orders.jobs.cancel_for")
def cancel_for(id: str) -> None:
    """Cancel the order of a requirement that was settled otherwise."""
    deciding.cancel_for(id)


@app.task(name="orders.jobs.poll")
def poll(id: str) -> None:
    """Ask one vendor for news."""
    polling.poll(id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="orders.jobs.poll_all", queueing_lock="orders.poll_all")
def poll_all(timestamp: int) -> None:
    """Ask every vendor for news; one that is slow keeps no other waiting."""
    for vendor in polling.polled():
        later("orders.jobs.poll", id=vendor)


@app.periodic(cron="*/5 * * * *")
@app.task(name="orders.jobs.read_due", queueing_lock="orders.read_due")
def read_due(timestamp: int) -> None:
    """Take up what a killed worker left unread."""
    hearing.read_due()


@app.periodic(cron="31 5 * * *")
@app.task(name="orders.jobs.chase", queueing_lock="orders.chase")
def chase(timestamp: int) -> None:
    """Put up tasks for orders without a word."""
    deciding.chase()
