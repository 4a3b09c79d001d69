"""The pages of orders: placed, decided and looked at by those who work cases."""

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.orders.actions.placing import Wish, place_order
from megler.orders.actions.records import read_records
from megler.orders.models import ApsEntry, Facility, Order, OrderWord, Vendor
from megler.vocabulary.codes import RequirementKind as Kind
from tests.cases.cast import signed_in, somebody
from tests.orders.cast import (
    LAB,
    a_facility,
    a_vendor,
    event,
    heard,
    needed,
    records,
    report,
    signed,
)

pytestmark = pytest.mark.django_db
RECORDS = (
    "Office visit 03/05/2023", "BP 142/90 mmHg  Weight 210 lb", "Office visit 03/05/2024",
    "BP 132/84 mmHg  Weight 200 lb", "Assessment: hypertension",
)  # fmt: skip


def test_an_order_is_placed_and_cancelled_on_the_page(manager: User, case: Case) -> None:
    vendor = a_vendor()
    requirements = needed(manager, case, *LAB, Kind.APS)
    browser = signed_in(manager)
    facility, permit = a_facility(manager), signed(manager, case)
    page = browser.get(f"/orders/new/{case.pk}/?facility_words=hill").content.decode()
    assert "Hill Clinic" in page
    given = {
        "requirements": [str(r.pk) for r in requirements], "vendor": str(vendor.pk),
        "facility": str(facility.pk), "authorisation": str(permit.pk),
    }  # fmt: skip
    answer = browser.post(f"/orders/new/{case.pk}/", {**given, "authorisation": ""})
    assert answer.status_code == 422
    assert "A signed authorisation is needed" in answer.content.decode()
    answer = browser.post(f"/orders/new/{case.pk}/", given)
    order = Order.objects.get()
    assert answer.headers["Location"] == f"/orders/{order.pk}/"
    assert order.reference in browser.get("/orders/").content.decode()
    assert order.reference in browser.get(f"/orders/of-case/{case.pk}/").content.decode()
    assert browser.get(f"/orders/{order.pk}/do/cancel/").status_code == 200
    assert browser.post(f"/orders/{order.pk}/do/cancel/", {"because": ""}).status_code == 422
    browser.post(f"/orders/{order.pk}/do/cancel/", {"because": "withdrawn"})
    assert "withdrawn" in browser.get(f"/orders/{order.pk}/").content.decode()
    assert browser.post(f"/orders/{order.pk}/do/ask/").status_code == 422


def test_the_tray_and_the_timeline(manager: User, case: Case) -> None:
    vendor = a_vendor()
    wish = Wish(vendor, needed(manager, case, Kind.APS), a_facility(manager), signed(manager, case))
    order = place_order(manager, case, wish)
    heard(vendor, report(order, 1, event("RES", 5), unique_id="X", files=(records(*RECORDS),)))
    browser, word = signed_in(manager), OrderWord.objects.get(state="tray")
    assert "No order of ours has these numbers" in browser.get("/orders/tray/").content.decode()
    page = browser.get(f"/orders/tray/{word.pk}/").content.decode()
    assert "the same name" in page
    assert browser.get(f"/orders/files/{word.files.get().pk}/").status_code == 200
    answer = browser.post(f"/orders/tray/{word.pk}/", {"number": f"{order.reference}-1"})
    assert answer.status_code == 302
    requirement = case.requirements.get(kind="aps")
    read_records(str(requirement.pk))
    page = browser.get(f"/orders/records/{requirement.pk}/").content.decode()
    assert "Blood pressure" in page
    assert "<polyline" in page
    entry = ApsEntry.objects.first()
    assert entry is not None
    browser.post(
        f"/orders/records/{requirement.pk}/check/", {"entry": str(entry.pk), "do": "strike"}
    )
    assert ApsEntry.objects.get(pk=entry.pk).state == "struck"


def test_vendors_facilities_and_limits_are_kept_on_pages(case: Case) -> None:
    browser = signed_in(somebody(Role.ADMINISTRATOR, "Ada Berg"))
    given = {
        "name": "Calm Exams", "slug": "calm", "kinds": ["ecg"], "format": "letter",
        "address": "1 Way", "answer_days": "2", "status_codes": "event S1 = shipped",
        "jurisdictions": "tx, ok", "is_active": "on",
    }  # fmt: skip
    answer = browser.post("/orders/vendors/new/", given)
    assert answer.status_code == 422
    assert "shipped" in answer.content.decode()
    browser.post("/orders/vendors/new/", given | {"status_codes": "event S1 = result"})
    vendor = Vendor.objects.get()
    assert (vendor.jurisdictions, vendor.status_codes) == (["OK", "TX"], {"event s1": "result"})
    assert "mv_" in browser.post(f"/orders/vendors/{vendor.pk}/key/").content.decode()
    browser.post(
        "/orders/facilities/new/", {"name": "Hill", "provider": "clinic", "city": "Austin"}
    )
    facility = Facility.objects.get()
    assert browser.get(f"/orders/facilities/{facility.pk}/").status_code == 200
    assert "Hill" in browser.get("/orders/facilities/?q=hil").content.decode()
    browser.post("/orders/settings/", {"which": "limit", "limit-limit": "40", "limit-carrier": ""})
    browser.post(
        "/orders/settings/", {"which": "term", "term-months": "12", "term-jurisdiction": "TX"}
    )
    page = browser.get("/orders/settings/").content.decode()
    assert "40.00" in page
    assert "12 months" in page
