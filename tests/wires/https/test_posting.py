"""Files reach a real HTTPS server with its own authority; once, where it keeps to its keys."""

import base64
import time
from typing import Any

import httpx
import pytest

from megler.wires.carried import SAID_MAX, Answer, Carried, Outcome
from megler.wires.https.posting import (
    BODY_BYTES_MAX,
    Account,
    Shape,
    _asked_to_wait,
    check,
    is_https,
    post,
    readable_authority,
)
from tests.wires.https.server import Receiver, certified, files_in, https_server

PACKET = Carried("A-10001 Ås.pdf", b"%PDF-1.7 " + b"signed " * 50_000, "application/pdf")
MESSAGE = Carried("A-10001.xml", b"<TXLife/>", "application/xml")


def account(server: Receiver, **other: Any) -> Account:
    given: dict[str, Any] = {
        "address": server.url,
        "secret": "token-1",
        "authority": server.authority,
        "seconds": 10,
    }
    return Account(**(given | other))


def test_files_arrive_whole_in_one_form_with_the_key(  # also what comes back is kept
) -> None:
    with https_server(headers={"X-Request-Id": "77"}) as server:
        answer = post(account(server), [PACKET, MESSAGE], "k-1")
    ((method, path, headers, body),) = server.asked
    assert (method, path, headers["Idempotency-Key"]) == ("POST", "/in", "k-1")
    assert headers["Authorization"] == "Bearer token-1"
    first, second = files_in(headers, body)
    assert first[1:] == ("application/pdf", PACKET.content)
    assert second == ("A-10001.xml", "application/xml", b"<TXLife/>")
    assert answer.outcome is Outcome.TAKEN
    assert answer.said.startswith("201 Created")
    assert "x-request-id: 77" in answer.said
    assert answer.said.endswith('{"receipt": "R-1"}')


def test_raw_files_are_bodies_of_their_own_each_with_its_key() -> None:
    with https_server() as server:
        answer = post(account(server, shape=Shape.RAW, user="fjord"), [MESSAGE, PACKET], "k-1")
    assert answer.outcome is Outcome.TAKEN
    assert [body for _m, _p, _h, body in server.asked] == [MESSAGE.content, PACKET.content]
    told = [headers for _m, _p, headers, _b in server.asked]
    assert [one["Idempotency-Key"] for one in told] == ["k-1-1", "k-1-2"]
    assert [one["Content-Type"] for one in told] == ["application/xml", "application/pdf"]
    assert told[1]["Content-Disposition"].endswith("A-10001%20%C3%85s.pdf")
    basic = base64.b64encode(b"fjord:token-1").decode()
    assert told[0]["Authorization"] == f"Basic {basic}"


@pytest.mark.parametrize("shape", Shape)
def test_an_answer_that_was_lost_leads_to_another_try_and_one_effect(shape: Shape) -> None:
    with https_server(drops_answers=1) as server:
        first = post(account(server, shape=shape), [MESSAGE], "k-1")
        assert first.outcome is Outcome.LATER
        assert post(account(server, shape=shape), [MESSAGE], "k-1").outcome is Outcome.TAKEN
    assert len(server.asked) == 2
    assert len(server.effects) == 1
    (first_body, second_body) = (body for _m, _p, _h, body in server.asked)
    assert first_body == second_body


@pytest.mark.parametrize(
    ("status", "outcome", "code"),
    [
        (200, Outcome.TAKEN, ""),
        (202, Outcome.TAKEN, ""),
        (301, Outcome.REFUSED, "redirected"),
        (307, Outcome.REFUSED, "redirected"),
        (400, Outcome.REFUSED, "refused_by_receiver"),
        (401, Outcome.REFUSED, "sign_in_refused"),
        (403, Outcome.REFUSED, "sign_in_refused"),
        (404, Outcome.REFUSED, "nothing_there"),
        (422, Outcome.REFUSED, "refused_by_receiver"),
        (408, Outcome.LATER, "busy_receiver"),
        (409, Outcome.LATER, "busy_receiver"),
        (429, Outcome.LATER, "busy_receiver"),
        (500, Outcome.LATER, "busy_receiver"),
        (503, Outcome.LATER, "busy_receiver"),
    ],
)
def test_the_status_says_whether_to_try_again(status: int, outcome: Outcome, code: str) -> None:
    where = {"Location": "https://127.0.0.1:1/"} if 300 <= status < 400 else {}
    with https_server(statuses=[status], headers=where) as server:
        answer = post(account(server), [MESSAGE], "k-1")
    assert (answer.outcome, answer.code) == (outcome, code)
    assert str(status) in answer.said
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("said", "seconds"), [("120", 120), ("999999", 86_400), ("soon", None), ("²", None)]
)
def test_a_receiver_may_ask_to_be_left_alone_for_a_while(said: str, seconds: int | None) -> None:
    headers = {"Retry-After": said.encode().decode("latin-1")}
    with https_server(statuses=[429], headers=headers) as server:
        assert post(account(server), [MESSAGE], "k-1").wait_seconds == seconds


@pytest.mark.parametrize(
    ("until", "seconds"),
    [
        ("Mon, 02 Mar 2026 12:05:00 GMT", 300),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("Mon, 02 Mar 2036 11:00:00 GMT", 86_400),
    ],
)
def test_a_time_until_which_to_wait_is_counted_by_the_receivers_clock(
    until: str, seconds: int
) -> None:
    headers = httpx.Headers({"Retry-After": until, "Date": "Mon, 02 Mar 2026 12:00:00 GMT"})
    assert _asked_to_wait(httpx.Response(503, headers=headers)) == seconds
    assert _asked_to_wait(httpx.Response(503, headers={"Retry-After": until})) is None


def test_a_token_of_any_letters_is_sent_and_left_to_the_receiver() -> None:
    with https_server(statuses=[401]) as server:
        answer = post(account(server, secret="blåbær\n"), [MESSAGE], "k-1")
    assert (answer.outcome, answer.code) == (Outcome.REFUSED, "sign_in_refused")


def test_a_stranger_certificate_gets_nothing() -> None:
    other = certified("127.0.0.2")[0]
    with https_server() as server:
        for authority in ("", other):
            answer = post(account(server, authority=authority), [MESSAGE], "k-1")
            assert (answer.outcome, answer.code) == (Outcome.LATER, "certificate_untrusted")
    assert server.asked == []


def test_only_encrypted_addresses_are_posted_to() -> None:
    for address in ("http://127.0.0.1/in", "ftp://x", "https://", "https://[x", "https://a:b", ""):
        assert post(Account(address), [MESSAGE], "k-1").code == "address_unreadable"
        assert not is_https(address)
    assert is_https("https://in.carrier.example/applications?kind=life")


def test_nobody_at_the_address_is_another_try() -> None:
    answer = post(Account("https://127.0.0.1:1/in"), [MESSAGE], "k-1")
    assert (answer.outcome, answer.code) == (Outcome.LATER, "not_reached")


def test_a_silent_receiver_is_waited_for_no_longer_than_its_time() -> None:
    began = time.monotonic()
    with https_server(waits=30) as server:
        answer = post(account(server, seconds=0.3), [MESSAGE], "k-1")
    assert answer == Answer(Outcome.LATER, "timed_out")
    assert time.monotonic() - began < 2


def test_files_in_requests_of_their_own_share_one_time() -> None:
    began = time.monotonic()
    with https_server(waits=0.2) as server:
        raw = account(server, shape=Shape.RAW, seconds=0.5)
        answer = post(raw, [MESSAGE] * 20, "k-1")
    assert answer.code == "timed_out"
    assert time.monotonic() - began < 2


def test_a_long_answer_is_read_so_far_and_no_longer() -> None:
    began = time.monotonic()
    with https_server(body=b"x" * BODY_BYTES_MAX * 4) as server:
        answer = post(account(server), [MESSAGE], "k-1")
    assert answer.outcome is Outcome.TAKEN
    assert len(answer.said) == SAID_MAX
    with https_server(body=b"y" * 1000, drips=0.05) as server:
        answer = post(account(server, seconds=0.3), [MESSAGE], "k-1")
    assert answer.outcome is Outcome.TAKEN  # it had said so
    assert time.monotonic() - began < 3


def test_an_answer_that_is_no_text_is_kept_readable() -> None:
    with https_server(body=b"\xff\x00\xfe ok") as server:
        answer = post(account(server), [MESSAGE], "k-1")
    assert "\0" not in answer.said
    assert answer.said.endswith("ok")


@pytest.mark.parametrize(
    ("status", "outcome", "code"),
    [
        (200, Outcome.TAKEN, ""),
        (405, Outcome.TAKEN, ""),
        (404, Outcome.TAKEN, ""),
        (401, Outcome.REFUSED, "sign_in_refused"),
        (500, Outcome.LATER, "busy_receiver"),
    ],
)
def test_a_check_sends_nothing(status: int, outcome: Outcome, code: str) -> None:
    with https_server(statuses=[status]) as server:
        answer = check(account(server))
    ((method, _path, headers, body),) = server.asked
    assert (method, body) == ("HEAD", b"")
    assert "Idempotency-Key" not in headers
    assert (answer.outcome, answer.code) == (outcome, code)


def test_an_authority_is_a_certificate() -> None:
    assert readable_authority(certified()[0])
    assert not readable_authority(certified()[2])
    assert not readable_authority("nonsense")
    assert "token-1" not in repr(Account("https://x", secret="token-1"))
    answer = post(Account("https://127.0.0.1:1/in", authority="nonsense"), [MESSAGE], "k-1")
    assert (answer.outcome, answer.code) == (Outcome.REFUSED, "authority_unreadable")
