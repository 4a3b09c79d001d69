"""What every test shares: the cast, a folder of its own, and a database that may be emptied."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings

from tests.cast import *  # noqa: F403 - the cast are fixtures

settings.register_profile("megler", deadline=None)  # no test depends on how busy the machine is
settings.load_profile("megler")

_flush = DatabaseOperations.sql_flush


def _flush_past_the_guards(
    self: DatabaseOperations, style: Any, tables: Sequence[str], **how: Any
) -> list[str]:
    """Empty the tables after a test: only here may append-only ones be emptied."""
    emptied = list(_flush(self, style, tables, **how))
    unguard, guard = (
        "SET session_replication_role = replica",
        "SET session_replication_role = origin",
    )
    return [unguard, *emptied, guard] if emptied else []


@pytest.fixture(scope="session", autouse=True)
def guards_open_for_flush() -> Iterator[None]:
    DatabaseOperations.sql_flush = _flush_past_the_guards  # type: ignore[assignment,method-assign]
    yield
    DatabaseOperations.sql_flush = _flush  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Whatever a test keeps beside the database is its own."""
    settings.VAR_DIR = tmp_path


@pytest.fixture(autouse=True)
def forget_tries() -> None:
    """How often an address tried something is counted anew in each test."""
    cache.clear()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Passwords are hashed with the cheapest hash, so that no test waits for them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
