"""The words by which a page is found, and what people type to find them."""

import re
from collections.abc import Iterable

from megler.papers.rules.sorting import plain

WORDS_MAX = 1_500
"""Different words of one page that are kept."""
ASKED_MAX = 8
"""Words of a question that count."""
_WORD = re.compile(r"[a-z0-9]+(?:['.\-][a-z0-9]+)*")
_SSN = re.compile(r"\b\d{3}[- ]?\d{2}[- ]?\d{4}\b")
_COMMON = """
the and for that this with from are was were has have had not but you your our his her their its they
she who what when which will would can could may shall must any all each other of to in on at by as is
it be or if no an we he do so up us me my page date name
"""
COMMON = frozenset(_COMMON.split())
"""Words of nearly every page: they find nothing."""


def stem(word: str) -> str:
    """A word without its commonest English endings, so that one finds the other's pages.

    >>> stem("diagnoses"), stem("records"), stem("biopsies"), stem("gas")
    ('diagnos', 'record', 'biopsy', 'gas')
    """
    if not word.isalpha() or len(word) < 5:
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("es", ""), ("is", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word


def words_of(lines: Iterable[str]) -> list[str]:
    """The different words of a page, in order. What may be a social-security number is left out.

    >>> words_of(["Lisinopril 10 mg, SSN 078-05-1121", "the LISINOPRIL"])
    ['lisinopril', '10', 'mg', 'ssn']
    """
    text = _SSN.sub(" ", plain("\n".join(lines)))
    found = (part for word in _WORD.findall(text) for part in _parts(word))
    kept = (stem(word) for word in found if len(word) > 1 and word not in COMMON)
    return list(dict.fromkeys(kept))[:WORDS_MAX]


def _parts(word: str) -> list[str]:
    """A word, and the parts of one that is put together."""
    parts = re.split(r"['.\-]", word)
    return [word.replace("'", ""), *parts] if len(parts) > 1 else [word]


def asked(words: str) -> list[str]:
    """What somebody types, as words to be found; all of them must stand on the page.

    >>> asked("The diabetic records")
    ['diabetic', 'record']
    """
    text = _SSN.sub(" ", plain(words))
    kept = [stem(word.replace("'", "")) for word in _WORD.findall(text) if word not in COMMON]
    return [word for word in dict.fromkeys(kept) if len(word) > 1][:ASKED_MAX]
