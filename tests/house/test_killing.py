"""A worker killed at random during a day's work: each effect comes once, and no job is stuck."""

from pathlib import Path
from typing import Any

import pytest
from benchmarks.killing import Outcome, compare

from tests.house.a_day import prepare

KILLS = 4


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_random_leaves_the_same_day_behind(
    settings: Any, tmp_path: Path
) -> None:
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    place = {"default": {**kept, "OPTIONS": {"location": str(tmp_path)}}}
    settings.STORAGES = {**settings.STORAGES, **place}
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    found = compare(prepare(KILLS), KILLS)
    assert found.kills == KILLS
    assert found.disturbed == found.undisturbed
    assert found.stuck == 0
    assert found.disturbed["acted"] == KILLS // 4 * 3
    assert found.disturbed["message sent"]


def test_a_lost_or_doubled_effect_would_be_found() -> None:
    assert not Outcome({"task": 2}, {"task": 1}, 1, 0).is_equal
    assert not Outcome({"task": 2}, {"task": 3}, 1, 0).is_equal
    assert not Outcome({"task": 2}, {"task": 2}, 1, 1).is_equal
    assert Outcome({"task": 2}, {"task": 2}, 1, 0).is_equal
