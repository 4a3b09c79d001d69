"""`./megler test`, `./megler check` and `./megler lock`: what developers and CI run."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from megler.config.database import CHECKOUT, ensure_var, var
from megler.config.embedded import Cluster
from megler.config.messages import compile_messages, missing
from megler.config.trouble import Trouble

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_PROCESSES_MAX = 8
_BROWSER_DOWNLOAD_SECONDS_MAX = 300


def run_tests(arguments: list[str]) -> int:
    """Runs pytest on a throwaway PostgreSQL of its own; its exit status."""
    compile_messages()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "megler.config.settings"} | _browser()
    ensure_var()
    server = Cluster(var() / "test-postgres", durable=False)
    server.hold()
    try:
        environment["DATABASE_URL"] = server.url(f"megler_{os.getpid()}")
        command = [sys.executable, "-m", "pytest", *_spread(arguments), *arguments]
        if os.environ.get("MEGLER_FAIL_ON_SKIP") == "1":
            command[3:3] = ["-p", "tests.house.strict_skips"]
        return subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode
    finally:
        server.let_go()


def _spread(arguments: list[str]) -> list[str]:
    alone = any(
        given == "--pdb" or given.startswith(("-n", "--numprocesses")) for given in arguments
    )
    return [] if alone else ["-n", str(min(os.cpu_count() or 1, _PROCESSES_MAX))]


def _browser() -> dict[str, str]:
    """Where Chromium is, for the journeys; without one they are skipped, and that is said."""
    if found := find_browser() or _fetch_browser():
        return {"CHROMIUM": found}
    click.secho(
        "NO CHROMIUM: the browser journeys are skipped. Install chromium or name one in CHROMIUM.",
        fg="red",
        bold=True,
        err=True,
    )
    return {"MEGLER_NO_BROWSER": "1"}


def find_browser() -> str | None:
    """The Chromium that `CHROMIUM` names, the system's, or the one fetched earlier."""
    if named := os.environ.get("CHROMIUM", "").strip():
        if found := shutil.which(named):
            return found
        raise Trouble(f"CHROMIUM names {named}, which is not a program")
    for name in _BROWSERS:
        if found := shutil.which(name):
            return found
    if _MAC_BROWSER.exists():
        return str(_MAC_BROWSER)
    fetched = _fetched().glob("chromium-*/*/chrome")
    fetched_mac = _fetched().glob("chromium-*/*/*.app/Contents/MacOS/*")
    return next((str(path) for path in sorted([*fetched, *fetched_mac], reverse=True)), None)


def _fetched() -> Path:
    return CHECKOUT / ".megler" / "browsers"


def _fetch_browser() -> str | None:
    click.echo("No Chromium on this machine; trying Playwright's own download.", err=True)
    try:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            env=os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(_fetched())},
            capture_output=True,
            timeout=_BROWSER_DOWNLOAD_SECONDS_MAX,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return find_browser()


def run_checks() -> int:
    """Runs every check, prints a line each and what the failed ones say; 0 if all hold."""
    failed = 0
    # Type checking takes longest, so it goes first; the lines come in this order.
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, running in [
            (name, pool.submit(_timed, check)) for name, check in _CHECKS.items()
        ]:
            said, seconds = running.result()
            failed += bool(said)
            mark = click.style("failed", fg="red") if said else click.style("ok", fg="green")
            click.echo(f"{mark:>6}  {name} ({seconds:.1f} s)")
            if said:
                click.echo(said)
    return 1 if failed else 0


def _timed(check: Callable[[], str]) -> tuple[str, float]:
    begun = time.monotonic()
    return check(), time.monotonic() - begun


def _program(*arguments: str) -> Callable[[], str]:
    def run() -> str:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "megler.config.settings"}
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return ""
        return (done.stdout + done.stderr).strip() or f"exit status {done.returncode}"

    return run


_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
_CHECKS: dict[str, Callable[[], str]] = {
    "types (mypy)": _program("-m", "mypy"),
    "style (ruff check)": _program("-m", "ruff", "check", "."),
    "format (ruff format)": _program("-m", "ruff", "format", "--check", "."),
    "walls (import-linter)": _program("-c", _IMPORTS),
    "migrations up to date": _program(
        *("-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run")
    ),
    "messages complete": lambda: "\n".join(missing()),
}


def run_benchmarks(arguments: list[str]) -> int:
    """Runs `benchmarks`; its exit status."""
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode


def renew_lock(*, upgrade: bool) -> None:
    """Writes requirements.lock anew from pyproject.toml: every platform, hashes, no addresses."""
    uv = shutil.which("uv") or str(CHECKOUT / ".megler" / "uv" / "bin" / "uv")
    if not Path(uv).exists():
        raise Trouble("uv is missing: install it, then run ./megler lock again")
    lock = CHECKOUT / "requirements.lock"
    new = var() / "requirements.lock"
    new.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(lock, new)
    command = [
        *(
            uv,
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--generate-hashes",
            "--no-emit-index-url",
        ),
        *("--no-header", "--no-annotate", "--extra", "dev", "pyproject.toml", "-o", str(new)),
        *(["--upgrade"] if upgrade else []),
    ]
    if subprocess.run(command, cwd=CHECKOUT, check=False).returncode:
        raise Trouble("uv could not renew requirements.lock; the reason stands above")
    text = new.read_text()
    if "://" in text:
        raise Trouble(f"{new} holds a download address, so requirements.lock was left as it was")
    lock.write_text(text)
    new.unlink()
