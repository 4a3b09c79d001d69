"""Limits that hold over every process."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from megler.accounts.limits import forget_tallies, within
from megler.accounts.models import Tally
from tests.house.server import database_url

AT = datetime(2026, 6, 1, 12, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SRC = Path(__file__).parents[2] / "src"
PROGRAM = """
import django, datetime
django.setup()
from megler.accounts.limits import within
at = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
print(sum(within("knock", "a", 25, datetime.timedelta(hours=1), at) for _ in range(20)))
"""


@pytest.mark.django_db
def test_as_many_as_allowed_are_within_and_no_more() -> None:
    assert [within("knock", "a", 3, MINUTE, AT) for _ in range(5)] == [True] * 3 + [False] * 2


@pytest.mark.django_db
def test_each_one_each_thing_and_each_span_is_counted_apart() -> None:
    assert within("knock", "a", 1, MINUTE, AT)
    assert within("knock", "b", 1, MINUTE, AT)
    assert within("ring", "a", 1, MINUTE, AT)
    assert within("knock", "a", 1, MINUTE, AT + MINUTE)
    assert not within("knock", "a", 1, MINUTE, AT + timedelta(seconds=29))


@pytest.mark.django_db
def test_no_address_is_kept_and_old_spans_are_forgotten() -> None:
    within("knock", "203.0.113.9", 1, MINUTE, AT)
    within("knock", "203.0.113.9", 1, MINUTE, AT + timedelta(days=3))
    assert "203" not in Tally.objects.all()[0].who
    assert forget_tallies(AT + timedelta(days=2)) == 1
    assert Tally.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_in_several_processes_exactly_as_many_as_allowed_are_within() -> None:
    told = {"DATABASE_URL": database_url(), "PYTHONPATH": str(SRC)}
    command = [sys.executable, "-c", PROGRAM]
    started = [
        subprocess.Popen(command, env={**os.environ, **told}, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    passed = [int(one.communicate(timeout=60)[0]) for one in started]
    assert sum(passed) == 25
    assert Tally.objects.get().count == 40
