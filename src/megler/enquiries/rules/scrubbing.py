"""Taking out of a text whatever tells who somebody is: names, dates of birth, numbers, addresses.

A text is what people typed; what stands in its place is `MARK`. More is taken out than need be:
a word too many hidden costs a question, a name too many told cannot be taken back.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

MARK = "[withheld]"

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NO_NAMES = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "dr", "mr", "mrs", "ms", "phd", "esq"})
_OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"}
)

_EMAIL = re.compile(r"[^\s@<>\"]+\s?@\s?[^\s@<>\"]+\.[^\s@<>\"]+")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r")\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = (
    re.compile(rf"\b{_YEAR}[-/.](?P<number>\d{{1,2}})[-/.]\d{{1,2}}(?!\d)"),
    re.compile(rf"\b\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?{_YEAR}(?!\d)"),
    re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.](?P<short>\d\d)(?!\d)"),
    re.compile(rf"\b{_DAY}[\s.\-]+(?:of\s+)?{_MONTH}[\s,.\-]+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}[\s.\-]+{_DAY}[\s,.\-]+{_YEAR}\b", re.IGNORECASE),
)
_MONTHS_ALONE = (
    re.compile(rf"\b{_YEAR}[-/.](?P<number>\d{{1,2}})(?![\d/])"),
    re.compile(rf"(?<![\d/])(?P<number>\d{{1,2}})[-/.]{_YEAR}\b"),
    re.compile(rf"\b{_MONTH}[\s,.\-]+(?:of\s+)?{_YEAR}\b", re.IGNORECASE),
)
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d|\d\d)(?!\d)")
_LONG = re.compile(r"(?<![\d,$.])\+?\(?\d(?:[\s).\-–]{0,3}\d){6,}(?![\d,])")
_WORD = re.compile(r"[^\W_]+(?:[’'‘`´.\-&][^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Secrets:
    """Everything by which somebody can be told: whole names, phrases, numbers and days.

    `names` are of people: each of their words is hidden. `phrases` are hidden as they stand: a
    street, a town, an employer, an organisation. `numbers` are any with letters or digits.
    """

    names: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    days: tuple[date, ...] = ()

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of names, and names written together."""
        found: set[str] = set()
        for name in self.names:
            parts = [part for part in _keys(name) if len(part) > 1 and part not in _NO_NAMES]
            found.update(parts)
            found.update({"".join(parts), "".join(reversed(parts))} - {""})
            found.update(key(word) for word in name.split() if len(key(word)) > 1)
            found.update(key(word) for word in re.split(r"[\s\-–]", name) if len(key(word)) > 1)
        return frozenset(found - _NO_NAMES)

    @cached_property
    def sequences(self) -> tuple[tuple[str, ...], ...]:
        """Phrases and numbers as runs of plain words, the longest first."""
        found: set[tuple[str, ...]] = set()
        for phrase in (*self.phrases, *self.numbers):
            parts = tuple(_keys(phrase))
            found.add(parts)
            if len(parts) > 2 and parts[0].isdigit():
                found.add(parts[1:])
        found.update((key(number),) for number in self.numbers)
        return tuple(sorted(filter(all, found - {()}), key=len, reverse=True))


def key(word: str) -> str:
    """A word without what people write differently: case, accents, punctuation.

    >>> key("O’Bríen-Møller")
    'obrienmoller'
    """
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_OTHER_LETTERS)
    return "".join(c for c in plain if c.isalnum())


def _keys(text: str) -> list[str]:
    return [made for piece in _PIECE.findall(_plain(text)) if (made := key(piece))]


def _plain(text: str) -> str:
    """The text without characters that are not seen, and with composed ones as they are read."""
    whole = unicodedata.normalize("NFKC", text)
    kept = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in whole)
    return "".join(c for c in kept if unicodedata.category(c) != "Cf")


def scrub(text: str, secrets: Secrets) -> str:
    """The text with `MARK` for whatever tells who it is about, and no day of the month.

    >>> scrub("Kari HOPE's BP is fine; call 813-555-0142", Secrets(names=("Kari Hope",)))
    '[withheld] [withheld] BP is fine; call [withheld]'
    >>> scrub("seen 11 Feb 2020 for asthma", Secrets())
    'seen 2020-02 for asthma'
    """
    made = _ADDRESS.sub(MARK, _EMAIL.sub(MARK, _plain(text)))
    for pattern in _DATES:
        made = pattern.sub(_month_only, made)
    for pattern in _MONTHS_ALONE:
        made = pattern.sub(lambda found: _unless_born(found, secrets.days), made)
    made = _LONG.sub(_unless_years, made)
    return _without(made, secrets)


def _month_only(found: "re.Match[str]") -> str:
    """A day of the calendar as its month, or its year where the month cannot be told for sure."""
    parts = found.groupdict()
    if short := parts.get("short"):
        return f"’{short}"
    number = _number_of(parts)
    return f"{parts['year']}-{number:02}" if 1 <= number <= 12 else parts["year"]


def _unless_years(found: "re.Match[str]") -> str:
    """A long number is hidden, but no span of years and no month beside a reading."""
    rest = re.sub(r"\D", "", _YEARS.sub("", found[0]))
    return found[0] if len(rest) < 7 and _YEARS.search(found[0]) else MARK


def _number_of(parts: "dict[str, str | None]") -> int:
    if month := parts.get("month"):
        return next(n for n, name in enumerate(_MONTHS, 1) if name[:3] == month[:3].lower())
    return int(parts.get("number") or 0)


def _unless_born(found: "re.Match[str]", days: Sequence[date]) -> str:
    """A month stays, unless somebody was born in it."""
    parts = found.groupdict()
    told = int(parts["year"]), _number_of(parts)
    return MARK if told in {(day.year, day.month) for day in days} else found[0]


def _without(text: str, secrets: Secrets) -> str:
    """The text without secret words and runs of words."""
    hidden = sorted([*_named(text, secrets.words), *_in_sequence(text, secrets.sequences)])
    made, at = [], 0
    for start, end in hidden:
        if end <= at:
            continue
        made += [text[at : max(at, start)], MARK if start >= at else ""]
        at = end
    return "".join([*made, text[at:]]).replace(MARK * 2, MARK)


def _named(text: str, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    for found in _WORD.finditer(text):
        pieces = {key(piece) for piece in _PIECE.findall(found[0])} | {key(found[0])}
        letters = {piece.strip("0123456789") for piece in pieces}
        inside = {part for piece in letters for part in re.split(r"\d+", piece)}
        if (pieces | letters | inside) & names:
            yield found.span()


def _in_sequence(text: str, runs: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    pieces = [(key(found[0]), *found.span()) for found in _PIECE.finditer(text)]
    keys = [piece[0] for piece in pieces]
    for run in runs:
        for at in range(len(keys) - len(run) + 1):
            if tuple(keys[at : at + len(run)]) == run:
                yield pieces[at][1], pieces[at + len(run) - 1][2]


def tells(text: str, secrets: Secrets) -> bool:
    """Whether a text, as of an enclosed paper, tells who somebody is.

    Days and long numbers that are nobody's secret do not count: every report has some.

    >>> tells("Report of 2026-01-02", Secrets(names=("Kari Hope",)))
    False
    """
    if any(True for _found in _named(text, secrets.words)):
        return True
    if any(True for _found in _in_sequence(text, secrets.sequences)):
        return True
    digits = re.sub(r"\D", "", text)
    long = [re.sub(r"\D", "", number) for number in secrets.numbers]
    if any(len(number) > 6 and number in digits for number in long):
        return True
    return any(_day_told(text, day) for day in secrets.days)


def _day_told(text: str, day: date) -> bool:
    low = _plain(text).casefold()
    numbers = re.findall(r"\d+", low)
    triples = zip(numbers, numbers[1:], numbers[2:], strict=False)
    written = {
        (day.year, day.month, day.day),
        (day.month, day.day, day.year),
        (day.day, day.month, day.year),
    }
    if any(tuple(int(n[:6]) for n in triple) in written for triple in triples):
        return True
    name = _MONTHS[day.month - 1]
    month = rf"{name[:3]}(?:{name[3:]})?"
    either = (
        rf"0?{day.day}\w*[\s.\-]+{month}\W+{day.year}|{month}[\s.\-]+0?{day.day}\w*\W+{day.year}"
    )
    return re.search(rf"\b(?:{either})\b", low) is not None
