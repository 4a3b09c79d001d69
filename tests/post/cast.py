"""Partners of each kind at servers of the tests, and documents that go there."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from pypdf import PdfWriter

from megler.documents.actions import store
from megler.documents.models import Document
from megler.journal.rules.actors import Actor
from megler.post.actions.deliveries import Enclosure, deliver
from megler.post.models import Delivery, TradingPartner
from tests.wires.https.server import Receiver
from tests.wires.sftp.server import PASSWORD, USER, Disposed

NINA = Actor("7", "Nina Wells", "new_business")
ABOUT = ("application", "4711")


def a_partner(**given: Any) -> TradingPartner:
    """A partner by e-mail, unless told otherwise."""
    usual = {
        "slug": "tundra-life", "name": "Tundra Life", "channel": "email",
        "address": "new@tundra.example", "changed_at": timezone.now(),
    }  # fmt: skip
    return TradingPartner.objects.create(**(usual | given))


def by_sftp(server: Disposed, **given: Any) -> TradingPartner:
    how = {
        "channel": "sftp", "address": "127.0.0.1", "port": server.port, "user": USER,
        "secret": PASSWORD, "host_keys": server.host_key,
    }  # fmt: skip
    return a_partner(**(how | given))


def by_https(server: Receiver, **given: Any) -> TradingPartner:
    how = {"channel": "https", "address": server.url, "authority": server.authority, "secret": "t"}
    return a_partner(**(how | given))


def a_document(pages: int = 1) -> Document:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    out = io.BytesIO()
    writer.write(out)
    return store(out.getvalue(), "signed.pdf", NINA)


def put_up(
    partner: TradingPartner,
    files: Sequence[Enclosure] = (),
    key: str = "application 4711",
    **given: Any,
) -> Delivery:
    """One file on its way there, unless told otherwise."""
    enclosed = files or [Enclosure(a_document(), "A-10001.pdf")]
    return deliver(NINA, partner, ABOUT, enclosed, key, **({"title": "A-10001"} | given))
