"""Trying an edition out before it is published: kept, compared with the last one, given its day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from megler.carriers import packages
from megler.carriers.actions import OpenEdition, Published, open_edition, publish_edition
from megler.carriers.models import Edition, EditionDraft
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition as EditionRead
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused, errors

HEAD = "edition.toml"
_EFFECTIVE = re.compile(rb"(?m)^(\s*effective_from\s*=\s*)\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class OpenDraft:
    """A draft as it reads, and what the checker warned of."""

    read: EditionRead
    warnings: tuple[Problem, ...]


def keep_draft(
    actor: Actor, files: Mapping[str, bytes], at: datetime | None = None
) -> EditionDraft:
    """Check an edition and keep it to be tried; the same files again are the same draft.

    Raises `Refused` with every error; then nothing is kept.
    """
    at = at or timezone.now()
    read, _tables, problems = check_edition(files)
    if read is None or errors(problems):
        raise Refused(problems)
    packed = packages.pack(files)
    with transaction.atomic():
        standing = EditionDraft.objects.filter(digest=packed.digest, published=None).first()
        if standing is not None:
            return standing
        draft = EditionDraft.objects.create(
            carrier_slug=read.carrier,
            carrier_name=read.carrier_name,
            kind=read.kind.value,
            series=read.series,
            title=read.title,
            effective_from=read.effective_from,
            digest=packed.digest,
            content=packed.content,
            kept_at=at,
            kept_by=actor.name,
        )
        said = {"edition": read.name, "digest": packed.digest}
        record(actor, "edition.tried", ("edition_draft", draft.pk), said, at)
    return draft


@lru_cache(maxsize=32)
def open_draft(draft_id: UUID) -> OpenDraft:
    """The draft read; it never changes, so each process opens it once."""
    content = EditionDraft.objects.values_list("content", flat=True).get(pk=draft_id)
    read, _tables, problems = check_edition(packages.from_zip(bytes(content)))
    if read is None:
        raise Refused(problems)
    return OpenDraft(read, tuple(problems))


def edition_before(draft: EditionDraft) -> OpenEdition | None:
    """The edition of the same series that the draft would follow; None: it is the first.

    One of the draft's own day counts too: the draft must then take another day.
    """
    before = (
        Edition.objects.filter(
            carrier__slug=draft.carrier_slug,
            kind=draft.kind,
            series=draft.series,
            effective_from__lte=draft.effective_from,
        )
        .exclude(draft__pk=draft.pk)
        .order_by("-effective_from")
        .values_list("pk", flat=True)
        .first()
    )
    return None if before is None else open_edition(before)


def publish_draft(
    actor: Actor, draft: EditionDraft, effective_from: date, at: datetime | None = None
) -> Published:
    """Publish a draft to take effect on a day, which is written into its head where it differs.

    Raises `Refused` as publishing does, when the draft was published already, or when the head does
    not state its day as one line `effective_from = YYYY-MM-DD` that could be changed.
    """
    with transaction.atomic():
        held = EditionDraft.objects.select_for_update(no_key=True).get(pk=draft.pk)
        if held.published_id is not None:
            raise _published_already(held)
        files = dict(packages.from_zip(bytes(held.content)))
        if effective_from != held.effective_from:
            day = effective_from.isoformat().encode()
            files[HEAD] = _EFFECTIVE.sub(rb"\g<1>" + day, files[HEAD], count=1)
        done = publish_edition(actor, files, at)
        if done.edition.effective_from != effective_from:
            found, wanted = done.edition.effective_from, effective_from
            where = f"{HEAD} edition.effective_from"
            raise Refused(
                Problem("draft_day_unchanged", where, found.isoformat(), wanted.isoformat())
            )
        if not done.new:
            raise _published_already(held)
        held.published = done.edition
        held.effective_from = effective_from
        held.save(update_fields=["published", "effective_from"])
    return done


def _published_already(draft: EditionDraft) -> Refused:
    return Refused(Problem("draft_published_already", HEAD, draft.title))
