"""TXLife XML to records: what is understood, what is kept, and everything that is wrong, at once."""

import re
from binascii import a2b_base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from megler.exchange.txlife.codes import OTHER, OTHER_TC, words
from megler.exchange.txlife.layout import (
    MESSAGE,
    Extensions,
    Inside,
    Kind,
    Layout,
    Leaf,
    Many,
    One,
    Part,
)
from megler.exchange.txlife.records import Coded, Extension, Kept, Message
from megler.exchange.txlife.safe import LIMITS, Limits, parsed
from megler.vocabulary.problems import Problem, Severity

NAMESPACE = "http://ACORD.org/Standards/Life/2"
Codes = Mapping[str, Mapping[int, str]]
"""Our word by number, for each list of codes."""

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?")
_TIME = re.compile(r"\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?")
_AMOUNT = re.compile(
    r"\$?([+-]?\d{1,24}(?:\.\d{0,12})?|[+-]?\d{1,3}(?:,\d{3}){1,7}(?:\.\d{0,12})?)%?"
)
_NUMBER = re.compile(r"-?\d{1,12}")
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TEXT_SHOWN = 500
_USUALLY_ONE = {"TXLifeRequest", "TXLifeResponse"}


@dataclass(frozen=True, slots=True)
class Read:
    """A message, and what of it is not understood; `kept_more` more were counted, not listed."""

    message: Message
    kept: tuple[Kept, ...] = ()
    kept_more: int = 0
    where: Mapping[str, str] | None = None
    """The path of each object that has an id, by that id; the first, when several have it."""
    ids_twice: tuple[tuple[str, str], ...] = ()
    """Ids that stand a second time, with the path where."""


def read(
    data: bytes, codes: Codes | None = None, limits: Limits = LIMITS
) -> tuple[Read | None, list[Problem]]:
    """The message in `data`; None when it is no TXLife message at all.

    `codes` are a dialect's numbers over ACORD's. Problems carry the element's path and its line.
    """
    root, problems = parsed(data, limits)
    if root is None:
        return None, problems
    namespace, name = _split(root.tag)
    if name != "TXLife":
        return None, [Problem("txlife_root", name, name, "TXLife")]
    if namespace not in {"", NAMESPACE}:
        return None, [Problem("txlife_namespace", "TXLife", namespace, NAMESPACE)]
    reader = _Reader(codes or words(), limits)
    message = reader.record(root, MESSAGE, _Place(None, "TXLife", 0, 1))
    found = Read(
        message, tuple(reader.kept), reader.kept_more, reader.where, tuple(reader.ids_twice)
    )
    if len(reader.problems) > limits.problems:
        more = len(reader.problems) - limits.problems
        reader.problems[limits.problems :] = [Problem("txlife_more", "message", str(more))]
    return found, reader.problems


def _split(tag: str) -> tuple[str, str]:
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        return namespace, name
    return "", tag


@dataclass(slots=True)
class _Place:
    """Where an element stands: built for each object, told only when something is wrong."""

    parent: "_Place | None"
    name: str
    index: int
    line: int
    id: str = ""

    def path(self) -> str:
        bare = not self.index or (self.index == 1 and self.name in _USUALLY_ONE)
        step = self.name if bare else f"{self.name}[{self.index}]"
        return f"{self.parent.path()}/{step}" if self.parent else step

    def owner(self) -> str:
        return self.id or (self.parent.owner() if self.parent else "")


class _Reader:
    """Collects what is kept and what is wrong while the records are made."""

    def __init__(self, codes: Codes, limits: Limits) -> None:
        self.problems: list[Problem] = []
        self.kept: list[Kept] = []
        self.kept_more = 0
        self.where: dict[str, str] = {}
        self.ids_twice: list[tuple[str, str]] = []
        self.limits = limits
        self.names: dict[str, str] = {}
        self.codes = codes
        self.coded: dict[tuple[str, str], Coded] = {}

    def record(self, element: Any, layout: Layout, place: _Place) -> Any:
        values: dict[str, Any] = {}
        if element.attrib:
            self._attributes(element, layout.attributes, values, place)
        self._fill(element, layout.children, values, place)
        if place.name == "TXLifeResponse":
            values["is_response"] = True
        for key, value in values.items():
            if type(value) is list:
                values[key] = tuple(value)
        return layout.record(**values)

    def _fill(
        self, element: Any, children: Mapping[str, Part], values: dict[str, Any], place: _Place
    ) -> None:
        names = self.names
        counts: dict[str, int] = {}
        for child in element:
            name = names.get(child.tag) or self._name(child.tag)
            counts[name] = index = counts.get(name, 0) + 1
            part = children.get(name)
            if type(part) is Leaf and index == 1 and not len(child):
                self._leaf(child, part, name, values, place)
            elif type(part) is Many:
                inner = _Place(place, name, index, child.sourceline or 0)
                values.setdefault(part.name, []).append(self.record(child, part.layout, inner))
            else:
                inner = _Place(place, name, index if index > 1 else 0, child.sourceline or 0)
                self._within(child, part, values, inner)

    def _within(self, child: Any, part: Part | None, values: dict[str, Any], place: _Place) -> None:
        """What is neither a plain value nor one of many; a second one of what stands once is kept."""
        if isinstance(part, Extensions):
            values.setdefault(part.name, []).extend(self._extension(child, place))
        elif isinstance(part, One) and not place.index:
            values[part.name] = self.record(child, part.layout, place)
        elif isinstance(part, Inside) and not place.index:
            if child.attrib:
                self._attributes(child, part.attributes, values, place)
            self._fill(child, part.children, values, place)
        else:
            self._extension(child, place)

    def _attributes(
        self, element: Any, known: Mapping[str, str], values: dict[str, Any], place: _Place
    ) -> None:
        for key, text in element.attrib.items():
            if key == "id":
                self._identified(text.strip(), place)
            if field := known.get(key):
                values[field] = text.strip()
            elif key != "id" and not key.startswith(_XSI):
                self._kept_attribute(place, key, text)

    def _identified(self, given: str, place: _Place) -> None:
        place.id = given
        if given in self.where:
            self.ids_twice.append((given, f"{place.path()} line {place.line}"))
        elif given:
            self.where[given] = place.path()

    def _leaf(
        self, child: Any, part: Leaf, name: str, values: dict[str, Any], place: _Place
    ) -> None:
        if part.tc:
            values[part.name] = self._code(child, part.tc, name, place)
            return
        text = (child.text or "").strip()
        if text and part.kind is not Kind.TEXT:
            text = self._typed(child, part.kind, text, _Place(place, name, 0, 0))
        if part.name and text:
            values[part.name] = text
        for key, given in child.attrib.items():
            if field := part.attributes.get(key):
                values[field] = given.strip()
            elif not key.startswith(_XSI):
                self._kept_attribute(_Place(place, name, 0, child.sourceline or 0), key, given)

    def _code(self, child: Any, codes: str, name: str, place: _Place) -> Coded:
        tc = child.get("tc")
        known = self.coded.get((codes, tc))
        if known is not None:
            return known
        text, at = (child.text or "").strip(), _Place(place, name, 0, 0)
        if tc is None:
            if text:
                self._wrong(child, at, "txlife_code_missing", text, "tc", Severity.WARNING)
            return Coded("", text)
        if not _NUMBER.fullmatch(tc.strip()):
            self._wrong(child, at, "txlife_code", tc, "a number")
            return Coded("", text)
        number = int(tc)
        if number == OTHER_TC:
            return Coded(OTHER, text)
        if word := self.codes.get(codes, {}).get(number):
            found = self.coded[codes, tc] = Coded(word)
            return found
        if codes in self.codes and number != 0:
            told = f"{number} {text}".strip()
            self._wrong(child, at, "txlife_code_unknown", told, "", Severity.WARNING)
        return Coded("", text, number)

    def _typed(self, child: Any, kind: Kind, text: str, at: _Place) -> Any:
        if kind is Kind.DAY:
            found = _DAY.fullmatch(text)
            if found and _is_day(found[1]):
                return found[1]
            self._wrong(child, at, "txlife_date", text, "2026-03-01")
        elif kind is Kind.TIME:
            if _TIME.fullmatch(text):
                return text
            self._wrong(child, at, "txlife_time", text, "14:30:00-05:00")
        elif kind is Kind.AMOUNT:
            if found := _AMOUNT.fullmatch(text):
                return found[1].replace(",", "")
            self._wrong(child, at, "txlife_amount", text, "250000.00")
        elif kind is Kind.BASE64:
            return self._file(child, text, at)
        return ""

    def _file(self, child: Any, text: str, at: _Place) -> bytes:
        """The file behind base64; the tree's own copy is given back at once."""
        child.text = None
        packed = "".join(text.split())
        size, most = len(packed) * 3 // 4, self.limits.attachment_bytes
        if size > most:
            found, expected = f"{size:,} bytes", f"at most {most:,} bytes"
            self._wrong(child, at, "txlife_file_too_large", found, expected)
            return b""
        try:
            return a2b_base64(packed, strict_mode=True)
        except ValueError as error:
            self._wrong(child, at, "txlife_base64", str(error)[:80], "base64")
            return b""

    def _extension(self, element: Any, place: _Place) -> list[Extension]:
        """Every value in somebody's own extension, or in what is not understood; all is kept."""
        vendor, code = element.get("VendorCode", ""), element.get("ExtensionCode", "")
        start = len(place.path()) + 1
        found = []
        for at, text, told in self._values(element, place):
            path = at.path()
            found.append(Extension(path[start:] or place.name, text, vendor, code))
            self._kept(Kept(path, told, at.line, at.name, at.owner(), vendor, code))
        return found

    def _values(self, element: Any, place: _Place) -> Iterator[tuple[_Place, str, str]]:
        """Each value in an element: its place, its text, and as it is told with its attributes."""
        waiting = [(element, place, 0)]
        while waiting:
            one, at, depth = waiting.pop()
            if depth > self.limits.depth:
                expected = f"at most {self.limits.depth} levels"
                self.problems.append(Problem("txlife_too_deep", place.path(), "", expected))
                return
            text = (one.text or "").strip()
            if text or not len(one):
                said = " ".join(f"{_split(k)[1]}={v}" for k, v in one.attrib.items())
                yield at, text, " ".join(f"{text} {said}".split())
            waiting += reversed(self._inside(one, at, depth))

    def _inside(self, element: Any, place: _Place, depth: int) -> list[tuple[Any, _Place, int]]:
        counts: dict[str, int] = {}
        inner = []
        for child in element:
            name = self.names.get(child.tag) or self._name(child.tag)
            counts[name] = index = counts.get(name, 0) + 1
            line = child.sourceline or 0
            inner.append((child, _Place(place, name, index if index > 1 else 0, line), depth + 1))
        return inner

    def _kept_attribute(self, place: _Place, key: str, text: str) -> None:
        name = _split(key)[1]
        self._kept(Kept(f"{place.path()}/@{name}", text, place.line, name, place.owner()))

    def _kept(self, one: Kept) -> None:
        if len(self.kept) >= self.limits.kept:
            self.kept_more += 1
        elif len(one.text) > _TEXT_SHOWN:
            self.kept.append(replace(one, text=one.text[: _TEXT_SHOWN - 1] + "…"))
        else:
            self.kept.append(one)

    def _wrong(  # noqa: PLR0917 - a problem has this many parts
        self,
        child: Any,
        at: _Place,
        code: str,
        found: str,
        expected: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        where = f"{at.path()} line {child.sourceline}"
        shown = found if len(found) <= 80 else found[:79] + "…"
        self.problems.append(Problem(code, where, shown, expected, severity))

    def _name(self, tag: Any) -> str:
        """The element's name without ACORD's namespace; another's keeps its own."""
        namespace, name = _split(str(tag))
        if namespace not in {"", NAMESPACE}:
            name = f"{{{namespace}}}{name}"
        self.names[tag] = name
        return name


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
