"""Requirements from need to acceptance; what ages; what is asked again."""

from datetime import date, timedelta

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions import carrier, duties, papers, requirements, review
from megler.cases.models import Case, CaseDocument, Requirement
from megler.licensing.models import Agent
from megler.post.models import Message
from megler.vocabulary.codes import RequirementKind as Kind
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases import cast
from tests.cases.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def aps(manager: User, case: Case) -> Requirement:
    return requirements.add_requirement(manager, case, Kind.APS, detail="Dr. Lie", at=AT)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def in_underwriting(person: User, case: Case) -> Case:
    review.confirm_good_order(person, case, at=AT)
    review.send_to_carrier(person, case, at=AT)
    return carrier.record_in_underwriting(person, case, at=AT)


def test_the_way_of_a_requirement(manager: User, case: Case, aps: Requirement) -> None:
    in_underwriting(manager, case)
    assert (aps.holder, aps.follow_up_on) == ("agency", date(2026, 3, 3))
    ordered = requirements.order_requirement(manager, aps, "Swift Records", at=AT)
    assert (ordered.holder, ordered.vendor) == ("vendor", "Swift Records")
    assert ordered.follow_up_on == date(2026, 3, 16)
    assert Case.objects.get(pk=case.pk).holder == "vendor"
    when = AT + timedelta(days=3)
    scheduled = requirements.schedule_requirement(manager, aps, when, at=AT)
    assert (scheduled.holder, scheduled.scheduled_for) == ("client", when)
    paper = papers.add_document(manager, case, cast.pdf(12), "aps.pdf", at=when)
    arrived = requirements.record_arrival(manager, aps, [paper], at=when)
    assert (arrived.state, arrived.holder, arrived.received_at) == ("received", "agency", when)
    assert list(arrived.documents.all()) == [paper]
    sent = requirements.send_requirement_to_carrier(manager, aps, at=when)
    assert CaseDocument.objects.get(pk=paper.pk).sent_at == when
    accepted = requirements.accept_requirement(manager, sent, at=when)
    assert (accepted.state, accepted.holder, accepted.follow_up_on) == ("accepted", "", None)
    assert cast.verbs(case)[-6:] == [
        "requirement.ordered",
        "requirement.scheduled",
        "document.added",
        "requirement.received",
        "requirement.sent_to_carrier",
        "requirement.accepted",
    ]
    assert Case.objects.get(pk=case.pk).holder == "carrier"


def test_waiving_needs_a_reason_and_keeps_it(manager: User, case: Case, aps: Requirement) -> None:
    with pytest.raises(Refused) as refused:
        requirements.waive_requirement(manager, aps, "", at=AT)
    assert codes(refused) == ["requirement_reason_missing"]
    requirements.waive_requirement(manager, aps, "Electronic record suffices", at=AT)
    aps.refresh_from_db()
    assert (aps.state, aps.reason) == ("waived", "Electronic record suffices")
    with pytest.raises(Refused) as refused:
        requirements.waive_requirement(manager, aps, "Again", at=AT)
    assert codes(refused) == ["requirement_already"]


def test_a_newer_change_of_a_requirement_is_not_saved_over(manager: User, aps: Requirement) -> None:
    requirements.order_requirement(manager, aps, at=AT)
    with pytest.raises(Refused) as refused:
        requirements.waive_requirement(manager, aps, "Why", seen="needed", at=AT)
    assert codes(refused) == ["changed_meanwhile"]


def test_evidence_that_ages_expires_once(manager: User, case: Case) -> None:
    exam = requirements.add_requirement(manager, case, Kind.PARAMEDICAL_EXAM, at=AT)
    requirements.record_arrival(manager, exam, at=AT)
    exam.refresh_from_db()
    assert exam.expires_on is not None
    assert requirements.expire_requirements(exam.expires_on - timedelta(days=1)) == 0
    assert requirements.expire_requirements(exam.expires_on) == 1
    assert requirements.expire_requirements(exam.expires_on) == 0
    exam.refresh_from_db()
    assert (exam.state, exam.holder) == ("expired", "agency")
    assert cast.verbs(case)[-1] == "requirement.expired"


def test_a_follow_up_becomes_one_task_and_ends_with_the_requirement(
    manager: User, case: Case, aps: Requirement
) -> None:
    day = date(2026, 3, 3)
    assert duties.follow_up(day - timedelta(days=1), AT) == 0
    assert duties.follow_up(day, AT) == 1
    assert duties.follow_up(day, AT) == 0
    aps.refresh_from_db()
    assert aps.follow_up_on == date(2026, 3, 4)
    task = Task.objects.get(about_type="requirement")
    assert case.reference in task.title
    assert duties.follow_up(date(2026, 3, 4), AT) == 0
    requirements.order_requirement(manager, aps, at=AT)
    task.refresh_from_db()
    assert task.done_by == manager.name


def test_a_finished_case_takes_no_requirements(manager: User, case: Case) -> None:
    from megler.cases.actions import policy
    from megler.cases.rules.status import Closing

    policy.close(manager, case, Closing.WITHDRAWN, "Client's wish", at=AT)
    with pytest.raises(Refused) as refused:
        requirements.add_requirement(manager, case, Kind.APS, at=AT)
    assert codes(refused) == ["requirement_case_closed"]
    assert not Task.objects.filter(done_at=None).exists()


def test_a_document_of_another_case_is_refused(
    manager: User, agent: Agent, aps: Requirement
) -> None:
    other = cast.a_case(agent, name="Per Vik")
    paper = papers.add_document(manager, other, cast.pdf(), "x.pdf", at=AT)
    with pytest.raises(Refused) as refused:
        requirements.record_arrival(manager, aps, [paper], at=AT)
    assert codes(refused) == ["document_not_here"]


def test_an_appointment_lies_ahead(manager: User, aps: Requirement) -> None:
    requirements.order_requirement(manager, aps, at=AT)
    with pytest.raises(Refused) as refused:
        requirements.schedule_requirement(manager, aps, AT - timedelta(days=1), at=AT)
    assert codes(refused) == ["case_in_the_past"]


def test_notes_are_for_whom_they_say(manager: User, agent: Agent, case: Case) -> None:
    papers.add_note(manager, case, "Ask for a better class", at=AT)
    papers.add_note(manager, case, "Please call the client", for_agent=True, at=AT)
    assert agent.user is not None
    papers.add_note(agent.user, case, "Done", at=AT)
    seen = [note.text for note in case.notes.visible_to(agent.user).order_by("pk")]
    assert sorted(seen) == ["Done", "Please call the client"]
    assert Message.objects.filter(about_type="case").count() == 1
    una = cast.a_carrier_person(case.carrier)
    assert not case.notes.visible_to(una).exists()


def test_what_the_agent_adds_is_put_up_to_be_looked_at_once(agent: Agent, case: Case) -> None:
    assert agent.user is not None
    papers.add_note(agent.user, case, "Here it is", at=AT)
    papers.add_document(agent.user, case, cast.pdf(), "form.pdf", at=AT)
    (task,) = Task.objects.filter(about_type="case_added")
    assert task in duties.tasks_about(case)
    assert task.due_on == date(2026, 3, 3)


def test_a_file_refused_leaves_nothing(manager: User, case: Case) -> None:
    before = cast.verbs(case)
    with pytest.raises(Refused):
        papers.add_document(manager, case, b"MZ", "virus.exe", at=AT)
    assert case.documents.count() == 1
    assert cast.verbs(case) == before


def test_a_task_is_put_up_and_finished(manager: User, case: Case, agent: Agent) -> None:
    task = papers.add_task(manager, case, "Call Dr. Lie", date(2026, 3, 4), at=AT)
    assert task in duties.tasks_about(case)
    papers.finish_task(cast.somebody(Role.NEW_BUSINESS, "Nils By"), case, task, at=AT)
    assert task not in duties.tasks_about(case)
    other = cast.a_case(agent, name="Per Vik")
    elsewhere = papers.add_task(manager, other, "Call", date(2026, 3, 4), at=AT)
    with pytest.raises(Refused):
        papers.finish_task(manager, case, elsewhere, at=AT)
