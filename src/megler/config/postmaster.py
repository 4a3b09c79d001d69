"""The server process of the embedded PostgreSQL: calling, starting and ending it."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from enum import Enum
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import psycopg

from megler.config.place import Place
from megler.config.trouble import Trouble, first_line

START_SECONDS_MAX = 120


def connect(place: Place) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.socket),
        user="postgres",
        dbname="postgres",
        autocommit=True,
        connect_timeout=5,
    )


class Answer(Enum):
    """What a server says when it is called."""

    YES = "yes"
    BUSY = "starting, recovering or stopping"
    NONE = "nothing"


def answer(place: Place) -> Answer:
    """Calls the server once."""
    if not (place.socket / ".s.PGSQL.5432").exists():
        return Answer.NONE
    try:
        connect(place).close()
    except psycopg.OperationalError as error:
        # What is refused before sign-in has no class in psycopg, only the server's words.
        told = str(error)
        if "too many clients" in told or "connection slots" in told:
            return Answer.YES
        if any(word in told for word in ("starting up", "recovery", "shutting down", "accepting")):
            return Answer.BUSY
        return Answer.NONE
    return Answer.YES


def postmaster(place: Place) -> int | None:
    try:
        return int((place.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def is_alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def is_running(pid: int, place: Place) -> bool:
    """Is `pid` alive and a PostgreSQL on this data, not a stranger that got the number later?"""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or "postgres" not in process.name():
            return False
        return bool(Path(process.cwd()).resolve() == place.data.resolve())
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        # Another user's, so not ours: the data belongs to the user the server runs as.
        return False


def end_what_is_left(place: Place) -> bool:
    """Ends a server that does not answer and what a killed one left behind; recovered meanwhile?

    The back ends of a killed server touch the data for a moment longer. Only when none is left are
    its lock files taken away: they may name a stranger's number by now, or a process nobody reaped.
    """
    pid = postmaster(place)
    if pid and is_running(pid, place):
        if _comes_back(pid, place):
            return True
        end(pid, [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL], 10)
    for process in psutil.process_iter(["name"]):
        if "postgres" in (process.info["name"] or "") and is_running(process.pid, place):
            end(process.pid, [signal.SIGQUIT, signal.SIGKILL], 5)
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    for left in place.socket.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)
    return False


def _comes_back(pid: int, place: Place) -> bool:
    """Waits for a server that says it is starting or recovering; does it answer in the end?"""
    deadline = time.monotonic() + START_SECONDS_MAX
    while is_running(pid, place) and time.monotonic() < deadline:
        found = answer(place)
        if found is not Answer.BUSY:
            return found is Answer.YES
        time.sleep(0.05)
    return False


def end(pid: int, signals: list[signal.Signals], seconds_each: float) -> None:
    for number in signals:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + seconds_each
        while time.monotonic() < deadline:
            if not is_alive(pid):
                return
            time.sleep(0.02)


def detach(command: list[str], output: int, place: Place) -> int:
    """Starts `command` as nobody's child, so that whoever started it never has to reap it."""
    script = 'exec 4>&0; "$@" >&4 2>&1 4>&- & echo $!'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *command],
        stdin=output,
        stdout=subprocess.PIPE,
        start_new_session=True,
        umask=0o077,
        check=True,
        env=clean(),
        **place.as_user(),
    )
    return int(done.stdout)


def clean() -> dict[str, str]:
    """PostgreSQL's surroundings: no PG* variables, no language of the person who starts it."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def cannot_start(said: str) -> Trouble:
    if any(sign in said for sign in ("No space left", "Disk quota", "free disk space")):
        return Trouble("the disk is full: PostgreSQL needs about 100 MB to start")
    told = [line for line in said.splitlines() if "FATAL" in line or "error:" in line]
    reason = told[0].split(": ", 1)[-1].strip() if told else first_line(said) or "it said nothing"
    return Trouble(f"the embedded PostgreSQL cannot start: {reason}")
