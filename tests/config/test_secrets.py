"""Secrets are made once, for their owner only, whoever asks first."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from megler.config.secrets import ensure_secrets
from megler.config.trouble import Trouble


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    made = ensure_secrets(tmp_path / "var")
    assert ensure_secrets(tmp_path / "var") == made
    assert (tmp_path / "var" / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(made["MEGLER_FIELD_KEYS"])) == 32
    assert made["MEGLER_SECRET_KEY"] != made["MEGLER_JOURNAL_KEY"]
    assert ensure_secrets(tmp_path / "other") != made


def test_a_secret_that_is_missing_is_added_and_the_others_stay(tmp_path: Path) -> None:
    made = ensure_secrets(tmp_path)
    kept = {"MEGLER_FIELD_KEYS": made["MEGLER_FIELD_KEYS"]}
    (tmp_path / "secrets.json").write_text(json.dumps(kept))
    again = ensure_secrets(tmp_path)
    assert again["MEGLER_FIELD_KEYS"] == made["MEGLER_FIELD_KEYS"]
    assert set(again) == set(made)


def test_many_who_ask_at_once_get_the_same_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ensure_secrets(tmp_path), range(8)))
    assert all(answer == answers[0] for answer in answers)


def test_damaged_secrets_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{")
    with pytest.raises(Trouble, match="damaged"):
        ensure_secrets(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == "{"
