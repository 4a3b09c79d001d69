"""When a message that could not be sent is tried again, and when it is given up."""

from datetime import timedelta

ATTEMPTS_MAX = 10
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=8)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after this many failed attempts: each wait three times the last, bounded.

    >>> [str(wait_after(n)) for n in (1, 2, 5, 9)]
    ['0:00:30', '0:01:30', '0:40:30', '8:00:00']
    """
    factor: int = 3 ** min(max(attempts, 1) - 1, ATTEMPTS_MAX)
    return min(FIRST_WAIT * factor, LONGEST_WAIT)


def is_final(attempts: int, smtp_codes: tuple[int, ...] = ()) -> bool:
    """Whether to give up: tried often enough, or the server says it will never take it (5xx).

    >>> is_final(1, (550,)), is_final(1, (451,)), is_final(1, (550, 451)), is_final(ATTEMPTS_MAX)
    (True, False, False, True)
    """
    refused_for_good = bool(smtp_codes) and all(500 <= code < 600 for code in smtp_codes)
    return refused_for_good or attempts >= ATTEMPTS_MAX
