"""Which database a command works on, and getting it ready: reachable, recent, migrated."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from megler.config.embedded import Cluster
from megler.config.trouble import Trouble, first_line

CHECKOUT = Path(__file__).resolve().parents[3]
AGENCY, DEMO = "megler", "megler_demo"
_VERSION_MIN = 150000
_NOTE_TABLE = "CREATE TABLE IF NOT EXISTS megler_setup (note text NOT NULL)"
_MIGRATION_LOCK = 7_223_001


def var() -> Path:
    """The folder of everything that this installation makes."""
    return (
        Path(os.environ.get("MEGLER_VAR", "").strip() or CHECKOUT / "var").expanduser().absolute()
    )


def ensure_var() -> None:
    """Makes the folder if it is missing, or says why that cannot be."""
    try:
        var().mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise Trouble(f"the folder {var()} (MEGLER_VAR) cannot be made: {reason}") from error


def cluster() -> Cluster:
    """The embedded server of this installation."""
    return Cluster(var() / "postgres")


@contextmanager
def opened(*, demo: bool) -> Iterator[Cluster | None]:
    """A database that answers, named in `DATABASE_URL`, for as long as the block runs.

    It is the one that `DATABASE_URL` names, else the embedded server's, which is then yielded.
    """
    if given := os.environ.get("DATABASE_URL", "").strip():
        ask_server(given)
        yield None
        return
    server = cluster()
    ensure_var()
    server.hold()
    try:
        name = DEMO if demo else AGENCY
        server.ensure_database(name)
        os.environ["DATABASE_URL"] = server.url(name)
        yield server
    finally:
        os.environ.pop("DATABASE_URL", None)
        server.let_go()


def ask_server(url: str, version_min: int = _VERSION_MIN) -> None:
    """Raises `Trouble` if the server that `url` names cannot be used; nothing is changed there.

    Versions are PostgreSQL's numbers: 150000 is 15.0.
    """
    import psycopg

    shown = _without_password(url)
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.ProgrammingError as error:
        raise Trouble(f"DATABASE_URL cannot be read: {first_line(str(error))}") from None
    except psycopg.OperationalError as error:
        raise Trouble(_refusal(shown, str(error))) from None
    if version < version_min:
        needed = f"{version_min // 10000} or newer is needed"
        raise Trouble(f"{shown} is PostgreSQL {version // 10000}; {needed}")


def _refusal(shown: str, told: str) -> str:
    # What is refused before sign-in has no class in psycopg, only the server's words.
    if "password" in told:
        return f"{shown} refuses the password in DATABASE_URL"
    if "does not exist" in told and "database" in told:
        return f"{shown} does not exist on that server: create the database first"
    reason = first_line(told).rsplit("failed: ", 1)[-1]
    return f"the database {shown} cannot be reached: {reason}"


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")
    user = place[0].split(":", 1)[0]
    return urlunsplit(parts._replace(netloc=(user + "@" if user else "") + place[2], query=""))


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Holds off other processes of this installation that do the same."""
    ensure_var()
    with (var() / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up_django() -> None:
    """Loads the settings and the rooms; `DATABASE_URL` must be set before."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "megler.config.settings")
    django.setup()


def migrate() -> list[str]:
    """Brings the tables up to date and names the migrations applied; quick when there are none."""
    from django.core.management import call_command
    from django.db import connection

    waiting = _waiting()
    if not waiting:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
    return waiting


def _waiting() -> list[str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def note() -> str:
    """The word kept in the database about its building, such as whether its demo is whole."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_NOTE_TABLE)
        cursor.execute("SELECT note FROM megler_setup")
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def set_note(text: str) -> None:
    """Keeps `text` in the database instead of what was kept before."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NOTE_TABLE)
        cursor.execute("DELETE FROM megler_setup")
        cursor.execute("INSERT INTO megler_setup (note) VALUES (%s)", [text])
