"""Posting files to an https:// address, once in effect where the receiver keeps to its keys.

Every request carries an `Idempotency-Key` that stays the same on every try (draft-ietf-httpapi-
idempotency-key-header): a receiver that has seen it answers as before and does nothing again.
"""

import asyncio
import hashlib
import ssl
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import quote, urlsplit

import httpx

from megler.wires.carried import SAID_MAX, Answer, Carried, Outcome
from megler.wires.loops import outside_loop

STEP_SECONDS = 30
BODY_BYTES_MAX = 8 * 1024 * 1024
"""So much of an answer is read; the rest is not waited for."""
_PIECE = 64 * 1024
_LAST_SECONDS = 0.1
"""Kept of the whole time for hanging up."""
_WAIT_SECONDS_MAX = 24 * 3600
_AGAIN = frozenset({408, 409, 425, 429})
"""Of 4xx, these ask for another try: 409 says that the first request with this key still runs."""
_NOTHING_THERE = frozenset({404, 405, 410})
"""Nobody who takes files answers so: the address is wrong, or has moved."""
REFUSED_WHOLE = "refused_by_receiver"
"""The code of a refusal by the receiver itself, which has taken nothing under that key."""
_KEPT_HEADERS = ("date", "location", "content-type", "x-request-id", "x-correlation-id")


class Shape(StrEnum):
    """How files travel: all as the parts of one form, or each as the body of a request of its own."""

    MULTIPART = "multipart"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Account:
    """Where files go and as whom. With a `user`, HTTP Basic; with a secret alone, Bearer.

    `authority` is the certificate (PEM) that the partner's own is checked against instead of the
    usual authorities. `seconds` bound the whole.
    """

    address: str
    user: str = ""
    secret: str = field(default="", repr=False)
    authority: str = ""
    shape: Shape = Shape.MULTIPART
    seconds: float = 300


@dataclass(frozen=True, slots=True)
class _Body:
    """What one request carries."""

    content: bytes
    headers: dict[str, str]


def post(account: Account, files: Sequence[Carried], key: str) -> Answer:
    """Post the files; the answer's receipt is what the receiver said.

    Of requests of their own, `body` is the first that was answered with anything. 2xx is taken, 5xx
    and the four of 4xx that ask for it another try, any other status refused for good. Redirects are
    not followed: files and secret are for this address only.
    """
    if account.shape is Shape.MULTIPART:
        return _tried(account, "POST", _form(files, key), key)
    said, body, until = [], b"", time.monotonic() + account.seconds
    for number, one in enumerate(files, start=1):
        left = replace(account, seconds=max(until - time.monotonic(), 0))
        named = f"attachment; filename*=UTF-8''{quote(one.name, safe='')}"
        headers = {"Content-Type": one.content_type, "Content-Disposition": named}
        answer = _tried(left, "POST", _Body(one.content, headers), f"{key}-{number}")
        if answer.outcome is not Outcome.TAKEN:
            return answer
        said.append(answer.said)
        body = body or answer.body
    return Answer(Outcome.TAKEN, said="\n\n".join(said)[:SAID_MAX], body=body)


def check(account: Account) -> Answer:
    """Ask for the head of the page: reaches the address, proves its certificate, sends nothing.

    Any status will do but one that lets nobody in, since many receivers know only POST.
    """
    answer = _tried(account, "HEAD", _Body(b"", {}), "")
    knows_only_post = answer.code in {REFUSED_WHOLE, "nothing_there"}
    return Answer(Outcome.TAKEN, said=answer.said) if knows_only_post else answer


def _form(files: Sequence[Carried], key: str) -> _Body:
    """The files as a form, the same to the byte on every try: some receivers compare."""
    boundary = hashlib.sha256(key.encode()).hexdigest()[:32]
    kind = f"multipart/form-data; boundary={boundary}"
    parts = [("files", (one.name, one.content, one.content_type)) for one in files]
    encoded = httpx.Request("POST", "", files=parts, headers={"Content-Type": kind})
    return _Body(encoded.read(), {"Content-Type": kind})


def readable_authority(pem: str) -> bool:
    """Whether it holds a certificate."""
    try:
        return bool(ssl.create_default_context(cadata=pem).get_ca_certs())
    except (ssl.SSLError, ValueError):
        return False


def is_https(address: str) -> bool:
    """Whether it is an address that may be posted to."""
    try:
        parts = urlsplit(address)
        httpx.URL(address)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except (ValueError, httpx.InvalidURL):
        return False


def _tried(account: Account, method: str, body: _Body, key: str) -> Answer:
    """One request. Every trouble becomes its answer."""
    if not is_https(account.address):
        return Answer(Outcome.REFUSED, "address_unreadable", account.address[:200])
    try:
        return outside_loop(lambda: asyncio.run(_asked(account, method, body, key)))
    except (httpx.TimeoutException, TimeoutError):
        return Answer(Outcome.LATER, "timed_out")
    except httpx.ConnectError as error:
        untrusted = "CERTIFICATE_VERIFY_FAILED" in str(error)
        code = "certificate_untrusted" if untrusted else "not_reached"
        return Answer(Outcome.LATER, code, str(error)[:SAID_MAX])
    except httpx.HTTPError as error:
        return Answer(Outcome.LATER, "connection_lost", type(error).__name__)
    except ssl.SSLError as error:
        return Answer(Outcome.REFUSED, "authority_unreadable", str(error)[:SAID_MAX])


async def _asked(account: Account, method: str, body: _Body, key: str) -> Answer:
    trusted = ssl.create_default_context(cadata=account.authority or None)
    headers = {**body.headers, "Accept": "*/*", "Accept-Encoding": "identity"}
    if key:
        headers |= {"Idempotency-Key": key, "Content-Length": str(len(body.content))}
    if account.secret and not account.user:
        headers["Authorization"] = f"Bearer {account.secret.strip()}"
    auth = httpx.BasicAuth(account.user, account.secret) if account.user else None
    content = _pieces(body.content) if method == "POST" else None
    async with (
        asyncio.timeout(account.seconds) as limit,
        httpx.AsyncClient(
            verify=trusted, timeout=STEP_SECONDS, auth=auth, follow_redirects=False
        ) as client,
        client.stream(
            method, account.address, content=content, headers=httpx.Headers(headers, "utf-8")
        ) as answer,
    ):
        until = limit.when() or 0
        return _meaning(answer, await _read(answer, until))


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]


async def _read(answer: httpx.Response, until: float) -> bytes:
    """The answer's body as far as it counts. What was said before the time is over stands."""
    found = bytearray()
    with suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout_at(until - _LAST_SECONDS):
            async for piece in answer.aiter_raw():
                found += piece
                if len(found) > BODY_BYTES_MAX:
                    break
    return bytes(found[:BODY_BYTES_MAX])


def _meaning(answer: httpx.Response, body: bytes) -> Answer:
    status = answer.status_code
    said = _receipt(answer, body)
    if 200 <= status < 300:
        return Answer(Outcome.TAKEN, said=said, body=body)
    if 300 <= status < 400:
        return Answer(Outcome.REFUSED, "redirected", said)
    if status in _AGAIN or status >= 500:
        return Answer(Outcome.LATER, "busy_receiver", said, _asked_to_wait(answer))
    if status in {401, 403}:
        return Answer(Outcome.REFUSED, "sign_in_refused", said)
    code = "nothing_there" if status in _NOTHING_THERE else REFUSED_WHOLE
    return Answer(Outcome.REFUSED, code, said)


def _receipt(answer: httpx.Response, body: bytes) -> str:
    """Status, the headers that name the matter, the body's digest when it is cut, and the body."""
    lines = [f"{answer.status_code} {answer.reason_phrase}"]
    lines += [f"{name}: {answer.headers[name]}" for name in _KEPT_HEADERS if name in answer.headers]
    text = body.decode("utf-8", "replace").replace("\0", "")
    if len(text) > SAID_MAX:
        lines.append(f"body sha256 {hashlib.sha256(body).hexdigest()}")
    return "\n".join([*lines, "", text]).strip()[:SAID_MAX]


def _asked_to_wait(answer: httpx.Response) -> int | None:
    """Retry-After in seconds; a time is counted from the answer's own Date, by their clock."""
    said = answer.headers.get("retry-after", "").strip()[:100]
    if said.isascii() and said.isdigit():
        return min(int(said), _WAIT_SECONDS_MAX)
    try:
        then, now = (parsedate_to_datetime(x) for x in (said, answer.headers.get("date", "")))
        return min(max(round((then - now).total_seconds()), 0), _WAIT_SECONDS_MAX)
    except (ValueError, TypeError, OverflowError):
        return None
