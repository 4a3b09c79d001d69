"""The real servers of a vendor: HTTPS with an authority of its own, and SFTP with folders in and out."""

import asyncio
import ipaddress
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncssh
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
USER, SECRET = "agency", "a vendor's secret"


@cache
def _certified() -> tuple[str, str]:
    """An authority's certificate, and a chain with the key of a server that it knows; both PEM."""
    now = datetime.now(UTC)
    own, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Demo vendors")])

    def made(name: str, key: Any, is_authority: bool) -> x509.CertificateBuilder:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        return (
            x509.CertificateBuilder()
            .subject_name(issuer if is_authority else subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=30))
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        )

    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))])
    pem = serialization.Encoding.PEM
    theirs = made(HOST, server, False).add_extension(address, critical=False)
    chain = theirs.sign(own, hashes.SHA256()).public_bytes(pem).decode()
    key = server.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    return made("Demo vendors", own, True).sign(own, hashes.SHA256()).public_bytes(
        pem
    ).decode(), chain + key


class HttpsServer:
    """POST takes a message, GET gives one. `post` and `get` answer with a status and a body."""

    def __init__(
        self,
        post: Callable[[bytes, str], tuple[int, bytes]],
        get: Callable[[], tuple[int, bytes]],
    ) -> None:
        self.authority, chain = _certified()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with TemporaryDirectory() as folder:
            (kept := Path(folder, "chain.pem")).write_text(chain)
            context.load_cert_chain(kept)
        self._server = ThreadingHTTPServer((HOST, 0), _handler(post, get))
        self._server.daemon_threads = True
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self._server.server_address[1]}/"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(
    post: Callable[[bytes, str], tuple[int, bytes]], get: Callable[[], tuple[int, bytes]]
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Authorization") != f"Bearer {SECRET}":
                return self.told(401, b"")
            return self.told(*post(body, self.headers.get("Idempotency-Key", "")))

        def do_GET(self) -> None:
            self.told(*get())

        def do_HEAD(self) -> None:
            self.told(200, b"")

        def told(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_told: Any) -> None:
            """Nothing is written."""

    return Handler


class SftpServer:
    """Folders `in` for orders and `out` for messages, under `folder`; in a thread with its own loop."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("in", "out"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self._ready.wait(20)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._listening = self._loop.run_until_complete(self._listen())
        self._ready.set()
        self._loop.run_forever()
        self._listening.close()
        self._loop.run_until_complete(self._listening.wait_closed())
        self._loop.close()

    async def _listen(self) -> asyncssh.SSHAcceptor:
        root = str(self.folder).encode()

        class Inside(asyncssh.SFTPServer):
            def __init__(self, chan: Any) -> None:
                super().__init__(chan, chroot=root)

        return await asyncssh.create_server(
            _WayIn, HOST, 0, server_host_keys=[self._key], sftp_factory=Inside, allow_scp=False
        )

    @property
    def port(self) -> int:
        return int(self._listening.get_port())

    @property
    def host_key(self) -> str:
        return self._key.export_public_key("openssh").decode().strip()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)


class _WayIn(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, SECRET)
