"""What somebody typed into the search box, as words to look for."""

import re
from dataclasses import dataclass

WORDS_MAX = 6
LETTERS_MAX = 100
LETTERS_MIN = 2

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` in lower case without marks; `number`: letters and digits only, in upper case.

    The number is empty unless there is a digit in it: only then could a case or policy be meant.
    """

    words: tuple[str, ...]
    number: str

    @property
    def enough(self) -> bool:
        """Whether this is enough to look for."""
        return sum(len(word) for word in self.words) >= LETTERS_MIN


def wanted(text: str) -> Wanted:
    """Read the search box; whatever is typed becomes plain words, never an operator.

    >>> wanted(" Kari  O'Neil ")
    Wanted(words=('kari', 'o', 'neil'), number='')
    >>> wanted("sl-1042 7").number
    'SL10427'
    """
    words = tuple(_WORD.findall(text[:LETTERS_MAX].lower()))[:WORDS_MAX]
    joined = "".join(words).upper()
    return Wanted(words, joined if any(c.isdigit() for c in joined) else "")


def prefix_query(found: Wanted) -> str:
    """The words as a text-search query of prefixes: each must begin a word, in any order.

    >>> prefix_query(wanted("Kari Ols"))
    'kari:* & ols:*'
    """
    return " & ".join(f"{word}:*" for word in found.words)
