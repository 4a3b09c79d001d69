"""What somebody typed into the search box, as words to look for."""

import re
import unicodedata
from dataclasses import dataclass

WORDS_MAX = 6
LETTERS_MAX = 100
LETTERS_MIN = 2
_NUMBER_MIN = 6

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`text` as typed, `words` of it in lower case without marks, `number` in upper case.

    The number is letters and digits only, and empty unless there is a digit in it.
    """

    text: str
    words: tuple[str, ...]
    number: str

    @property
    def enough(self) -> bool:
        """Whether this is enough to look for."""
        return sum(len(word) for word in self.words) >= LETTERS_MIN


def wanted(text: str) -> Wanted:
    """Read the search box; whatever is typed becomes plain words, never an operator.

    >>> wanted(" Kari  O'Neil ").words
    ('kari', 'o', 'neil')
    >>> wanted("sl-1042 7").number
    'SL10427'
    """
    text = unicodedata.normalize("NFC", text[:LETTERS_MAX].replace("\0", "")).strip()
    words = tuple(_WORD.findall(text.lower()))[:WORDS_MAX]
    joined = "".join(words).upper()
    return Wanted(text, words, joined if any(c.isdigit() for c in joined) else "")


def serial(found: Wanted, letter: str) -> int | None:
    """The serial number that is meant, typed with its letter or without; None when none is.

    >>> serial(wanted("a-10001"), "A"), serial(wanted("10001"), "A"), serial(wanted("B10001"), "A")
    (10001, 10001, None)
    """
    digits = found.number.removeprefix(letter)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def lettered(found: Wanted) -> str:
    """The letter of a number that is typed as we write it; empty for anything else.

    >>> lettered(wanted("c-10001")), lettered(wanted("C 10001 Hope")), lettered(wanted("10001"))
    ('C', '', '')
    """
    letter = found.number[:1]
    known = letter.isalpha() and found.number[1:].isdigit() and len(found.number) >= _NUMBER_MIN
    return letter if known and len(found.words) <= 2 else ""


def prefix_query(found: Wanted) -> str:
    """The words as a text-search query of prefixes: each must begin a word, in any order.

    >>> prefix_query(wanted("Kari Ols"))
    'kari:* & ols:*'
    """
    return " & ".join(f"{word}:*" for word in found.words)
