"""Sets of requirements, several at once, alerts, insured people, and the agency's rules of asking."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from megler.accounts.models import User
from megler.cases.actions import duties, requirements
from megler.cases.actions.alerts import end_alert, raise_alert
from megler.cases.actions.doers import Robot
from megler.cases.actions.people import add_insured
from megler.cases.actions.sets import act_on_many, raise_set
from megler.cases.models import Case, CaseAlert, RequirementRule, RequirementSet
from megler.cases.rules.alerts import Severity
from megler.cases.rules.requirements import Act
from megler.clients.rules.people import Known
from megler.licensing.models import Agent
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases import cast
from tests.cases.cast import AT

pytestmark = pytest.mark.django_db


def code(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def travel() -> RequirementSet:
    made = RequirementSet.objects.create(name="Foreign travel")
    made.lines.create(position=1, kind="mib")
    made.lines.create(position=2, kind="telephone_interview", detail="Travel", of_each=True)
    return made


def test_a_set_raises_what_is_not_open_and_once(manager: User, case: Case) -> None:
    requirements.add_requirement(manager, case, RequirementKind.MIB, at=AT)
    raised = raise_set(manager, case, travel(), at=AT)
    assert [(r.kind, r.detail) for r in raised] == [("telephone_interview", "Travel")]
    with pytest.raises(Refused) as refused:
        raise_set(manager, case, RequirementSet.objects.get(), at=AT)
    assert code(refused) == ["set_nothing_new"]
    requirements.cancel_requirement(manager, raised[0], "Stays at home", at=AT)
    assert len(raise_set(manager, case, RequirementSet.objects.get(), at=AT)) == 1


def test_each_insured_has_their_own(manager: User, agent: Agent, case: Case) -> None:
    ola = Known(first_name="Ola", last_name="Hope", born=date(1977, 5, 4))
    party = add_insured(manager, case, ola, at=AT)
    raised = raise_set(manager, case, travel(), at=AT)
    interviews = [r.party for r in raised if r.kind == "telephone_interview"]
    assert interviews == [None, party]
    with pytest.raises(Refused) as refused:
        add_insured(manager, case, ola, at=AT)
    assert code(refused) == ["party_already"]
    case.refresh_from_db()
    assert "ola" in case.words


def test_several_at_once_move_or_are_told_why_not(manager: User, case: Case) -> None:
    kinds = (RequirementKind.ECG, RequirementKind.URINE, RequirementKind.APS)
    ecg, urine, aps = (requirements.add_requirement(manager, case, kind, at=AT) for kind in kinds)
    requirements.waive_requirement(manager, aps, "Not needed", at=AT)
    acted = act_on_many(
        manager, case, [ecg.pk, urine.pk, aps.pk], Act.ORDER, vendor="Swift Exams", at=AT
    )
    assert {r.pk for r in acted.done} == {ecg.pk, urine.pk}
    assert [p.code for p in acted.refused] == ["requirement_not_possible"]
    assert {r.vendor for r in acted.done} == {"Swift Exams"}
    with pytest.raises(Refused) as refused:
        act_on_many(manager, case, [ecg.pk], Act.WAIVE, at=AT)
    assert code(refused) == ["requirement_reason_missing"]


def test_two_who_receive_the_same_have_one_effect(manager: User, case: Case) -> None:
    ecg = requirements.add_requirement(manager, case, RequirementKind.ECG, at=AT)
    requirements.record_arrival(manager, ecg, at=AT)
    other = cast.somebody(manager.role, "Nils By")  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        requirements.record_arrival(other, ecg, at=AT)
    assert code(refused) == ["requirement_already"]
    assert cast.verbs(case).count("requirement.received") == 1


def test_the_agencys_rules_say_when_and_whom_to_ask_and_how_long_it_holds(
    manager: User, case: Case
) -> None:
    RequirementRule.objects.create(
        carrier=case.carrier, kind="ecg", follow_up_days=2, ask="agent", valid_days=30
    )
    ecg = requirements.add_requirement(manager, case, RequirementKind.ECG, at=AT)
    ordered = requirements.order_requirement(manager, ecg, "Swift Exams", at=AT)
    assert ordered.follow_up_on == date(2026, 3, 4)
    duties.follow_up(date(2026, 3, 4), AT + timedelta(days=2))
    assert Task.objects.get(about_type="requirement").title.startswith("Ask the agent")
    arrived = requirements.record_arrival(manager, ecg, at=AT)
    assert arrived.expires_on == date(2026, 4, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        RequirementRule.objects.create(carrier=case.carrier, kind="ecg", follow_up_days=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        RequirementRule.objects.create(kind="aps")


def test_alerts_stand_until_their_day_or_until_ended_and_are_never_lost(
    manager: User, agent: Agent, case: Case
) -> None:
    last = AT.date() + timedelta(days=3)
    short = raise_alert(manager, case, "Call  after six", Severity.INFO, until=last, at=AT)
    secret = raise_alert(manager, case, "Suspected fraud", Severity.STOP, at=AT)
    shared = raise_alert(manager, case, "Needs it by May", for_agent=True, at=AT)
    assert short.text == "Call after six"
    assert agent.user is not None
    assert list(CaseAlert.objects.visible_to(agent.user)) == [shared]
    standing = case.alerts.standing(last + timedelta(days=1))
    assert set(standing) == {secret, shared}
    end_alert(manager, secret, at=AT)
    with pytest.raises(Refused) as refused:
        end_alert(manager, secret, at=AT)
    assert code(refused) == ["alert_over"]
    assert case.alerts.count() == 3
    robot = Robot("Rule 7", "rule:7", "routine")
    first = raise_alert(robot, case, "Money first", rule="rule:7", at=AT)
    assert raise_alert(robot, case, "Money first", rule="rule:7", at=AT) == first
    with pytest.raises(Refused):
        raise_alert(manager, case, "  ", at=AT)


def test_the_application_tells_beneficiaries_and_who_is_insured_together(agent: Agent) -> None:
    rows = [{"name": "Ola Hope", "relationship": "husband", "class": "primary", "share": "100"}]
    case = cast.a_case(agent, said={"beneficiaries": rows})
    assert [str(one) for one in case.beneficiaries.all()] == ["Ola Hope"]
    wrong = cast.a_case(agent, name="Per Vik", said={"beneficiaries": [{**rows[0], "share": "7"}]})
    assert not wrong.beneficiaries.exists()
