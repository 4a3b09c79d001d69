"""A server on this machine that speaks the chat-completions protocol, well or badly."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answers = Callable[[dict[str, Any]], str]
"""What the model says to a request's body."""


@dataclass
class ModelServer:
    """What the server does, and what it was asked: bodies and headers, in their order.

    `status` and `raw` answer with another status or body than a model's; `waits` seconds pass before
    the answer; `drips`: one byte at a time, that many seconds apart.
    """

    says: Answers = lambda _body: "Nothing to add."
    status: int = 200
    raw: bytes | None = None
    waits: float = 0
    drips: float = 0
    location: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    url: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def body(self, asked: dict[str, Any]) -> bytes:
        if self.raw is not None:
            return self.raw
        message = {"role": "assistant", "content": self.says(asked)}
        return json.dumps({"choices": [{"index": 0, "message": message}]}).encode()

    @property
    def text(self) -> str:
        """Everything that was sent here, as text."""
        return json.dumps(self.asked, ensure_ascii=False)


@contextmanager
def model_server(**does: Any) -> Iterator[ModelServer]:
    """A server while the block runs; its `url` is what the setting would name."""
    model = ModelServer(**does)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append(asked)
            model.headers.append(dict(self.headers))
            model.paths.append(self.path)
            model.closing.wait(model.waits)
            content = model.body(asked)
            try:
                self.send_response(model.status)
                if model.location:
                    self.send_header("Location", model.location)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.send(content)
            except OSError:
                return

        def send(self, content: bytes) -> None:
            if not model.drips:
                self.wfile.write(content)
                return
            for byte in content:
                if model.closing.is_set():
                    return
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(model.drips)

        def log_message(self, *_told: Any) -> None:
            """Nothing is written: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield model
    finally:
        model.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(2)
