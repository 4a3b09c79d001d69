"""A throwaway agency with the benchmark's editions published, and the product's server before it."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORKERS = 2
_START_SECONDS_MAX = 120


@dataclass(frozen=True)
class Serving:
    """A running server: its port, its processes' parent, and a key that may ask for quotes."""

    port: int
    pid: int
    key: str

    def cpu_seconds(self) -> float | None:
        """Processor seconds that all its processes took so far; None where that is not told."""
        proc = Path("/proc")
        if not proc.exists():
            return None
        ticks, parents = {}, {}
        for stat in proc.glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pid = int(stat.parent.name)
            parents[pid], ticks[pid] = int(fields[1]), int(fields[11]) + int(fields[12])
        own = {pid for pid in ticks if pid == self.pid or parents[pid] == self.pid}
        return sum(ticks[pid] for pid in own) / os.sysconf("SC_CLK_TCK")


def say(port: int, path: str, key: str, body: bytes) -> bytes:
    """A POST request as it goes over the wire, kept alive."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Connection:
    """A kept-alive connection that costs the load generator as little as it can."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._room = bytearray(1 << 20)

    def ask(self, request: bytes) -> bytes:
        """The body of the answer. Raises on any status but 200."""
        self._socket.sendall(request)
        got = bytearray()
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._some()
        head = bytes(got[:end]).lower()
        if not head.startswith(b"http/1.1 200"):
            raise OSError(bytes(got[:500]).decode(errors="replace"))
        length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
        while len(got) < end + 4 + length:
            got += self._some()
        return bytes(memoryview(got)[end + 4 :])

    def _some(self) -> memoryview:
        count = self._socket.recv_into(self._room)
        if not count:
            raise OSError("the server closed the connection")
        return memoryview(self._room)[:count]

    def close(self) -> None:
        self._socket.close()


@contextmanager
def agency(editions: Mapping[str, Mapping[str, bytes]]) -> Iterator[tuple[Path, str]]:
    """An agency in a folder of its own with the editions published; the folder and a person's key.

    It loads Django, so it can be had once a process.
    """
    from megler.config.embedded import Cluster

    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="megler-bench-")))
        cluster = Cluster(folder / "postgres", durable=False)
        cluster.hold()
        ends.callback(cluster.let_go)
        cluster.ensure_database("bench")
        ends.enter_context(
            environment(
                DATABASE_URL=cluster.url("bench"),
                MEGLER_VAR=str(folder),
                DJANGO_SETTINGS_MODULE="megler.config.settings",
            )
        )
        from megler.config.database import migrate, set_up_django

        set_up_django()
        migrate()
        from django.db import connections

        ends.callback(connections.close_all)
        (folder / "static").mkdir()
        yield folder, _published(editions)


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """The environment with these values, and afterwards as it was."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _published(editions: Mapping[str, Mapping[str, bytes]]) -> str:
    from megler.accounts.models import ApiKey, User
    from megler.accounts.rules.roles import Role
    from megler.carriers.actions import publish_edition

    person = User.objects.create_user("bench@example.com", name="Bench", role=Role.ADMINISTRATOR)
    for files in editions.values():
        publish_edition(person.actor(), files)
    return ApiKey.make(person, "benchmark")


@contextmanager
def serving(folder: Path, key: str, answers: Path) -> Iterator[Serving]:
    """The product's own server, with the address of `api_urls` besides."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.api_settings",
        "MEGLER_BENCH_ANSWERS": str(answers),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    how = ["--interface", "wsgi", "--port", str(port), "--workers", str(WORKERS)]
    how += ["--blocking-threads", "4", "--log-level", "error"]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *how, "megler.config.wsgi:application"],
        env=environment,
        cwd=folder,
    )
    try:
        _wait(port, process)
        yield Serving(port, process.pid, key)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    ask = f"GET /healthz HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    deadline = time.monotonic() + _START_SECONDS_MAX
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = Connection(port)
            connection.ask(ask)
            connection.close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def asked_together(port: int, requests: list[bytes], connections: int, seconds: float) -> int:
    """How many answers come within the seconds over several connections, each asking in turn."""
    counts, until = [0] * connections, time.perf_counter() + seconds
    failed: list[BaseException] = []

    def ask(number: int) -> None:
        connection, at = Connection(port), number
        try:
            while time.perf_counter() < until:
                connection.ask(requests[at % len(requests)])
                counts[number] += 1
                at += 1
        except OSError as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sum(counts)
