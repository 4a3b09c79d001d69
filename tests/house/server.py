"""The product as a process of its own, on the test's database, for tests that must kill it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from django.db import connection

SRC = Path(__file__).parents[2] / "src"


def database_url() -> str:
    """The address of the database that this test runs on."""
    to = connection.settings_dict
    user = quote(to["USER"]) + (f":{quote(to['PASSWORD'])}" if to["PASSWORD"] else "")
    return f"postgresql://{user}@/{to['NAME']}?host={quote(to['HOST'])}&port={to['PORT'] or 5432}"


class Server:
    """The web process; `kill` is SIGKILL to it and all its workers."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        command = ["--interface", "wsgi", "--port", str(self.port), "--blocking-threads", "4"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", *command, "megler.config.wsgi:application"],
            env={**os.environ, "DATABASE_URL": database_url(), "PYTHONPATH": str(SRC)},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return self
            except (URLError, OSError):
                time.sleep(0.1)
        self.kill()
        raise AssertionError("the web process did not answer within 60 s")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.kill()
