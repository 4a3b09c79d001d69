"""One task's page tells who made it, moved it and why, and who ended it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from megler.accounts.rules.roles import Role
from megler.work.actions.assigning import assign
from megler.work.actions.tasks import add_task, change_due, finish_task, hand_over, snooze_task
from megler.work.history import history_of
from megler.work.names import Outcome
from tests.work.test_actions import signed_in, somebody

pytestmark = pytest.mark.django_db
CASE = UUID("00000000-0000-4000-8000-000000004711")
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_task_tells_its_whole_history_and_no_other_tasks() -> None:
    kari, ola = somebody(Role.CASE_MANAGER), somebody(Role.CASE_MANAGER, "Ola Nes")
    about = ("case_review", CASE)
    task = add_task(kari.actor(), "Review", about, date(2026, 3, 4), role=Role.CASE_MANAGER, at=AT)
    add_task(kari.actor(), "Another", about, date(2026, 3, 4), role=Role.CASE_MANAGER, at=AT)
    assign(kari.actor(), ("case", CASE), person=ola, because="From $1,000,000", at=AT + HOUR)
    hand_over(ola.actor(), task, person=kari, at=AT + 2 * HOUR)
    change_due(kari.actor(), task, date(2026, 3, 9), "waits for the fax", AT + 3 * HOUR)
    snooze_task(kari.actor(), task, date(2026, 3, 6), "away", AT + 4 * HOUR)
    task = finish_task(
        kari.actor(), task, AT + 5 * HOUR, outcome=Outcome.NOT_REACHED, words="rang three times"
    )
    assign(kari.actor(), ("case", CASE), person=kari, at=AT + 6 * HOUR)
    assert [(one.who, one.said, one.because) for one in history_of(task, kari)] == [
        ("Kari Lund", "Put up, due 03/04/2026", ""),
        ("Kari Lund", "Looked after by Ola Nes", "From $1,000,000"),
        ("Ola Nes", "Handed to Kari Lund", ""),
        ("Kari Lund", "Due 03/09/2026 instead of 03/04/2026", "waits for the fax"),
        ("Kari Lund", "Put off until 03/06/2026", "away"),
        ("Kari Lund", "Nobody was reached", "rang three times"),
    ]


def test_the_page_is_there_for_staff_and_whom_it_waits_for() -> None:
    kari, agent = somebody(Role.CASE_MANAGER), somebody(Role.AGENT, "Ada Agent")
    hers = add_task(kari.actor(), "Sign", ("case", CASE), date(2026, 3, 4), person=agent, at=AT)
    ours = add_task(
        kari.actor(), "Ours", ("case", CASE), date(2026, 3, 4), role=Role.CASE_MANAGER, at=AT
    )
    assign(kari.actor(), ("case", CASE), person=kari, because="a secret of ours", at=AT + HOUR)
    page = signed_in(agent).get(f"/tasks/{hers.pk}/").content.decode()
    assert "Put up, due" in page
    assert "a secret of ours" not in page
    assert signed_in(agent).get(f"/tasks/{ours.pk}/").status_code == 404
    staff = signed_in(kari)
    staff.post(f"/tasks/{ours.pk}/finish/", {"outcome": "not_needed", "words": "withdrawn"})
    page = staff.get(f"/tasks/{ours.pk}/").content.decode()
    assert "Not needed after all" in page
    assert "withdrawn" in page
