"""Signatures of webhooks: the scheme v1 of the Standard Webhooks specification 1.0.

Signed is `id.timestamp.body` by HMAC-SHA256 with the subscription's secret; the headers are
`webhook-id`, `webhook-timestamp` (seconds since 1970) and `webhook-signature`.
"""

import base64
import binascii
import hashlib
import hmac

PREFIX = "whsec_"
TOLERANCE_SECONDS = 300
"""How far the clock of sender and receiver may differ."""


def secret_bytes(secret: str) -> bytes:
    """The key in a secret as people exchange it, `whsec_` and base64. Raises `ValueError`."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("a secret is whsec_ and base64") from error


def written_secret(key: bytes) -> str:
    """A key as people exchange it.

    >>> written_secret(b"0123456789abcdef01234567")
    'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3'
    """
    return PREFIX + base64.b64encode(key).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The signature of a message: `v1,` and base64."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(secret_bytes(secret), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What a signed message carries."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }


def is_signed(
    secret: str, carried: dict[str, str], body: bytes, now: int, tolerance: int = TOLERANCE_SECONDS
) -> bool:
    """Whether a message is signed with the secret, and not long ago; one right signature is enough."""
    message_id, told = carried.get("webhook-id", ""), carried.get("webhook-timestamp", "")
    if not message_id or not (told.isascii() and told.isdecimal() and len(told) <= 12):
        return False
    if abs(now - int(told)) > tolerance:
        return False
    expected = signature(secret, message_id, int(told), body)
    given = carried.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(one.encode(), expected.encode()) for one in given)
