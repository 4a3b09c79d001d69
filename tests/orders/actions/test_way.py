"""The way of an order: placed, heard of, come in; and everything that goes wrong on it."""

import itertools
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions.requirements import cancel_requirement
from megler.cases.models import Case, CaseDocument, Requirement
from megler.orders.actions import deciding, directory, tray
from megler.orders.actions.finding import proposals_for
from megler.orders.actions.placing import Wish, order_again, place_order
from megler.orders.models import Facility, Order, OrderMessage, OrderPaper, OrderWord, Vendor
from megler.orders.models.messages import WordState
from megler.orders.rules.words import Event
from megler.post.models import Delivery
from megler.vocabulary.codes import RequirementKind as Kind
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases.cast import AT, somebody
from tests.orders.cast import (
    KARI,
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
APS = ("Office visit 03/05/2024", "BP 138/88 mmHg", "Assessment: hypertension")


@pytest.fixture
def vendor(db: None) -> Vendor:
    return a_vendor()


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def lab_order(manager: User, case: Case, vendor: Vendor) -> Order:
    return place_order(manager, case, Wish(vendor, needed(manager, case, *LAB)), at=AT)


def aps_order(manager: User, case: Case, vendor: Vendor) -> Order:
    wish = Wish(
        vendor,
        needed(manager, case, Kind.APS),
        a_facility(manager),
        signed(manager, case),
        "5 years",
    )
    return place_order(manager, case, wish, at=AT)


def states(case: Case) -> dict[str, str]:
    return dict(case.requirements.values_list("kind", "state"))


def test_one_order_covers_exam_blood_urine_and_ecg(
    manager: User, case: Case, vendor: Vendor
) -> None:
    order = lab_order(manager, case, vendor)
    assert {k: states(case)[k.value] for k in LAB} == dict.fromkeys(LAB, "ordered")
    delivery = Delivery.objects.get(key=f"order {order.pk} 1")
    sent = delivery.files.get().document.read().decode()
    for part in (order.guid, f"{order.reference}-4", 'tc="121"', "<LastName>Hope", 'tc="9001"'):
        assert part in sent


def test_nothing_is_ordered_that_may_not_be(manager: User, case: Case, vendor: Vendor) -> None:
    (mib, aps, trust) = needed(manager, case, Kind.MIB, Kind.APS, Kind.TRUST_PAPERS)
    with pytest.raises(Refused) as refused:
        place_order(manager, case, Wish(vendor, [mib, aps, trust]), at=AT)
    assert codes(refused) == {
        "order_carriers_own",
        "order_not_a_vendors",
        "order_facility_missing",
        "order_authorisation_missing",
    }
    assert Order.objects.count() == 0
    assert states(case)["aps"] == "needed"


def test_records_need_an_authorisation_that_holds(
    manager: User, case: Case, vendor: Vendor
) -> None:
    requirements = needed(manager, case, Kind.APS)
    old = signed(manager, case, date(2024, 1, 1))
    wish = Wish(vendor, requirements, a_facility(manager), old)
    with pytest.raises(Refused) as refused:
        place_order(manager, case, wish, at=AT)
    assert codes(refused) == {"order_authorisation_expired"}


def test_the_authorisation_goes_along(manager: User, case: Case, vendor: Vendor) -> None:
    order = aps_order(manager, case, vendor)
    sent = Delivery.objects.get(key=f"order {order.pk} 1").files.get().document.read()
    assert all(part in sent for part in (b"AttachmentData", b"Hill Clinic", b"5 years"))


def test_results_come_onto_the_requirement_with_their_papers(
    manager: User, case: Case, vendor: Vendor
) -> None:
    order = aps_order(manager, case, vendor)
    heard(vendor, report(order, 1, event("ACC", 1)))
    heard(vendor, report(order, 1, event("RES", 300), files=(records(*APS),)))
    requirement = case.requirements.get(kind="aps")
    assert requirement.state == "received"
    (paper,) = requirement.documents.all()
    assert not paper.visible_to_agent
    order.refresh_from_db()
    assert (order.state, order.ended_at) == ("received", AT + timedelta(hours=300))
    directory.measure(order.facility or Facility())
    assert Facility.objects.get().days_median == Decimal("12.5")


def test_the_same_message_again_changes_nothing(manager: User, case: Case, vendor: Vendor) -> None:
    order = aps_order(manager, case, vendor)
    data = report(order, 1, event("RES", 5), files=(records(*APS),))
    for _again in range(3):
        heard(vendor, data)
    resent = report(order, 1, event("RES", 5), files=(records(*APS),))
    heard(vendor, resent)
    assert OrderMessage.objects.get(direction="in", copies=3).state == "read"
    assert case.requirements.get(kind="aps").documents.count() == 1
    assert OrderPaper.objects.count() == 1


def the_days(order: Order) -> list[bytes]:
    """What a vendor says of an order of four things over some days."""
    return [
        report(order, 1, event("ACC", 1)),
        report(order, 1, event("SCH", 2, "Exam on 03/05/2026 at 2:30 PM")),
        report(order, 1, event("MIS", 75)),
        report(order, 1, event("SCH", 80, "Exam on 03/09/2026 at 9:00 AM")),
        report(order, 1, event("RES", 170), files=(records("exam"),)),
        report(order, 2, event("PAR", 180), files=(records("first"),)),
        report(order, 2, event("RES", 200), files=(records("second"),)),
        report(order, 3, event("RES", 201), files=(records("urine"),)),
        report(order, 4, event("FAI", 202, "no machine")),
    ]


def ended(case: Case) -> list[tuple[str, str, str, int]]:
    return sorted((r.kind, r.state, r.vendor, r.documents.count()) for r in case.requirements.all())


def test_any_shuffle_with_doubles_ends_in_the_same(
    manager: User, case: Case, vendor: Vendor
) -> None:
    order = lab_order(manager, case, vendor)
    said = the_days(order)
    ends = set()
    for seed in range(3):
        mine = said * (2 if seed else 1)
        if seed:
            random.Random(seed).shuffle(mine)
        with transaction.atomic():
            for data in mine:
                heard(vendor, data)
            order.refresh_from_db()
            ends.add((tuple(ended(case)), order.state, order.appointment))
            transaction.set_rollback(True)
    assert len(ends) == 1
    ((requirements, state, _booked),) = ends
    assert state == "received"
    assert {(k, s, n) for k, s, _v, n in requirements if k in set(LAB)} == {
        ("paramedical_exam", "received", 1), ("blood_profile", "received", 2),
        ("urine", "received", 1), ("ecg", "needed", 0),
    }  # fmt: skip


def test_another_persons_results_are_held_and_never_attached(
    manager: User, case: Case, vendor: Vendor
) -> None:
    order = aps_order(manager, case, vendor)
    before = CaseDocument.objects.count()
    other = type(KARI)(first_name="Ola", last_name="Lund", born="1950-01-01")
    heard(vendor, report(order, 1, event("RES", 5), person=other, files=(records(*APS),)))
    assert CaseDocument.objects.count() == before
    assert states(case)["aps"] == "ordered"
    word = OrderWord.objects.get(state=WordState.TRAY)
    assert [r["code"] for r in word.reasons] == ["order_other_name", "order_other_birth"]
    ((proposal, item),) = proposals_for(word)[:1]
    assert item.order == order
    assert proposal.score < 50
    with pytest.raises(Refused) as refused:
        tray.assign(manager, word, item, at=AT)
    assert codes(refused) == {"order_other_person"}
    tray.assign(manager, word, item, in_spite_of=True, at=AT)
    assert states(case)["aps"] == "received"
    assert not Task.objects.filter(about_type="order_word", done_at=None).exists()


def test_what_nobody_knows_waits_with_proposals(manager: User, case: Case, vendor: Vendor) -> None:
    order = aps_order(manager, case, vendor)
    heard(vendor, report(order, 1, event("RES", 5), unique_id="X-1", files=(records(*APS),)))
    word = OrderWord.objects.get(state=WordState.TRAY)
    ((proposal, item),) = proposals_for(word)
    assert "order_same_name" in {reason.code for reason in proposal.reasons}
    tray.assign(manager, word, item, at=AT)
    assert states(case)["aps"] == "received"
    with pytest.raises(Refused) as refused:
        tray.set_aside(manager, word, "twice", at=AT)
    assert codes(refused) == {"order_word_decided"}


def test_results_after_a_cancellation_wait(manager: User, case: Case, vendor: Vendor) -> None:
    order = aps_order(manager, case, vendor)
    deciding.cancel_order(manager, order, "client withdrew", at=AT)
    deciding.cancel_order(manager, order, "client withdrew", at=AT)
    assert states(case)["aps"] == "needed"
    assert order.messages.filter(purpose="cancel").count() == 1
    heard(vendor, report(order, 1, event("RES", 5), files=(records(*APS),)))
    assert OrderWord.objects.get(state=WordState.TRAY).reasons[0]["code"] == "order_was_cancelled"
    assert states(case)["aps"] == "needed"


def test_what_the_carrier_does_without_is_cancelled_at_the_vendor(
    manager: User, case: Case, vendor: Vendor
) -> None:
    order = aps_order(manager, case, vendor)
    requirement = case.requirements.get(kind="aps")
    cancel_requirement(manager, requirement, "not needed", at=AT)
    deciding.cancel_for(str(requirement.pk), AT)
    order.refresh_from_db()
    assert order.state == "cancelled"


def test_a_fee_within_the_limit_is_approved_at_once_and_above_it_decided(
    manager: User, case: Case, vendor: Vendor
) -> None:
    directory.keep_limit(somebody(Role.ADMINISTRATOR, "Ada Berg"), case.carrier, Decimal(40), AT)
    order = aps_order(manager, case, vendor)
    heard(vendor, report(order, 1, event("FEE", 5, "asks $35.00")))
    order.refresh_from_db()
    assert (order.fee_state, order.fee_asked) == ("approved", Decimal(35))
    heard(vendor, report(order, 1, event("FEE", 6, "asks $75.00")))
    order.refresh_from_db()
    assert order.fee_state == "asked"
    assert Task.objects.filter(about_type="order_fee", done_at=None).count() == 1
    deciding.decide_fee(manager, order, True, Decimal(75), AT)
    assert order.messages.filter(purpose="fee_approved").count() == 2
    assert not Task.objects.filter(about_type="order_fee", done_at=None).exists()


def test_what_a_vendor_cannot_do_is_ordered_again_elsewhere(
    manager: User, case: Case, vendor: Vendor
) -> None:
    order = aps_order(manager, case, vendor)
    heard(vendor, report(order, 1, event("FAI", 5, "no such patient")))
    assert states(case)["aps"] == "needed"
    other = a_vendor("calm")
    again = order_again(manager, order, vendor=other, at=AT)
    assert (again.again, states(case)["aps"]) == (order, "ordered")
    heard(vendor, report(order, 1, event("RES", 9), files=(records(*APS),)))
    assert OrderWord.objects.get(state=WordState.TRAY).reasons[0]["code"] == "order_was_replaced"


def test_silence_is_chased(manager: User, case: Case, vendor: Vendor) -> None:
    order = aps_order(manager, case, vendor)
    assert deciding.chase(AT + timedelta(days=1)) == 0
    assert deciding.chase(AT + timedelta(days=4)) == 1
    assert deciding.chase(AT + timedelta(days=5)) == 0
    deciding.ask_how_it_stands(manager, order, AT + timedelta(days=5))
    assert not Task.objects.filter(about_type="order_silent", done_at=None).exists()


def test_a_word_by_telephone_counts_as_a_message_does(
    manager: User, case: Case, vendor: Vendor
) -> None:
    order = lab_order(manager, case, vendor)
    item = order.items.get(position=1)
    when = AT + timedelta(days=2)
    heard_it = deciding.Heard(Event.SCHEDULED, "called", when)
    deciding.note_word(manager, item, heard_it, AT)
    requirement = Requirement.objects.get(pk=item.requirement_id)
    assert (requirement.state, requirement.scheduled_for) == ("scheduled", when)


@pytest.mark.parametrize("data", [b"<a>", b"no xml", b"<TXLife/>", b"\x00\x01"])
def test_what_cannot_be_read_is_kept_and_told(vendor: Vendor, data: bytes) -> None:
    message = heard(vendor, data)
    assert message.state == "refused"
    assert message.document is not None
    assert message.document.read() == data
    assert Task.objects.get().about_type == "order_message"


def test_every_way_of_ordering(manager: User, case: Case) -> None:
    (exam,) = needed(manager, case, Kind.PARAMEDICAL_EXAM)
    ways = itertools.cycle(["email", "letter", "nailba_800_xml"])
    for number in range(3):
        way = next(ways)
        vendor = a_vendor(f"v{number}", format=way, email="v@vendor.example", address="1 Way")
        vendor.requirement_codes = {"paramedical_exam": "PARA"}
        vendor.save()
        order = place_order(manager, case, Wish(vendor, [exam]), at=AT)
        sent = order.messages.get(purpose="order")
        assert sent.document is not None
        assert (sent.delivery is None) == (way != "nailba_800_xml")
        assert (sent.message is None) == (way != "email")
        deciding.cancel_order(manager, order, "next way", at=AT)
        exam.refresh_from_db()


def test_columns_that_nobody_published_are_never_guessed(manager: User, case: Case) -> None:
    vendor = a_vendor("old", format="nailba_800", requirement_codes={"paramedical_exam": "PARA"})
    (exam,) = needed(manager, case, Kind.PARAMEDICAL_EXAM)
    with pytest.raises(Refused) as refused:
        place_order(manager, case, Wish(vendor, [exam]), at=AT)
    assert codes(refused) == {"nailba_no_layout"}
    assert states(case)["paramedical_exam"] == "needed"
