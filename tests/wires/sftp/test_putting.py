"""Files reach a real SFTP server whole and once, whatever breaks on the way."""

import asyncio
import hashlib
import socket
import time
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from megler.wires.carried import Answer, Carried, Outcome
from megler.wires.loops import outside_loop
from megler.wires.sftp.putting import (
    Account,
    check,
    clear_marks,
    host_key,
    put,
    readable_host_keys,
)
from tests.wires.sftp.server import PASSWORD, USER, Disposed, a_key, sftp_server

PACKET = Carried("A-10001.pdf", b"%PDF-1.7 " + b"signed " * 100_000)
MESSAGE = Carried("A-10001.xml", b"<TXLife/>")
TOKEN = "d41d8cd9"


def account(server: Disposed, **other: Any) -> Account:
    given: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": server.port,
        "user": USER,
        "host_keys": server.host_key,
        "password": PASSWORD,
        "seconds": 10,
    }
    return Account(**(given | other))


def content(server: Disposed, name: str) -> bytes:
    return (server.root / name).read_bytes()


def test_files_arrive_whole_and_in_order_with_a_receipt(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with sftp_server(tmp_path) as server:
        answer = put(account(server, folder="in/"), [PACKET, MESSAGE], TOKEN)
        clear_marks(account(server, folder="in/"), [PACKET, MESSAGE], TOKEN)
    assert answer.outcome is Outcome.TAKEN
    assert content(server, "in/A-10001.pdf") == PACKET.content
    assert server.renamed == ["in/A-10001.pdf", "in/A-10001.xml"]
    assert server.names == ["in/A-10001.pdf", "in/A-10001.xml"]
    digest = hashlib.sha256(PACKET.content).hexdigest()
    assert f"in/A-10001.pdf {len(PACKET.content)} bytes sha256 {digest}" in answer.said


def test_a_second_try_finds_them_there_and_changes_nothing(tmp_path: Path) -> None:
    with sftp_server(tmp_path) as server:
        first = put(account(server), [PACKET, MESSAGE], TOKEN)
        again = put(account(server), [PACKET, MESSAGE], TOKEN)
    assert first == again
    assert len(server.renamed) == 2


@pytest.mark.parametrize("moment", ["write", "mark", "rename", "renamed"])
def test_a_connection_lost_at_any_moment_leaves_one_file_in_the_end(
    tmp_path: Path, moment: str
) -> None:
    with sftp_server(tmp_path, breaks_at=moment) as server:
        first = put(account(server), [PACKET], TOKEN)
        assert first.outcome is Outcome.LATER
        assert put(account(server), [PACKET], TOKEN).outcome is Outcome.TAKEN
        clear_marks(account(server), [PACKET], TOKEN)
    assert server.renamed == ["A-10001.pdf"]
    assert server.names == ["A-10001.pdf"]
    assert content(server, "A-10001.pdf") == PACKET.content


def test_a_file_that_was_fetched_before_we_knew_is_not_sent_again(tmp_path: Path) -> None:
    with sftp_server(tmp_path, breaks_at="renamed") as server:
        assert put(account(server), [PACKET], TOKEN).outcome is Outcome.LATER
        (tmp_path / PACKET.name).unlink()
        answer = put(account(server), [PACKET], TOKEN)
    assert answer.outcome is Outcome.TAKEN
    assert answer.said.endswith("fetched since")
    assert len(server.renamed) == 1


def test_a_file_that_could_not_be_given_its_name_is_not_taken_for_fetched(tmp_path: Path) -> None:
    with sftp_server(tmp_path, fails_at="rename") as server:
        assert put(account(server), [PACKET], TOKEN).outcome is Outcome.LATER
        for hidden in tmp_path.glob("*.part"):
            hidden.unlink()  # as servers do that clear away what was broken off
        server.fails_at = ""
        assert put(account(server), [PACKET], TOKEN).outcome is Outcome.TAKEN
    assert content(server, PACKET.name) == PACKET.content


def test_a_name_that_holds_something_else_is_never_overwritten(tmp_path: Path) -> None:
    for other in (b"another", b"x" * len(PACKET.content)):
        (tmp_path / PACKET.name).write_bytes(other)
        with sftp_server(tmp_path) as server:
            answer = put(account(server), [PACKET], TOKEN)
        assert (answer.outcome, answer.code) == (Outcome.REFUSED, "name_taken")
        assert content(server, PACKET.name) == other


def test_where_nothing_may_be_read_back_the_mark_counts(tmp_path: Path) -> None:
    with sftp_server(tmp_path, forbids="read") as server:
        put(account(server), [PACKET], TOKEN)
        assert put(account(server), [PACKET], TOKEN).outcome is Outcome.TAKEN
        assert put(account(server), [PACKET], "another").code == "name_taken"
    assert len(server.renamed) == 1


def test_a_file_cut_short_on_the_way_is_not_given_its_name(tmp_path: Path) -> None:
    with sftp_server(tmp_path, keeps_bytes=10) as server:
        answer = put(account(server), [PACKET], TOKEN)
    assert (answer.outcome, answer.code) == (Outcome.LATER, "size_other")
    assert PACKET.name not in server.names


def test_another_host_key_ends_it_before_the_password_is_told(tmp_path: Path) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key("openssh").decode()
    rsa = asyncssh.generate_private_key("ssh-rsa", key_size=2048).export_public_key().decode()
    with sftp_server(tmp_path) as server:
        for pinned in (other, rsa):
            answer = put(account(server, host_keys=pinned), [PACKET], TOKEN)
            assert (answer.outcome, answer.code) == (Outcome.REFUSED, "host_key_other")
        assert put(account(server, host_keys=""), [PACKET], TOKEN).code == "host_key_missing"
        assert put(account(server, host_keys="x y"), [PACKET], TOKEN).code == "host_key_unreadable"
    assert server.passwords == []
    assert server.names == []


def test_one_of_several_pinned_keys_will_do(tmp_path: Path) -> None:
    with sftp_server(tmp_path) as server:
        both = f"{a_key(7).export_public_key('openssh').decode()}\n{server.host_key}"
        assert check(account(server, host_keys=both)).outcome is Outcome.TAKEN


def test_a_key_signs_in_with_its_passphrase(tmp_path: Path) -> None:
    closed = a_key(1).export_private_key("pkcs8-pem", passphrase="deep").decode()
    with sftp_server(tmp_path) as server:
        mine = account(server, private_key=closed, password="deep")
        assert put(mine, [MESSAGE], TOKEN).outcome is Outcome.TAKEN
        assert server.passwords == []
        wrong = account(server, private_key=closed, password="shallow")
        assert put(wrong, [MESSAGE], TOKEN).code == "key_unreadable"
        assert put(account(server, private_key="no key"), [MESSAGE], TOKEN).code == "key_unreadable"


@pytest.mark.parametrize(
    ("does", "how", "outcome", "code"),
    [
        ({}, {"password": "wrong"}, Outcome.REFUSED, "sign_in_refused"),
        ({}, {"user": "nobody"}, Outcome.REFUSED, "sign_in_refused"),
        ({}, {"folder": "nowhere"}, Outcome.REFUSED, "folder_missing"),
        ({"forbids": "write"}, {}, Outcome.REFUSED, "folder_refused"),
        ({"fails_at": "write"}, {}, Outcome.LATER, "folder_trouble"),
        ({"fails_at": "rename"}, {}, Outcome.LATER, "folder_trouble"),
    ],
)
def test_what_asks_for_a_person_is_told_from_what_another_try_may_do(
    tmp_path: Path, does: dict[str, Any], how: dict[str, Any], outcome: Outcome, code: str
) -> None:
    with sftp_server(tmp_path, **does) as server:
        answer = put(account(server, **how), [PACKET], TOKEN)
    assert (answer.outcome, answer.code) == (outcome, code)
    assert PACKET.name not in server.names


def test_a_server_that_says_nothing_is_waited_for_no_longer_than_its_time(tmp_path: Path) -> None:
    began = time.monotonic()
    with sftp_server(tmp_path, silent=True) as server:
        answer = put(account(server, seconds=0.5), [PACKET], TOKEN)
    assert answer == Answer(Outcome.LATER, "timed_out")
    assert time.monotonic() - began < 3


def test_nobody_at_the_address_is_another_try(tmp_path: Path) -> None:
    nobody = Account("127.0.0.1", 1, USER, a_key().export_public_key().decode(), PASSWORD)
    assert put(nobody, [PACKET], TOKEN).code == "not_reached"
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.listen()
        stranger = Account(
            "127.0.0.1", other.getsockname()[1], USER, nobody.host_keys, PASSWORD, seconds=0.3
        )
        assert put(stranger, [PACKET], TOKEN).outcome is Outcome.LATER


def test_a_check_signs_in_and_sends_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "theirs.txt").write_text("x")
    with sftp_server(tmp_path) as server:
        answer = check(account(server, folder="in"))
        assert check(account(server, folder="out")).code == "folder_missing"
    assert (answer.outcome, answer.said) == (Outcome.TAKEN, "/in: 1")
    assert server.names == ["in/theirs.txt"]


def test_a_server_shows_its_key_to_be_compared(tmp_path: Path) -> None:
    with sftp_server(tmp_path) as server:
        shown = host_key("127.0.0.1", server.port)
    assert shown is not None
    assert shown[0].split()[:2] == server.host_key.split()[:2]
    assert shown[1] == a_key().get_fingerprint()
    assert host_key("127.0.0.1", 1) is None
    assert readable_host_keys(shown[0])
    assert not readable_host_keys(f"{shown[0]}\nnonsense")
    assert not readable_host_keys(" ")


def test_secrets_are_not_shown() -> None:
    assert PASSWORD not in repr(Account("h", 22, USER, "", PASSWORD, "-----BEGIN"))
    assert "BEGIN" not in repr(Account("h", 22, USER, "", PASSWORD, "-----BEGIN"))


def test_it_works_in_a_thread_beside_a_running_loop(tmp_path: Path) -> None:
    async def work(server: Disposed) -> Answer:
        return await asyncio.to_thread(put, account(server), [MESSAGE], TOKEN)

    with sftp_server(tmp_path) as server:
        assert outside_loop(lambda: asyncio.run(work(server))).outcome is Outcome.TAKEN
