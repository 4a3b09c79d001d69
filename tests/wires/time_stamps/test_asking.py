"""A time-stamp authority answers, or it is said why not; never more than it should."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from megler.wires.time_stamps.asking import MOST_BYTES, NoTime, ask

REPLY = "application/timestamp-reply"


class Authority(BaseHTTPRequestHandler):
    """Echoes what it was asked, or answers as told in `how`."""

    how: tuple[int, str, bytes] | None = None
    kinds: list[str] = []

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self.kinds.append(self.headers["Content-Type"])
        status, kind, body = self.how or (200, REPLY, asked)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status == 302:
            self.send_header("Location", self.path)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def authority() -> Iterator[tuple[str, type[Authority]]]:
    handler = type("One", (Authority,), {"kinds": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/tsa", handler
    server.shutdown()
    server.server_close()


def test_it_is_asked_as_the_standard_says(authority: tuple[str, type[Authority]]) -> None:
    assert ask(authority[0], b"\x30\x03abc") == b"\x30\x03abc"
    assert authority[1].kinds == ["application/timestamp-query"]


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ((500, REPLY, b""), "status 500"),
        ((302, REPLY, b""), "status 302"),
        ((200, "text/html", b"<p>Hello"), "an answer of another kind"),
        ((200, REPLY, b"x" * (MOST_BYTES + 1)), "an answer without end"),
    ],
)
def test_anything_else_is_no_time(
    how: tuple[int, str, bytes], why: str, authority: tuple[str, type[Authority]]
) -> None:
    authority[1].how = how
    with pytest.raises(NoTime, match=why):
        ask(authority[0], b"x")


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "not an address", "ftp://tsa/"])
def test_an_address_that_leads_nowhere_is_no_time(address: str) -> None:
    with pytest.raises(NoTime):
        ask(address, b"x", seconds=1)
