"""Papers are read beside the work; what was left is taken up; what is over is proposed and ended."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from megler.documents.models import Document
from megler.papers.actions import destroying, keeping, reading


@app.task(name="papers.jobs.read")
def read(document_id: str) -> None:
    """Read one document; twice run, it is read once."""
    found = Document.objects.filter(pk=UUID(document_id)).first()
    if found is not None:
        reading.read_document(found)


@app.periodic(cron="*/10 * * * *")
@app.task(name="papers.jobs.read_what_is_left", queueing_lock="papers.read_what_is_left")
def read_what_is_left(timestamp: int) -> None:
    """Documents that came by a way which puts up no reading, or were in quarantine."""
    reading.read_what_is_left(timezone.now())


@app.periodic(cron="37 4 * * *")
@app.task(name="papers.jobs.propose_destruction", queueing_lock="papers.propose_destruction")
def propose_destruction(timestamp: int) -> None:
    """Papers whose time is over are proposed; two people decide."""
    keeping.propose(timezone.localdate())


@app.task(name="papers.jobs.destroy")
def destroy(destruction_id: str) -> None:
    """Destroy what two people approved, and certify it."""
    destroying.destroy(UUID(destruction_id))


@app.periodic(cron="*/10 * * * *")
@app.task(name="papers.jobs.finish_destructions", queueing_lock="papers.finish_destructions")
def finish_destructions(timestamp: int) -> None:
    """Destructions whose job was lost on its way."""
    destroying.finish_destructions()
