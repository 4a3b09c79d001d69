"""A small agency around each test."""

import pytest

from tests.insight.rows import Agency


@pytest.fixture
def agency(db: None) -> Agency:
    return Agency()
