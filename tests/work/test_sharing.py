"""Who looks after what, absences, snoozes, and tasks that never vanish."""

from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Refused
from megler.work.actions import add_task, finish_task, finish_tasks_about
from megler.work.actions.assigning import assign, assign_by_rules, loads, nobody_looks_after
from megler.work.actions.figures import figure
from megler.work.actions.snoozing import snooze, wake
from megler.work.actions.tasks import change_due, hand_over, snooze_task, wake_task
from megler.work.actions.teams import (
    end_absence,
    plan_absence,
    save_rules,
    save_team,
    set_office_hours,
)
from megler.work.models import Assignment, AssignmentRule, Snooze, Task
from megler.work.models.office import office_hours
from megler.work.names import Outcome
from megler.work.rules.assigning import Facts
from tests.cast import person

DAY = timedelta(days=1)


@pytest.fixture
def dora(db: None) -> User:
    return person("Dora Lind", Role.CASE_MANAGER)


def a_task(**more: object) -> Task:
    who: dict[str, object] = {"role": Role.CASE_MANAGER, **more}
    return add_task(SYSTEM, "Call Kari", ("case", uuid4()), timezone.localdate(), **who)  # type: ignore[arg-type]


def refused(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_new_work_goes_by_rule_to_whoever_of_the_team_has_least(
    administrator: User, case_manager: User, dora: User
) -> None:
    team = save_team(administrator, "Term", [case_manager, dora])
    save_rules(administrator, [AssignmentRule(name="all", team=team)])
    made = [assign_by_rules(SYSTEM, ("case", uuid4()), Facts()) for _number in range(4)]
    assert loads([case_manager.pk, dora.pk]) == {str(case_manager.pk): 2, str(dora.pk): 2}
    assert all(one and one.because == "all" for one in made)


def test_what_somebody_has_stays_theirs_and_is_no_load_once_finished(
    administrator: User, case_manager: User
) -> None:
    subject = ("case", uuid4())
    assign(SYSTEM, subject, person=case_manager)
    assert assign_by_rules(SYSTEM, subject, Facts()) is None
    nobody_looks_after(subject, timezone.now())
    assert loads([case_manager.pk]) == {}


def test_open_tasks_of_the_role_go_along(case_manager: User, dora: User) -> None:
    task = a_task()
    assign(SYSTEM, ("case", task_subject(task)), person=case_manager)
    assert Task.objects.waiting_for(case_manager).filter(pk=task.pk).exists()
    assert not Task.objects.waiting_for(dora).filter(pk=task.pk).exists()


def task_subject(task: Task) -> UUID:
    return UUID(task.about_id)


def test_the_cover_sees_the_work_of_who_is_away_and_only_then(
    case_manager: User, dora: User
) -> None:
    today = timezone.localdate()
    task = a_task(role=None, person=case_manager)
    assign(SYSTEM, ("case", uuid4()), person=case_manager)
    away = plan_absence(case_manager, case_manager, dora, since=today, until=today + DAY)
    assert [t.pk for t in Task.objects.all().most_urgent(dora, today, 9)] == [task.pk]
    assert Assignment.objects.with_person("case", dora, today).count() == 1
    assert Assignment.objects.with_person("case", dora, today + 2 * DAY).count() == 0
    end_absence(case_manager, away)
    assert Assignment.objects.with_person("case", dora, today).count() == 0


def test_nobody_covers_themselves_or_plans_for_others(
    case_manager: User, new_business: User
) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused) as error:
        plan_absence(case_manager, case_manager, case_manager, since=today, until=today - DAY)
    assert refused(error) == ["absence_of_nobody", "absence_ends_before"]
    with pytest.raises(Refused) as error:
        plan_absence(new_business, case_manager, new_business, since=today, until=today)
    assert refused(error) == ["not_allowed"]


def test_a_task_is_never_deleted_not_even_by_hand(db: None) -> None:
    task = a_task()
    with pytest.raises(DatabaseError, match="not deleted"), transaction.atomic():
        task.delete()
    with pytest.raises(DatabaseError, match="not deleted"), transaction.atomic():
        connection.cursor().execute("DELETE FROM work_task")
    assert Task.objects.filter(pk=task.pk).exists()


def test_a_task_ends_with_its_outcome(case_manager: User) -> None:
    ended = finish_task(case_manager.actor(), a_task(), outcome=Outcome.NOT_REACHED, words="away")
    assert (ended.outcome, ended.outcome_words) == ("not_reached", "away")
    other = a_task()
    finish_tasks_about(SYSTEM, other.subject)
    other.refresh_from_db()
    assert other.outcome == "settled"
    with pytest.raises(Refused):
        hand_over(SYSTEM, other, person=case_manager)


def test_a_sleeping_task_is_back_on_its_day(case_manager: User) -> None:
    today, task = timezone.localdate(), a_task()
    snooze_task(case_manager.actor(), task, today + 3 * DAY, "on holiday")
    tasks = Task.objects.all()
    assert tasks.most_urgent(case_manager, today, 9) == []
    assert tasks.most_urgent(case_manager, today + 3 * DAY, 9) == [task]
    wake_task(case_manager.actor(), task)
    assert tasks.most_urgent(case_manager, today, 9) == [task]


def test_another_day_needs_a_reason_and_the_journal_has_both_days(case_manager: User) -> None:
    task, later = a_task(), timezone.localdate() + 5 * DAY
    with pytest.raises(Refused) as error:
        change_due(case_manager.actor(), task, later, " ")
    assert refused(error) == ["task_reason_missing"]
    change_due(case_manager.actor(), task, later, "the doctor is away")
    told = Entry.objects.get(verb="task.due_changed").data
    assert (told["was"], told["due_on"]) == (task.due_on.isoformat(), later.isoformat())


def test_what_is_put_off_comes_back_by_itself(case_manager: User) -> None:
    today, subject = timezone.localdate(), ("case", uuid4())
    snooze(case_manager, "review:1", "review", subject, until=today + DAY, reason="asked")
    asleep = snooze(
        case_manager, "review:1", "review", subject, until=today + 2 * DAY, reason="asked again"
    )
    assert list(Snooze.objects.standing(today)) == [asleep]
    assert not Snooze.objects.standing(today + 2 * DAY)
    wake(case_manager, asleep)
    assert not Snooze.objects.standing(today)
    with pytest.raises(Refused) as error:
        snooze(case_manager, "review:1", "review", subject, until=today, reason="")
    assert refused(error) == ["task_reason_missing", "snooze_in_the_past"]


def test_the_office_has_its_own_hours_and_days(administrator: User) -> None:
    assert office_hours().week[0] == (time(9), time(17))
    week = [(time(8), time(16))] * 4 + [None] * 3
    set_office_hours(administrator, week, {date(2026, 5, 17): "a feast"}, zone="Europe/Oslo")
    hours = office_hours()
    assert (hours.zone, hours.week[0], hours.week[4]) == ("Europe/Oslo", (time(8), time(16)), None)
    assert hours.closed == {date(2026, 5, 17)}
    with pytest.raises(Refused) as error:
        set_office_hours(administrator, [(time(9), time(8)), *week[1:]], {})
    assert refused(error) == ["office_closes_before"]


def test_what_counts_quickly_is_counted_each_time(db: None) -> None:
    counts = iter([1, 2])
    assert [figure("n", lambda: next(counts))[0] for _number in range(2)] == [1, 2]
