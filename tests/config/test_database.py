"""A given DATABASE_URL that cannot be used is told in one sentence, without its password."""

import os

import pytest

from megler.config.database import ask_server
from megler.config.trouble import Trouble


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://me:secret@127.0.0.1:1/agency", "cannot be reached: .*[Rr]efused"),
        ("postgresql://me:secret@nowhere.invalid/agency", "cannot be reached"),
        ("nonsense", "cannot be read"),
    ],
)
def test_what_cannot_be_reached_is_told(url: str, told: str) -> None:
    with pytest.raises(Trouble, match=told) as caught:
        ask_server(url)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_that_is_missing_is_told() -> None:
    url = os.environ["DATABASE_URL"].replace("?", "_nowhere?", 1)
    with pytest.raises(Trouble, match="does not exist on that server"):
        ask_server(url)


def test_a_server_that_is_too_old_is_told() -> None:
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    url = base.rsplit("/", 1)[0] + "/postgres?" + query
    ask_server(url)
    with pytest.raises(Trouble, match="99 or newer is needed"):
        ask_server(url, version_min=990000)
