"""A mail server on this machine that keeps what it is given."""

import email
import socket
from collections.abc import Callable, Iterator
from email.message import Message as Email
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """What a mail server was given; `answer` is what it says to the next recipient.

    `when_taken` is called with a message in hand, before the sender is told.
    """

    def __init__(self) -> None:
        self.taken: list[Email] = []
        self.answer = "250 OK"
        self.when_taken: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(email.message_from_bytes(envelope.content))
        self.when_taken()
        return "250 OK"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A mail server that listens on this machine."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS = port, False
    settings.DEFAULT_FROM_EMAIL = "Fjord Brokerage <post@fjord.example>"
    yield box
    server.stop()
