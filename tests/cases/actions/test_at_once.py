"""Two people at once: one effect, one clear answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from megler.accounts.rules.roles import Can, Role
from megler.cases.actions import duties, papers, review
from megler.cases.actions.holding import in_hand
from megler.cases.models import Case
from megler.vocabulary.problems import Refused
from tests.cases import cast
from tests.cases.cast import AT


@pytest.mark.django_db(transaction=True)
def test_a_case_is_sent_once_by_eight_at_once() -> None:
    case = cast.a_case(cast.an_agent())
    manager = cast.somebody(Role.CASE_MANAGER, "Kari Lund")
    review.confirm_good_order(manager, case, at=AT)

    def send(_number: int) -> str:
        try:
            review.send_to_carrier(manager, case, version=2, at=AT)
        except Refused as refused:
            return refused.problems[0].code
        finally:
            connection.close()
        return "sent"

    with ThreadPoolExecutor(8) as several:
        answers = sorted(several.map(send, range(8)))
    assert answers == ["case_already"] * 7 + ["sent"]
    assert cast.verbs(case).count("case.sent_to_carrier") == 1
    assert Case.objects.get(pk=case.pk).version == 3


@pytest.mark.django_db(transaction=True)
def test_notes_written_at_once_are_all_kept() -> None:
    case = cast.a_case(cast.an_agent())
    manager = cast.somebody(Role.CASE_MANAGER, "Kari Lund")

    def write(number: int) -> None:
        papers.add_note(manager, case, f"Note {number}", at=AT)
        connection.close()

    with ThreadPoolExecutor(8) as several:
        list(several.map(write, range(8)))
    assert case.notes.count() == 8


@pytest.mark.django_db(transaction=True)
def test_people_at_two_cases_at_once_may_each_write_what_refers_to_the_other() -> None:
    """The database checks at the end that what is referred to is there; nobody waits for that."""
    agent = cast.an_agent()
    one, other = cast.a_case(agent), cast.a_case(agent, name="Ola Hope")
    manager = cast.somebody(Role.CASE_MANAGER, "Kari Lund")
    both_at_it = Barrier(2, timeout=20)

    def work(mine: Case, theirs: Case) -> None:
        try:
            with transaction.atomic():
                _wait_for_a_lock_at_most(5)
                in_hand(manager, mine, Can.WORK_CASES)
                both_at_it.wait()
                theirs.notes.create(text="See there.", written_by=manager, written_at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as several:
        list(several.map(work, (one, other), (other, one)))
    assert (one.notes.count(), other.notes.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_follow_ups_are_put_up_while_somebody_attaches_a_document() -> None:
    case = cast.a_case(cast.an_agent())
    requirement = case.requirements.create(
        kind="aps", state="ordered", holder="vendor", stage="underwriting",
        raised_by={}, raised_at=AT, since=AT, follow_up_on=AT.date(),
    )  # fmt: skip
    paper = case.documents.get()

    def attach() -> None:
        try:
            with transaction.atomic():
                _wait_for_a_lock_at_most(5)
                requirement.documents.add(paper)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other, transaction.atomic():
        assert duties.follow_up(AT.date(), AT) == 1
        other.submit(attach).result()
    assert requirement.documents.count() == 1


def _wait_for_a_lock_at_most(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{seconds}s'")
