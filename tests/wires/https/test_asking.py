"""What stands at an address is read; every trouble is an answer."""

from megler.wires.carried import Outcome
from megler.wires.https.asking import get
from megler.wires.https.posting import Account
from tests.wires.https.server import https_server


def test_addresses_that_are_none_or_nobodys() -> None:
    assert get(Account("http://127.0.0.1/"))[1].code == "address_unreadable"
    assert get(Account("https://127.0.0.1:9/"))[1].outcome is Outcome.LATER


def test_an_unknown_authority_is_not_trusted() -> None:
    with https_server() as server:
        body, answer = get(Account(server.url))
    assert body == b""
    assert answer.code == "certificate_untrusted"
