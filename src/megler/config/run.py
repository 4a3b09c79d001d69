"""Runs the product: starts web and worker, restarts what dies, stops everything in order."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

import click

from megler.config.embedded import Cluster
from megler.config.trouble import Trouble

PORT_USUAL = 8000
_PORTS_TRIED = 200
_READY_SECONDS_MAX = 60
_STOP_SECONDS_MAX = 12
_STEADY_SECONDS = 20
_PAUSE_SECONDS_MAX = 30.0
_LOG_BYTES_MAX = 5_000_000
_PARENT = "MEGLER_PARENT"


@dataclass
class Door:
    """The address that the web answers on. `kept` keeps the port for us."""

    host: str
    port: int
    kept: socket.socket | None = None

    @property
    def url(self) -> str:
        """As a person on this machine types it."""
        shown = "127.0.0.1" if self.host in {"", "0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}"


def find_door(host: str, port: int | None) -> Door:
    """The asked port, or the first free one from 8000 on; kept, so that no other copy takes it."""
    if port is not None:
        if door := _take_port(host, port):
            return door
        raise Trouble(
            f"port {port} on {host} is taken: choose another with --port, or leave it out"
        )
    for candidate in range(PORT_USUAL, PORT_USUAL + _PORTS_TRIED):
        if door := _take_port(host, candidate):
            return door
    raise Trouble(f"no port from {PORT_USUAL} to {PORT_USUAL + _PORTS_TRIED - 1} on {host} is free")


def _take_port(host: str, port: int) -> Door | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        # What earlier connections left waiting does not take the port; who listens on it does.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
        if sys.platform != "linux":
            # Elsewhere the kept socket would keep our own web out as well: look, do not keep.
            taken.listen()
            taken.close()
            return Door(host, port)
        # Bound alone, then shared: only our own web, which asks for sharing, comes in beside it.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except socket.gaierror as error:
        raise Trouble(f"the host {host} is not known: {error.strerror}") from None
    except PermissionError:
        raise Trouble(f"port {port} needs an administrator: choose one from 1024 up") from None
    except OSError as error:
        taken.close()
        if "assign" in str(error):
            raise Trouble(f"{host} is not an address of this machine") from None
        return None
    return Door(host, port, taken)


@dataclass
class Child:
    """A process that must run: its name and its command of `megler`."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    not_before: float = 0.0
    pause: float = 0.0


class Supervisor:
    """Keeps children running until told to stop. `server` is restarted too when it dies."""

    def __init__(self, children: list[Child], server: Cluster | None, logs: Path | None) -> None:
        self._children = children
        self._server = server
        self._logs = logs
        self._stopping = threading.Event()
        self._is_ready = False

    def stop(self) -> None:
        """Asks for the end; safe from a signal."""
        self._stopping.set()

    def run(self, ready: Callable[[], bool], when_ready: Callable[[], None]) -> None:
        """Starts everything, calls `when_ready` once `ready` says so, and returns when stopped.

        The first child is waited for alone, so that it has the processors to itself.
        """
        try:
            self._start(self._children[0])
            self._wait_until(ready)
            self._is_ready = True
            if not self._stopping.is_set():
                when_ready()
            while not self._stopping.wait(0.2):
                self._look()
        finally:
            self._stop_children()

    def _wait_until(self, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _READY_SECONDS_MAX
        while not self._stopping.wait(0.05) and not ready():
            if time.monotonic() > deadline:
                raise Trouble(f"the web does not answer after {_READY_SECONDS_MAX} s{self._see()}")
            self._look()
            if any(child.pause > 1 for child in self._children):
                raise Trouble(f"the product does not start{self._see()}")

    def _started(self) -> list[Child]:
        return self._children if self._is_ready else self._children[:1]

    def _see(self) -> str:
        return f": see {self._logs}" if self._logs else ""

    def _look(self) -> None:
        if self._server and self._server.ensure_running():
            self._say("the database had stopped and was started again")
        for child in self._started():
            if child.process is None:
                if time.monotonic() >= child.not_before:
                    self._start(child)
            elif (status := child.process.poll()) is not None:
                self._lost(child, status)

    def _lost(self, child: Child, status: int) -> None:
        _end_group(child, signal.SIGKILL)
        child.process = None
        steady = time.monotonic() - child.born > _STEADY_SECONDS
        child.pause = 0.0 if steady else min(max(child.pause * 3, 0.3), _PAUSE_SECONDS_MAX)
        child.not_before = time.monotonic() + child.pause
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        self._say(f"{child.name} {how} and is started again")

    def _say(self, text: str) -> None:
        line = f"{time.strftime('%Y-%m-%d %H:%M:%S')} megler: {text}"
        click.echo(line, err=True)
        if self._logs:
            with (self._logs / "megler.log").open("a") as log:
                log.write(line + "\n")

    def _start(self, child: Child) -> None:
        output = self._output(child.name)
        held = [self._server.users_handle()] if self._server else []
        child.born = time.monotonic()
        try:
            child.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "megler.cli", *child.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=os.environ | {_PARENT: str(os.getpid())},
                pass_fds=held,
                start_new_session=True,
            )
        finally:
            if output is not None:
                output.close()

    def _output(self, name: str) -> IO[bytes] | None:
        if self._logs is None:
            return None
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self._logs / f"{name}.log"
        if log.exists() and log.stat().st_size > _LOG_BYTES_MAX:
            log.replace(log.with_suffix(".log.old"))
        return log.open("ab")

    def _stop_children(self) -> None:
        running = [child for child in self._children if child.process is not None]
        for child in running:
            if child.process and child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + _STOP_SECONDS_MAX
        for child in running:
            if child.process:
                try:
                    child.process.wait(max(deadline - time.monotonic(), 0.1))
                except subprocess.TimeoutExpired:
                    self._say(f"{child.name} does not stop and is killed")
                _end_group(child, signal.SIGKILL)
                child.process.wait()


def _end_group(child: Child, number: signal.Signals) -> None:
    """Ends what is left of a child and of the processes it started."""
    if child.process is not None:
        try:
            os.killpg(child.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return


@contextmanager
def stopping_by(stop: Callable[[], None]) -> Iterator[None]:
    """Within the block, Ctrl-C, SIGTERM and a closed terminal call `stop`."""

    def told(number: int, frame: FrameType | None) -> None:
        stop()

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, told) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def answers(door: Door) -> bool:
    """Does the product answer that it is well?"""
    host = os.environ.get("MEGLER_HOSTS", "").replace(",", " ").split() or ["127.0.0.1"]
    shown = "127.0.0.1" if door.host in {"", "0.0.0.0", "::"} else door.host  # noqa: S104
    connection = http.client.HTTPConnection(shown, door.port, timeout=5)
    try:
        connection.request(
            "GET", "/healthz", headers={"Host": host[0].lstrip(".").replace("*", "x")}
        )
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def parent_given() -> int | None:
    """The process id of the supervisor above this process, if there is one."""
    given = os.environ.get(_PARENT, "")
    return int(given) if given.isdigit() else None
