"""A mail server for the room's tests."""

from tests.post.mailbox import mailbox

__all__ = ["mailbox"]
