"""Changes to working cases: what each opens, who sees the case after, and once whatever is repeated."""

from decimal import Decimal

import pytest

from megler.accounts.models import User
from megler.cases.actions import carrier, policy, requirements, review
from megler.cases.actions.agents import set_split
from megler.cases.actions.changes import change, preview, record_carrier_told
from megler.cases.models import Case, CaseChange
from megler.cases.rules.changes import Change, ChangeKind
from megler.cases.rules.words import Decision
from megler.clients.models import Client
from megler.licensing.models import Agent
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases import cast
from tests.cases.cast import AT

pytestmark = pytest.mark.django_db


def amount(figure: str, because: str = "", request: str = "") -> Change:
    return Change(ChangeKind.AMOUNT, {"face_amount": figure}, because, request)


def to_carrier(person: User, case: Case) -> Case:
    review.confirm_good_order(person, case, at=AT)
    return review.send_to_carrier(person, case, at=AT)


def code(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_new_amount_before_sending_takes_good_order_back(manager: User, case: Case) -> None:
    review.confirm_good_order(manager, case, at=AT)
    made = change(manager, case, amount("750000", because="Wife's wish"), at=AT)
    case.refresh_from_db()
    assert (case.face_amount_applied, case.good_order_at) == (Decimal(750_000), None)
    assert made.before == {"face_amount": "500000.00"}
    assert made.after == {"face_amount": "750000.00"}
    assert made.opened == ["good_order", "signatures", "requirements", "quote"]
    assert not made.tells_carrier
    paper = case.requirements.get(kind="amendment")
    assert (paper.stage, paper.raised_by["by"]) == ("underwriting", "change")
    assert cast.verbs(case)[-1] == "case.changed"


def test_at_the_carrier_it_is_told_once(manager: User, case: Case) -> None:
    to_carrier(manager, case)
    made = change(manager, case, amount("750000"), at=AT)
    assert CaseChange.objects.untold().get() == made
    assert Task.objects.filter(about_type="case_change", done_at=None).count() == 1
    for _ in range(2):
        record_carrier_told(manager, made, at=AT)
    assert not CaseChange.objects.untold().exists()
    assert not Task.objects.filter(about_type="case_change", done_at=None).exists()
    assert cast.verbs(case).count("case.change_told") == 1


def test_what_was_approved_on_other_terms_is_decided_again(manager: User, case: Case) -> None:
    to_carrier(manager, case)
    carrier.record_decision(manager, case, Decision.APPROVED, at=AT)
    policy.record_issue(manager, case, "NH-1", at=AT)
    change(manager, case, amount("250000"), at=AT)
    case.refresh_from_db()
    assert (case.status, case.decision, case.class_approved) == ("in_underwriting", "", "")
    assert case.policy_number == "NH-1"


def test_the_same_request_has_one_effect(manager: User, case: Case) -> None:
    wanted = amount("750000", request="portal:7")
    first = change(manager, case, wanted, at=AT)
    assert change(manager, case, wanted, at=AT) == first
    assert case.changes.count() == 1
    assert case.requirements.filter(kind="amendment").count() == 1


def test_nothing_is_written_when_it_cannot_be(manager: User, case: Case) -> None:
    for wanted, expected in (
        (amount("500000.00"), ["change_nothing"]),
        (amount("-3"), ["wrong_value"]),
        (Change(ChangeKind.PRODUCT, {"product": "moon"}), ["change_other_carrier"]),
        (Change(ChangeKind.AGENT, {"agent": "999"}), ["split_unknown_agent", "case_reason_missing"]),
        (Change(ChangeKind.BENEFICIARY, {"beneficiaries": [{"name": "Ola", "share": "50"}]}),
         ["shares_not_whole"]),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            change(manager, case, wanted, at=AT)
        assert code(refused) == expected
    version = case.version
    case.refresh_from_db()
    assert (case.version, case.changes.count()) == (version, 0)


def test_a_preview_writes_nothing_and_says_what_the_change_then_does(
    manager: User, case: Case
) -> None:
    to_carrier(manager, case)
    seen = preview(manager, case, amount("750000"), at=AT)
    assert case.changes.count() == 0
    assert not case.requirements.exists()
    change(manager, case, amount("750000"), at=AT)
    raised = set(case.requirements.values_list("kind", flat=True))
    assert raised == {kind.value for kind in seen.effect.added}


def test_beneficiaries_are_replaced_as_a_whole(manager: User, case: Case) -> None:
    rows = [
        {"name": "Ola Hope", "relationship": "husband", "class": "primary", "share": "60"},
        {"name": "Liv Hope", "relationship": "child", "class": "primary", "share": "40"},
    ]
    change(manager, case, Change(ChangeKind.BENEFICIARY, {"beneficiaries": rows}), at=AT)
    change(
        manager,
        case,
        Change(ChangeKind.BENEFICIARY, {"beneficiaries": [{**rows[0], "share": "100"}]}),
        at=AT,
    )
    assert [(str(b), b.share) for b in case.beneficiaries.all()] == [("Ola Hope", Decimal(100))]
    assert case.requirements.filter(kind="amendment").count() == 1
    assert len(case.changes.latest("at").before["beneficiaries"]) in {0, 2}


def test_a_trust_becomes_owner_with_its_papers(manager: User, case: Case) -> None:
    wanted = Change(ChangeKind.OWNER, {"name": "Hope Family Trust", "kind": "organisation"})
    change(manager, case, wanted, at=AT)
    assert case.parties.get(role="owner").client.name == "Hope Family Trust"
    kinds = set(case.requirements.values_list("kind", flat=True))
    assert kinds == {"amendment", "trust_papers"}
    case.refresh_from_db()
    assert "trust" in case.also_named


def test_owner_service_goes_on_after_the_policy_is_in_force(manager: User, case: Case) -> None:
    to_carrier(manager, case)
    carrier.record_decision(manager, case, Decision.APPROVED, at=AT)
    policy.record_issue(manager, case, "NH-1", at=AT)
    requirements.record_arrival(manager, case.requirements.get(kind="delivery_receipt"), at=AT)
    policy.record_delivery(manager, case, AT.date(), at=AT)
    held = policy.record_first_premium(manager, case, AT.date(), at=AT)
    assert held.status == "in_force"
    with pytest.raises(Refused) as refused:
        change(manager, case, amount("250000"), at=AT)
    assert code(refused) == ["change_after_delivery"]
    change(manager, case, Change(ChangeKind.OWNER, {"name": "Ola Hope"}), at=AT)
    paper = case.requirements.get(kind="change_form")
    assert paper.stage == "owner_service"
    arrived = requirements.record_arrival(manager, paper, at=AT)
    held = Case.objects.get(pk=case.pk)
    assert (arrived.state, held.status, held.holder) == ("received", "in_force", "")
    with pytest.raises(Refused):
        requirements.add_requirement(manager, case, RequirementKind.APS, at=AT)


def test_a_new_agent_of_record_sees_the_case_and_the_one_before_no_longer(
    manager: User, agent: Agent, case: Case
) -> None:
    other = cast.an_agent("Ola Nes")
    wanted = Change(ChangeKind.AGENT, {"agent": other.npn}, because="Moved to Texas")
    change(manager, case, wanted, at=AT)
    case.refresh_from_db()
    assert case.agent == other
    assert [(a.agent, a.share) for a in case.agents.all()] == [(other, Decimal(100))]
    assert agent.user is not None
    assert other.user is not None
    assert not Case.objects.visible_to(agent.user).exists()
    assert list(Case.objects.visible_to(other.user)) == [case]
    assert list(Client.objects.visible_to(other.user)) == [case.client]
    assert not Client.objects.visible_to(agent.user).exists()
    assert not case.requirements.exists()


def test_a_split_opens_the_case_to_all_who_share_it(
    manager: User, agent: Agent, case: Case
) -> None:
    other, third = cast.an_agent("Ola Nes"), cast.an_agent("Per Vik")
    set_split(
        manager,
        case,
        [(agent, Decimal(60)), (other, Decimal("39.5")), (third, Decimal("0.5"))],
        at=AT,
    )
    assert other.user is not None
    assert Case.objects.visible_to(other.user).exists()
    set_split(manager, case, [(agent, Decimal(100))], at=AT)
    assert not Case.objects.visible_to(other.user).exists()
    assert not Client.objects.visible_to(other.user).exists()
    assert cast.verbs(case).count("case.split") == 2
    for shares, expected in (
        ([(agent, Decimal(60)), (other, Decimal(30))], ["shares_not_whole"]),
        ([(other, Decimal(60)), (agent, Decimal(40))], ["split_not_of_record"]),
        ([(agent, Decimal(50)), (agent, Decimal(50))], ["split_twice"]),
    ):
        with pytest.raises(Refused) as refused:
            set_split(manager, case, shares, at=AT)
        assert code(refused) == expected


def test_the_split_of_the_application_is_taken_over(agent: Agent) -> None:
    other = cast.an_agent("Ola Nes")
    rows = [{"name": other.name, "npn": other.npn, "share": "40"}]
    case = cast.a_case(agent, said={"report_split": rows})
    assert [(a.agent, a.share) for a in case.agents.all()] == [
        (agent, Decimal(60)),
        (other, Decimal(40)),
    ]


def test_a_split_that_does_not_add_up_becomes_a_task(agent: Agent) -> None:
    rows = [{"name": "Nobody", "npn": "4", "share": "40"}]
    case = cast.a_case(agent, said={"report_split": rows})
    assert [(a.agent, a.share) for a in case.agents.all()] == [(agent, Decimal(100))]
    assert Task.objects.filter(about_id=str(case.pk), title__startswith="Settle how").exists()
