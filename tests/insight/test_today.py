"""Today: what needs a hand, for those who do it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from megler.accounts.models import User
from megler.insight.rules.urgency import Kind
from megler.insight.waiting import READ_MAX, Item, things_waiting
from megler.work.models import Task
from tests.cast import signed_in
from tests.insight.rows import Agency, a_case, a_requirement


def waiting(person: User) -> dict[Kind, list[Item]]:
    return things_waiting(person, timezone.localdate())


def whats(person: User, kind: Kind) -> list[str]:
    return [item.what for item in waiting(person)[kind]]


def days_ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


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
             "carrier_said_at": days_ago(20)},
        ),
        (Kind.REMIND, {"status": "returned", "holder": "agent", "next_step": "correct"}),
    ],
)  # fmt: skip
def test_a_case_waits_where_it_belongs_and_nowhere_else(
    agency: Agency, kind: Kind, case: dict[str, Any]
) -> None:
    a_case(agency.agent, "Unni Urgent", 21, **case)
    found = [
        k for k, items in waiting(agency.manager).items() for i in items if i.who[:4] == "Unni"
    ]
    assert found == [kind]


@pytest.mark.parametrize(
    "case",
    [
        {"status": "in_underwriting", "holder": "carrier", "next_step": "carrier_decides",
         "carrier_said_at": days_ago(13)},
        {"status": "returned", "holder": "agent", "next_step": "correct",
         "holder_since": days_ago(3)},
        {"status": "in_force", "holder": "", "next_step": "nothing", "policy_number": "7"},
        {"status": "closed", "holder": "", "next_step": "nothing", "closed_at": days_ago(1)},
    ],
)  # fmt: skip
def test_what_nobody_need_touch_does_not_wait(agency: Agency, case: dict[str, Any]) -> None:
    a_case(agency.agent, "Rolf Rest", 40, **case)
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
    assert len(queries) == len(Kind)
    assert all(f"LIMIT {READ_MAX}" in query["sql"] for query in queries)


def test_nothing_encrypted_is_read(agency: Agency) -> None:
    with CaptureQueriesContext(connection) as queries:
        waiting(agency.manager)
    for column in ("carrier_words", "returned_because", "ssn", '"reason"', '"detail"', "answers"):
        assert not [query for query in queries if column in query["sql"]]


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", "insight", check=True, dry_run=True, verbosity=0)
