"""Files twenty at once, workers that die, files that were cut: each effect exactly once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.feeds.actions import applying
from megler.feeds.actions.receiving import receive_file
from megler.feeds.actions.taking import take_file, take_up
from megler.feeds.models import Change, FeedFile, FeedSource
from megler.feeds.names import FileState
from tests.cases import cast
from tests.feeds.cast import AT, DAY, LATER, a_case_at_carrier, a_source, send, sheet

HEAD = "Your Reference,Policy Number,Insured,Status"


class Killed(BaseException):
    """What a worker dies of."""


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twenty_times_at_once_has_one_effect() -> None:
    manager = cast.somebody(Role.CASE_MANAGER, "Kari Lund")
    case = a_case_at_carrier(manager)
    source = a_source()
    send(manager, source, sheet(HEAD, f"{case.reference},,Kari Hope,UW"), as_of=AT + DAY)
    content = sheet(HEAD, f"{case.reference},NL-1,Kari Hope,Approved")

    def take(_number: int) -> bool:
        try:
            done = receive_file(manager, source, "p.csv", content, as_of=AT + 2 * DAY, at=LATER)
            take_file(done.file.pk, LATER)
            return done.is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as several:
        assert sorted(several.map(take, range(20))) == [False] * 19 + [True]
    assert cast.verbs(case).count("case.decided") == 1
    assert FeedFile.objects.count() == 2
    assert Change.objects.filter(told="status").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["_apply_round", "carry_out_many", "_keep", "finish"])
def test_a_worker_killed_at_any_step_leaves_nothing_half_done(
    manager: User, case: Case, source: FeedSource, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    send(manager, source, sheet(HEAD, f"{case.reference},,Kari Hope,UW"), as_of=AT + DAY)
    content = sheet(HEAD, f"{case.reference},NL-1,Kari Hope,Issued")
    file = receive_file(manager, source, "p.csv", content, as_of=AT + 2 * DAY, at=LATER).file
    before = cast.verbs(case)

    def die(*_args: object, **_named: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(applying, step, die)
        with pytest.raises(Killed):
            take_file(file.pk, LATER)
    if step != "finish":
        assert cast.verbs(case) == before
    assert take_up(LATER + DAY) > 0
    case.refresh_from_db()
    file.refresh_from_db()
    assert (case.status, file.state) == ("issued", FileState.DONE)
    assert cast.verbs(case).count("case.issued") == 1
    assert take_up(LATER + DAY) == 0


@pytest.mark.django_db
def test_a_file_that_was_cut_is_taken_up_to_its_last_whole_row(
    manager: User, case: Case, source: FeedSource
) -> None:
    other = a_case_at_carrier(manager, "Nils Berg", case.carrier)
    whole = sheet(
        HEAD, f"{case.reference},NL-1,Kari Hope,Approved", f"{case.reference[:2]}1,,Nobody Here,UW",
        f"{other.reference},NL-2,Nils Berg,Approved",
    )  # fmt: skip
    cut = send(manager, source, whole[:-16], as_of=AT + DAY)
    assert "sheet_cut" in {problem["code"] for problem in cut.told}
    other.refresh_from_db()
    assert other.decision == ""
    done = send(manager, source, whole, as_of=AT + DAY)
    other.refresh_from_db()
    assert (other.decision, done.counts["unchanged"]) == ("approved", 1)
    assert cast.verbs(case).count("case.decided") == 1
