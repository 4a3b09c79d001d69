"""What vendors and people do wrong: nothing is lost, nothing done twice, nothing in the wrong case."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from megler.accounts.models import User
from megler.cases.actions.policy import close
from megler.cases.actions.requirements import record_arrival
from megler.cases.models import Case, CaseDocument
from megler.cases.rules.status import Closing
from megler.exchange.txlife.orders import Whom
from megler.orders.actions import deciding
from megler.orders.actions.finding import proposals_for
from megler.orders.actions.placing import Wish, place_order
from megler.orders.models import Order, OrderWord, Vendor
from megler.orders.models.messages import WordState
from megler.vocabulary.codes import RequirementKind as Kind
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases.cast import AT, pdf, verbs
from tests.orders.cast import KARI, LAB, a_vendor, event, heard, needed, records, report

BLOOD = 2


@pytest.fixture
def vendor(db: None) -> Vendor:
    return a_vendor()


@pytest.fixture
def order(manager: User, case: Case, vendor: Vendor) -> Order:
    return place_order(manager, case, Wish(vendor, needed(manager, case, *LAB)), at=AT)


def blood(case: Case) -> tuple[str, int]:
    """How the blood profile stands, with how many papers."""
    found = case.requirements.get(kind="blood_profile")
    return found.state, found.documents.count()


def waits(code: str) -> OrderWord:
    """The one word in the tray, which waits for that."""
    word = OrderWord.objects.get(state=WordState.TRAY)
    assert code in [reason["code"] for reason in word.reasons]
    assert Task.objects.filter(about_type="order_word", done_at=None).count() == 1
    return word


@pytest.mark.django_db(transaction=True)
def test_two_who_receive_the_same_requirement_at_once_have_one_effect(
    manager: User, case: Case
) -> None:
    (requirement,) = needed(manager, case, Kind.URINE)

    def receive(_number: int) -> str:
        try:
            record_arrival(manager, requirement, at=AT)
        except Refused as refused:
            return refused.problems[0].code
        finally:
            connection.close()
        return "received"

    with ThreadPoolExecutor(4) as several:
        answers = sorted(several.map(receive, range(4)))
    assert answers.count("received") == 1
    assert verbs(case).count("requirement.received") == 1


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (replace(KARI, last_name="Hoppe"), "order_other_name"),
        (replace(KARI, first_name="Carrie"), "order_other_name"),
        (replace(KARI, last_name="Hope Jr", born=""), "order_other_name"),
        (replace(KARI, born="1979-11-02"), "order_other_birth"),
        (replace(KARI, first_name="Ola", last_name="Lund", born=""), "order_other_name"),
        (replace(KARI, first_name="", last_name="", born=""), "order_no_name"),
    ],
)
def test_anybody_elses_results_are_held(
    case: Case, vendor: Vendor, order: Order, person: Whom, why: str
) -> None:
    heard(vendor, report(order, BLOOD, event("RES", 5), person=person, files=(records("x"),)))
    word = waits(why)
    assert blood(case) == ("ordered", 0)
    assert not CaseDocument.objects.filter(case=case, kind="result").exists()
    assert [item.order for _proposal, item in proposals_for(word)][:1] == [order]


def test_another_social_security_number_alone_holds_it(
    case: Case, vendor: Vendor, order: Order
) -> None:
    case.client.ssn = "111-22-3333"
    case.client.save()
    other = replace(KARI, ssn="111-22-4444")
    heard(vendor, report(order, BLOOD, event("RES", 5), person=other, files=(records("x"),)))
    waits("order_other_ssn")
    same = replace(KARI, ssn="111223333", first_name="KARI", last_name="hope")
    heard(vendor, report(order, BLOOD, event("RES", 6), person=same, files=(records("y"),)))
    assert blood(case) == ("received", 1)


def test_pages_that_tell_of_somebody_else_are_held_whatever_the_message_says(
    case: Case, vendor: Vendor, order: Order
) -> None:
    theirs = records("Patient: Odd Nesheim   DOB: 03/04/1951", "Glucose 240 mg/dL")
    heard(vendor, report(order, BLOOD, event("RES", 5), files=(theirs,)))
    waits("order_other_birth")
    assert blood(case) == ("ordered", 0)
    both = records("Patient: Kari Hope   DOB: 02/11/1979", "Child: DOB 01/01/2010")
    heard(vendor, report(order, BLOOD, event("RES", 6), files=(both,)))
    assert blood(case) == ("received", 1)


def test_out_of_order_it_ends_where_it_should(
    manager: User, case: Case, vendor: Vendor, order: Order
) -> None:
    heard(vendor, report(order, BLOOD, event("RES", 9), files=(records("x"),)))
    heard(vendor, report(order, BLOOD, event("ACC", 1)))
    heard(vendor, report(order, BLOOD, event("SCH", 2, "Visit on 03/05/2026 at 2:30 PM")))
    heard(vendor, report(order, BLOOD, event("CAN", 12)))
    assert blood(case) == ("received", 1)
    deciding.cancel_order(manager, order, "no longer wanted", at=AT)
    assert blood(case) == ("received", 1)


def test_results_for_a_case_that_was_closed_meanwhile_wait(
    manager: User, case: Case, vendor: Vendor, order: Order
) -> None:
    close(manager, case, Closing.WITHDRAWN, "changed their mind", at=AT)
    later = AT + timedelta(days=9)
    heard(vendor, report(order, BLOOD, event("RES", 200), files=(records("x"),)), later)
    word = OrderWord.objects.get(state=WordState.TRAY)
    assert word.reasons[0]["code"] in {"order_case_closed", "order_was_cancelled"}
    assert blood(case)[1] == 0


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00" + b"\0" * 200, b"<html><script>alert(1)</script>", pdf(1)[:300]]
)
def test_results_that_are_no_file_of_that_kind_are_not_taken_for_results(
    case: Case, vendor: Vendor, order: Order, content: bytes
) -> None:
    message = heard(vendor, report(order, BLOOD, event("RES", 5), files=(content,)))
    assert message.state == "read"
    assert blood(case) == ("ordered", 0)
    assert OrderWord.objects.get().files.get().trouble
    waits("order_file_not_taken")


def test_broken_base64_is_told_and_the_rest_is_read(
    case: Case, vendor: Vendor, order: Order
) -> None:
    whole = report(order, BLOOD, event("RES", 5), files=(records("x"),))
    broken = re.sub(rb"(<AttachmentData[^>]*>).{9}", rb"\1!!%%~~((!", whole)
    message = heard(vendor, broken)
    assert [p["code"] for p in message.problems] == ["txlife_base64"]
    assert blood(case) == ("ordered", 0)
    waits("order_file_not_taken")
    heard(vendor, whole)
    assert blood(case) == ("received", 1)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
<TXLife><UserAuthRequest>&b;</UserAuthRequest></TXLife>"""


def test_bombs_and_cut_messages_are_kept_and_told(vendor: Vendor, order: Order) -> None:
    cut = report(order, BLOOD, event("RES", 5), files=(records("x"),))
    for number, data in enumerate([BOMB, cut[: len(cut) // 2], b"<a>" * 100_000], start=1):
        assert heard(vendor, data).state == "refused"
        assert Task.objects.filter(about_type="order_message").count() == number
    assert OrderWord.objects.count() == 0
