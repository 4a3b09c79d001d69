"""Posting a small signed message to an address that somebody else chose.

Such an address must not lead into our own network: its name is looked up once, every address it has
must be a public one, and the connection goes to the very address that was looked at. Redirects are
not followed. Who lets the answer drip is hung up on.
"""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import httpx

SECONDS = 15
WHOLE_SECONDS = 30
"""However slowly a receiver answers, byte by byte, it is hung up on after so long."""
ANSWER_BYTES_MAX = 4 * 1024
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of it: `status` is None when nobody answered; `error` then says why."""

    status: int | None = None
    error: str = ""
    said: str = ""

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300


class Forbidden(Exception):
    """An address to which nothing is sent; its words are a code."""


def looked_up(address: str, inside: bool = False) -> tuple[httpx.URL, str]:
    """The address with its host as a number, and the host's name. Raises `Forbidden`.

    `inside` lets addresses of one's own network and plain http pass, for trying.
    """
    url, host = read_address(address, inside)
    port = url.port or _PORTS[url.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Forbidden("not_found") from None
    numbers = [str(entry[4][0]) for entry in found]
    if not inside and not all(_is_public(number) for number in numbers):
        raise Forbidden("address_inside")
    return url.copy_with(host=numbers[0]), host


def read_address(address: str, inside: bool = False) -> tuple[httpx.URL, str]:
    """An address as it is written, and the host's name; nobody is asked. Raises `Forbidden`."""
    try:
        parts, url = urlsplit(address), httpx.URL(address)
        port = parts.port
    except (ValueError, httpx.InvalidURL):
        raise Forbidden("address_unreadable") from None
    host = parts.hostname or ""
    if not host or parts.username or parts.password or port == 0:
        raise Forbidden("address_unreadable")
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        raise Forbidden("not_https")
    return url, host


def _is_public(number: str) -> bool:
    """Whether a numeric address is out in the world; one that wraps another is judged by both."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _translated(address)
        if inner is not None and not inner.is_global:
            return False
        if address.is_site_local or any(address in net for net in _LOCAL):
            return False
    return address.is_global and not address.is_multicast


_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""What a network's translator sends on to IPv4. Source: RFC 6052."""
_LOCAL = (ipaddress.IPv6Network("::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
"""IPv4 written as IPv6 (RFC 4291, 2.5.5.1), and a network's own translation (RFC 8215)."""


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(address.packed[12:]) if address in _TRANSLATED else None


def post(
    address: str,
    body: bytes,
    headers: dict[str, str],
    *,
    inside: bool = False,
    seconds: float = WHOLE_SECONDS,
) -> Posted:
    """Post JSON once, within `seconds` from beginning to end. Every trouble is told, nothing raised."""
    try:
        url, host = looked_up(address, inside)
    except Forbidden as forbidden:
        return Posted(error=str(forbidden))
    port = f":{url.port}" if url.port else ""
    sent = {**headers, "Host": f"{host}{port}", "Content-Type": "application/json"}
    sent |= {"User-Agent": "Megler", "Accept-Encoding": "identity"}
    line = _Line()
    try:
        with (
            _hung_up_after(seconds, line),
            httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST",
                url,
                content=body,
                headers=sent,
                extensions={"sni_hostname": host, "trace": line.note},
            ) as answer,
        ):
            return Posted(answer.status_code, said=_beginning(answer))
    except httpx.TimeoutException:
        return Posted(error="timed_out")
    except httpx.HTTPError as error:
        told = "timed_out" if line.is_cut else f"not_reached: {type(error).__name__}"
        return Posted(error=told)


class _Line:
    """The connection that a request goes over, as far as it stands."""

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.is_cut = False

    def note(self, event: str, info: dict[str, Any]) -> None:
        """What the transport tells of itself; with TLS a second socket takes the first one's place."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self.socket = info["return_value"].get_extra_info("socket")
            if self.is_cut:
                self.cut()

    def cut(self) -> None:
        """Hang up: whoever reads from the socket hears its end at once."""
        self.is_cut = True
        if self.socket is not None:
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)


@contextmanager
def _hung_up_after(seconds: float, line: _Line) -> Iterator[None]:
    clock = Timer(seconds, line.cut)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _beginning(answer: httpx.Response) -> str:
    found = bytearray()
    for piece in answer.iter_raw():
        found += piece
        if len(found) >= ANSWER_BYTES_MAX:
            break
    return bytes(found[:ANSWER_BYTES_MAX]).decode(errors="replace")
