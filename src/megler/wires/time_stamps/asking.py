"""Asking a time-stamp authority: `POST` of a request, answered by a response, both DER (RFC 3161, 3.4)."""

import httpx

SECONDS = 10
MOST_BYTES = 64 * 1024
"""An answer larger than this is none."""
_ASKS, _ANSWERS = "application/timestamp-query", "application/timestamp-reply"


class NoTime(Exception):
    """The authority did not answer as one does; the argument says why."""


def ask(address: str, request: bytes, seconds: float = SECONDS) -> bytes:
    """The authority's answer to a time-stamp request. Raises `NoTime` whatever goes wrong."""
    try:
        with (
            httpx.Client(timeout=seconds, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST", address, content=request, headers={"Content-Type": _ASKS}
            ) as answer,
        ):
            return _body(answer)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoTime(type(error).__name__) from None


def _body(answer: httpx.Response) -> bytes:
    if answer.status_code != httpx.codes.OK:
        raise NoTime(f"status {answer.status_code}")
    if answer.headers.get("Content-Type", "").partition(";")[0].strip() != _ANSWERS:
        raise NoTime("an answer of another kind")
    body = b""
    for part in answer.iter_bytes():
        body += part
        if len(body) > MOST_BYTES:
            raise NoTime("an answer without end")
    return body
