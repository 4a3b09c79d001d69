"""Names found in what people write: case, accents, plurals, spellings and slips of the pen aside."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:['\u2019\u00b4`][^\W_]+)*")
_APOSTROPHES = re.compile(r"['\u2019\u00b4`]")
_NUMBERED = {
    "type",
    "stage",
    "class",
    "grade",
    "level",
    "gold",
    "bipolar",
    "diabetes",
    "diabetic",
    "dm",
}
_NUMBERS = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
}  # fmt: skip
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third"}
_NO_PLURALS = {"aids", "this", "does", "goes", "plus"}
_BRITISH_FROM = 6
"""Words from so many letters on lose the e of `anaemia` and the u of `tumour`."""
_LENGTHS_OF_ONE_SLIP = range(5, 8)
_MOST_SLIPS = 2


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text at `start`..`end`, as it is compared; `before` are the signs before it."""

    text: str
    start: int
    end: int
    before: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A name found over the tokens `first`..`last` (last not included)."""

    first: int
    last: int
    value: str


def tokens(text: str) -> list[Token]:
    """The words of a text in their order, as they are compared.

    >>> [one.text for one in tokens("Type II Diabetic, Crohn's")]
    ['type', '2', 'diabetic', 'crohn']
    """
    found: list[Token] = []
    end, previous = 0, ""
    for match in _WORD.finditer(folded(text)):
        for part, start, stop in _parts(match):
            word = _compared(part, previous)
            found.append(Token(word, start, stop, text[end:start]))
            end, previous = stop, word
    return found


def plain(text: str) -> str:
    """A text as it is compared: without case, accents, signs, plural; `type II` is `type 2`.

    >>> plain("Crohn's Disease")
    'crohn disease'
    """
    return " ".join(one.text for one in tokens(text))


def folded(text: str) -> str:
    """Small letters without accents, each in the place it had."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFKD", one)[0].lower()[:1] or one for one in text)


def _parts(match: re.Match[str]) -> Iterable[tuple[str, int, int]]:
    """A word, or the two of `type2`."""
    word = match.group()
    if word.startswith("type") and word[4:].isdigit():
        yield "type", match.start(), match.start() + 4
        yield word[4:], match.start() + 4, match.end()
    else:
        yield _APOSTROPHES.sub("", word), match.start(), match.end()


def _compared(word: str, previous: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    if previous in _NUMBERED and word in _NUMBERS:
        return _NUMBERS[word]
    return _singular(_american(word))


@lru_cache(maxsize=20_000)
def _american(word: str) -> str:
    if len(word) < _BRITISH_FROM:
        return word
    word = word.replace("ae", "e").replace("oe", "e")
    return re.sub(r"our(s?)$", r"or\1", word)


@lru_cache(maxsize=20_000)
def _singular(word: str) -> str:
    if len(word) < 4 or word in _NO_PLURALS or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word if word.endswith(("ss", "us", "is")) else word[:-1]


class Phrasebook:
    """Names of things, found in texts: the longest first, each piece of a text counted once.

    A word of the text that nobody knows counts as the one word of a name that it is a slip away from.
    Two values for one name are refused with ValueError.
    """

    def __init__(self, names: Iterable[tuple[str, str]], known: Collection[str] = ()) -> None:
        """`names` are pairs of a name and its value; `known` words are never taken for a slip."""
        self.values: dict[tuple[str, ...], str] = {}
        for name, value in names:
            key = tuple(one.text for one in tokens(name))
            if self.values.setdefault(key, value) != value:
                raise ValueError(f"{name!r} is {self.values[key]} and {value}")
        self.words = {word for key in self.values for word in key}
        self._known = known
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for key in sorted(self.values, key=len, reverse=True):
            self._by_first.setdefault(key[0], []).append(key)
        self._by_letter = _by_letter(self.words)
        self._mended: dict[str, str] = {}

    def find(self, text: Sequence[Token]) -> list[Match]:
        """Every name in the text, in its order; names that share words: the longest of them."""
        words = [self.mended(one.text) for one in text]
        found = [
            (len(key), sum(map(len, key)), -at, key)
            for at, word in enumerate(words)
            for key in self._by_first.get(word, ())
            if tuple(words[at : at + len(key)]) == key
        ]
        taken: set[int] = set()
        matches = []
        for size, _, minus_at, key in sorted(found, reverse=True):
            places = range(-minus_at, -minus_at + size)
            if taken.isdisjoint(places):
                taken.update(places)
                matches.append(Match(places.start, places.stop, self.values[key]))
        return sorted(matches, key=lambda one: one.first)

    def mended(self, word: str) -> str:
        """The word itself, or the word of a name that it is surely a slip of."""
        if word in self.words or len(word) < _LENGTHS_OF_ONE_SLIP.start or not word.isalpha():
            return word
        if word not in self._mended:
            if len(self._mended) > _MOST_KEPT:
                self._mended.clear()
            self._mended[word] = self._mend(word)
        return self._mended[word]

    def _mend(self, word: str) -> str:
        if word in self._known or word in everyday():
            return word
        most = 1 if len(word) in _LENGTHS_OF_ONE_SLIP else _MOST_SLIPS
        near: dict[int, list[str]] = {}
        for other in self._by_letter.get(word[0], ()):
            if abs(len(other) - len(word)) <= most and (
                (far := slips(word, other, most)) <= most and (far < 2 or len(other) > 6)
            ):
                near.setdefault(far, []).append(other)
        nearest = near[min(near)] if near else []
        meant = {self.values.get((other,), other) for other in nearest}
        return nearest[0] if len(meant) == 1 else word


_MOST_KEPT = 20_000


def _by_letter(words: Iterable[str]) -> Mapping[str, list[str]]:
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) >= _LENGTHS_OF_ONE_SLIP.start and word.isalpha():
            by_letter.setdefault(word[0], []).append(word)
    return by_letter


@lru_cache(maxsize=1)
def everyday() -> frozenset[str]:
    """Everyday words that are near to a name, and none: `strode` is no stroke."""
    text = files("megler.vocabulary").joinpath("data", "everyday.txt").read_text("utf-8")
    return frozenset(one.text for one in tokens(text))


def slips(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed or swapped between two words; more than `most`: most + 1.

    >>> slips("diabetis", "diabetes", 2), slips("athsma", "asthma", 2)
    (1, 2)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
