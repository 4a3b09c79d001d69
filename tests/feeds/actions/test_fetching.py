"""What lies in a carrier's folder is kept once, and taken away only when it is whole."""

from pathlib import Path

import pytest

from megler.accounts.models import User
from megler.feeds.actions.fetching import fetch_files
from megler.feeds.actions.sources import change_source
from megler.feeds.models import FeedFile, FeedSource
from megler.post.models import TradingPartner
from megler.vocabulary.problems import Refused
from tests.feeds.cast import AT, LATER, sheet
from tests.wires.sftp.server import PASSWORD, USER, sftp_server

pytestmark = pytest.mark.django_db
HALF, WHOLE = sheet("Policy,Status", "N1,UW"), sheet("Policy,Status", "N1,UW", "N2,Issued")


def test_a_file_is_kept_at_once_and_taken_away_once_it_is_whole(
    source: FeedSource, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "pending.csv").write_bytes(HALF)
    (out / "page.xls").write_bytes(b"<html><table></table></html>")
    with sftp_server(tmp_path) as server:
        source.partner = TradingPartner.objects.create(
            slug="nordhavn", name="Nordhavn", channel="sftp", address="127.0.0.1", port=server.port,
            user=USER, secret=PASSWORD, host_keys=server.host_key, changed_at=AT,
        )  # fmt: skip
        source.folder = "out"
        source.save()
        looks = []
        for content in (HALF, WHOLE, WHOLE, b""):
            if content:
                (out / "pending.csv").write_bytes(content)
            new = fetch_files(str(source.pk), LATER)
            looks.append((new, sorted(path.name for path in out.iterdir())))
    both, left = ["page.xls", "pending.csv"], ["page.xls"]
    assert looks == [(1, both), (1, both), (0, left), (0, left)]
    assert {file.document.read() for file in FeedFile.objects.all()} == {HALF, WHOLE}
    source.refresh_from_db()
    assert source.fetch_trouble


def test_who_may_not_change_partners_names_no_folder(manager: User, source: FeedSource) -> None:
    with pytest.raises(Refused):
        change_source(manager, source, {"folder": "/etc"}, LATER)
    assert change_source(manager, source, {"name": "Other", "folder": ""}, LATER).name == "Other"
