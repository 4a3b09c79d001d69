"""The `megler` command from outside: its help, its refusals, and a product that survives kills."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from urllib.error import URLError
from urllib.request import urlopen

import click
import psutil  # type: ignore[import-untyped]
import pytest

from megler.cli import megler
from megler.config.commands import COMMANDS

MEGLER = [sys.executable, "-P", "-m", "megler.cli"]
OWN = {"demo", "up", "test", "check", "bench", "lock", "messages", "migrate", "shell"}


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in (os.environ | changes).items() if v}
    return subprocess.run(
        [*MEGLER, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_help_names_every_command_and_loads_no_room() -> None:
    code = (
        "import sys\nfrom megler.cli import megler\n"
        "megler.main(['--help'], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.startswith(('django', 'psycopg'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    *help_lines, loaded = done.splitlines()
    named = {line.split()[0] for line in help_lines if line.startswith("  ") and line.split()}
    assert named >= OWN | set(COMMANDS)
    assert loaded == "[]"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_room_brings_the_command_that_the_table_names(name: str) -> None:
    command = megler.get_command(click.Context(megler), name)
    assert command
    assert command.name == name
    inside = set(command.commands) if isinstance(command, click.Group) else set()
    assert inside >= set(COMMANDS[name].offline)


@pytest.mark.parametrize(
    ("command", "changes", "told"),
    [
        (
            ["migrate"],
            {"DATABASE_URL": "postgresql://me:secret@127.0.0.1:1/x"},
            "cannot be reached",
        ),
        (
            ["journal", "--help"],
            {"MEGLER_TIME_ZONE": "Mars/Olympus"},
            "MEGLER_TIME_ZONE is 'Mars/Olympus'",
        ),
        (["migrate"], {"DATABASE_URL": "", "MEGLER_VAR": "/proc/nowhere"}, "/proc/nowhere"),
    ],
)
def test_what_keeps_it_from_starting_is_one_sentence(
    command: list[str], changes: dict[str, str], told: str
) -> None:
    done = run(*command, **changes)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = run("up", "--port", str(other.getsockname()[1]))
    assert done.returncode == 2
    assert "is taken" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_unknown_command_is_refused() -> None:
    done = run("sell")
    assert done.returncode == 2
    assert "No such command 'sell'" in done.stderr


class Product:
    """`megler up` on a folder of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.said = var.with_name("said")
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [*MEGLER, "up"],
                env=environment | {"MEGLER_VAR": str(var)},
                stdout=said,
                stderr=said,
            )
        self._wait_for("runs at", 60)
        words = self.said.read_text().split()
        self.url = words[words.index("at") + 1]

    def _wait_for(self, text: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.said.read_text():
            assert time.monotonic() < deadline, self.said.read_text()
            assert self.process.poll() is None, self.said.read_text()
            time.sleep(0.05)

    def is_well(self) -> bool:
        try:
            with urlopen(self.url + "/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def wait_until_well(self) -> None:
        deadline = time.monotonic() + 30
        while not self.is_well():
            assert time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.05)

    def child(self, name: str) -> int:
        for child in psutil.Process(self.process.pid).children():
            if name in child.cmdline():
                return int(child.pid)
        raise AssertionError(f"{name} does not run")

    def kill(self, name: str) -> None:
        os.kill(self.child(name), signal.SIGKILL)
        self._wait_for(f"{name} was killed by signal 9 and is started again", 5)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def var() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="megler up "))
    folder.chmod(0o755)
    yield folder / "var"
    rmtree(folder)


def test_up_survives_kills_shares_its_server_and_stops_cleanly(var: Path) -> None:
    product = Product(var)
    try:
        assert product.is_well()
        for name in ("web", "worker"):
            product.kill(name)
        product.wait_until_well()
        postmaster = var / "postgres" / "postmaster.pid"
        os.kill(int(postmaster.read_text().split()[0]), signal.SIGKILL)
        product._wait_for("the database had stopped and was started again", 10)
        product.wait_until_well()
        beside = run("migrate", DATABASE_URL="", MEGLER_VAR=str(var))
        assert (beside.returncode, beside.stdout) == (0, "The tables are up to date.\n")
        assert product.is_well(), "another command leaves the shared server running"
    finally:
        status = product.stop()
    assert status == 0
    assert not postmaster.exists()
    assert not product.is_well()
