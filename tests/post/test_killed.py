"""A process killed after the receiver did the thing, and before we knew: still one effect there."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone

from megler.post.actions.carrying import CLAIMED_FOR, carry
from megler.post.models import Delivery
from tests.post.cast import a_partner, by_https, by_sftp, put_up
from tests.post.mailbox import Mailbox
from tests.wires.https.server import https_server
from tests.wires.sftp.server import sftp_server

pytestmark = pytest.mark.django_db(transaction=True)


class Worker:
    """A process of its own that tries a delivery, and is killed when somebody says so."""

    def __init__(self) -> None:
        self.pid = 0
        self.started = threading.Event()

    def kill(self) -> None:
        """Kill it now, once; called by the server that it speaks to."""
        if not self.started.is_set():
            self.started.wait(10)
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)

    def try_until_killed(self, delivery: Delivery) -> None:
        """Fork, try, and wait for its end, which must be the kill.

        In a thread: this one may have an event loop running, which the fork would inherit half.
        """
        connections.close_all()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(self._try_until_killed, delivery).result(60)

    def _try_until_killed(self, delivery: Delivery) -> None:
        child = os.fork()
        if child == 0:
            try:
                carry(str(delivery.pk))
            finally:
                os._exit(0)
        self.pid = child
        self.started.set()
        _pid, status = os.waitpid(child, 0)
        self.pid = 0
        assert os.WIFSIGNALED(status), "it ended before it was killed"


def taken_up_again(delivery: Delivery) -> Delivery:
    """The delivery after another worker found it, once the first one's time was over."""
    lost = Delivery.objects.get(pk=delivery.pk)
    assert lost.state == "sending"
    assert carry(str(delivery.pk)) is None
    found = carry(str(delivery.pk), timezone.now() + CLAIMED_FOR)
    assert found is not None
    return found


def outcomes(delivery: Delivery) -> list[str]:
    return list(delivery.tries.order_by("number").values_list("outcome", flat=True))


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.mark.parametrize("is_fetched", [False, True])
def test_by_sftp(tmp_path: Path, worker: Worker, is_fetched: bool) -> None:
    with sftp_server(tmp_path, when_renamed=worker.kill) as server:
        delivery = put_up(by_sftp(server))
        worker.try_until_killed(delivery)
        assert "A-10001.pdf" in server.names
        if is_fetched:
            (tmp_path / "A-10001.pdf").unlink()
        done = taken_up_again(delivery)
    assert done.state == "delivered"
    assert outcomes(done) == ["lost", "taken"]
    assert server.renamed == ["A-10001.pdf"]
    assert server.names == ([] if is_fetched else ["A-10001.pdf"])


def test_by_https(worker: Worker) -> None:
    with https_server(when_done=worker.kill) as server:
        delivery = put_up(by_https(server))
        worker.try_until_killed(delivery)
        done = taken_up_again(delivery)
    assert done.state == "delivered"
    assert outcomes(done) == ["lost", "taken"]
    assert len(server.asked) == 2
    assert len(server.effects) == 1


def test_by_mail(mailbox: Mailbox, worker: Worker) -> None:
    """A mail server cannot be asked: the second copy carries the first one's Message-ID."""
    delivery = put_up(a_partner())
    mailbox.when_taken = worker.kill
    worker.try_until_killed(delivery)
    done = taken_up_again(delivery)
    assert done.state == "delivered"
    assert outcomes(done) == ["lost", "taken"]
    first, second = mailbox.taken
    assert first["Message-ID"] == second["Message-ID"]
