"""Routines act: once for each moment, on what their conditions say, and never round and round."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions import carrier, requirements, review
from megler.cases.actions.doers import Robot
from megler.cases.models import Case, Requirement
from megler.journal.models import Entry
from megler.post.models import Message
from megler.routines.actions import acting, looking, taking_up
from megler.routines.actions.making import remove, save_routine, switch
from megler.routines.models import Acted, Clock, TextMessage, Unread
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused
from megler.work.actions.assigning import assign
from megler.work.actions.teams import save_rules
from megler.work.models import Assignment, AssignmentRule, Snooze, Task
from tests.cases import cast
from tests.cases.cast import AT
from tests.routines.making import IN_ORDER, TASK, a_routine

DAY = timedelta(days=1)


def by_routines() -> list[str]:
    return list(Task.objects.filter(created_by="A routine").values_list("title", flat=True))


def test_a_status_puts_up_a_task_once(manager: User, case: Case) -> None:
    a_routine(manager, IN_ORDER, TASK)
    review.confirm_good_order(manager, case, at=AT)
    taking_up.take_up()
    taking_up.take_up()
    assert by_routines() == [f"Look at {case.reference} of Kari Hope"]
    assert Task.objects.get(created_by="A routine").role == Role.UNDERWRITER
    assert not Unread.objects.exists()


def test_the_same_moment_read_again_has_no_second_effect(manager: User, case: Case) -> None:
    a_routine(manager, IN_ORDER, TASK)
    review.confirm_good_order(manager, case, at=AT)
    taking_up.take_up()
    for entry in Entry.objects.filter(subject_id=str(case.pk)):
        Unread.objects.create(entry=entry, case_id=case.pk)
    taking_up.take_up()
    assert len(by_routines()) == 1
    assert Clock.objects.filter(step="review").count() == 1


def test_what_is_off_or_came_before_or_does_not_fit_does_nothing(manager: User, case: Case) -> None:
    switch(manager, a_routine(manager, IN_ORDER, TASK), False)
    a_routine(manager, IN_ORDER, TASK, jurisdiction="NY")
    late = a_routine(manager, IN_ORDER, TASK)
    switch(manager, late, False, AT)
    switch(manager, late, True, AT + DAY)
    review.confirm_good_order(manager, case, at=AT)
    taking_up.take_up()
    assert by_routines() == []


def test_each_thing_is_done_and_what_cannot_be_is_told(
    manager: User, case: Case, settings: Any
) -> None:
    settings.EMAIL_HOST, settings.SMS_URL = "", ""
    case.agent.phone = "+1 555 0100"
    case.agent.save()
    a_routine(
        manager, IN_ORDER,
        {"do": "mail", "to": "agent", "subject": "{case}", "text": "Dear {agent}: {status}"},
        {"do": "mail", "to": "client", "subject": "{case}", "text": "x"},
        {"do": "text", "to": "agent", "text": "{case} is in good order"},
        {"do": "requirement", "kind": "illustration"},
        {"do": "assign", "whom": f"person:{manager.pk}"},
        {"do": "alert", "text": "Look at {case}"},
    )  # fmt: skip
    review.confirm_good_order(manager, case, at=AT)
    taking_up.take_up()
    mail = Message.objects.get(subject=case.reference)
    assert mail.text == "Dear Siri Aas: Agency review\n"
    assert TextMessage.objects.get().state == "kept"
    assert case.requirements.filter(kind="illustration").count() == 1
    assert Assignment.objects.get(subject_id=case.pk).person == manager
    alert = Task.objects.get(pressing=True)
    assert alert.person == manager
    assert [p["code"] for p in Acted.objects.get().problems] == ["routine_no_address"]


def test_a_snooze_puts_off_asking_and_reminding(manager: User, case: Case) -> None:
    a_routine(manager, IN_ORDER, {"do": "snooze", "days": "3"})
    review.confirm_good_order(manager, case, at=AT)
    taking_up.take_up()
    assert {s.key for s in Snooze.objects.all()} == {f"stale:{case.pk}", f"remind:{case.pk}"}


def test_two_routines_that_set_each_other_off_stop(manager: User, case: Case) -> None:
    """A raises an ECG when an illustration is raised, B the other way round, each waived at once."""
    raised = {"when": "requirement", "act": "raised"}
    a_routine(manager, raised | {"kind": "illustration"}, {"do": "requirement", "kind": "ecg"})
    a_routine(manager, raised | {"kind": "ecg"}, {"do": "requirement", "kind": "illustration"})
    requirements.add_requirement(manager, case, RequirementKind.ILLUSTRATION)
    for _round in range(40):
        for one in Requirement.objects.filter(case=case, kind__in=["ecg", "illustration"]):
            if one.state == "needed":
                requirements.waive_requirement(Robot("x"), one, "enough")
        taking_up.take_up()
    assert Acted.objects.filter(stopped=True).exists()
    assert Acted.objects.filter(stopped=False).count() <= 2 * acting.ROUND_MAX
    assert Task.objects.filter(role=Role.ADMINISTRATOR, done_at=None).count() <= 2


def test_a_routine_never_sets_itself_off(manager: User, case: Case) -> None:
    any_raised = {"when": "requirement", "act": "raised"}
    a_routine(manager, any_raised, {"do": "requirement", "kind": "ecg"})
    requirements.add_requirement(manager, case, RequirementKind.ILLUSTRATION)
    for _round in range(4):
        taking_up.take_up()
    assert Acted.objects.count() == 1


def test_what_cannot_be_taken_up_does_not_hold_up_the_rest(
    manager: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_routine(manager, IN_ORDER, TASK)
    review.confirm_good_order(manager, case, at=AT)
    other = cast.a_case(case.agent, name="Odd Hope")
    look_after = taking_up._look_after

    def fail(entry: Entry, found: Case, at: datetime) -> None:
        if found.pk == other.pk:
            raise ZeroDivisionError
        look_after(entry, found, at)

    monkeypatch.setattr(taking_up, "_look_after", fail)
    taking_up.take_up()
    assert len(by_routines()) == 1
    assert Unread.objects.get().tries == 1
    monkeypatch.undo()
    taking_up.take_up()
    assert not Unread.objects.exists()


def test_new_cases_find_who_looks_after_them_until_they_end(
    manager: User, administrator: User, agent: Any
) -> None:
    save_rules(administrator, [AssignmentRule(name="all", person=manager)])
    case = cast.a_case(agent)
    taking_up.take_up()
    assert Assignment.objects.get(subject_id=case.pk, ended_at=None).because == "all"


@pytest.mark.parametrize("days", [1, 30])
def test_a_silent_carrier_is_noticed_once(manager: User, case: Case, days: int) -> None:
    a_routine(manager, {"when": "silent", "days": "10"}, TASK)
    review.confirm_good_order(manager, case, at=AT)
    review.send_to_carrier(manager, case, at=AT)
    for _run in range(2):
        looking.look(AT + days * DAY)
    assert len(by_routines()) == (days == 30)
    carrier.record_received_by_carrier(manager, case, at=AT + 31 * DAY)


def test_who_has_had_a_case_too_long_is_noticed_at_each_turn(manager: User, case: Case) -> None:
    a_routine(manager, {"when": "held", "holder": "agent", "days": "3"}, TASK)
    for turn in range(2):
        at = AT + turn * 14 * DAY
        review.return_to_agent(manager, case, "no date", at=at)
        looking.look(at + DAY)
        assert len(by_routines()) == turn
        looking.look(at + 9 * DAY)
        assert len(by_routines()) == turn + 1
        assert case.agent.user
        review.resubmit(case.agent.user, case, at=at + 10 * DAY)


def test_what_was_asked_for_too_long_ago_is_noticed(manager: User, case: Case) -> None:
    a_routine(manager, {"when": "overdue", "kind": "aps", "days": "5"}, TASK)
    aps = requirements.add_requirement(manager, case, RequirementKind.APS, at=AT)
    requirements.order_requirement(manager, aps, "Records Inc", at=AT)
    looking.look(AT + 3 * DAY)
    assert by_routines() == []
    looking.look(AT + 12 * DAY)
    looking.look(AT + 13 * DAY)
    assert len(by_routines()) == 1


def test_a_promise_about_to_break_is_noticed(manager: User, case: Case) -> None:
    a_routine(manager, {"when": "promise", "step": "review"}, {"do": "alert", "text": "{case}"})
    taking_up.take_up()
    looking.look(AT + timedelta(hours=1))
    assert not Acted.objects.exists()
    looking.look(AT + timedelta(hours=3, minutes=30))
    assert Acted.objects.count() == 1


def test_a_changed_routine_is_off_and_keeps_its_versions(manager: User, case: Case) -> None:
    routine = a_routine(manager, IN_ORDER, TASK)
    definition = {"when": IN_ORDER, "then": [TASK | {"days": "5"}]}
    changed = save_routine(manager, "Another", definition, routine=routine, version=1)
    assert (changed.version, changed.is_on) == (2, False)
    assert [v.name for v in changed.versions.order_by("version")] == ["A routine", "Another"]
    with pytest.raises(Refused) as error:
        save_routine(manager, "Third", definition, routine=routine, version=1)
    assert [p.code for p in error.value.problems] == ["changed_meanwhile"]
    remove(manager, changed)
    review.confirm_good_order(manager, case, at=AT)
    taking_up.take_up()
    assert by_routines() == []


def test_a_task_waits_for_who_looks_after_the_case(manager: User, case: Case) -> None:
    a_routine(manager, IN_ORDER, {"do": "task", "title": "x", "days": "0"})
    assign(manager.actor(), ("case", case.pk), person=manager)
    review.confirm_good_order(manager, case, at=AT)
    taking_up.take_up()
    assert Task.objects.get(created_by="A routine").person == manager
