"""Recording, sealing, and finding whatever was tampered with behind the product's back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from megler.journal.actions import announce, record, seal, verify
from megler.journal.models import Entry, Seal, Unsealed
from megler.journal.rules.actors import SYSTEM, Actor

ACTOR = Actor("7", "Ada Berg", "administrator", "192.0.2.1")


def entries(count: int) -> list[Entry]:
    return [record(ACTOR, "case.opened", ("case", n), {"n": n}) for n in range(count)]


@contextmanager
def guards_off() -> Iterator[None]:
    """As somebody with the database's own password would work."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_an_entry_keeps_who_what_when_on_what_from_where() -> None:
    at = datetime(2025, 3, 1, 12, tzinfo=UTC)
    kept = Entry.objects.get(pk=record(ACTOR, "case.opened", ("case", 5), {"x": 1}, at).pk)
    assert (kept.actor_id, kept.actor_name, kept.address) == ("7", "Ada Berg", "192.0.2.1")
    assert (kept.verb, kept.subject_type, kept.subject_id, kept.data, kept.at) == (
        "case.opened", "case", "5", {"x": 1}, at
    )  # fmt: skip


@pytest.mark.django_db
def test_sealing_covers_everything_once() -> None:
    entries(3)
    assert (seal(), seal()) == (3, 0)
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert not Unsealed.objects.exists()
    assert verify() == ([], 3, 0)


@pytest.mark.django_db
def test_sealing_goes_on_from_the_last_seal() -> None:
    entries(5)
    assert [seal(limit=2), seal(limit=2), seal(limit=2)] == [2, 2, 1]
    assert verify() == ([], 5, 0)


@pytest.mark.django_db
def test_the_unsealed_tail_is_told() -> None:
    entries(2)
    seal()
    entries(1)
    assert verify() == ([], 2, 1)


TAMPERINGS = {
    "content": ("UPDATE journal_entry SET data = '{\"n\": 99}' WHERE id = {1}", "entry_changed"),
    "time": ("UPDATE journal_entry SET at = at - interval '1 day' WHERE id = {1}", "entry_changed"),
    "actor": ("UPDATE journal_entry SET actor_name = 'Nobody' WHERE id = {1}", "entry_changed"),
    "entry removed": ("DELETE FROM journal_entry WHERE id = {1}", "entry_missing"),
    "entry and seal removed": (
        "DELETE FROM journal_seal WHERE entry_id = {1}; DELETE FROM journal_entry WHERE id = {1}",
        "seal_missing",
    ),
    "newest removed": (
        "DELETE FROM journal_seal WHERE entry_id = {2}; DELETE FROM journal_entry WHERE id = {2}",
        "head_missing",
    ),
    "everything removed": ("DELETE FROM journal_seal; DELETE FROM journal_entry", "head_missing"),
    "seal forged": (
        "UPDATE journal_seal SET hash = repeat('a', 64) WHERE entry_id = {1}",
        "entry_changed",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_behind_the_guards_is_found(how: str) -> None:
    pks = [entry.pk for entry in entries(3)]
    seal()
    assert verify()[0] == []
    sql, found = TAMPERINGS[how]
    with guards_off():
        for number, pk in enumerate(pks):
            sql = sql.replace(f"{{{number}}}", str(pk))
        run(sql)
    assert f"journal_{found}" in {problem.code for problem in verify()[0]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_entry SET verb = 'other'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
        "UPDATE journal_seal SET hash = 'x'",
        "DELETE FROM journal_seal",
        "TRUNCATE journal_seal",
    ],
)
def test_the_database_itself_refuses_change(sql: str) -> None:
    entries(1)
    seal()
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        run(sql)
    assert verify() == ([], 1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain() -> None:
    entries(40)
    made: list[int] = []

    def work() -> None:
        made.extend(seal(limit=5) for _turn in range(20))
        connection.close()

    sealers = [threading.Thread(target=work) for _sealer in range(3)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    while seal():
        pass
    assert verify() == ([], 40, 0)


@pytest.mark.django_db
def test_an_unknown_moment_is_an_error_not_silence() -> None:
    with pytest.raises(KeyError):
        announce(SYSTEM)
