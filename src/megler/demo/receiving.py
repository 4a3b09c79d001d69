"""The SFTP server at which the demo's carriers receive: on this machine, so that packages do arrive.

Each carrier signs in by its short name and has a folder of its own under `var/carriers`.
"""

import asyncio
import os
from pathlib import Path
from typing import Any

import asyncssh
from asgiref.sync import sync_to_async
from django.conf import settings
from django.utils.crypto import constant_time_compare

from megler.demo.vendors.living import vendors_living
from megler.post.models import TradingPartner

HOST = "127.0.0.1"


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "carriers"


def host_key() -> asyncssh.SSHKey:
    """The server's key, made once and readable by its owner only."""
    kept = _folder() / "host_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = asyncssh.generate_private_key("ssh-ed25519")
        opened = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(opened, "wb") as file:  # noqa: PTH123 - an open descriptor
            file.write(made.export_private_key("openssh"))
    return asyncssh.read_private_key(str(kept))


def _partner(slug: str) -> TradingPartner | None:
    return TradingPartner.objects.filter(slug=slug, channel="sftp", address=HOST).first()


class _WayIn(asyncssh.SSHServer):
    """Lets a carrier's partner in with the password that stands with it."""

    def password_auth_supported(self) -> bool:
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        found = await sync_to_async(_partner)(username)
        return found is not None and constant_time_compare(found.secret, password)


class _Inbox(asyncssh.SFTPServer):
    """A carrier's own folder, and nothing above it."""

    def __init__(self, chan: Any) -> None:
        inbox = _folder() / chan.get_extra_info("username")
        inbox.mkdir(parents=True, exist_ok=True)
        super().__init__(chan, chroot=str(inbox).encode())

    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        """As OpenSSH does: a name that is taken is not given again."""
        if Path(os.fsdecode(self.map_path(newpath))).exists():
            raise asyncssh.SFTPFailure("it exists")
        super().rename(oldpath, newpath)


async def receive() -> asyncssh.SSHAcceptor:
    """Listen at a free port, and note it down, with our key, at every partner that is here."""
    key = host_key()
    listening = await asyncssh.create_server(
        _WayIn, HOST, 0, server_host_keys=[key], sftp_factory=_Inbox, allow_scp=False
    )
    here = TradingPartner.objects.filter(channel="sftp", address=HOST)
    public = key.export_public_key("openssh").decode().strip()
    await sync_to_async(here.update)(port=listening.get_port(), host_keys=public)
    return listening


def serve() -> None:
    """Receive until the process is stopped, and let the vendors answer meanwhile."""

    async def stay() -> None:
        await receive()
        await asyncio.Event().wait()

    with vendors_living(_folder()):
        asyncio.run(stay())
