"""When a delivery that was not taken is tried again, and when it has failed."""

from datetime import timedelta

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
PAUSES = (
    1 * _MINUTE, 3 * _MINUTE, 10 * _MINUTE, 30 * _MINUTE,
    1 * _HOUR, 2 * _HOUR, 4 * _HOUR, 8 * _HOUR, 8 * _HOUR,
)  # fmt: skip
"""Between one try and the next: ten tries within 24 hours."""
ATTEMPTS_MAX = len(PAUSES) + 1


def pause_after(attempts: int, asked_seconds: int | None = None) -> timedelta | None:
    """How long to wait after this many tries, at least as long as the receiver asked; None: no more.

    >>> str(pause_after(1)), str(pause_after(1, 600)), str(pause_after(9)), pause_after(10)
    ('0:01:00', '0:10:00', '8:00:00', None)
    """
    if attempts > len(PAUSES):
        return None
    usual = PAUSES[max(attempts, 1) - 1]
    return max(usual, min(timedelta(seconds=asked_seconds or 0), PAUSES[-1]))
