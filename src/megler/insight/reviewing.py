"""Going through the book, batch by batch: what is read, what is priced, what is written down."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from megler.cases.models import Case
from megler.cases.rules.words import Status
from megler.insight.findings import Found, Market, age_findings, market_for, policy_findings
from megler.insight.models import Finding, Review, Tally
from megler.insight.rules.review import QUOTE_OPEN_FOR
from megler.insight.rules.stages import OPEN
from megler.quoting.models import Quote

BATCH = 100
_LOCK = 0x6D657276
"""The advisory lock that the one who goes through the book holds."""
_SETTLED = (Status.ISSUED, Status.DELIVERED)
"""Open cases whose age, and so premium, is settled already."""
_Row = TypeVar("_Row", bound=models.Model)
_Look = Callable[[Sequence[Any], Market], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Things of one kind to look at, and how."""

    things: "models.QuerySet[Any]"
    look: _Look


def review_book(review_id: str | UUID) -> None:
    """Does a review from its beginning; nothing when it is done, given up or under way elsewhere.

    May run twice with one effect: what an earlier try wrote down goes first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return
        try:
            _review(review_id)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _review(review_id: str | UUID) -> None:
    review = Review.objects.filter(pk=review_id, finished_at=None).first()
    if review is None:
        return
    shelves = _shelves(review.on)
    review.findings.all().delete()
    review.total, review.done = sum(shelf.things.count() for shelf in shelves), 0
    review.changed_at = timezone.now()
    review.save(update_fields=["total", "done", "changed_at"])
    market = market_for(review.on)
    for shelf in shelves:
        for batch in _batches(shelf.things):
            if not _write_down(review, len(batch), list(shelf.look(batch, market))):
                return
    _finish(review)


def _shelves(on: date) -> list[_Shelf]:
    about = ("application__quote", "client", "product__carrier")
    cases = Case.objects.select_related(*about).defer(
        "carrier_words", "returned_because", "client__ssn", "application__answers"
    )
    undecided = [status for status in OPEN if status not in _SETTLED]
    since = timezone.now() - QUOTE_OPEN_FOR
    return [
        _Shelf(cases.filter(status=Status.IN_FORCE), policy_findings),
        _Shelf(cases.filter(status__in=undecided), age_findings),
        _Shelf(Quote.objects.filter(made_at__gte=since, applications=None), age_findings),
    ]


def _batches(things: "models.QuerySet[_Row]") -> Iterator[list[_Row]]:
    """All of them by key, so many at a time, however many there are."""
    after: Any = None
    while True:
        rest = things if after is None else things.filter(pk__gt=after)
        batch = list(rest.order_by("pk")[:BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1].pk


def _write_down(review: Review, looked_at: int, found: Sequence[Found]) -> bool:
    """Keeps what a batch brought, and how far it is; False when the review was given up."""
    with transaction.atomic():
        going_on = Review.objects.filter(pk=review.pk, finished_at=None).update(
            done=F("done") + looked_at, changed_at=timezone.now()
        )
        if going_on:
            Finding.objects.bulk_create(
                [Finding(review=review, **one.columns()) for one in found], batch_size=500
            )
    return bool(going_on)


def _finish(review: Review) -> None:
    """Adds up, lets this review stand and takes the one before away."""
    with transaction.atomic():
        kept = Review.objects.select_for_update().filter(pk=review.pk, finished_at=None).first()
        if kept is None:
            return
        by_agent = list(_sums(review, "agent"))
        Tally.objects.bulk_create([*by_agent, *_sums(review)])
        kept.finished_at = timezone.now()
        kept.save(update_fields=["finished_at"])
        Review.objects.filter(~Q(pk=kept.pk), finished_at__isnull=False).delete()


def _sums(review: Review, *by: str) -> Iterator[Tally]:
    """The tallies of a review: of each agent, or of all together."""
    rows = review.findings.values("kind", "currency", *by).order_by()
    for row in rows.annotate(n=Count("pk"), sum=Sum("worth")):
        if by and row["agent"] is None:
            continue
        yield Tally(
            review=review,
            agent_id=row.get("agent"),
            kind=row["kind"],
            currency=row["currency"],
            count=row["n"],
            worth=row["sum"] or 0,
        )
