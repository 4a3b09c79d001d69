"""A webhook goes out into the world, never into our own network, and tells every trouble."""

from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from megler.wires.webhooks.posting import Forbidden, looked_up, post

HEARD: list[tuple[str, bytes, dict[str, str]]] = []


class Receiver(BaseHTTPRequestHandler):
    """Answers with the status that its path names."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/drip":
            self._drip()
            return
        HEARD.append((self.path, body, dict(self.headers)))
        self.send_response(int(self.path[1:4]))
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(b"heard" * 2000)

    def _drip(self) -> None:
        """Answer a byte of a header at a time until the caller hangs up."""
        self.connection.settimeout(0.02)
        try:
            while True:
                self.wfile.write(b"H")
                with suppress(TimeoutError):
                    if not self.connection.recv(1):
                        return
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    HEARD.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


INSIDE = [
    "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/", "https://192.168.0.9/",
    "https://169.254.169.254/latest/meta-data", "https://[fd00::1]/", "https://0.0.0.0/",
    "https://[::ffff:127.0.0.1]/", "https://[::ffff:10.0.0.1]/", "https://[2002:7f00:1::]/",
    "https://localhost/", "https://100.64.0.1/", "https://224.0.0.1/", "https://2130706433/",
    "https://0x7f.1/", "https://0177.0.0.1/", "https://[::127.0.0.1]/", "https://[64:ff9b::a00:1]/",
    "https://[64:ff9b:1::1]/", "https://[fec0::1]/", "https://[fe80::1%25lo]/", "https://①②⑦.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_our_own_network_is_spoken_to(address: str) -> None:
    with pytest.raises(Forbidden):
        looked_up(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://93.184.216.34/",
        "ftp://93.184.216.34/",
        "https://",
        "x",
        "https://u:p@93.184.216.34/",
    ],
)
def test_only_https_without_a_name_and_password_is_spoken_to(address: str) -> None:
    assert post(address, b"{}", {}).error in {"not_https", "address_unreadable"}


def test_what_is_out_in_the_world_is_spoken_to_at_the_very_address_that_was_looked_at() -> None:
    url, host = looked_up("https://93.184.216.34:8443/hook")
    assert (str(url), host) == ("https://93.184.216.34:8443/hook", "93.184.216.34")


def test_a_message_arrives_with_its_headers_and_the_answer_is_told(receiver: str) -> None:
    posted = post(f"{receiver}/204", b'{"a":1}', {"webhook-id": "m1"}, inside=True)
    assert (posted.taken, posted.status) == (True, 204)
    [(_path, body, carried)] = HEARD
    assert (body, carried["webhook-id"]) == (b'{"a":1}', "m1")


@pytest.mark.parametrize("status", [302, 400, 410, 500, 503])
def test_any_other_status_is_not_taken_and_no_redirect_is_followed(
    receiver: str, status: int
) -> None:
    posted = post(f"{receiver}/{status}", b"{}", {}, inside=True)
    assert (posted.taken, posted.status) == (False, status)
    assert len(HEARD) == 1
    assert len(posted.said) <= 5_000


def test_a_receiver_that_lets_its_answer_drip_is_hung_up_on(receiver: str) -> None:
    assert post(f"{receiver}/drip", b"{}", {}, inside=True, seconds=0.3).error == "timed_out"


def test_a_receiver_that_is_not_there_is_told(receiver: str) -> None:
    assert post("http://127.0.0.1:1/", b"{}", {}, inside=True).error.startswith("not_reached")
