"""Files are fetched by name, and taken away only when that is asked."""

from pathlib import Path

from megler.wires.carried import Outcome
from megler.wires.sftp.fetching import fetch, take_away
from megler.wires.sftp.putting import Account
from tests.wires.sftp.server import PASSWORD, USER, sftp_server


def test_fetched_and_then_taken_away(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name, content in (("b.xml", b"2"), ("a.xml", b"1"), (".part", b"0"), ("known.xml", b"3")):
        (tmp_path / "out" / name).write_bytes(content)
    with sftp_server(tmp_path) as server:
        account = Account("127.0.0.1", server.port, USER, server.host_key, PASSWORD, folder="out")
        found, answer = fetch(account, known=["known.xml"])
        assert answer.outcome is Outcome.TAKEN
        assert [(f.name, f.content) for f in found] == [("a.xml", b"1"), ("b.xml", b"2")]
        assert len(list((tmp_path / "out").iterdir())) == 4
        take_away(account, ["a.xml", "gone.xml"])
    assert not (tmp_path / "out" / "a.xml").exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with sftp_server(tmp_path) as server:
        account = Account("127.0.0.1", server.port, USER, server.host_key, PASSWORD, folder="no")
        found, answer = fetch(account)
    assert found == []
    assert answer.code == "folder_missing"
