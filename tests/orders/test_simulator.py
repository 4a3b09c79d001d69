"""The way of orders through a vendor's real servers: the same end, however it behaves on the way."""

from pathlib import Path
from typing import Any

import pytest

from megler.accounts.models import User
from megler.cases.models import Case
from megler.demo.vendors.script import Habits
from megler.demo.vendors.simulator import VendorSimulator
from megler.orders.actions import polling
from megler.orders.actions.hearing import hear, read_message
from megler.orders.actions.placing import Wish, place_order
from megler.orders.actions.records import read_records
from megler.orders.models import ApsEntry, Order, OrderMessage, OrderWord, Vendor
from megler.orders.models.messages import WordState
from megler.post.actions.carrying import carry
from megler.post.models import Delivery
from megler.vocabulary.codes import RequirementKind as Kind
from tests.orders.cast import (
    LAB,
    a_facility,
    a_partner,
    a_vendor,
    event,
    needed,
    records,
    report,
    signed,
)
from tests.wires.https.server import https_server

pytestmark = pytest.mark.django_db


def at(simulator: VendorSimulator, way: str) -> Vendor:
    partner = a_partner("swift", **simulator.partner(way))
    return a_vendor("swift", partner=partner, **simulator.vendor(way))


def ordered(manager: User, case: Case, vendor: Vendor) -> list[Order]:
    requirements = needed(manager, case, *LAB, Kind.APS)
    exam = place_order(manager, case, Wish(vendor, requirements[:4]))
    permit = signed(manager, case)
    aps = place_order(manager, case, Wish(vendor, requirements[4:], a_facility(manager), permit))
    return [exam, aps]


def carried() -> None:
    """Every delivery that waits is carried, as by a worker."""
    for pk in Delivery.objects.filter(state="waiting").values_list("pk", flat=True):
        carry(str(pk))


def read_all() -> None:
    for pk in OrderMessage.objects.filter(state="arrived").values_list("pk", flat=True):
        read_message(str(pk))


def end_of(case: Case) -> dict[str, tuple[str, int]]:
    return {
        r.kind: (r.state, r.documents.count())
        for r in case.requirements.all()
        if r.order_items.all()
    }


ALL_IN = {
    "paramedical_exam": ("received", 1), "blood_profile": ("received", 2), "urine": ("received", 2),
    "ecg": ("received", 1), "aps": ("received", 1),
}  # fmt: skip


def test_by_sftp_as_it_should_be(manager: User, case: Case, tmp_path: Path) -> None:
    with VendorSimulator("Swift", Habits(), tmp_path / "v") as swift:
        vendor = at(swift, "sftp")
        orders = ordered(manager, case, vendor)
        carried()
        assert swift.look() == 2
        said = swift.speak()
        assert polling.poll(str(vendor.pk)) == said
        assert list((tmp_path / "v" / "out").iterdir()) == []
        read_all()
    assert end_of(case) == ALL_IN
    assert {one.state for one in Order.objects.filter(pk__in=[o.pk for o in orders])} == {
        "received"
    }
    assert not OrderWord.objects.filter(state=WordState.TRAY).exists()
    aps = case.requirements.get(kind="aps")
    assert read_records(str(aps.pk)) > 10
    assert read_records(str(aps.pk)) == 0
    readings = [e.told for e in ApsEntry.objects.all() if e.told["kind"] == "reading"]
    assert {"138", "142", "136", "130"} & {r["value"] for r in readings if r["second"]}


@pytest.mark.parametrize(
    "habits",
    [
        Habits(seed=3, errors=1, doubles=0.6, shuffles=True, late=5, misses=1, garbage=0.2),
        Habits(seed=8, shuffles=True, wrong_person=1, fee="$35.00"),
    ],
)
def test_by_https_badly_behaved_it_ends_in_the_same(
    manager: User, case: Case, tmp_path: Path, habits: Habits
) -> None:
    with VendorSimulator("Swift", habits, tmp_path / "v") as swift:
        vendor = at(swift, "https")
        orders = ordered(manager, case, vendor)
        for _again in range(3):
            Delivery.objects.filter(state="waiting").update(next_try_at=orders[0].ordered_at)
            carried()
        assert set(swift.orders) == {o.reference for o in orders}
        for delivery in Delivery.objects.filter(state="delivered"):
            polling.read_answer(str(delivery.pk))
        swift.speak(push=lambda data: hear(vendor, data, "push"))
        assert polling.poll(str(vendor.pk)) == 0
        read_all()
    assert end_of(case) == ALL_IN
    assert {one.state for one in Order.objects.filter(pk__in=[o.pk for o in orders])} == {
        "received"
    }
    tray = OrderWord.objects.filter(state=WordState.TRAY)
    assert tray.count() == (5 if habits.wrong_person else 0)
    assert all("order_other_name" in [r["code"] for r in word.reasons] for word in tray)
    assert OrderMessage.objects.filter(purpose="answer", state="read").count() == 2


def test_results_in_a_long_answer_are_read(manager: User, case: Case) -> None:
    paged = records(*(f"Line {n} of the exam: {n * 7919 % 1013}" for n in range(90)))
    with https_server() as server:
        partner = a_partner("swift", address=server.url, authority=server.authority)
        vendor = a_vendor("swift", partner=partner)
        order = place_order(manager, case, Wish(vendor, needed(manager, case, Kind.ECG)))
        server.body = report(order, 1, event("RES", 2), files=(paged,))
        assert len(server.body) > 4_000
        carried()
        message = polling.read_answer(str(Delivery.objects.get().pk))
        assert message is not None
        read_all()
    assert case.requirements.get(kind="ecg").state == "received"


def test_a_silent_vendor_says_nothing(manager: User, case: Case, tmp_path: Path) -> None:
    with VendorSimulator("Swift", Habits(silent=1), tmp_path / "v") as swift:
        vendor = at(swift, "sftp")
        ordered(manager, case, vendor)
        carried()
        assert (swift.look(), swift.speak()) == (2, 0)
        assert polling.poll(str(vendor.pk)) == 0
    assert {state for state, _count in end_of(case).values()} == {"ordered"}


def test_an_unreachable_vendor_is_noted(manager: User, tmp_path: Path) -> None:
    with VendorSimulator("Swift", Habits(), tmp_path / "v") as swift:
        vendor = at(swift, "sftp")
        polling.poll(str(vendor.pk))
        assert Vendor.objects.get().poll_trouble == ""
    polling.poll(str(vendor.pk))
    told: Any = Vendor.objects.get().poll_trouble
    assert told
