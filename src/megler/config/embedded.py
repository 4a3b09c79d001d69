"""The embedded PostgreSQL: one server a checkout, shared by every process that holds it.

The server listens on a socket in a private folder and nowhere else. It belongs to no process: a
killed Megler leaves it running for the next one, and the last holder stops it. Holding is a shared
`flock` on `<home>.users`, which the kernel drops with the process, however it ends.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from psycopg import sql

from megler.config import place as places
from megler.config.place import Place
from megler.config.postmaster import (
    START_SECONDS_MAX,
    Answer,
    answer,
    cannot_start,
    clean,
    connect,
    detach,
    end,
    end_what_is_left,
    is_alive,
    is_running,
    postmaster,
)

ROLE = "megler"
_STOP_SECONDS_MAX = 60
_LOG_BYTES_MAX = 5_000_000
_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "100",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
}
_DURABLE = {"fsync": "on", "synchronous_commit": "on"}
_THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """The server whose data is meant for `home` (such as `var/postgres`).

    `durable=False` makes a throwaway server for tests: quick, unsafe in a power cut, and begun anew
    whenever nobody else holds it, unless it is `kept`.
    """

    def __init__(self, home: Path, *, durable: bool = True, kept: bool = False) -> None:
        self.home = home.absolute()
        self._durable = durable
        self._kept = durable or kept
        self._users: int | None = None
        self._place: Place | None = None

    def hold(self) -> None:
        """Makes the server run, starting or restarting it if it does not answer, and holds it."""
        with self._alone():
            if not self._kept and self._take(fcntl.LOCK_EX):
                self._throw_away()
            self._drop()
            self._take(fcntl.LOCK_SH)
            try:
                self._ensure_running()
            except BaseException:
                self._drop()
                raise

    def let_go(self) -> None:
        """Gives the server up; whoever was the last stops it."""
        if self._users is None:
            return
        with self._alone():
            self._drop()
            if self._take(fcntl.LOCK_EX):
                if self._kept:
                    self._stop()
                else:
                    self._throw_away()
            self._drop()

    def ensure_running(self) -> bool:
        """For a holder that stays: restarts a dead server; was that needed?"""
        place = self._where()
        pid = postmaster(place)
        if pid and is_running(pid, place):
            return False
        with self._alone():
            return self._ensure_running()

    def users_handle(self) -> int:
        """The open file by which this process holds the server, for children that hold it too."""
        if self._users is None:
            raise RuntimeError("the cluster is not held")
        return self._users

    def url(self, database: str) -> str:
        """The address of one of its databases, as `DATABASE_URL` takes it."""
        return f"postgresql://{ROLE}@/{database}?host={quote(str(self._where().socket), safe='')}"

    def ensure_database(self, name: str) -> bool:
        """Makes the database `name` if it is missing; was it missing?"""
        place = self._where()
        with self._alone(), connect(place) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            missing = connection.execute(query, [name]).fetchone() is None
            if missing:
                make = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(make.format(sql.Identifier(name), sql.Identifier(ROLE)))
            if name not in place.databases:
                place.databases.append(name)
                places.record(self.home, place)
            return missing

    def drop_database(self, name: str) -> None:
        """Removes the database `name` and disconnects whoever uses it."""
        place = self._where()
        with self._alone(), connect(place) as connection:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)
            place.databases[:] = [kept for kept in place.databases if kept != name]
            places.record(self.home, place)

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder; not `home` if the server's user could not get there."""
        return self._where().data

    def postmaster(self) -> int | None:
        """The process id of the running server."""
        return postmaster(self._where())

    def _where(self) -> Place:
        if self._place is None:
            raise RuntimeError("the cluster is not held")
        return self._place

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._beside(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _beside(self, suffix: str) -> Path:
        return self.home.with_name(self.home.name + suffix)

    def _take(self, kind: int) -> bool:
        handle = os.open(self._beside(".users"), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._users = handle
        return True

    def _drop(self) -> None:
        if self._users is not None:
            os.close(self._users)
            self._users = None

    def _ensure_running(self) -> bool:
        place = places.recorded(self.home)
        if place and answer(place) is Answer.YES:
            self._place = place
            return False
        place = self._place = places.settle(self.home)
        if end_what_is_left(place):
            return True
        if not (place.data / "PG_VERSION").exists():
            self._initialise(place)
        self._start(place)
        return True

    def _initialise(self, place: Place) -> None:
        # Into a folder of another name first, so that an interrupted one is never taken for data.
        new = place.data.with_name(place.data.name + "-new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700, parents=True)
        place.give(new)
        command = [
            *(str(place.programs / "initdb"), "--pgdata", str(new), "--username", "postgres"),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-instructions"),
            *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *([] if self._durable else ["--no-sync"]),
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=clean(), **place.as_user()
        )
        if done.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise cannot_start(done.stderr)
        if place.data.exists():
            place.data.rmdir()
        new.rename(place.data)

    def _start(self, place: Place) -> None:
        options = _OPTIONS | (_DURABLE if self._durable else _THROWAWAY)
        options["unix_socket_directories"] = str(place.socket)
        command = [str(place.programs / "postgres"), "-D", str(place.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        log = self._beside(".log")
        if log.exists() and log.stat().st_size > _LOG_BYTES_MAX:
            log.replace(log.with_suffix(".log.old"))
        with log.open("a+b") as output:
            begin = output.seek(0, os.SEEK_END)
            pid = detach(command, output.fileno(), place)
            deadline = time.monotonic() + START_SECONDS_MAX
            while answer(place) is not Answer.YES:
                if not is_alive(pid) or time.monotonic() > deadline:
                    output.seek(begin)
                    raise cannot_start(output.read().decode(errors="replace"))
                time.sleep(0.02)
        with connect(place) as connection:
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
            if found.fetchone() is None:
                make = sql.SQL("CREATE ROLE {} LOGIN CREATEDB")
                connection.execute(make.format(sql.Identifier(ROLE)))
            if not self._durable:
                # Tests empty append-only tables, whose triggers refuse that to everybody.
                grant = "GRANT SET ON PARAMETER session_replication_role TO {}"
                connection.execute(sql.SQL(grant).format(sql.Identifier(ROLE)))

    def _stop(self) -> None:
        place = self._place or places.recorded(self.home)
        if place is None:
            return
        pid = postmaster(place)
        if pid and is_running(pid, place):
            end(pid, [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL], _STOP_SECONDS_MAX)
        # The next start makes it again, under the same name.
        shutil.rmtree(place.socket, ignore_errors=True)

    def _throw_away(self) -> None:
        place = self._place or places.recorded(self.home)
        if place is None:
            return
        pid = postmaster(place)
        if pid and is_running(pid, place):
            end(pid, [signal.SIGQUIT, signal.SIGKILL], 10)
        shutil.rmtree(place.data, ignore_errors=True)
        shutil.rmtree(place.socket, ignore_errors=True)
