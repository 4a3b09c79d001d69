"""The journal's page: for administrators, narrowed, page by page, each line checked."""

import re

import pytest
from django.db import connection

from megler.accounts.models import User
from megler.journal.actions import record, seal
from megler.journal.models import Entry
from megler.journal.rules.actors import Actor
from tests.cast import signed_in

ADA, BOB = Actor("1", "Ada Berg", "administrator"), Actor("2", "Bob Ek", "agent")


def verbs(html: str) -> list[str]:
    return re.findall(r'<span title="([^"]+)">', html)


@pytest.fixture
def lines(db: None) -> None:
    for n in range(60):
        record(ADA if n % 2 else BOB, f"case.step_{n}", ("case", n % 3), {"n": n})
    while seal():
        pass


def test_newest_first_and_older_by_key(lines: None, administrator: User) -> None:
    browser = signed_in(administrator)
    first = browser.get("/journal/").content.decode()
    assert verbs(first) == [f"case.step_{n}" for n in range(59, 9, -1)]
    older = re.search(r'href="\?page=(before-\d+)"', first)
    assert older
    second = browser.get(f"/journal/?page={older[1]}").content.decode()
    assert verbs(second) == [f"case.step_{n}" for n in range(9, -1, -1)]
    assert "page=newest" in second


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("verb=case.step_7", ["case.step_7"]),
        ("subject_type=case&subject_id=2&actor=1", [f"case.step_{n}" for n in range(59, 0, -6)]),
        ("subject_type=policy", []),
        ("until=2001-01-01", []),
        ("page=before-nonsense&verb=case.step_1", ["case.step_1"]),
        ("since=not+a+day&verb=case.step_1", ["case.step_1"]),
    ],
)
def test_narrowed(lines: None, administrator: User, query: str, found: list[str]) -> None:
    assert verbs(signed_in(administrator).get(f"/journal/?{query}").content.decode()) == found


def test_a_line_changed_since_it_was_sealed_is_marked(lines: None, administrator: User) -> None:
    browser = signed_in(administrator)
    assert "Changed since sealed" not in browser.get("/journal/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE journal_entry SET actor_name = 'Eve' WHERE verb = 'case.step_50'")
        cursor.execute("SET session_replication_role = origin")
    assert browser.get("/journal/").content.decode().count("Changed since sealed") == 1


def test_a_line_without_seal_waits(administrator: User) -> None:
    record(ADA, "case.opened", ("case", 1))
    assert "Waits for its seal" in signed_in(administrator).get("/journal/").content.decode()


def test_the_page_costs_the_same_however_long_the_journal(
    lines: None, administrator: User, django_assert_max_num_queries: object
) -> None:
    browser = signed_in(administrator)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        browser.get("/journal/")
    assert Entry.objects.count() == 60


def test_for_others_it_does_not_exist(case_manager: User, agent_user: User) -> None:
    assert signed_in(case_manager).get("/journal/").status_code == 404
    assert signed_in(agent_user).get("/journal/").status_code == 404
