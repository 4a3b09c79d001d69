"""A worker killed anywhere while it fetches, reads and takes over: each effect exactly once."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from django.db import connections

from megler.accounts.models import User
from megler.cases.models import Case
from megler.demo.vendors.script import Habits
from megler.demo.vendors.simulator import VendorSimulator
from megler.journal.models import Entry
from megler.orders.actions import polling
from megler.orders.actions.hearing import read_message
from megler.orders.actions.placing import Wish, place_order
from megler.orders.models import OrderMessage, OrderPaper, OrderWord, Vendor
from megler.post.actions.carrying import carry
from megler.post.models import Delivery
from megler.vocabulary.codes import RequirementKind as Kind
from tests.orders.cast import a_partner, a_vendor, needed

pytestmark = pytest.mark.django_db(transaction=True)


def work(vendor: Vendor) -> None:
    """What the jobs do: fetch what lies there, read what is kept."""
    polling.poll(str(vendor.pk))
    for pk in OrderMessage.objects.filter(state="arrived").values_list("pk", flat=True):
        read_message(str(pk))


def killed_after(seconds: float, vendor: Vendor) -> None:
    """A process of its own that works, and is killed wherever it is then."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work(vendor)
        finally:
            os._exit(0)
    killer = threading.Timer(seconds, os.kill, (child, signal.SIGKILL))
    killer.start()
    os.waitpid(child, 0)
    killer.cancel()


def test_nothing_is_lost_and_nothing_done_twice(manager: User, case: Case, tmp_path: Path) -> None:
    with VendorSimulator("Swift", Habits(doubles=0.5), tmp_path / "v") as swift:
        partner = a_partner("swift", **swift.partner("sftp"))
        vendor = a_vendor("swift", partner=partner, **swift.vendor("sftp"))
        wish = Wish(vendor, needed(manager, case, Kind.PARAMEDICAL_EXAM, Kind.BLOOD_PROFILE))
        order = place_order(manager, case, wish)
        carry(str(Delivery.objects.get().pk))
        swift.speak()
        began = time.monotonic()
        for share in (0.1, 0.3, 0.5, 0.8):
            killed_after(share, vendor)
            assert time.monotonic() - began < 60
        work(vendor)
        said = len(set(swift.said))
    assert OrderMessage.objects.filter(direction="in", state="read").count() == said
    assert OrderWord.objects.filter(state="applied").count() == said
    assert OrderPaper.objects.count() == 3
    states = dict(case.requirements.values_list("kind", "state"))
    assert (states["paramedical_exam"], states["blood_profile"]) == ("received", "received")
    order.refresh_from_db()
    assert order.state == "received"
    told = Entry.objects.filter(subject_id=str(case.pk), verb="requirement.received")
    assert told.count() == 2
    assert case.documents.filter(kind="result").count() == 3
