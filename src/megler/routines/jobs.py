"""Taking up what happened, looking for what time sets off, trying out, sending text messages."""

from procrastinate.contrib.django import app

from megler.routines.actions import looking, previewing, taking_up, texting

ROUNDS_MAX = 50


@app.periodic(cron="* * * * * */10")
@app.task(name="routines.jobs.take_up", queueing_lock="routines.take_up")
def take_up(timestamp: int) -> None:
    """Take up what happened with cases since the last run."""
    for _round in range(ROUNDS_MAX):
        if taking_up.take_up() < taking_up.BATCH:
            return


@app.periodic(cron="*/10 * * * *")
@app.task(name="routines.jobs.look", queueing_lock="routines.look")
def look(timestamp: int) -> None:
    """Act on what became ripe by time."""
    looking.look()


@app.task(name="routines.jobs.preview")
def preview(id: str) -> None:
    """Read one slice more of a routine's past."""
    previewing.go_on_with_preview(id)


@app.task(name="routines.jobs.send_text")
def send_text(id: str) -> None:
    """Send one text message; a failure is noted on it and tried again by a new job."""
    texting.send_text(id)
