"""A carrier's file by command: read at once, told as lines or JSON, exit 2 when it cannot be."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.feeds.commands import feed
from megler.feeds.models import FeedSource
from megler.vocabulary.problems import Refused
from tests.cases import cast
from tests.feeds.cast import AT, DAY, send, sheet

pytestmark = pytest.mark.django_db
HEAD = "Agency Reference,Policy Number,Insured,Status"


def test_a_file_is_read_at_once_and_again_is_the_same_file(
    manager: User, case: Case, source: FeedSource, tmp_path: Path
) -> None:
    cast.somebody(Role.ADMINISTRATOR, "Eva Dahl")
    send(manager, source, sheet(HEAD, f"{case.reference},,Kari Hope,UW"), as_of=AT + DAY)
    path = tmp_path / "pending.csv"
    path.write_bytes(sheet(HEAD, f"{case.reference},NL-1,Kari Hope,Zork", "C-1,,,"))
    given = ["import", str(path), "--source", source.slug, "--as-of", "2026-04-01", "--json"]
    first, again = (CliRunner().invoke(feed, given, catch_exceptions=False) for _ in range(2))
    told = json.loads(first.output)
    assert (first.exit_code, told["state"], told["is_new"]) == (0, "done", True)
    assert [p["code"] for p in told["problems"]] == ["feed_status_unknown"]
    assert json.loads(again.output)["is_new"] is False
    path.write_bytes(sheet("Other,Columns", "1,2"))
    lines = CliRunner().invoke(feed, [*given[:4], "--as", manager.email], catch_exceptions=False)
    assert (lines.exit_code, "needs_layout" in lines.output) == (2, True)
    with pytest.raises(Refused):
        CliRunner().invoke(feed, [*given[:3], "nobody"], catch_exceptions=False)
