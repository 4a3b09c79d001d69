"""Sending what waits in the outbox, and carrying what waits for delivery."""

from procrastinate.contrib.django import app

from megler.post.actions import carrying, messages


@app.task(name="post.jobs.deliver")
def deliver(id: str) -> None:
    """Send one message; a failure is noted on it and tried again by a new job."""
    messages.deliver(id)


@app.task(name="post.jobs.carry")
def carry(id: str) -> None:
    """Try one delivery; what came of it is noted on it, and a new job tries again."""
    carrying.carry(id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="post.jobs.carry_due", queueing_lock="post.carry_due")
def carry_due(timestamp: int) -> None:
    """Take up what a killed worker left behind."""
    carrying.carry_due()
