"""Whose paper it is: names, birth dates and numbers that stand in it and in its file's name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from megler.clients.rules.people import Known, name_key
from megler.papers.rules.sorting import name_words
from megler.papers.rules.telling import FILE_WORDS

_WORD = r"[^\W\d_][\w'’.\-]*"
_NAMED = re.compile(
    r"\b(?:patient|proposed insured|insured|applicant|client|examinee|grantor|taxpayer|driver|"
    r"donor|member|name|re|pay(?:or|er)|owner|policyowner)(?:'s)?(?: full)?(?: name)?\s*[:#]\s*"
    rf"({_WORD}(?:,?[ ]+{_WORD}){{1,4}})",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s+(?:dob|d\.o\.b|date|born|birth|sex|age|ssn|policy|case|address|phone|mrn|id|acct|account|"
    r"gender|order|state|signature|the|of|and|has|is)\b.*$",
    re.IGNORECASE,
)
"""What stands behind a name on its line and is none of it."""
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "md", "phd", "mr", "mrs", "ms", "dr"}
_BIRTH = re.compile(
    r"\b(?:date of birth|birth ?date|d\.?o\.?b\.?|born(?: on)?)\W{0,6}"
    r"(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|\d{4}-\d{1,2}-\d{1,2}|"
    r"[A-Za-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2}[ \-][A-Za-z]{3,9}\.?[ \-]\d{4})",
    re.IGNORECASE,
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: month for month, name in enumerate(_MONTH_NAMES, start=1)}
_REFERENCE = re.compile(r"\bC-(\d{4,9})\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\b(?:policy|contract|certificate|order|file|reference|ref|tracking|control|ticket|request)"
    r"\s*(?:number|no\.?|num|id|#)?\s*[:#]?\s*#?\s*([A-Z0-9](?:[A-Z0-9\-]{3,24})[A-Z0-9])\b",
    re.IGNORECASE,
)
_MOST = 12
Told = TypeVar("Told", str, int, date)


@dataclass(frozen=True, slots=True)
class Clues:
    """Names as keys (`clients.rules.people.name_key`), birth dates, our case numbers, other numbers."""

    names: tuple[str, ...] = ()
    births: tuple[date, ...] = ()
    references: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()


def number_key(number: str) -> str:
    """A number without what people write differently.

    >>> number_key("nl-2026 0001")
    'NL20260001'
    """
    return re.sub(r"[^A-Z0-9]", "", number.upper())


def clues(lines: Sequence[str], name: str = "") -> Clues:
    """What the lines of a paper and its file's name tell of whose it is.

    >>> found = clues(["Patient: HOPE, KARI M  DOB: 02/11/1979", "Policy No. NL-2026-17"], "x.pdf")
    >>> found.names[0], found.births[0].isoformat(), found.numbers
    ('kari hope', '1979-02-11', ('NL202617',))
    """
    text = "\n".join(lines)
    names = [*_names(lines), *_names_of_file(name)]
    numbers = [number_key(found) for found in _NUMBER.findall(text) if _has_digits(found)]
    references = [int(found) for found in _REFERENCE.findall(f"{name} {text}")]
    return Clues(
        _first(names), _first(births(text)), _first(references), _first([*numbers, *_in_name(name)])
    )


def _first(found: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(dict.fromkeys(found))[:_MOST]


def _has_digits(found: str) -> bool:
    return sum(c.isdigit() for c in found) >= 3


def _in_name(name: str) -> list[str]:
    stem = name.rpartition(".")[0] or name
    found = re.findall(r"[A-Za-z]{0,4}-?\d[\dA-Za-z\-]{4,20}", stem)
    return [number_key(one) for one in found if _has_digits(one)]


def births(text: str) -> Iterator[date]:
    """Birth dates that say they are. Two-digit years tell no century and are left out."""
    for found in _BIRTH.findall(text):
        if day := _day(found):
            yield day


def _day(text: str) -> date | None:
    parts = re.findall(r"[A-Za-z]+|\d+", text)
    try:
        if parts[0].isalpha():
            return date(int(parts[2]), _MONTHS[parts[0][:3].lower()], int(parts[1]))
        if parts[1].isalpha():
            return date(int(parts[2]), _MONTHS[parts[1][:3].lower()], int(parts[0]))
        if len(parts[0]) == 4:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        return date(int(parts[2]), int(parts[0]), int(parts[1]))
    except (ValueError, KeyError):
        return None


def _names(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        for found in _NAMED.findall(line):
            if key := key_of(_AFTER.sub("", found)):
                yield key


def key_of(name: str) -> str:
    """The key of a name as papers write it; empty when it is no whole name.

    >>> key_of("HOPE, KARI MARIE"), key_of("Kari M. Hope Jr."), key_of("Hope")
    ('kari hope', 'kari hope', '')
    """
    last, _comma, rest = name.partition(",")
    firsts, lasts = _kept(rest), _kept(last)
    if firsts and lasts:
        return name_key(Known(first_name=firsts[0], last_name=" ".join(lasts)))
    words = lasts or firsts
    return name_key(Known(first_name=words[0], last_name=words[-1])) if len(words) > 1 else ""


def _kept(part: str) -> list[str]:
    """The words of a name without titles and suffixes."""
    return [word for word in part.split() if word.strip(".,").casefold() not in _SUFFIXES]


def _names_of_file(name: str) -> Iterator[str]:
    """Pairs of neighbouring words in a file's name that might be somebody's, both ways round."""
    words = [w for w in name_words(name) if w.isalpha() and len(w) > 1 and w not in FILE_WORDS]
    for first, last in pairwise(words):
        yield f"{first} {last}"
        yield f"{last} {first}"


def stands_in(key: str, lines: Sequence[str]) -> bool:
    """Whether a person's names stand together on a line, in either order.

    >>> stands_in("kari hope", ["Re: Hope, Kari M."])
    True
    """
    wanted = set(key.split())
    return any(
        wanted <= set(name_key(Known(last_name=line.replace(",", " ").replace("-", " "))).split())
        for line in lines
    )
