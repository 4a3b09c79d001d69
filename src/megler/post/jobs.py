"""Sending what waits in the outbox."""

from procrastinate.contrib.django import app

from megler.post.actions import messages


@app.task(name="post.jobs.deliver")
def deliver(id: str) -> None:
    """Send one message; a failure is noted on it and tried again by a new job."""
    messages.deliver(id)
