"""The demo's vendors answer by themselves while it runs, and go on where they were when started again."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from megler.accounts.models import User
from megler.cases.models import Case
from megler.demo.vendors import living
from megler.demo.vendors.script import STATUS_CODES, Habits
from megler.demo.vendors.serving import SECRET
from megler.orders.actions.deciding import cancel_order
from megler.orders.actions.placing import Wish, place_order
from megler.orders.models import Order, OrderMessage, Vendor
from megler.post.actions.carrying import carry
from megler.post.models import Delivery
from megler.vocabulary.codes import RequirementKind as Kind
from tests.cases.conftest import agent, case, folder, manager
from tests.orders.cast import a_partner, a_vendor, needed

__all__ = ["agent", "case", "folder", "manager"]
SLUG = "clearpath-exams"


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> Vendor:
    monkeypatch.setitem(living.HABITS, SLUG, Habits())
    partner = a_partner(SLUG, secret=SECRET)
    return a_vendor(SLUG, partner=partner, status_codes=dict(STATUS_CODES))


@pytest.fixture
def at_home(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The vendors know where we are, and their days take no time."""
    settings.PUBLIC_URL = live_server.url
    monkeypatch.setattr(living, "DAY", timedelta())


def carried(manager: User, case: Case, vendor: Vendor) -> Order:
    """An order that its vendor has."""
    order = place_order(manager, case, Wish(vendor, needed(manager, case, Kind.BLOOD_PROFILE)))
    done = carry(str(Delivery.objects.get().pk))
    assert done is not None
    assert done.state == "delivered"
    return order


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("at_home")
def test_an_order_is_answered_over_the_wire_by_itself(
    manager: User, case: Case, vendor: Vendor, tmp_path: Path
) -> None:
    with living.vendors_living(tmp_path, 0.02):
        carried(manager, case, vendor)
        said = OrderMessage.objects.filter(direction="in", way="push", vendor=vendor)
        until = time.monotonic() + 30
        while said.count() < 4 and time.monotonic() < until:
            time.sleep(0.05)
    connections.close_all()
    assert said.count() == 4


def a_living(tmp_path: Path, habits: Habits | None = None) -> living.LivingVendor:
    return living.LivingVendor(SLUG, "Clearpath", habits or Habits(), tmp_path / SLUG)


@pytest.mark.django_db
def test_it_says_each_thing_once_also_when_started_again(
    manager: User, case: Case, vendor: Vendor, tmp_path: Path
) -> None:
    order = place_order(manager, case, Wish(vendor, needed(manager, case, Kind.BLOOD_PROFILE)))
    sent = order.messages.get(purpose="order").document
    assert sent is not None
    first = a_living(tmp_path, Habits(busy=1))
    assert first.take(sent.read(), "key 1")[0] == 503
    status, answered = first.take(sent.read(), "key 1")
    assert (status, order.guid.encode() in answered) == (200, True)
    first.take(sent.read(), "key 1")
    said: list[bytes] = []
    now = timezone.now()

    def hears(data: bytes) -> bool:
        said.append(data)
        return True

    assert first.speak(now + living.DAY * 3, lambda _data: False) == 0
    assert first.speak(now + living.DAY * 3, hears) == 2
    again = a_living(tmp_path)
    assert again.speak(now + living.DAY * 9, hears) == 2
    assert again.speak(now + living.DAY * 99, hears) == 0
    assert len(set(said)) == 4


@pytest.mark.django_db
def test_of_a_cancelled_order_it_speaks_no_more(
    manager: User, case: Case, vendor: Vendor, tmp_path: Path
) -> None:
    order = place_order(manager, case, Wish(vendor, needed(manager, case, Kind.BLOOD_PROFILE)))
    cancel_order(manager, order, "client withdrew")
    theirs = a_living(tmp_path)
    for number, message in enumerate(order.messages.order_by("said_at", "came_at")):
        assert message.document is not None
        theirs.take(message.document.read(), str(number))
    assert theirs.speak(timezone.now() + living.DAY * 99, lambda _data: True) == 0
    assert list(theirs.out.iterdir()) == []
