"""The editions to price from, as they travel to every process that prices: content by digest."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path

import megler
from megler.carriers import packages
from megler.carriers.rules.checks import open_checked
from megler.carriers.rules.edition import Edition
from megler.quoting.bulk.compiled import Compiled, compiled_on
from megler.quoting.rules.books import Book
from megler.vocabulary.problems import Refused

_CONTENTS: dict[str, bytes] = {}
_CODE = ("vocabulary", "carriers/rules", "underwriting/rules", "quoting/rules", "quoting/bulk")
_LIBRARIES = ("numpy", "numba", "polars")


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Rate books, and guides by carrier, opened."""

    books: tuple[Book, ...]
    guides: Mapping[str, list[Edition]]
    _compiled: dict[date, Compiled] = field(default_factory=dict, repr=False)

    def compiled(self, on: date) -> Compiled:
        """What stands on the day, compiled once a process."""
        if on not in self._compiled:
            self._compiled[on] = compiled_on(self.books, self.guides, on)
        return self._compiled[on]


def know(contents: Mapping[str, bytes]) -> None:
    """Let this process know editions: zips by their digest."""
    _CONTENTS.update(contents)


@lru_cache(maxsize=2)
def opened(digests: tuple[str, ...]) -> Market:
    """The market of these editions, opened once a process. They must be known."""
    books: list[Book] = []
    guides: dict[str, list[Edition]] = {}
    for digest in digests:
        read, tables, problems = open_checked(packages.from_zip(_CONTENTS[digest]))
        if read is None:
            raise Refused(problems)
        if read.guide is None:
            books.append(Book(read, tables))
        else:
            guides.setdefault(read.carrier, []).append(read)
    return Market(tuple(books), guides)


@cache
def code_digest() -> str:
    """What this program prices with: its own code and the libraries that reckon or write.

    Processes that differ in it could differ in their answer, so they may not work together.
    """
    total = hashlib.sha256()
    for name in _LIBRARIES:
        total.update(f"{name} {metadata.version(name)}\n".encode())
    home = Path(megler.__file__).parent
    for part in _CODE:
        for path in sorted((home / part).rglob("*")):
            if path.suffix in {".py", ".json"}:
                total.update(path.relative_to(home).as_posix().encode())
                total.update(path.read_bytes())
    return total.hexdigest()
