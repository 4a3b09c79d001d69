"""A file from its coming to its end: staged, applied, and its new cases opened."""

from datetime import datetime
from uuid import UUID

from megler.feeds.actions.applying import apply_file
from megler.feeds.actions.handing_on import hand_on
from megler.feeds.actions.opening import open_new_cases
from megler.feeds.actions.staging import stage
from megler.feeds.models import FeedFile, Happening
from megler.feeds.names import FileState


def take_file(file_id: UUID | str, at: datetime | None = None) -> None:
    """Read a file and do what it says, whatever of that is still to be done. May run twice at once."""
    stage(file_id, at)
    open_new_cases(file_id, at)
    apply_file(file_id, at)


def take_up(before: datetime) -> int:
    """Take up files and happenings from before a moment that are unfinished; returns how many."""
    states = [FileState.RECEIVED, FileState.APPLYING]
    files = FeedFile.objects.filter(state__in=states, received_at__lt=before)
    left = [str(pk) for pk in files.values_list("pk", flat=True)[:50]]
    for pk in left:
        take_file(pk)
    waiting = Happening.objects.filter(handed_on_at=None, made_at__lt=before)
    happenings = [str(pk) for pk in waiting.values_list("pk", flat=True)[:50]]
    for pk in happenings:
        hand_on(pk)
    return len(left) + len(happenings)
