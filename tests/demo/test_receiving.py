"""The demo's carriers receive at a server of the demo's own, each in a folder of its own."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from megler.demo.receiving import HOST, host_key, receive
from megler.post.actions.carrying import carry
from megler.post.actions.channels import sftp_account
from megler.post.models import TradingPartner
from megler.wires.sftp.putting import check
from tests.post.cast import a_partner, put_up


@pytest.fixture
def partners(transactional_db: None) -> list[TradingPartner]:
    return [
        a_partner(
            slug=slug, name=slug, channel="sftp", address=HOST, port=1, user=slug,
            secret=f"secret of {slug}", host_keys="ssh-ed25519 old",
        )
        for slug in ("tundra-life", "nordhavn")
    ]  # fmt: skip


@pytest.fixture
def receiving(partners: list[TradingPartner]) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    def serve() -> None:
        listening = loop.run_until_complete(receive())
        ready.set()
        loop.run_forever()
        listening.close()
        loop.run_until_complete(loop.shutdown_default_executor())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    connections.close_all()


def test_a_package_arrives_in_its_carriers_folder(
    partners: list[TradingPartner], receiving: Any
) -> None:
    delivery = put_up(partners[0])
    done = carry(str(delivery.pk))
    assert done is not None
    assert (done.state, done.why) == ("delivered", "")
    folder = Path(settings.VAR_DIR) / "carriers"
    assert [one.name for one in (folder / "tundra-life").iterdir()] == ["A-10001.pdf"]
    assert (folder / "host_key").stat().st_mode & 0o077 == 0


def test_nobody_comes_in_as_another(partners: list[TradingPartner], receiving: Any) -> None:
    tundra = TradingPartner.objects.get(slug="tundra-life")
    assert check(sftp_account(tundra, 10)).said == "/: 0"
    tundra.user = "nordhavn"
    assert check(sftp_account(tundra, 10)).code == "sign_in_refused"
    tundra.user = "stranger"
    assert check(sftp_account(tundra, 10)).code == "sign_in_refused"


def test_the_key_is_made_once() -> None:
    assert host_key() == host_key()
