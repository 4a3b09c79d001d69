"""Fetching what a carrier has put into its folder for us: kept once, and taken away only once it is whole.

A file is kept when it is first seen, and taken away when a later look finds it as it was kept. One
that was still being written is kept again whole; killed anywhere, the same content is the same file.
"""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from megler.feeds.actions.applying import robot_of
from megler.feeds.actions.receiving import receive_file
from megler.feeds.models import FeedSource, SourceQuerySet
from megler.post.actions import channels
from megler.post.rules.partners import Channel
from megler.vocabulary.problems import Refused
from megler.wires.carried import Outcome
from megler.wires.sftp.fetching import fetch, take_away

FETCH_SECONDS = 120


def fetch_files(source_id: str, at: datetime | None = None) -> int:
    """Keep what lies in a source's folder, each to be read; how many files were new."""
    at = at or timezone.now()
    source = fetched().select_related("carrier", "partner").filter(pk=source_id).first()
    if source is None or source.partner is None:
        return 0
    account = replace(channels.sftp_account(source.partner, FETCH_SECONDS), folder=source.folder)
    files, answer = fetch(account)
    trouble = "" if answer.outcome is Outcome.TAKEN else answer.code
    new, kept = 0, []
    for file in files:
        try:
            done = receive_file(robot_of(source), source, file.name, file.content, at=at)
        except Refused as refused:
            trouble = refused.problems[0].code if file.content else trouble
            continue
        new += done.is_new
        if not done.is_new:
            kept.append(file.name)
    if kept:
        take_away(account, kept)
    FeedSource.objects.filter(pk=source.pk).update(fetched_at=at, fetch_trouble=trouble[:40])
    return new


def fetched() -> SourceQuerySet:
    """Sources whose files are fetched: there are dozens."""
    found = FeedSource.objects.filter(
        is_active=True, partner__channel=Channel.SFTP, partner__is_active=True
    )
    return found.exclude(folder="")
