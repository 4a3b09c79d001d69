"""A question while it is read: which of its words are understood, and as what."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import cast

from megler.carriers.rules.ratings import Question
from megler.underwriting.rules.asking.understood import Chip
from megler.vocabulary.words import folded

Json = dict[str, object]

NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "couple": 2, "few": 3, "several": 3, "last": 1,
}  # fmt: skip
NUMBER = r"(?:\d+(?:\.\d+)?|" + "|".join(NUMBER_WORDS) + r")"


@dataclass(slots=True)
class Notes:
    """The text, the same in small letters, and what has been read of it so far.

    `asked` are the questions of the guides, by whose keys and units answers are kept. `on` is the day.
    """

    text: str
    on: date
    asked: tuple[Question, ...] = ()
    facts: Json = field(default_factory=dict)
    chips: list[Chip] = field(default_factory=list)
    supposed: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    labs: list[str] = field(default_factory=list)
    low: str = ""
    _of: dict[str, list[Question]] = field(default_factory=dict)
    _used: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.low = folded(self.text)
        self._used = bytearray(len(self.low))

    def find(self, pattern: "re.Pattern[str]") -> Iterator["re.Match[str]"]:
        """Matches of a pattern over characters that nothing else has used."""
        at = 0
        while match := pattern.search(self.low, at):
            if match.end() == match.start():
                at = match.end() + 1
                if at > len(self.low):
                    return
                continue
            if self.is_free(match.start(), match.end()):
                yield match
                at = match.end()
            else:
                at = match.start() + 1

    def first(self, pattern: "re.Pattern[str]") -> "re.Match[str] | None":
        """The first match over unused characters."""
        return next(self.find(pattern), None)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing has used these characters."""
        return not any(self._used[start:end])

    def use(self, start: int, end: int) -> str:
        """Mark characters as understood; the words as they were written."""
        self._used[start:end] = b"\1" * (end - start)
        return self.text[start:end].strip(" ,.;:")

    def chip(self, kind: str, span: tuple[int, int], value: object, place: str = "") -> None:
        """Note a piece as understood."""
        self.chips.append(Chip(kind, self.use(*span), str(value), place))

    def move_chips(self, place: str, to: str) -> None:
        """Let chips of one place stand for another."""
        self.chips[:] = [replace(c, place=to) if c.place == place else c for c in self.chips]

    def asked_of(self, codes: Iterable[str]) -> list[Question]:
        """The guides' questions about things by their codes."""
        if not self._of:
            for one in self.asked:
                self._of.setdefault(one.impairment or "", []).append(one)
        return [one for code in dict.fromkeys(codes) for one in self._of.get(code, ())]

    def unused(self) -> Iterator["re.Match[str]"]:
        """Words that nothing has used."""
        for match in re.finditer(r"[^\W_]+(?:['’.-][^\W_]+)*", self.low):
            if self.is_free(match.start(), match.end()):
                yield match

    def part(self, key: str) -> Json:
        """An object of the facts, made when it is first needed."""
        return cast(Json, self.facts.setdefault(key, {}))

    def entries(self, key: str) -> list[Json]:
        """A list of the facts, made when it is first needed."""
        return cast(list[Json], self.facts.setdefault(key, []))

    @property
    def age(self) -> int | None:
        """The age in years as far as the question told it."""
        told = self.facts.get("age")
        if isinstance(told, int):
            return told
        born = self.facts.get("born")
        return self.on.year - int(str(born)[:4]) if born else None


def figure(text: str) -> Decimal:
    """A number in figures or in words."""
    return Decimal(NUMBER_WORDS[text]) if text in NUMBER_WORDS else Decimal(text.replace(",", ""))
