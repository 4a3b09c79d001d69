"""What is put up for delivery stands once, and ends as staff decide."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from megler.accounts.models import User
from megler.documents.models import Document
from megler.journal.models import Entry
from megler.post.actions.carrying import carry
from megler.post.actions.deliveries import BYTES_MAX, Enclosure, cancel, deliver, try_again
from megler.post.models import Delivery, DeliveryTry
from megler.vocabulary.problems import Refused
from tests.post.cast import ABOUT, NINA, a_document, a_partner, put_up

pytestmark = pytest.mark.django_db


def jobs() -> list[str]:
    return [j.args["id"] for j in ProcrastinateJob.objects.filter(task_name="post.jobs.carry")]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_files_wait_in_their_order_and_a_job_is_queued() -> None:
    files = [Enclosure(a_document(), "b.pdf"), Enclosure(a_document(2), "a.pdf")]
    delivery = put_up(a_partner(), files, url="/applications/4711/")
    assert delivery.state == "waiting"
    assert [one.name for one in delivery.files.all()] == ["b.pdf", "a.pdf"]
    assert jobs() == [str(delivery.pk)]
    assert list(Delivery.objects.about(ABOUT)) == [delivery]
    entry = Entry.objects.get(verb="delivery.put_up")
    assert (entry.subject_type, entry.subject_id) == ABOUT
    assert entry.data["files"] == ["b.pdf", "a.pdf"]


def test_the_same_key_is_the_same_delivery() -> None:
    partner, paper = a_partner(), a_document()
    first = put_up(partner, [Enclosure(paper, "a.pdf")])
    assert put_up(partner, [Enclosure(paper, "a.pdf")]) == first
    assert put_up(partner, [Enclosure(a_document(), "a.pdf")]) == first  # of the same content
    assert jobs() == [str(first.pk)]
    assert Entry.objects.filter(verb="delivery.put_up").count() == 1


def test_a_key_is_not_used_for_something_else() -> None:
    partner, paper = a_partner(), a_document()
    put_up(partner, [Enclosure(paper, "a.pdf")])
    other = a_partner(slug="other")
    for where, files in (
        (other, [Enclosure(paper, "a.pdf")]),
        (partner, [Enclosure(paper, "b.pdf")]),
        (partner, [Enclosure(a_document(3), "a.pdf")]),
    ):
        with pytest.raises(Refused) as refused:
            put_up(where, files)
        assert codes(refused) == ["delivery_key_reused"]
    assert Delivery.objects.count() == 1


def test_what_cannot_travel_is_refused_and_leaves_nothing() -> None:
    paper = a_document()
    with pytest.raises(Refused) as refused:
        deliver(
            NINA, a_partner(), ABOUT, [Enclosure(paper, "../x"), Enclosure(paper, "")], "", title=""
        )
    assert codes(refused) == ["delivery_name", "delivery_name", "delivery_key"]
    assert not Delivery.objects.exists()
    assert jobs() == []


def test_more_than_can_be_held_is_refused() -> None:
    paper = a_document()
    Document.objects.filter(pk=paper.pk).update(size=BYTES_MAX + 1)
    paper.refresh_from_db()
    with pytest.raises(Refused) as refused:
        put_up(a_partner(), [Enclosure(paper, "a.pdf")])
    assert codes(refused) == ["delivery_too_large"]


def test_nothing_goes_when_the_transaction_is_rolled_back() -> None:
    def put_up_and_fail() -> None:
        with transaction.atomic():
            put_up(a_partner())
            raise KeyError

    with pytest.raises(KeyError):
        put_up_and_fail()
    assert jobs() == []
    assert not Delivery.objects.exists()


def test_one_that_was_cancelled_is_never_sent(new_business: User) -> None:
    delivery = put_up(a_partner())
    cancel(new_business, delivery)
    cancel(new_business, delivery)
    assert carry(str(delivery.pk)) is None
    delivery.refresh_from_db()
    assert delivery.state == "cancelled"
    assert Entry.objects.filter(verb="delivery.cancelled").count() == 1
    assert not delivery.tries.exists()


def test_what_is_on_its_way_or_there_is_not_cancelled(new_business: User) -> None:
    delivery = put_up(a_partner())
    now = timezone.now()
    found = Delivery.objects.filter(pk=delivery.pk)
    found.update(state="sending", next_try_at=None, sending_until=now)
    with pytest.raises(Refused) as refused:
        cancel(new_business, delivery)
    assert codes(refused) == ["delivery_not_cancelled"]
    assert try_again(new_business, delivery).state == "sending"
    found.update(state="delivered", sending_until=None, ended_at=now)
    for act in (cancel, try_again):
        with pytest.raises(Refused):
            act(new_business, delivery)


def test_a_waiting_one_is_tried_at_once_when_asked(new_business: User) -> None:
    delivery = put_up(a_partner())
    later = timezone.now() + timedelta(hours=3)
    Delivery.objects.filter(pk=delivery.pk).update(next_try_at=later, attempts=5)
    again = try_again(new_business, delivery)
    assert again.next_try_at is not None
    assert again.next_try_at < later
    assert again.attempts_before == 5
    assert jobs() == [str(delivery.pk)] * 2


def test_only_those_who_see_the_post_may(agent_user: User, accountant: User) -> None:
    delivery = put_up(a_partner())
    for person in (agent_user, accountant):
        for act in (cancel, try_again):
            with pytest.raises(Refused) as refused:
                act(person, delivery)
            assert codes(refused) == ["not_allowed"]
        assert not Delivery.objects.visible_to(person).exists()


def test_a_try_never_changes_and_a_state_has_its_times() -> None:
    delivery = put_up(a_partner())
    DeliveryTry.objects.create(
        delivery=delivery, number=1, ended_at=timezone.now(), outcome="later", said="busy"
    )
    for statement in ("UPDATE post_deliverytry SET number = 2", "DELETE FROM post_deliverytry"):
        with (
            pytest.raises(IntegrityError, match="never changes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(state="delivered")
