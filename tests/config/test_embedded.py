"""The embedded PostgreSQL under what really happens to it: sharing, killing, leftovers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from megler.config import place as places
from megler.config.embedded import Cluster
from megler.config.trouble import Trouble

HOLD_AND_WAIT = """
import sys, time
from pathlib import Path
from megler.config.embedded import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.hold()
print(cluster.postmaster(), flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A place with a space in its path, open to the user that the server runs as."""
    folder = Path(tempfile.mkdtemp(prefix="megler var "))
    folder.chmod(0o755)
    yield folder / "postgres"
    shutil.rmtree(folder)


@pytest.fixture
def cluster(home: Path) -> Iterator[Cluster]:
    held = Cluster(home)
    held.hold()
    yield held
    held.let_go()
    assert not (home / "postmaster.pid").exists()


def one(cluster: Cluster, query: str, database: str = "postgres") -> object:
    with psycopg.connect(cluster.url(database)) as connection:
        row = connection.execute(query).fetchone()
        assert row
        return row[0]


def other_process(home: Path) -> tuple[subprocess.Popen[str], int]:
    command = [sys.executable, "-c", HOLD_AND_WAIT, str(home)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, int(process.stdout.readline())


def kill_server(cluster: Cluster) -> None:
    pid = cluster.postmaster()
    assert pid
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.05)


def test_the_server_is_durable_private_and_sorts_plainly(cluster: Cluster) -> None:
    assert one(cluster, "SHOW fsync") == "on"
    assert one(cluster, "SHOW synchronous_commit") == "on"
    assert one(cluster, "SHOW listen_addresses") == ""
    assert one(cluster, "SHOW max_connections") == "100"
    assert one(cluster, "SELECT lower('ÅSE') || upper('ø')") == "åseØ"
    assert one(cluster, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert places.recorded(cluster.home).socket.stat().st_mode & 0o077 == 0  # type: ignore[union-attr]


def test_holders_share_one_server_and_the_last_stops_it(home: Path) -> None:
    first, second = Cluster(home), Cluster(home)
    first.hold()
    second.hold()
    pid = first.postmaster()
    assert second.postmaster() == pid
    first.let_go()
    assert second.postmaster() == pid
    assert one(second, "SELECT 1") == 1
    second.let_go()
    assert not (home / "postmaster.pid").exists()


def test_another_process_keeps_the_server_alive(home: Path) -> None:
    ours = Cluster(home)
    ours.hold()
    process, pid = other_process(home)
    try:
        assert pid == ours.postmaster()
        ours.let_go()
        assert (home / "postmaster.pid").exists()
    finally:
        process.kill()
        process.wait()
    ours.hold()
    assert ours.postmaster() == pid, "the killed holder's server is taken over, not replaced"
    ours.let_go()
    assert not (home / "postmaster.pid").exists()


def test_several_processes_starting_at_once_get_the_same_server(home: Path) -> None:
    started = [other_process(home) for _ in range(3)]
    try:
        assert len({pid for _, pid in started}) == 1
    finally:
        for process, _ in started:
            process.kill()
            process.wait()
    last = Cluster(home)
    last.hold()
    last.let_go()


def test_a_killed_server_is_restarted_with_every_committed_row(cluster: Cluster) -> None:
    cluster.ensure_database("kept")
    with psycopg.connect(cluster.url("kept"), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS written (n int)")
        connection.execute("TRUNCATE written")
        for n in range(20):
            connection.execute("INSERT INTO written VALUES (%s)", [n])
        address = cluster.url("kept")
        kill_server(cluster)
    assert cluster.ensure_running() is True
    assert cluster.ensure_running() is False
    assert cluster.url("kept") == address
    assert one(cluster, "SELECT count(*) FROM written", "kept") == 20


def test_a_start_after_a_kill_finds_the_dead_socket(home: Path) -> None:
    process, pid = other_process(home)
    os.kill(pid, signal.SIGKILL)
    process.kill()
    process.wait()
    after = Cluster(home)
    after.hold()
    assert after.postmaster() != pid
    assert one(after, "SELECT 1") == 1
    after.let_go()


def test_a_lock_file_that_names_a_stranger_does_not_stop_the_start(home: Path) -> None:
    before = Cluster(home)
    before.hold()
    kill_server(before)
    lock = home / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert before.ensure_running() is True
    assert before.postmaster() != os.getpid()
    before.let_go()


def test_a_server_whose_socket_vanished_is_restarted(cluster: Cluster) -> None:
    pid = cluster.postmaster()
    place = places.recorded(cluster.home)
    assert place
    (place.socket / ".s.PGSQL.5432").unlink()
    second = Cluster(cluster.home)
    second.hold()
    assert second.postmaster() != pid
    assert one(second, "SELECT 1") == 1
    second.let_go()


def test_databases_are_made_once_and_can_be_dropped(cluster: Cluster) -> None:
    assert cluster.ensure_database("passing") is True
    assert cluster.ensure_database("passing") is False
    assert "passing" in places.recorded(cluster.home).databases  # type: ignore[union-attr]
    cluster.drop_database("passing")
    assert cluster.ensure_database("passing") is True


def test_a_throwaway_server_begins_anew(home: Path) -> None:
    throwaway = Cluster(home.with_name("throwaway"), durable=False)
    throwaway.hold()
    assert one(throwaway, "SHOW fsync") == "off"
    assert throwaway.ensure_database("gone") is True
    throwaway.let_go()
    assert not throwaway.home.exists()
    throwaway.hold()
    assert throwaway.ensure_database("gone") is True
    throwaway.let_go()


def test_data_of_another_version_is_refused_in_a_sentence(home: Path) -> None:
    other = home.with_name("old")
    other.mkdir()
    (other / "PG_VERSION").write_text("14\n")
    with pytest.raises(Trouble, match="made by PostgreSQL 14"):
        Cluster(other).hold()


def test_a_folder_closed_to_others_stays_closed_and_root_keeps_the_data_elsewhere() -> None:
    closed = Path(tempfile.mkdtemp(prefix="megler-closed-"))
    cluster = Cluster(closed / "postgres")
    cluster.hold()
    try:
        assert (closed in cluster.data.parents) == (os.geteuid() != 0)
        assert closed.stat().st_mode & 0o777 == 0o700, "nobody's permissions are widened"
        assert one(cluster, "SELECT 1") == 1
    finally:
        folders = {cluster.data.parent, closed}
        cluster.let_go()
        for folder in folders:
            shutil.rmtree(folder)
