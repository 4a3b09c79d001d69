"""Two people at once: one effect, one clear answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from megler.accounts.rules.roles import Role
from megler.cases.actions import papers, review
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
