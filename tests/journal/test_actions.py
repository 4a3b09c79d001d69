"""Recording, sealing, and finding whatever was tampered with behind the product's back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from megler.journal.actions import _head_file, announce, last_seal, record, seal, verify
from megler.journal.models import Entry, Seal, Unsealed
from megler.journal.rules.actors import SYSTEM, Actor
from megler.vocabulary.problems import Severity

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


def run(sql: str, *values: str | int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


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


FORGED = (
    "INSERT INTO journal_entry (id, at, recorded_at, actor_id, actor_name, actor_kind, address, "
    "verb, subject_type, subject_id, data) SELECT {0} - 1, at, recorded_at, '9', 'Eve', 'agent', '', "
    "'case.closed', 'case', '1', '{{}}' FROM journal_entry WHERE id = {0}"
).replace("{{}}", "{}")
TAMPERINGS = {
    "its number": ("UPDATE journal_entry SET id = -5 WHERE id = {1}", "entry_missing"),
    "content": ("UPDATE journal_entry SET data = '{\"n\": 99}' WHERE id = {1}", "entry_changed"),
    "time": ("UPDATE journal_entry SET at = at - interval '1 day' WHERE id = {1}", "entry_changed"),
    "time written": (
        "UPDATE journal_entry SET recorded_at = recorded_at - interval '1 ms' WHERE id = {1}",
        "entry_changed",
    ),
    "actor": ("UPDATE journal_entry SET actor_name = 'Nobody' WHERE id = {1}", "entry_changed"),
    "actor's id": ("UPDATE journal_entry SET actor_id = '8' WHERE id = {1}", "entry_changed"),
    "actor's kind": (
        "UPDATE journal_entry SET actor_kind = 'agent' WHERE id = {1}",
        "entry_changed",
    ),
    "address": ("UPDATE journal_entry SET address = '' WHERE id = {1}", "entry_changed"),
    "verb": ("UPDATE journal_entry SET verb = 'case.closed' WHERE id = {1}", "entry_changed"),
    "subject": ("UPDATE journal_entry SET subject_id = '7' WHERE id = {1}", "entry_changed"),
    "subject's type": (
        "UPDATE journal_entry SET subject_type = 'policy' WHERE id = {1}",
        "entry_changed",
    ),
    "entry removed": ("DELETE FROM journal_entry WHERE id = {1}", "entry_missing"),
    "first removed": (
        "DELETE FROM journal_seal WHERE entry_id = {0}; DELETE FROM journal_entry WHERE id = {0}",
        "seal_missing",
    ),
    "entry and seal removed": (
        "DELETE FROM journal_seal WHERE entry_id = {1}; DELETE FROM journal_entry WHERE id = {1}",
        "seal_missing",
    ),
    "removed and numbered anew": (
        "DELETE FROM journal_seal WHERE entry_id = {1}; DELETE FROM journal_entry WHERE id = {1};"
        "UPDATE journal_seal SET number = 2 WHERE number = 3",
        "entry_changed",
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
    "two swapped": (
        "UPDATE journal_seal SET entry_id = -1 WHERE entry_id = {0};"
        "UPDATE journal_seal SET entry_id = {0} WHERE entry_id = {1};"
        "UPDATE journal_seal SET entry_id = {1} WHERE entry_id = -1",
        "entry_changed",
    ),
    "one put in and never sealed": (FORGED, "entry_unsealed"),
    "one put in and given a seal": (
        f"{FORGED}; INSERT INTO journal_seal (number, entry_id, hash, sealed_at) "  # noqa: S608
        "VALUES (4, {0} - 1, repeat('b', 64), now())",
        "entry_changed",
    ),
}


def test_every_column_of_an_entry_is_tampered_with() -> None:
    columns = {field.column for field in Entry._meta.local_concrete_fields}
    touched = {c for c in columns for sql, _found in TAMPERINGS.values() if f" SET {c} =" in sql}
    assert columns - touched == set()


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
def test_an_entry_put_in_for_the_sealer_shows_as_late() -> None:
    pks = [entry.pk for entry in entries(3)]
    seal()
    with guards_off():
        run(FORGED.replace("{0}", str(pks[0])))
        late = (
            "UPDATE journal_entry SET recorded_at = recorded_at - interval '2 hours' WHERE id = %s"
        )
        run(late, pks[0] - 1)
        run("INSERT INTO journal_unsealed (entry_id) VALUES (%s)", pks[0] - 1)
    assert seal() == 1
    assert [problem.code for problem in verify()[0]] == ["journal_entry_late"]


@pytest.mark.django_db
def test_an_entry_that_went_before_its_seal_shows() -> None:
    (entry,) = entries(1)
    with guards_off():
        run("DELETE FROM journal_entry WHERE id = %s", entry.pk)
    assert seal() == 0
    assert [problem.code for problem in verify()[0]] == ["journal_entry_missing"]


@pytest.mark.django_db
def test_a_cut_end_with_an_older_head_shows_only_against_a_head_noted_elsewhere() -> None:
    entries(3)
    seal()
    older = _head_file().read_text()
    pks = [entry.pk for entry in entries(2)]
    seal()
    noted = last_seal()
    with guards_off():
        run("DELETE FROM journal_seal WHERE entry_id >= %s", pks[0])
        run("DELETE FROM journal_entry WHERE id >= %s", pks[0])
    _head_file().write_text(older)
    assert verify() == ([], 3, 0)
    assert [problem.code for problem in verify(noted)[0]] == ["journal_head_missing"]


@pytest.mark.django_db
def test_a_head_that_is_gone_is_told() -> None:
    entries(1)
    seal()
    _head_file().unlink()
    (problem,), _sealed, _unsealed = verify()
    assert (problem.code, problem.severity) == ("journal_head_unknown", Severity.WARNING)


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
