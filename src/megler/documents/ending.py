"""The one way in which a document's content ends: its time is over, and two people have agreed."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction

from megler.documents.models import Document, Standing
from megler.journal.actions import record
from megler.journal.rules.actors import Actor

GONE = "destroyed"
"""What a document is called of which nothing is left: a name may tell of a person."""


def end_content(actor: Actor, document: Document, told: dict[str, str], at: datetime) -> list[str]:
    """Mark a document's content as ended, originals and all; returns where its files lie.

    In the caller's transaction, which keeps those places until `delete_files` has removed them.
    """
    with transaction.atomic():
        held = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        if held.standing == Standing.DESTROYED:
            return []
        originals = list(held.originals.exclude(file=None))
        places = [str(held.file)] if held.file else []
        places += [str(one.file) for one in originals]
        Document.objects.filter(pk=held.pk).update(
            standing=Standing.DESTROYED, file=None, name=GONE
        )
        held.originals.update(file=None, name=GONE)
        told = {**told, "sha256": held.sha256}
        record(actor, "document.destroyed", ("document", held.pk), told, at)
    return places


def delete_files(places: list[str]) -> None:
    """Remove files whose rows have ended; those that are gone already are no trouble.

    Raises what the storage raises when it cannot: then they are not removed, and nobody says so.
    """
    for place in places:
        default_storage.delete(place)
