"""How lines of the log are written: without what lets somebody in, and without private numbers."""

import logging
import re

_STRUCK = (
    (re.compile(r"(/(?:sign|setup|p|account/password/reset/key)/)[^/\s\"'?]+"), r"\1…"),
    (re.compile(r"(?i)\b(bearer\s+|mk_)[\w\-]{8,}"), r"\1…"),
    (re.compile(r"\b\d{3}-\d{2}-\d{4}\b"), "•••-••-••••"),
)


def struck(line: str) -> str:
    """A line without the tokens of private links, keys, and social-security numbers.

    >>> struck("Gone: /sign/q8Zr3_kXw/papers/")
    'Gone: /sign/…/papers/'
    """
    for found, instead in _STRUCK:
        line = found.sub(instead, line)
    return line


class Discreet(logging.Formatter):
    """Writes lines and tracebacks that may be shown to whoever keeps the machines."""

    def format(self, record: logging.LogRecord) -> str:
        return struck(super().format(record))
