"""Real processes: a Dask cluster of two workers, one killed half-way, and a run killed itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from megler.quoting.bulk.crew import cores, own_cluster
from megler.quoting.bulk.run import Wanted, Watch, reprice
from megler.vocabulary.problems import Refused
from tests.quoting.bulk.market import contents, lives, wanted, written
from tests.quoting.bulk.test_run import run, told


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with own_cluster(2, encrypted=False) as started:
        started.wait_for_workers(2)
        yield started


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return written(tmp_path / "book.csv", [*lives(900), ["bad"] * 13, *lives(100, 2)])


def worker_processes(cluster: Any) -> list[int]:
    return [nanny.process.process.pid for nanny in cluster.workers.values()]


def test_a_worker_killed_half_way_changes_no_byte(tmp_path: Path, book: Path, cluster: Any) -> None:
    alone = run(wanted(tmp_path, book, "alone.csv"))
    killed: list[int] = []

    def kill_one(rows: int) -> None:
        if not killed:
            killed.append(worker_processes(cluster)[0])
            os.kill(killed[0], signal.SIGKILL)

    plan = wanted(tmp_path, book, scheduler=cluster.scheduler_address)
    done = reprice(plan, contents(), told, Watch(done=kill_one))
    assert killed
    assert killed[0] not in worker_processes(cluster)
    assert plan.out.read_bytes() == alone
    assert (done.lives, done.bad_rows) == (1001, 1)
    assert (tmp_path / "out.problems.csv").read_bytes() == (
        tmp_path / "alone.problems.csv"
    ).read_bytes()


def test_processes_of_this_machine_write_the_same_bytes(tmp_path: Path, book: Path) -> None:
    alone = run(wanted(tmp_path, book, "alone.parquet"))
    assert run(wanted(tmp_path, book, "out.parquet", workers=2, alone_seconds=0)) == alone


def test_an_address_where_nobody_answers_is_refused(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("megler.quoting.bulk.crew.PATIENCE", "0.2s")
    for address in ("tcp://127.0.0.1:9", "nonsense://x", ""):
        with pytest.raises(Refused) as refused:
            reprice(wanted(tmp_path, book, scheduler=address), contents(), told)
        assert [p.code for p in refused.value.problems] == ["bulk_no_scheduler"]


PROGRAM = """
from tests.quoting.bulk.market import contents, wanted
from tests.quoting.bulk.test_run import told
from megler.quoting.bulk.run import reprice
from pathlib import Path
folder = Path({folder!r})
reprice(wanted(folder, folder / "book.csv"), contents(), told)
"""


def test_a_run_killed_without_warning_goes_on_and_ends_in_the_same_bytes(
    tmp_path: Path, book: Path
) -> None:
    alone = run(wanted(tmp_path, book, "alone.csv"))
    running = subprocess.Popen([sys.executable, "-c", PROGRAM.format(folder=str(tmp_path))])
    work = tmp_path / "out.csv.work"
    until = time.monotonic() + 20
    while time.monotonic() < until and len(list(work.glob("note-*.json"))) < 3:
        time.sleep(0.005)
    running.kill()
    running.wait()
    plan: Wanted = wanted(tmp_path, book)
    assert not plan.out.exists()
    done = reprice(plan, contents(), told)
    assert 150 <= done.resumed_rows < done.lives
    assert plan.out.read_bytes() == alone


def test_there_is_a_processor() -> None:
    assert cores() >= 1
