"""Files kept in a folder of the test."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where documents are kept during the test."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    place = {"default": {**kept, "OPTIONS": {"location": str(tmp_path)}}}
    settings.STORAGES = {**settings.STORAGES, **place}
    return tmp_path
