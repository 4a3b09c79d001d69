"""Vendors hand messages in with their key; twenty at once are one. Programs place and cancel orders."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from megler.accounts.models import ApiKey, User
from megler.cases.models import Case
from megler.orders.actions.hearing import read_message
from megler.orders.actions.placing import Wish, place_order
from megler.orders.models import OrderMessage, OrderPaper, Vendor
from megler.vocabulary.codes import RequirementKind as Kind
from tests.cases.cast import AT
from tests.orders.cast import LAB, a_vendor, event, needed, records, report


def handed_in(key: str, data: bytes) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    answer = Client().post(
        "/api/v1/vendor-messages", data, content_type="application/xml", headers=headers
    )
    return answer.status_code


def with_key(vendor: Vendor) -> str:
    key = vendor.new_key()
    vendor.save()
    return key


@pytest.mark.django_db(transaction=True)
def test_the_same_message_twenty_times_at_once_has_one_effect(manager: User, case: Case) -> None:
    vendor = a_vendor()
    key = with_key(vendor)
    order = place_order(manager, case, Wish(vendor, needed(manager, case, Kind.URINE)), at=AT)
    data = report(order, 1, event("RES", 3), files=(records("urine"),))

    def once(_number: int) -> int:
        try:
            return handed_in(key, data)
        finally:
            connections.close_all()

    def read(pk: str) -> None:
        try:
            read_message(pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(once, range(20))) == {202}
        message = OrderMessage.objects.get(direction="in")
        assert message.copies == 20
        list(pool.map(read, [str(message.pk)] * 20))
    assert case.requirements.get(kind="urine").state == "received"
    assert OrderPaper.objects.count() == 1
    assert case.requirements.get(kind="urine").documents.count() == 1


@pytest.mark.django_db
def test_only_the_vendors_own_key_opens() -> None:
    vendor = a_vendor()
    key = with_key(vendor)
    assert handed_in("mv_nothing", b"<TXLife/>") == 401
    vendor.is_active = False
    vendor.save()
    assert handed_in(key, b"<TXLife/>") == 401
    assert OrderMessage.objects.count() == 0


@pytest.mark.django_db
def test_an_empty_message_is_refused() -> None:
    assert handed_in(with_key(a_vendor()), b"  ") == 422


@pytest.mark.django_db
def test_programs_order_look_and_cancel(manager: User, case: Case) -> None:
    a_vendor()
    wanted = needed(manager, case, *LAB)
    headers = {"Authorization": f"Bearer {ApiKey.make(manager, 'p')}", "Idempotency-Key": "k1"}
    client = Client(headers=headers)
    body = {"vendor": "swift", "requirements": [str(r.pk) for r in wanted]}
    url = f"/api/v1/cases/{case.pk}/orders"
    placed = client.post(url, json.dumps(body), content_type="application/json")
    assert placed.status_code == 201
    told = placed.json()
    assert [item["kind"] for item in told["items"]] == [kind.value for kind in LAB]
    assert client.get("/api/v1/orders?state=open").json()["orders"][0]["id"] == told["id"]
    headers["Idempotency-Key"] = "k2"
    cancelled = Client(headers=headers).post(
        f"/api/v1/orders/{told['id']}/cancel",
        json.dumps({"because": "not needed"}),
        content_type="application/json",
    )
    assert cancelled.json()["state"] == "cancelled"
    assert client.get("/api/v1/orders/tray").json() == {"words": []}
