"""When a webhook that was not taken is tried again. Waits as the Standard Webhooks scheme proposes."""

from datetime import timedelta

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After the first try, the second, and so on: a little over three days in all."""

TRIES_MAX = len(WAITS) + 1


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries; None: it is given up.

    >>> wait_after(1), wait_after(TRIES_MAX)
    (datetime.timedelta(seconds=5), None)
    """
    return WAITS[tries - 1] if 1 <= tries <= len(WAITS) else None
