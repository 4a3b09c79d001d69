"""Today: what needs a hand, for those who do it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.insight.rules.urgency import Kind
from megler.insight.waiting import READ_MAX, Item, things_waiting
from megler.routines.models import Clock
from megler.work.actions.assigning import assign
from megler.work.actions.teams import plan_absence
from megler.work.models import Snooze, Task
from tests.cast import signed_in
from tests.insight.rows import Agency, a_case, a_requirement, someone


def waiting(person: User) -> dict[Kind, list[Item]]:
    return things_waiting(person, timezone.localdate())


def whats(person: User, kind: Kind) -> list[str]:
    return [item.what for item in waiting(person)[kind]]


def days_ago(days: int) -> Any:
    return timezone.localtime() - timedelta(days=days)  # by the wall clock, summer time or not


def from_now(case: dict[str, Any]) -> dict[str, Any]:
    """The case with how long ago counted when the test runs, maybe after midnight."""
    return {
        name: days_ago(told.days) if isinstance(told, timedelta) else told
        for name, told in case.items()
    }


def test_a_new_case_waits_to_be_checked_for_good_order(agency: Agency) -> None:
    items = waiting(agency.manager)[Kind.GOOD_ORDER]
    assert {item.who for item in items} == {"Kari Olsen", "Karin Nordmann"}
    assert all(item.waiting.ours for item in items)


@pytest.mark.parametrize(
    ("kind", "case"),
    [
        (Kind.FINISH, {"status": "agency_review", "next_step": "send"}),
        (Kind.FINISH, {"status": "delivered", "next_step": "place", "policy_number": "7"}),
        (
            Kind.ANSWER,
            {"status": "decided", "decision": "counter_offer", "holder": "client",
             "next_step": "answer_offer"},
        ),
        (
            Kind.STALE,
            {"status": "in_underwriting", "holder": "carrier", "next_step": "carrier_decides",
             "carrier_said_at": timedelta(days=20)},
        ),
        (Kind.REMIND, {"status": "returned", "holder": "agent", "next_step": "correct"}),
    ],
)  # fmt: skip
def test_a_case_waits_where_it_belongs_and_nowhere_else(
    agency: Agency, kind: Kind, case: dict[str, Any]
) -> None:
    a_case(agency.agent, "Unni Urgent", 21, **from_now(case))
    found = [
        k for k, items in waiting(agency.manager).items() for i in items if i.who[:4] == "Unni"
    ]
    assert found == [kind]


@pytest.mark.parametrize(
    "case",
    [
        {"status": "in_underwriting", "holder": "carrier", "next_step": "carrier_decides",
         "carrier_said_at": timedelta(days=13)},
        {"status": "returned", "holder": "agent", "next_step": "correct",
         "holder_since": timedelta(days=3)},
        {"status": "in_force", "holder": "", "next_step": "nothing", "policy_number": "7"},
        {"status": "closed", "holder": "", "next_step": "nothing", "closed_at": timedelta(days=1)},
    ],
)  # fmt: skip
def test_what_nobody_need_touch_does_not_wait(agency: Agency, case: dict[str, Any]) -> None:
    a_case(agency.agent, "Rolf Rest", 40, **from_now(case))
    assert "Rolf Rest" not in {i.who for items in waiting(agency.manager).values() for i in items}


def test_what_came_in_waits_for_review_once_a_case(agency: Agency) -> None:
    a_requirement(agency.hers, "aps")
    a_requirement(agency.hers, "ecg")
    texts = whats(agency.manager, Kind.REVIEW)
    assert len(texts) == 1
    assert "Attending physician statement, ECG" in texts[0]


def test_a_follow_up_waits_from_its_day_on(agency: Agency) -> None:
    day = timezone.localdate()
    told: dict[str, Any] = {"state": "ordered", "holder": "vendor"}
    a_requirement(agency.hers, "aps", **told, follow_up_on=day)
    a_requirement(agency.theirs, "ecg", **told, follow_up_on=day + timedelta(days=1))
    assert whats(agency.manager, Kind.FOLLOW_UP) == [
        "Ask how far it is: Attending physician statement"
    ]


def test_evidence_waits_when_it_expires_before_the_decision(agency: Agency) -> None:
    soon = timezone.localdate() + timedelta(days=10)
    sent: dict[str, Any] = {"state": "sent_to_carrier", "holder": "carrier", "expires_on": soon}
    a_requirement(agency.hers, "blood_profile", **sent)
    decided = a_case(agency.agent, "Dag Decided", status="decided", decision="approved")
    a_requirement(decided, "blood_profile", **sent)
    assert [i.who for i in waiting(agency.manager)[Kind.EXPIRING]] == ["Kari Olsen"]


def test_requirements_of_closed_cases_do_not_wait(agency: Agency) -> None:
    closed = a_case(
        agency.agent, "Rolf Rest", status="closed", closed_at=days_ago(1), holder="",
        next_step="nothing",
    )  # fmt: skip
    a_requirement(closed, "aps", follow_up_on=timezone.localdate() - timedelta(days=9))
    assert not waiting(agency.manager)[Kind.REVIEW]
    assert not waiting(agency.manager)[Kind.FOLLOW_UP]


def test_tasks_are_those_of_me_and_my_role(agency: Agency) -> None:
    day, now = timezone.localdate(), timezone.now()
    told: dict[str, Any] = {"due_on": day, "created_at": now, "created_by": "Ada"}
    Task.objects.create(title="For case managers", role="case_manager", **told)
    Task.objects.create(title="For licensing", role="licensing", **told)
    Task.objects.create(title="For Mona", person=agency.manager, **told)
    assert set(whats(agency.manager, Kind.TASK)) == {"For case managers", "For Mona"}


def test_the_page_puts_the_latest_first_and_says_why(agency: Agency) -> None:
    a_case(agency.agent, "Lars Late", 30, face_amount_applied=5_000_000)
    page = signed_in(agency.manager).get("/today/").content.decode()
    assert page.index("Lars Late") < page.index("Kari Olsen")
    assert "29 days late" in page
    assert "$5,000,000" in page
    assert "with us" in page


def test_mine_is_what_my_role_does(agency: Agency) -> None:
    browser = signed_in(agency.licensing)
    assert b"Kari Olsen" in browser.get("/today/").content
    assert b"Kari Olsen" not in browser.get("/today/", {"mine": "1"}).content


def test_one_kind_only(agency: Agency) -> None:
    a_requirement(agency.theirs, "aps")
    page = signed_in(agency.manager).get("/today/", {"kind": "review"}).content.decode()
    assert "Karin Nordmann" in page
    assert "Kari Olsen" not in page


def test_an_unknown_kind_shows_every_kind(agency: Agency) -> None:
    page = signed_in(agency.manager).get("/today/", {"kind": "' or 1=1", "mine": "x"})
    assert b"Kari Olsen" in page.content


def test_htmx_gets_the_part_alone_and_history_the_page(agency: Agency) -> None:
    browser = signed_in(agency.manager)
    part = browser.get("/today/", headers={"HX-Request": "true"}).content
    assert b"<html" not in part
    assert b"Kari Olsen" in part
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in browser.get("/today/", headers=back).content


def test_today_is_for_staff(agency: Agency) -> None:
    for person in (agency.agent.user, agency.assistant, agency.carrier):
        assert person
        assert signed_in(person).get("/today/").status_code == 404


def test_queries_do_not_grow_with_the_cases(agency: Agency) -> None:
    def cost() -> int:
        browser = signed_in(agency.manager)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get("/today/").status_code == 200
        return len(queries)

    def more(count: int) -> None:
        for n in range(count):
            case = a_case(agency.agent, f"Nils {n}", 20)
            a_requirement(case, "aps", follow_up_on=timezone.localdate())
            a_case(
                agency.agent, f"Nora {n}", 9, status="returned", holder="agent", next_step="correct"
            )

    cost()
    more(1)
    small = cost()
    more(14)
    assert cost() == small <= 22


def test_no_more_of_a_kind_is_read_than_can_be_shown(agency: Agency) -> None:
    with CaptureQueriesContext(connection) as queries:
        waiting(agency.manager)
    lists = [q["sql"] for q in queries if "cases_" in q["sql"] or "work_task" in q["sql"]]
    assert len(lists) == len(Kind) + 1
    assert all(f"LIMIT {READ_MAX}" in sql for sql in lists if "routines_clock" not in sql)
    assert len(queries) <= len(Kind) + 5


def test_nothing_encrypted_is_read(agency: Agency) -> None:
    with CaptureQueriesContext(connection) as queries:
        waiting(agency.manager)
    for column in ("carrier_words", "returned_because", "ssn", '"reason"', '"detail"', "answers"):
        assert not [query for query in queries if column in query["sql"]]


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", "insight", check=True, dry_run=True, verbosity=0)


def test_what_was_put_off_comes_back_on_its_day(agency: Agency) -> None:
    browser, day = signed_in(agency.manager), timezone.localdate()
    key = f"good_order:{agency.hers.pk}"
    later = {"key": key, "until": (day + timedelta(days=2)).isoformat(), "reason": "she is away"}
    assert browser.post("/today/put-off/", later).status_code == 302
    assert b"Kari Olsen" not in browser.get("/today/", {"kind": "good_order"}).content
    page = browser.get("/today/", {"asleep": "1"}).content.decode()
    assert "she is away" in page
    assert things_waiting(agency.manager, day + timedelta(days=2))[Kind.GOOD_ORDER][0].case
    asleep = Snooze.objects.get()
    browser.post(f"/today/wake/{asleep.pk}/")
    assert b"Kari Olsen" in browser.get("/today/", {"kind": "good_order"}).content


def test_putting_off_needs_a_reason_and_a_thing_that_is_there(agency: Agency) -> None:
    browser, day = signed_in(agency.manager), timezone.localdate()
    told = {"until": (day + timedelta(days=2)).isoformat(), "reason": ""}
    key = f"good_order:{agency.hers.pk}"
    assert browser.post("/today/put-off/", {"key": key, **told}).status_code == 422
    for wrong in ("good_order:x", "dance:" + str(agency.hers.pk), ""):
        assert browser.post("/today/put-off/", {"key": wrong, **told}).status_code == 404


def test_mine_is_what_i_look_after_and_cover(agency: Agency) -> None:
    other, day = someone(Role.CASE_MANAGER, "Olga Other"), timezone.localdate()
    actor = agency.manager.actor()
    assign(actor, ("case", agency.hers.pk), person=agency.manager)
    assign(actor, ("case", agency.theirs.pk), person=other)

    def mine(person: User) -> set[str]:
        found = things_waiting(person, day, mine=True)
        return {item.who for item in found[Kind.GOOD_ORDER]}

    assert mine(agency.manager) == {"Kari Olsen"}
    plan_absence(other, other, agency.manager, since=day, until=day)
    assert mine(agency.manager) == {"Kari Olsen", "Karin Nordmann"}


def test_a_broken_promise_and_the_premium_are_told(agency: Agency) -> None:
    start = days_ago(6)
    Clock.objects.create(
        step="review", case=agency.hers, subject=agency.hers.pk, entry_id=1, started_at=start,
        risk_at=start, due_at=days_ago(5),
    )  # fmt: skip
    page = signed_in(agency.manager).get("/today/").content.decode()
    assert "5 days over the promise" in page
    assert "$600 premium a year" in page


def test_one_key_does_the_usual_act(agency: Agency) -> None:
    a_case(agency.agent, "Sara Send", status="agency_review", next_step="send",
           good_order_at=timezone.now())  # fmt: skip
    [item] = waiting(agency.manager)[Kind.FINISH]
    assert item.usual
    signed_in(agency.manager).post(item.usual.url, dict(item.usual.fields))
    assert item.case
    assert Case.objects.get(pk=item.case).status == "sent_to_carrier"
