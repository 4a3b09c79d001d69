"""From the issued policy to its owner: checked, delivered with a receipt, in force, and back again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from megler.accounts.models import User
from megler.cases.actions import carrier, policy, requirements, review
from megler.cases.actions.delivering import (
    Parcel,
    find_delivery,
    open_policy,
    record_receipt,
    send_policy,
    sign_receipt,
)
from megler.cases.actions.papers import add_document
from megler.cases.actions.received import Policy, record_policy, settle_difference
from megler.cases.actions.reinstating import ask_reinstatement, reinstate
from megler.cases.models import Case, FreeLookRule
from megler.cases.names import DocumentKind
from megler.cases.rules.delivery import DeliveryWay
from megler.cases.rules.policy_check import Settled
from megler.cases.rules.status import Closing
from megler.cases.rules.words import Channel, Decision
from megler.post.models import Message
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases import cast
from tests.cases.cast import AT

pytestmark = pytest.mark.django_db
BORN = date(1979, 2, 11)


def code(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def issued(person: User, case: Case) -> Case:
    review.confirm_good_order(person, case, at=AT)
    review.send_to_carrier(person, case, at=AT)
    carrier.record_decision(person, case, Decision.APPROVED, at=AT)
    return policy.record_issue(person, case, "NH-1", at=AT)


def in_force(person: User, case: Case) -> Case:
    issued(person, case)
    policy.record_first_premium(person, case, AT.date(), at=AT)
    policy.record_delivery(person, case, AT.date(), at=AT)
    receipt = case.requirements.get(kind="delivery_receipt")
    requirements.record_arrival(person, receipt, at=AT)
    return Case.objects.get(pk=case.pk)


def test_a_policy_that_differs_is_not_delivered_until_each_point_is_settled(
    manager: User, case: Case
) -> None:
    issued(manager, case)
    read = Policy("NH-1", insured="KARI HOPE", premium=Decimal("61.20"), mode="annual")
    kept = record_policy(manager, case, read, at=AT)
    assert [one.part for one in kept.differences.all()] == ["mode", "premium"]
    held = Case.objects.get(pk=case.pk)
    assert (held.holder, held.next_step, held.differences_open) == ("agency", "check_policy", 2)
    with pytest.raises(Refused) as refused:
        policy.record_delivery(manager, case, AT.date(), at=AT)
    assert code(refused) == ["case_policy_differs"]
    mode, premium = kept.differences.all()
    settle_difference(manager, mode, Settled.ACCEPTED, "The client wants it yearly", at=AT)
    settle_difference(manager, premium, Settled.RETURNED, "Wrong class", at=AT)
    held = Case.objects.get(pk=case.pk)
    assert (held.holder, held.next_step) == ("carrier", "carrier_corrects")
    with pytest.raises(Refused) as refused:
        settle_difference(manager, mode, Settled.RETURNED, "No", at=AT)
    assert code(refused) == ["policy_settled"]
    corrected = Policy("NH-1", premium=Decimal("43.75"), mode="annual")
    again = record_policy(manager, case, corrected, at=AT)
    assert [one.state for one in again.differences.all()] == ["accepted"]
    held = Case.objects.get(pk=case.pk)
    assert (held.holder, held.next_step) == ("agent", "deliver")


def test_an_owner_reads_the_policy_by_a_private_link_and_signs_for_it(
    manager: User, case: Case
) -> None:
    issued(manager, case)
    paper = add_document(manager, case, cast.pdf(2), "policy.pdf", DocumentKind.POLICY, at=AT)
    parcel = Parcel(DeliveryWay.EMAIL, "Kari Hope", "kari@hope.example", documents=(paper,))
    made, token = send_policy(manager, case, parcel, at=AT)
    letter = Message.objects.filter(to="kari@hope.example").get()
    assert token in letter.text
    assert made.shown[0]["sha256"] == paper.document.sha256
    found = find_delivery(token, AT)
    assert found == made
    assert find_delivery("x" * 43, AT) is None
    assert find_delivery(token, AT + timedelta(days=31)) is None
    with pytest.raises(Refused) as refused:
        open_policy(made, date(1980, 1, 1), at=AT)
    assert code(refused) == ["delivery_not_born"]
    with pytest.raises(Refused) as refused:
        sign_receipt(made, "Kari Hope", at=AT)
    assert code(refused) == ["delivery_over"]
    opened = open_policy(made, BORN, "192.0.2.7", at=AT)
    assert (opened.opened_at, opened.opened_from) == (AT, "192.0.2.7")
    with pytest.raises(Refused) as refused:
        sign_receipt(opened, "Somebody Else", at=AT)
    assert code(refused) == ["delivery_name"]
    for _ in range(2):
        signed = sign_receipt(opened, "kari hope", address="192.0.2.7", user_agent="A", at=AT)
    assert (signed.receipt_at, signed.received_on, signed.receipt_from) == (
        AT,
        date(2026, 3, 2),
        "192.0.2.7",
    )
    held = Case.objects.get(pk=case.pk)
    assert (held.status, held.delivered_on) == ("delivered", date(2026, 3, 2))
    assert case.requirements.get(kind="delivery_receipt").state == "received"
    assert cast.verbs(case).count("case.policy_receipt") == 1


def test_five_wrong_dates_of_birth_end_the_link(manager: User, case: Case) -> None:
    issued(manager, case)
    paper = add_document(manager, case, cast.pdf(), "policy.pdf", at=AT)
    parcel = Parcel(DeliveryWay.EMAIL, "Kari Hope", "kari@hope.example", documents=(paper,))
    made, token = send_policy(manager, case, parcel, at=AT)
    for day in range(1, 6):
        with pytest.raises(Refused):
            open_policy(made, date(1990, 1, day), at=AT)
    assert find_delivery(token, AT) is None


def test_a_courier_brings_it_with_a_number_and_a_receipt(manager: User, case: Case) -> None:
    issued(manager, case)
    with pytest.raises(Refused) as refused:
        send_policy(manager, case, Parcel(DeliveryWay.COURIER, "Kari Hope"), at=AT)
    assert code(refused) == ["delivery_no_tracking"]
    parcel = Parcel(DeliveryWay.COURIER, "Kari Hope", courier="Swift", tracking="1Z 999")
    made, token = send_policy(manager, case, parcel, at=AT)
    assert token == ""
    assert Case.objects.get(pk=case.pk).status == "issued"
    record_receipt(manager, made, "K. Hope", AT.date(), at=AT)
    held = Case.objects.get(pk=case.pk)
    assert (held.status, held.next_step) == ("delivered", "pay_premium")


def test_the_free_look_begins_with_the_delivery(manager: User, case: Case) -> None:
    FreeLookRule.objects.create(
        state="TX", days=20, holds_from=date(2020, 1, 1), source="Tex. Ins. Code, as entered"
    )
    held = in_force(manager, case)
    assert held.status == "in_force"
    assert held.free_look_ends_on == AT.date() + timedelta(days=20)
    assert held.free_look["basis"] == "rule"
    task = Task.objects.get(about_type="case_free_look", done_at=None)
    assert task.due_on < held.free_look_ends_on
    other = in_force(manager, cast.a_case(cast.an_agent("Ola Nes"), name="Per Vik"))
    assert other.free_look["days"] == 20
    FreeLookRule.objects.all().delete()
    third = in_force(manager, cast.a_case(cast.an_agent("Mia Lie"), name="Liv Moe"))
    assert (third.free_look["basis"], third.free_look["is_confirmed"]) == ("house", False)


def test_a_lapsed_policy_is_put_in_force_again(manager: User, case: Case) -> None:
    in_force(manager, case)
    held = policy.close(manager, case, Closing.LAPSED, "Premium not paid", at=AT)
    assert (held.status, held.outcome, held.lapsed_on) == ("closed", "lapsed", AT.date())
    held = ask_reinstatement(manager, case, "Bank changed", at=AT)
    assert (held.status, held.outcome, held.next_step) == (
        "in_underwriting",
        "lapsed",
        "bring_requirements",
    )
    asked = case.requirements.filter(raised_by__code="reinstatement")
    assert asked.count() == 3
    with pytest.raises(Refused) as refused:
        reinstate(manager, case, at=AT)
    assert code(refused) == ["case_not_approved"]
    carrier.record_decision(manager, case, Decision.APPROVED, at=AT)
    with pytest.raises(Refused) as refused:
        policy.record_issue(manager, case, "NH-1", at=AT)
    assert code(refused) == ["case_not_possible"]
    for requirement in asked:
        requirements.record_arrival(manager, requirement, at=AT)
        requirements.send_requirement_to_carrier(manager, requirement, at=AT)
    held = Case.objects.get(pk=case.pk)
    assert (held.holder, held.next_step) == ("agency", "reinstate")
    held = reinstate(manager, case, at=AT)
    assert (held.status, held.outcome, held.holder) == ("in_force", "placed", "")
    assert (held.reinstated_on, held.lapsed_on) == (AT.date(), None)


def test_a_reinstatement_that_is_refused_leaves_it_lapsed(manager: User, case: Case) -> None:
    in_force(manager, case)
    policy.close(manager, case, Closing.LAPSED, "Premium not paid", at=AT)
    ask_reinstatement(manager, case, "Bank changed", at=AT)
    carrier.record_decision(manager, case, Decision.DECLINED, at=AT)
    held = policy.close(manager, case, Closing.AS_DECIDED, "Health", at=AT)
    assert (held.status, held.outcome) == ("closed", "lapsed")
    assert held.reinstatement_asked_on is None
    held = ask_reinstatement(manager, case, "Once more", at=AT)
    assert held.status == "in_underwriting"


def test_an_offer_other_than_applied_is_answered_by_the_client(manager: User, case: Case) -> None:
    review.confirm_good_order(manager, case, at=AT)
    review.send_to_carrier(manager, case, at=AT)
    offer = carrier.Offer(class_approved="Standard")
    carrier.record_decision(manager, case, Decision.OTHER_THAN_APPLIED, offer=offer, at=AT)
    answer = carrier.Answer("Kari Hope", Channel.PHONE, AT.date(), "Fine with me")
    held = carrier.accept_offer(manager, case, at=AT, answer=answer)
    assert (held.decision, held.offer_answered_at) == ("other_than_applied", AT)
    assert case.notes.get().text == "Fine with me"
    with pytest.raises(Refused) as refused:
        carrier.accept_offer(manager, case, at=AT)
    assert code(refused) == ["case_already"]
    held = carrier.refuse_offer(manager, case, at=AT)
    assert (held.decision, held.next_step) == ("counter_offer_refused", "close")
