"""Deliveries reach real servers once in effect, are tried again, and end with somebody told."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from megler.accounts.models import User
from megler.journal.models import Entry
from megler.post.actions.carrying import CLAIMED_FOR, carry, carry_due
from megler.post.actions.deliveries import cancel, try_again
from megler.post.models import Delivery
from megler.post.rules.retrying import ATTEMPTS_MAX
from megler.work.models import Task
from tests.post.cast import a_partner, by_https, by_sftp, put_up
from tests.post.mailbox import Mailbox
from tests.wires.https.server import files_in, https_server
from tests.wires.sftp.server import sftp_server

pytestmark = pytest.mark.django_db


def carried(delivery: Delivery, after: timedelta = timedelta()) -> Delivery:
    """The delivery after a try, made when it was due and so much later."""
    due = Delivery.objects.get(pk=delivery.pk).next_try_at or timezone.now()
    carry(str(delivery.pk), max(due, timezone.now()) + after)
    return Delivery.objects.get(pk=delivery.pk)


def outcomes(delivery: Delivery) -> list[tuple[str, str]]:
    return [(one.outcome, one.why) for one in delivery.tries.order_by("number")]


def test_by_sftp_with_a_receipt_and_nothing_left_behind(tmp_path: Path) -> None:
    with sftp_server(tmp_path) as server:
        done = carried(put_up(by_sftp(server)))
    assert (done.state, done.why) == ("delivered", "")
    assert done.delivered_at is not None
    assert server.names == ["A-10001.pdf"]
    paper = done.files.get().document
    assert (tmp_path / "A-10001.pdf").read_bytes() == paper.read()
    assert paper.sha256 in done.receipt
    assert outcomes(done) == [("taken", "")]
    entry = Entry.objects.get(verb="delivery.delivered")
    assert entry.data == {"delivery": str(done.pk), "partner": "tundra-life"}


def test_by_https_with_the_receivers_receipt() -> None:
    with https_server() as server:
        done = carried(put_up(by_https(server)))
    ((_method, _path, headers, body),) = server.asked
    assert headers["Idempotency-Key"] == str(done.pk)
    ((name, kind, content),) = files_in(headers, body)
    assert (name, kind) == ("A-10001.pdf", "application/pdf")
    assert content == done.files.get().document.read()
    assert done.state == "delivered"
    assert done.receipt.endswith('{"receipt": "R-1"}')
    assert done.answer is None


def test_a_long_answer_is_kept_whole() -> None:
    said = "<TXLife>Ærlig " + "x" * 9_000 + "</TXLife>\n"
    with https_server(body=said.encode("latin-1")) as server:
        done = carried(put_up(by_https(server)))
    assert done.answer is not None
    assert done.answer.read() == said.encode("latin-1")
    assert len(done.receipt) <= 4_000


def test_by_mail_with_the_files_enclosed(mailbox: Mailbox) -> None:
    done = carried(put_up(a_partner()))
    (got,) = mailbox.taken
    assert done.state == "delivered"
    assert done.message is not None
    assert got["Message-ID"] == done.message.message_id
    assert got["Message-ID"] in done.receipt
    (part,) = [p for p in got.walk() if p.get_filename()]
    assert part.get_filename() == "A-10001.pdf"
    assert part.get_payload(decode=True) == done.files.get().document.read()


def test_a_job_run_twice_has_one_effect(mailbox: Mailbox) -> None:
    delivery = put_up(a_partner())
    assert carry(str(delivery.pk)) is not None
    assert carry(str(delivery.pk)) is None
    assert len(mailbox.taken) == 1


def test_what_was_not_taken_now_is_tried_later_and_no_sooner() -> None:
    with https_server(statuses=[503, 503, 201]) as server:
        delivery = put_up(by_https(server))
        first = carried(delivery)
        assert (first.state, first.why) == ("waiting", "busy_receiver")
        assert carry(str(delivery.pk)) is None
        job = ProcrastinateJob.objects.order_by("-id")[0]
        assert job.args == {"id": str(delivery.pk)}
        assert job.scheduled_at is not None
        second = carried(delivery)
        assert second.next_try_at is not None
        assert carried(delivery).state == "delivered"
    assert outcomes(delivery) == [
        ("later", "busy_receiver"), ("later", "busy_receiver"), ("taken", ""),
    ]  # fmt: skip
    assert {headers["Idempotency-Key"] for _m, _p, headers, _b in server.asked} == {
        str(delivery.pk)
    }


def test_a_receiver_that_asks_for_time_gets_it() -> None:
    with https_server(statuses=[429], headers={"Retry-After": "3600"}) as server:
        waiting = carried(put_up(by_https(server)))
    assert waiting.next_try_at is not None
    assert waiting.next_try_at - waiting.tries.get().ended_at == timedelta(hours=1)


def test_after_a_day_it_has_failed_and_new_business_is_told(new_business: User) -> None:
    nobody = a_partner(channel="https", address="https://127.0.0.1:1/in")
    delivery = put_up(nobody)
    for _ in range(ATTEMPTS_MAX):
        failed = carried(delivery)
    assert (failed.state, failed.why, failed.attempts) == ("failed", "not_reached", ATTEMPTS_MAX)
    (task,) = Task.objects.waiting_for(new_business)
    assert task.text == "See why A-10001 did not reach Tundra Life"
    assert task.url == f"/deliveries/{delivery.pk}/"
    assert carry(str(delivery.pk)) is None


def test_a_refusal_waits_for_a_person_who_starts_anew(new_business: User) -> None:
    with https_server(statuses=[422, 201]) as server:
        delivery = put_up(by_https(server))
        assert carried(delivery).state == "refused"
        assert Task.objects.waiting_for(new_business).count() == 1
        try_again(new_business, delivery)
        assert carried(delivery).state == "delivered"
    assert not Task.objects.waiting_for(new_business).exists()
    keys = [headers["Idempotency-Key"] for _m, _p, headers, _b in server.asked]
    assert keys == [str(delivery.pk), f"{delivery.pk}-again-1"]


def test_one_who_starts_anew_gets_all_tries_again(new_business: User) -> None:
    delivery = put_up(a_partner(channel="https", address="https://127.0.0.1:1/in"))
    for _ in range(ATTEMPTS_MAX):
        carried(delivery)
    try_again(new_business, delivery)
    waiting = carried(delivery)
    assert (waiting.state, waiting.attempts) == ("waiting", ATTEMPTS_MAX + 1)
    cancel(new_business, delivery)
    assert not Task.objects.waiting_for(new_business).exists()


def test_a_partner_not_in_use_gets_nothing(mailbox: Mailbox) -> None:
    partner = a_partner()
    delivery = put_up(partner)
    partner.is_active = False
    partner.save()
    assert carried(delivery).why == "partner_not_in_use"
    assert mailbox.taken == []


def test_without_a_mail_server_it_is_refused_and_not_said_to_be_sent(settings: object) -> None:
    settings.EMAIL_HOST = ""  # type: ignore[attr-defined]
    done = carried(put_up(a_partner()))
    assert (done.state, done.why) == ("refused", "mail_server_missing")


def test_files_too_large_for_a_mail_are_not_sent(settings: object, mailbox: Mailbox) -> None:
    settings.MAIL_BYTES_MAX = 100  # type: ignore[attr-defined]
    done = carried(put_up(a_partner()))
    assert (done.state, done.why) == ("refused", "message_too_large")
    assert mailbox.taken == []


def test_a_mail_server_that_is_busy_or_refuses(mailbox: Mailbox, new_business: User) -> None:
    delivery = put_up(a_partner())
    mailbox.answer = "451 Try again later"
    assert carried(delivery).why == "mail_not_sent"
    mailbox.answer = "550 No such mailbox"
    refused = carried(delivery)
    assert (refused.state, refused.why) == ("refused", "refused_by_receiver")
    assert refused.message is not None
    assert refused.message.state == "given_up"
    mailbox.answer = "250 OK"
    try_again(new_business, delivery)
    assert carried(delivery).state == "delivered"
    assert len(mailbox.taken) == 1


def test_a_file_that_cannot_be_read_here_is_tried_later(tmp_path: Path) -> None:
    with sftp_server(tmp_path) as server:
        delivery = put_up(by_sftp(server))
        document = delivery.files.get().document
        document.file.delete(save=False)
        assert carried(delivery).why == "document_unreadable"
    assert server.names == []


def test_who_claims_it_has_it_until_that_try_counts_as_lost() -> None:
    with https_server() as server:
        delivery = put_up(by_https(server))
        now = timezone.now()
        Delivery.objects.filter(pk=delivery.pk).update(
            state="sending", attempts=1, next_try_at=None, sending_until=now + CLAIMED_FOR
        )
        assert carry(str(delivery.pk), now) is None
        assert carry_due(now) == 0
        later = now + CLAIMED_FOR + timedelta(minutes=1)
        assert carry_due(later) == 1
        assert carry(str(delivery.pk), later) is not None
    assert outcomes(delivery) == [("lost", ""), ("taken", "")]


def test_one_that_is_lost_every_time_fails_in_the_end(new_business: User) -> None:
    delivery = put_up(a_partner())
    long_ago = timezone.now() - CLAIMED_FOR
    Delivery.objects.filter(pk=delivery.pk).update(
        state="sending", attempts=ATTEMPTS_MAX, next_try_at=None, sending_until=long_ago
    )
    assert carry(str(delivery.pk)) is None
    delivery.refresh_from_db()
    assert (delivery.state, delivery.why) == ("failed", "lost")
    assert Task.objects.waiting_for(new_business).count() == 1


def test_what_a_killed_worker_left_is_queued_again_once_it_is_overdue() -> None:
    delivery = put_up(a_partner())
    assert carry_due() == 0
    assert carry_due(timezone.now() + timedelta(minutes=3)) == 1
    jobs = ProcrastinateJob.objects.filter(task_name="post.jobs.carry")
    assert [job.args["id"] for job in jobs] == [str(delivery.pk)] * 2


def test_a_mail_goes_to_where_the_partner_is_now(mailbox: Mailbox, new_business: User) -> None:
    partner = a_partner()
    mailbox.answer = "550 no such mailbox"
    refused = carried(put_up(partner))
    assert refused.state == "refused"
    partner.address, partner.name = "right@tundra.example", "Tundra Life Inc."
    partner.save()
    mailbox.answer = "250 OK"
    done = carried(try_again(new_business, refused))
    assert (done.state, done.attempts) == ("delivered", 2)
    (got,) = mailbox.taken
    assert got["To"] == '"Tundra Life Inc." <right@tundra.example>'
    partner.address = "no address"
    partner.save()
    mailbox.answer = "451 later"
    other = carried(put_up(partner, key="application 4712"))
    assert (other.state, other.why) == ("refused", "message_address")


@pytest.mark.parametrize("status", [401, 302, 404])
def test_who_was_not_heard_knows_nothing_of_an_earlier_try_and_keeps_the_key(
    status: int, new_business: User
) -> None:
    with https_server(drops_answers=1, statuses=[201, status, 201]) as server:
        refused = carried(carried(put_up(by_https(server))))
        assert (refused.state, len(server.effects)) == ("refused", 1)
        done = carried(try_again(new_business, refused))
    assert done.state == "delivered"
    assert list(server.effects) == [str(done.pk)]


def test_a_partner_out_of_use_for_a_while_gets_it_once(new_business: User) -> None:
    with https_server(drops_answers=1) as server:
        waiting = carried(put_up(partner := by_https(server)))
        partner.is_active = False
        partner.save()
        refused = carried(waiting)
        partner.is_active = True
        partner.save()
        done = carried(try_again(new_business, refused))
    assert outcomes(done) == [
        ("later", "connection_lost"),
        ("refused", "partner_not_in_use"),
        ("taken", ""),
    ]
    assert len(server.effects) == 1
