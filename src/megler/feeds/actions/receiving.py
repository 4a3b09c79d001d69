"""A file comes: kept once, however often it is sent, and put up to be read."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.documents.actions import Content, Sent, examine, keep
from megler.documents.files import digest as digest_of
from megler.documents.rules.kinds import TEXTS, WORKBOOK, clean_name
from megler.feeds.models import FeedFile, FeedSource
from megler.journal.actions import later, record
from megler.vocabulary.problems import Problem, Refused

TAKEN = (*TEXTS, WORKBOOK)


@dataclass(frozen=True, slots=True)
class Received:
    """The file, and whether it came for the first time."""

    file: FeedFile
    is_new: bool


def receive_file(
    doer: Doer,
    source: FeedSource,
    name: str,
    content: Content,
    *,
    as_of: datetime | None = None,
    at: datetime | None = None,
) -> Received:
    """Keep a carrier's file and have it read. The same content again is the file that came first.

    `as_of`: when the carrier said it, where the file itself does not say. Raises `Refused` for who
    may not, a source out of use, and files that are none.
    """
    at = at or timezone.now()
    if not doer.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", source.name))
    if not source.is_active:
        raise Refused(Problem("feed_source_off", source.name))
    if as_of is not None and as_of > at:
        raise Refused(Problem("case_in_the_future", "as_of", f"{as_of:%Y-%m-%d}", f"{at:%Y-%m-%d}"))
    examined = examine(Sent(clean_name(name), content), also=TAKEN)
    with transaction.atomic():
        held = FeedSource.objects.select_for_update(no_key=True).get(pk=source.pk)
        digest = digest_of(examined.content)
        found = held.files.filter(digest=digest).first()
        if found:
            return Received(found, is_new=False)
        document = keep(doer.actor(), examined, at)
        made = FeedFile.objects.create(
            source=held,
            document=document,
            digest=digest,
            name=document.name,
            as_of=as_of,
            received_at=at,
            by_id=doer.actor().id,
            by_name=doer.name,
        )
        told = {"name": made.name, "source": held.slug}
        record(doer.actor(), "feed.received", ("feed", made.pk), told, at)
        later("feeds.jobs.take", id=str(made.pk))
    return Received(made, is_new=True)
