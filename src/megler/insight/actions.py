"""Asking for a review of the book; one at a time, for the whole agency."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.insight.models import Review
from megler.journal.actions import later, record
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Problem, Refused

STUCK_AFTER = timedelta(minutes=30)
"""A review that got no further for so long is given up, and another may begin."""


def ask_for_review(person: User | None, at: datetime | None = None) -> Review:
    """Begin a review of the book, by a job; the one under way when there is one.

    Nobody as `person` is the night. Raises `Refused` for those who do not work for the agency.
    """
    if person is not None and not person.may(Can.SEE_TODAY):
        raise Refused(Problem("not_allowed", "review"))
    at = at or timezone.now()
    with transaction.atomic():
        under_way = Review.objects.select_for_update().filter(finished_at=None).first()
        if under_way and under_way.changed_at > at - STUCK_AFTER:
            return under_way
        if under_way:
            under_way.delete()
        day = timezone.localtime(at).date()
        review = Review.objects.create(asked_by=person, asked_at=at, on=day, changed_at=at)
        actor = person.actor() if person else SYSTEM
        record(actor, "review.asked", ("review", review.pk), {}, at)
        later("insight.jobs.review_book", review_id=str(review.pk))
    return review
