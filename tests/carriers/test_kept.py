"""Built tables on the disk: shared, never needed, never wrong silently."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from megler.carriers import kept
from megler.carriers.actions import open_edition, publish_edition
from megler.carriers.models import Edition
from megler.carriers.rules.tables import Fact
from megler.journal.rules.actors import SYSTEM
from tests.carriers.books import replaced, term_book, with_cell

FACTS: dict[str, Fact] = {"age": 25, "amount": 300_000, "sex": "male", "class": "standard"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(kept, "SMALLEST", 1)


def reopened(edition: Edition) -> tuple[str, int]:
    """A rate as another process would find it, and how often the database was asked."""
    open_edition.cache_clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        rate = open_edition(edition.pk).tables["base"].cell(FACTS)
    open_edition.cache_clear()
    return str(rate), len(asked)


@pytest.mark.django_db
def test_a_published_edition_opens_without_its_package(tmp_path: Path) -> None:
    edition = publish_edition(SYSTEM, term_book()).edition
    assert [path.name for path in (tmp_path / "editions").iterdir()] == [edition.digest]
    assert reopened(edition) == ("0.88", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("damage", ["gone", "short", "turned", "empty", "older"])
def test_what_is_damaged_is_built_again_and_kept(tmp_path: Path, damage: str) -> None:
    edition = publish_edition(SYSTEM, term_book()).edition
    place = tmp_path / "editions" / edition.digest
    content = place.read_bytes()
    spoilt = {
        "short": content[:-8],
        "turned": content[:-1] + bytes([content[-1] ^ 1]),
        "empty": b"",
        "older": content.replace(b"tables 1", b"tables 0"),
    }
    place.unlink()
    if damage in spoilt:
        place.write_bytes(spoilt[damage])
    assert reopened(edition) == ("0.88", 2)
    assert place.read_bytes() == content
    assert reopened(edition) == ("0.88", 1)


@pytest.mark.django_db
def test_what_is_kept_of_another_edition_is_not_taken_for_this_one(tmp_path: Path) -> None:
    edition = publish_edition(SYSTEM, term_book()).edition
    dearer = with_cell(term_book(), "base.csv", 25, "standard", "0.89")
    dearer = replaced(dearer, "edition.toml", "2026-01-01", "2027-01-01")
    other = publish_edition(SYSTEM, dearer).edition
    folder = tmp_path / "editions"
    (folder / other.digest).replace(folder / edition.digest)
    assert reopened(edition) == ("0.88", 2)


@pytest.mark.django_db
def test_a_disk_that_cannot_be_written_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "editions").write_text("a file where the folder should be")
    edition = publish_edition(SYSTEM, term_book()).edition
    assert reopened(edition) == ("0.88", 2)


@pytest.mark.django_db
def test_small_editions_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SMALLEST", 100_000)
    publish_edition(SYSTEM, term_book())
    assert not (tmp_path / "editions").exists()
