"""Asking an https:// address for what it holds, as a vendor's status."""

import asyncio
import ssl

import httpx

from megler.wires.carried import SAID_MAX, Answer, Outcome
from megler.wires.https.posting import STEP_SECONDS, Account, is_https
from megler.wires.loops import outside_loop

BYTES_MAX = 100 * 1024 * 1024


def get(account: Account) -> tuple[bytes, Answer]:
    """What stands at the address; 204 and an empty body are nothing. Redirects are not followed."""
    if not is_https(account.address):
        return b"", Answer(Outcome.REFUSED, "address_unreadable", account.address[:200])
    try:
        return outside_loop(lambda: asyncio.run(_got(account)))
    except (httpx.TimeoutException, TimeoutError):
        return b"", Answer(Outcome.LATER, "timed_out")
    except httpx.ConnectError as error:
        untrusted = "CERTIFICATE_VERIFY_FAILED" in str(error)
        code = "certificate_untrusted" if untrusted else "not_reached"
        return b"", Answer(Outcome.LATER, code, str(error)[:SAID_MAX])
    except httpx.HTTPError as error:
        return b"", Answer(Outcome.LATER, "connection_lost", type(error).__name__)
    except ssl.SSLError as error:
        return b"", Answer(Outcome.REFUSED, "authority_unreadable", str(error)[:SAID_MAX])


async def _got(account: Account) -> tuple[bytes, Answer]:
    trusted = ssl.create_default_context(cadata=account.authority or None)
    headers = {"Accept": "application/xml, */*", "Accept-Encoding": "identity"}
    if account.secret and not account.user:
        headers["Authorization"] = f"Bearer {account.secret.strip()}"
    auth = httpx.BasicAuth(account.user, account.secret) if account.user else None
    async with (
        asyncio.timeout(account.seconds),
        httpx.AsyncClient(
            verify=trusted, timeout=STEP_SECONDS, auth=auth, follow_redirects=False
        ) as client,
        client.stream("GET", account.address, headers=httpx.Headers(headers, "utf-8")) as answer,
    ):
        if answer.status_code in {401, 403}:
            return b"", Answer(Outcome.REFUSED, "sign_in_refused", str(answer.status_code))
        if not 200 <= answer.status_code < 300:
            return b"", Answer(Outcome.LATER, "busy_receiver", str(answer.status_code))
        found = bytearray()
        async for piece in answer.aiter_raw():
            found += piece
            if len(found) > BYTES_MAX:
                return b"", Answer(Outcome.REFUSED, "answer_too_large", str(BYTES_MAX))
    return bytes(found), Answer(Outcome.TAKEN)
