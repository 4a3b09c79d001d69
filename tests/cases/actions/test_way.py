"""The way of a case through every action, with what the journal and the agent are told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions import carrier, papers, policy, requirements, review
from megler.cases.models import Case, Requirement
from megler.cases.rules.status import Closing
from megler.cases.rules.words import Channel, Decision
from megler.journal.models import Entry
from megler.licensing.models import Agent
from megler.post.models import Message
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases import cast
from tests.cases.cast import AT

pytestmark = pytest.mark.django_db


def to_carrier(person: User, case: Case) -> Case:
    review.confirm_good_order(person, case, at=AT)
    return review.send_to_carrier(person, case, at=AT)


def approved(person: User, case: Case) -> Case:
    to_carrier(person, case)
    return carrier.record_decision(person, case, Decision.APPROVED, at=AT)


def code(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_from_submission_to_a_policy_in_force(manager: User, agent: Agent, case: Case) -> None:
    days = [AT + timedelta(days=n) for n in range(12)]
    review.start_review(manager, case, at=days[0])
    review.confirm_good_order(manager, case, at=days[1])
    assert not Task.objects.filter(done_at=None).exists()
    held = review.send_to_carrier(manager, case, at=days[2])
    assert (held.holder, held.next_step) == ("carrier", "carrier_receives")
    assert held.holder_since == days[2]
    carrier.record_received_by_carrier(manager, case, at=days[3])
    carrier.record_in_underwriting(manager, case, at=days[4])
    held = carrier.record_decision(
        manager,
        case,
        Decision.APPROVED,
        words="Approved preferred, J. Doe",
        channel=Channel.EMAIL,
        said_at=days[4],
        at=days[5],
    )
    assert (held.class_approved, held.premium_approved) == ("Preferred", Decimal("43.75"))
    held = policy.record_issue(manager, case, " NH-778 ", at=days[6])
    assert (held.policy_number, held.holder) == ("NH-778", "agent")
    receipt = Requirement.objects.get(case=case, kind="delivery_receipt")
    held = policy.record_delivery(manager, case, days[7].date(), at=days[7])
    assert (held.status, held.next_step) == ("delivered", "bring_delivery_requirements")
    held = policy.record_first_premium(manager, case, days[7].date(), at=days[8])
    assert held.status == "delivered"
    requirements.record_arrival(manager, receipt, at=days[9])
    held = Case.objects.get(pk=case.pk)
    assert (held.status, held.outcome, held.holder) == ("in_force", "placed", "")
    assert held.in_force_on == days[9].date()
    assert held.carrier_words == "Approved preferred, J. Doe"
    assert cast.verbs(case) == [
        "case.opened",
        "case.review_started",
        "case.in_good_order",
        "case.sent_to_carrier",
        "case.received_by_carrier",
        "case.in_underwriting",
        "case.decided",
        "case.issued",
        "case.delivered",
        "case.first_premium",
        "requirement.received",
        "case.in_force",
    ]
    told = Message.objects.filter(about_type="case").order_by("created_at")
    assert {m.to for m in told} == {agent.email}
    assert [m.created_at for m in told][-1] == days[9]
    assert f"/cases/{case.pk}/" in told[0].text
    assert "in force" in list(told)[-1].subject


def test_the_carriers_words_stay_out_of_the_journal_and_the_post(manager: User, case: Case) -> None:
    to_carrier(manager, case)
    words = "Declined: a1c of 9.8"
    carrier.record_decision(manager, case, Decision.DECLINED, words=words, at=AT)
    assert not any("9.8" in str(e.data) for e in Entry.objects.all())
    assert not any("9.8" in m.text for m in Message.objects.all())


def test_other_than_applied_is_not_called_as_applied(manager: User, case: Case) -> None:
    to_carrier(manager, case)
    offer = carrier.Offer(class_approved="Standard", premium_approved=Decimal("61.20"))
    with pytest.raises(Refused) as refused:
        carrier.record_decision(manager, case, Decision.APPROVED, offer=offer, at=AT)
    assert code(refused) == ["case_offer_differs"] * 2
    decision = Decision.OTHER_THAN_APPLIED
    held = carrier.record_decision(manager, case, decision, offer=offer, at=AT)
    assert (held.class_approved, held.face_amount_approved) == ("Standard", Decimal(500_000))


def test_a_counter_offer_is_accepted_and_needs_an_amendment(manager: User, case: Case) -> None:
    to_carrier(manager, case)
    offer = carrier.Offer(class_approved="Standard")
    carrier.record_decision(manager, case, Decision.COUNTER_OFFER, offer=offer, at=AT)
    with pytest.raises(Refused) as refused:
        policy.record_issue(manager, case, "NH-1", at=AT)
    assert code(refused) == ["case_not_approved"]
    carrier.accept_offer(manager, case, at=AT)
    policy.record_issue(manager, case, "NH-1", at=AT)
    kinds = set(case.requirements.values_list("kind", flat=True))
    assert kinds == {"delivery_receipt", "amendment"}


def test_a_refused_offer_is_closed_as_decided(manager: User, case: Case) -> None:
    to_carrier(manager, case)
    carrier.record_decision(manager, case, Decision.COUNTER_OFFER, at=AT)
    held = carrier.refuse_offer(manager, case, at=AT)
    assert held.next_step == "close"
    held = policy.close(manager, case, Closing.AS_DECIDED, "Client went elsewhere", at=AT)
    assert (held.status, held.decision) == ("closed", "counter_offer_refused")
    assert held.closed_at == AT
    assert case.notes.get().text == "Client went elsewhere"
    held = policy.reopen(manager, case, "Carrier reconsiders", at=AT)
    assert (held.status, held.decision, held.closed_at) == ("in_underwriting", "", None)


def test_a_returned_application_waits_for_the_agent(
    manager: User, agent: Agent, case: Case
) -> None:
    with pytest.raises(Refused) as refused:
        review.return_to_agent(manager, case, " ", at=AT)
    assert code(refused) == ["case_reason_missing"]
    held = review.return_to_agent(manager, case, "Page 4 is unsigned", at=AT)
    assert (held.status, held.holder) == ("returned", "agent")
    assert agent.user is not None
    held = review.resubmit(agent.user, case, at=AT)
    assert (held.status, held.holder) == ("submitted", "agency")
    assert Task.objects.filter(done_at=None).count() == 1
    assert Message.objects.filter(about_type="case").count() == 1


def test_a_double_click_has_one_effect_and_a_clear_answer(manager: User, case: Case) -> None:
    review.confirm_good_order(manager, case, version=1, at=AT)
    review.send_to_carrier(manager, case, version=2, at=AT)
    with pytest.raises(Refused) as refused:
        review.send_to_carrier(manager, case, version=2, at=AT)
    assert code(refused) == ["case_already"]
    assert cast.verbs(case).count("case.sent_to_carrier") == 1


def test_nobody_saves_over_a_newer_change(manager: User, case: Case) -> None:
    review.confirm_good_order(manager, case, version=1, at=AT)
    with pytest.raises(Refused) as refused:
        review.send_to_carrier(manager, case, version=1, at=AT)
    assert code(refused) == ["changed_meanwhile"]
    case.refresh_from_db()
    assert case.status == "agency_review"


def test_an_impossible_step_is_told_in_words(manager: User, case: Case) -> None:
    with pytest.raises(Refused) as refused:
        policy.record_delivery(manager, case, at=AT)
    (problem,) = refused.value.problems
    assert problem.code == "case_not_possible"
    assert (problem.where, problem.found) == (case.reference, "Submitted to the agency")


def test_days_that_have_not_come_are_refused(manager: User, case: Case) -> None:
    approved(manager, case)
    policy.record_issue(manager, case, "NH-1", at=AT)
    with pytest.raises(Refused) as refused:
        policy.record_delivery(manager, case, date(2026, 3, 3), at=AT)
    assert code(refused) == ["case_in_the_future"]


def test_placing_by_hand_says_what_lacks(manager: User, case: Case) -> None:
    approved(manager, case)
    policy.record_issue(manager, case, "NH-1", at=AT)
    policy.record_delivery(manager, case, at=AT)
    with pytest.raises(Refused) as refused:
        policy.place(manager, case, at=AT)
    assert code(refused) == ["case_delivery_open"]


@pytest.mark.parametrize("role", [Role.LICENSING, Role.ACCOUNTING, Role.AGENT, Role.SERVICE])
def test_others_do_not_move_cases(case: Case, role: Role) -> None:
    person = cast.somebody(role, "Ingen Her")
    with pytest.raises(Refused) as refused:
        review.start_review(person, case, at=AT)
    assert code(refused) == ["not_allowed"]


def test_new_business_does_not_decide_for_the_carrier(manager: User, case: Case) -> None:
    to_carrier(manager, case)
    person = cast.somebody(Role.NEW_BUSINESS, "Nils By")
    with pytest.raises(Refused) as refused:
        carrier.record_decision(person, case, Decision.APPROVED, at=AT)
    assert code(refused) == ["not_allowed"]


def test_a_strangers_case_is_not_there(case: Case) -> None:
    stranger = cast.an_agent("Ola Nes").user
    assert stranger is not None
    with pytest.raises(Refused) as refused:
        papers.add_note(stranger, case, "Hello", at=AT)
    assert code(refused) == ["nothing_here"]


def test_the_first_premium_settles_its_requirement(manager: User, case: Case) -> None:
    asked = requirements.add_requirement(manager, case, RequirementKind.INITIAL_PREMIUM, at=AT)
    approved(manager, case)
    policy.record_issue(manager, case, "NH-1", at=AT)
    policy.record_first_premium(manager, case, at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.holder) == ("accepted", "")
