"""An HTTPS server on this machine with an authority of its own, well or badly disposed."""

import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@lru_cache
def certified(host: str = "127.0.0.1") -> tuple[str, str, str]:
    """An authority's certificate, one that it gave `host`, and the latter's key, all PEM."""
    now = dt.datetime.now(dt.UTC)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])

    def made(name: x509.Name, owner: Any, is_authority: bool) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer)
            .public_key(owner.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        )

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    authority = made(issuer, authority_key, True).sign(authority_key, hashes.SHA256())
    theirs = made(name, key, False).add_extension(address, critical=False)
    pem = serialization.Encoding.PEM
    return (
        authority.public_bytes(pem).decode(),
        theirs.sign(authority_key, hashes.SHA256()).public_bytes(pem).decode(),
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode(),
    )


@dataclass
class Receiver:
    """What the server does, and what it was asked.

    `statuses` are answered in turn, the last one for ever. Like a good receiver, it does a thing once
    for each Idempotency-Key: `effects` are the bodies of those. `drops_answers` that many times does
    the thing and hangs up without a word. `when_done` is called after the thing, before the answer.
    """

    statuses: list[int] = field(default_factory=lambda: [201])
    body: bytes = b'{"receipt": "R-1"}'
    headers: dict[str, str] = field(default_factory=dict)
    drops_answers: int = 0
    waits: float = 0
    drips: float = 0
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    effects: dict[str, bytes] = field(default_factory=dict)
    url: str = ""
    authority: str = ""
    closing: threading.Event = field(default_factory=threading.Event)
    when_done: Callable[[], None] = lambda: None

    def status(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


def files_in(headers: dict[str, str], body: bytes) -> list[tuple[str, str, bytes]]:
    """Name, type and content of each file of a form."""
    head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
    form: Message = BytesParser().parsebytes(head + body)
    parts = form.get_payload()
    assert isinstance(parts, list)
    return [
        (str(p.get_filename()), p.get_content_type(), bytes(p.get_payload(decode=True)))  # type: ignore[union-attr]
        for p in parts
    ]


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.take(b"")

        def do_POST(self) -> None:
            self.take(self.rfile.read(int(self.headers["Content-Length"])))

        def take(self, body: bytes) -> None:
            receiver.asked.append((self.command, self.path, dict(self.headers), body))
            receiver.closing.wait(receiver.waits)
            status = receiver.status()
            key = self.headers.get("Idempotency-Key", "")
            if 200 <= status < 300 and key not in receiver.effects:
                receiver.effects[key] = body
                receiver.when_done()
            if receiver.drops_answers:
                receiver.drops_answers -= 1
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.end_headers()
            for byte in () if self.command == "HEAD" else receiver.body if receiver.drips else ():
                if receiver.closing.wait(receiver.drips):
                    return
                self.wfile.write(bytes([byte]))
            if self.command != "HEAD" and not receiver.drips:
                self.wfile.write(receiver.body)

        def log_message(self, *_told: Any) -> None:
            """Nothing is written: a test's output is its own."""

    return Handler


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


@contextmanager
def https_server(**does: Any) -> Iterator[Receiver]:
    """A server while the block runs; `authority` is what its certificate is checked against."""
    receiver = Receiver(**does)
    receiver.authority, certificate, key = certified()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        (chain := Path(folder, "chain.pem")).write_text(certificate + key)
        context.load_cert_chain(chain)
    server = _Quiet(("127.0.0.1", 0), _handler(receiver))
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    receiver.url = f"https://127.0.0.1:{server.server_address[1]}/in"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(2)
