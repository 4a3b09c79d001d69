"""Telling a signer from others: the birth date we know, and a code sent to their mailbox.

The code is looked at first, so that nobody without the mailbox learns whether a birth date is right.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from megler.vocabulary.problems import Problem

CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES_MAX = 5
"""Wrong codes after which the one that was sent is dead; a new one can be asked for."""
CODE_WAIT = timedelta(seconds=60)
"""Between two codes, so that nobody fills a mailbox."""
CODES_MAX = 12
"""Codes that are ever sent for one link: with five tries each, a guess succeeds once in 16,000."""
KNOWN_FOR = timedelta(hours=2)
"""How long a signer counts as known: who finds the phone or the computer later is asked again."""


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What is known of the codes of one link."""

    sent_at: datetime | None = None
    sent: int = 0
    tries: int = 0
    is_used: bool = False


def may_send_code(facts: CodeFacts, at: datetime) -> Problem | None:
    """Why no code is sent now; None when one is."""
    if facts.sent >= CODES_MAX:
        return Problem("code_too_many", "code", str(facts.sent))
    if facts.sent_at and at < facts.sent_at + CODE_WAIT:
        left = int((facts.sent_at + CODE_WAIT - at).total_seconds()) + 1
        return Problem("code_too_soon", "code", "", str(left))
    return None


def code_problem(facts: CodeFacts, agrees: bool, at: datetime) -> Problem | None:
    """What is wrong with a code that was typed; `agrees` when it is the one last sent."""
    if facts.sent_at is None or facts.is_used:
        return Problem("code_not_sent", "code")
    if at >= facts.sent_at + CODE_LIFE:
        return Problem("code_expired", "code", "", str(int(CODE_LIFE.total_seconds() // 60)))
    if facts.tries >= CODE_TRIES_MAX:
        return Problem("code_dead", "code")
    if not agrees:
        left = CODE_TRIES_MAX - facts.tries - 1
        return (
            Problem("code_differs", "code", "", str(left)) if left else Problem("code_dead", "code")
        )
    return None


def is_known(checked_at: datetime | None, at: datetime) -> bool:
    """Whether who was checked then still counts as known."""
    return checked_at is not None and checked_at <= at < checked_at + KNOWN_FOR
