"""TXLife XML to records: what is understood, what is kept, and everything that is wrong, at once."""

import re
from binascii import a2b_base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from megler.exchange.txlife.codes import OTHER, OTHER_TC, label, said_as, words
from megler.exchange.txlife.layout import (
    ALSO_CALLED,
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

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T00:00:00(?:\.0+)?)?(Z|[+-]\d\d:\d\d)?")
_TIME = re.compile(r"\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?")
_AMOUNT = re.compile(
    r"\$?([+-]?\d{1,24}(?:\.\d{0,12})?|[+-]?\d{1,3}(?:,\d{3}){1,7}(?:\.\d{0,12})?|\.\d{1,12}) ?%?"
)
_NUMBER = re.compile(r"-?\d{1,12}")
_INDEX = re.compile(r"\[\d+\]")
_SSN = re.compile(r"\b\d{3}-\d\d-(\d{4})\b")
"""A social-security number, of which reports show the last four digits; the message keeps all."""
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TEXT_SHOWN = 500
_TELLING = {"gender", "marital", "flag", "state", "country", "pay_mode", "tobacco"}
"""Lists whose names mean one thing only, so that a text of another code is told."""
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
    if _split(root.tag)[1] == "Envelope":  # as web services wrap it
        root = next(root.iter("{*}TXLife"), root)
    namespace, name = _split(root.tag)
    if name != "TXLife":
        return None, [Problem("txlife_root", name, name, "TXLife")]
    if namespace not in {"", NAMESPACE}:
        return None, [Problem("txlife_namespace", "TXLife", namespace, NAMESPACE)]
    reader = _Reader(codes or words(), limits)
    message = reader.record(root, MESSAGE, "TXLife", "")
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


_TEXT, _CODE, _MANY, _OTHER = range(4)
_UNKNOWN: tuple[int, str, Any] = (_OTHER, "", None)
_plans: dict[int, dict[str, tuple[int, str, Any]]] = {}
_listed: dict[int, tuple[str, ...]] = {}


def _plan(children: Mapping[str, Part]) -> dict[str, tuple[int, str, Any]]:
    """What to do with each child of an element, by its tag, with ACORD's namespace and without."""
    found = _plans.get(id(children))
    if found is None:
        found = {}
        for name, part in children.items():
            op = _OTHER
            if isinstance(part, Leaf) and part.tc:
                op = _CODE
            elif isinstance(part, Leaf) and part.kind is Kind.TEXT and not part.attributes:
                op = _TEXT
            elif isinstance(part, Many):
                op = _MANY
            step = (op, getattr(part, "name", ""), part)
            for tag in (name, *ALSO_CALLED.get(name, ())):
                found[tag] = found[f"{{{NAMESPACE}}}{tag}"] = step
        _plans[id(children)] = found  # layouts are constants: their mappings never go
    return found


def _lists(children: Mapping[str, Part]) -> tuple[str, ...]:
    """The fields of a record that hold several; gathered as lists, kept as tuples."""
    found = _listed.get(id(children))
    if found is None:
        many = (part.name for part in children.values() if isinstance(part, Many | Extensions))
        found = _listed[id(children)] = tuple(dict.fromkeys(many))
    return found


class _Names(dict[Any, str]):
    """Elements' names by their tags, without ACORD's namespace; another's keeps its own."""

    def __missing__(self, tag: Any) -> str:
        namespace, name = _split(str(tag))
        if namespace not in {"", NAMESPACE}:
            name = f"{{{namespace}}}{name}"
        self[tag] = name
        return name


class _Reader:
    """Collects what is kept and what is wrong while the records are made.

    `path` is the element's, `owner` the id of the nearest object that has one.
    """

    def __init__(self, codes: Codes, limits: Limits) -> None:
        self.problems: list[Problem] = []
        self.kept: list[Kept] = []
        self.kept_more = 0
        self.where: dict[str, str] = {}
        self.ids_twice: list[tuple[str, str]] = []
        self.limits = limits
        self.names = _Names()
        self.codes = codes
        self.coded: dict[tuple[str, str, str | None], Coded] = {}

    def record(self, element: Any, layout: Layout, path: str, owner: str) -> Any:
        values: dict[str, Any] = dict(layout.given)
        if element.keys():
            owner = self._attributes(element, layout.attributes, values, path) or owner
        self._fill(element, layout.children, values, path, owner)
        made = object.__new__(layout.record)
        made.__dict__.update(values)
        return made

    def _fill(
        self,
        element: Any,
        children: Mapping[str, Part],
        values: dict[str, Any],
        path: str,
        owner: str,
    ) -> None:
        plan, coded = _plan(children), self.coded
        counts: dict[str, int] = {}
        for child in element:
            step = plan.get(child.tag)
            op, field, part = step or _UNKNOWN
            if op == _TEXT:
                if field not in values and not len(child) and not child.keys():
                    if (text := child.text) and (text := text.strip()):
                        values[field] = text
                    continue
            elif op == _CODE:
                if field not in values and not len(child) and len(child.keys()) < 2:
                    known = coded.get((part.tc, child.get("tc"), child.text))
                    values[field] = known or self._code(child, part.tc, path)
                    continue
            elif op == _MANY:
                listed = values.setdefault(field, [])
                name = self.names[child.tag]
                counts[name] = index = counts.get(name, 0) + 1
                bare = index == 1 and name in _USUALLY_ONE
                inner = f"{path}/{name}" if bare else f"{path}/{name}[{index}]"
                listed.append(self.record(child, part.layout, inner, owner))
                continue
            self._one(child, part, counts, values, (path, owner))
        for field in _lists(children):
            if field in values:
                values[field] = tuple(values[field])

    def _one(
        self,
        child: Any,
        part: Part | None,
        counts: dict[str, int],
        values: dict[str, Any],
        place: tuple[str, str],
    ) -> None:
        """An element that is rare: with fields or a type of its own, twice, or not understood."""
        path, owner = place
        name = self.names[child.tag]
        again = isinstance(part, Leaf) and part.name in values
        counts[name] = index = counts.get(name, 1 if again else 0) + 1
        if isinstance(part, Leaf) and not again and not len(child):
            self._leaf(child, part, values, path, owner)
            return
        inner = f"{path}/{name}[{index}]" if index > 1 else f"{path}/{name}"
        once = None if index > 1 and not isinstance(part, Extensions) else part
        self._within(child, once, values, inner, owner)

    def _within(
        self, child: Any, part: Part | None, values: dict[str, Any], path: str, owner: str
    ) -> None:
        """What is neither a plain value nor one of many; a second one of what stands once is kept."""
        if isinstance(part, Extensions):
            values.setdefault(part.name, []).extend(self._extension(child, path, owner))
        elif isinstance(part, One):
            values[part.name] = self.record(child, part.layout, path, owner)
        elif isinstance(part, Inside):
            if child.keys():
                self._attributes(child, part.attributes, values, path)
            self._fill(child, part.children, values, path, owner)
        else:
            self._extension(child, path, owner)

    def _attributes(
        self, element: Any, known: Mapping[str, str], values: dict[str, Any], path: str
    ) -> str:
        """Take the attributes; returns the element's id."""
        own = ""
        for key, given in element.items():
            text = given.strip()
            if key == "id":
                own = text
                self._identified(element, text, path)
            if field := known.get(key):
                values[field] = text
            elif key != "id":
                self._kept_attribute(element, path, key, given)
        return own

    def _identified(self, element: Any, given: str, path: str) -> None:
        if given in self.where:
            self.ids_twice.append((given, f"{path} line {element.sourceline}"))
        elif given:
            self.where[given] = path

    def _leaf(self, child: Any, part: Leaf, values: dict[str, Any], path: str, owner: str) -> None:
        text = child.text
        if part.tc:
            values[part.name] = self._code(child, part.tc, path)
        elif text and (text := text.strip()):
            if part.kind is Kind.BASE64 and _is_words(values, text):
                inner = f"{path}/{self.names[child.tag]}"
                self._kept(Kept(inner, text, child.sourceline or 0, self.names[child.tag], owner))
                return
            if part.kind is not Kind.TEXT:
                text = self._typed(child, part.kind, text, f"{path}/{self.names[child.tag]}")
            if part.name and text:
                values[part.name] = text
        if child.keys():
            inner = f"{path}/{self.names[child.tag]}"
            for key, given in child.items():
                if field := part.attributes.get(key):
                    values[field] = given.strip()
                elif not part.tc or key != "tc":
                    self._kept_attribute(child, inner, key, given, owner)

    def _code(self, child: Any, codes: str, parent: str) -> Coded:
        tc, text = child.get("tc"), (child.text or "").strip()
        path = f"{parent}/{self.names[child.tag]}"
        if tc is None:
            if text:
                self._wrong(child, path, "txlife_code_missing", text, "tc", Severity.WARNING)
            return _by_name(codes, text)
        if not _NUMBER.fullmatch(tc.strip()):
            self._wrong(child, path, "txlife_code", tc, "a number")
            return _by_name(codes, text)
        number = int(tc)
        if number == OTHER_TC:
            return Coded(OTHER, text)
        if word := self.codes.get(codes, {}).get(number):
            said = said_as(codes, text) if text and codes in _TELLING else ""
            if said and said != word:
                told = f"{number} {text}"
                shown = label(codes, word)
                self._wrong(child, path, "txlife_code_text", told, shown, Severity.WARNING)
                return Coded(word)
            found = self.coded[codes, tc, child.text] = Coded(word)
            return found
        if codes in self.codes and number != 0:
            told = f"{number} {text}".strip()
            self._wrong(child, path, "txlife_code_unknown", told, "", Severity.WARNING)
        return Coded("", text, number)

    def _typed(self, child: Any, kind: Kind, text: str, path: str) -> Any:
        if kind is Kind.DAY:
            found = _DAY.fullmatch(text)
            if found and _is_day(found[1]):
                return found[1]
            self._wrong(child, path, "txlife_date", text, "2026-03-01")
        elif kind is Kind.TIME:
            if _TIME.fullmatch(text):
                return text
            self._wrong(child, path, "txlife_time", text, "14:30:00-05:00")
        elif kind is Kind.AMOUNT:
            if found := _AMOUNT.fullmatch(text):
                return ("0" if found[1].startswith(".") else "") + found[1].replace(",", "")
            self._wrong(child, path, "txlife_amount", text, "250000.00")
        elif kind is Kind.BASE64:
            return self._file(child, text, path)
        return ""

    def _file(self, child: Any, text: str, path: str) -> bytes:
        """The file behind base64; the tree's own copy is given back at once."""
        child.text = None
        size, most = len(text) * 3 // 4, self.limits.attachment_bytes
        if size > most + most // 10:
            found, expected = f"{size:,} bytes", f"at most {most:,} bytes"
            self._wrong(child, path, "txlife_file_too_large", found, expected)
            return b""
        content = file_in(text)
        if content is None:
            self._wrong(child, path, "txlife_base64", text[:40], "base64")
            return b""
        if len(content) > most:
            found, expected = f"{len(content):,} bytes", f"at most {most:,} bytes"
            self._wrong(child, path, "txlife_file_too_large", found, expected)
            return b""
        return content

    def _extension(self, element: Any, path: str, owner: str) -> list[Extension]:
        """Every value in somebody's own extension, or in what is not understood; all is kept."""
        vendor, code = element.get("VendorCode", ""), element.get("ExtensionCode", "")
        start = len(path) + 1
        found = []
        for one, at, whose in self._values(element, path, owner):
            text = (one.text or "").strip()
            said = " ".join(f"{_split(key)[1]}={value}" for key, value in one.items())
            name = self.names[one.tag]
            found.append(Extension(_INDEX.sub("", at[start:]) or name, text, vendor, code))
            told = " ".join(f"{text} {said}".split())
            self._kept(Kept(at, told, one.sourceline or 0, name, whose, vendor, code))
        return found

    def _values(self, element: Any, path: str, owner: str) -> Iterator[tuple[Any, str, str]]:
        """Each element that says something in an element, with its path and its object's id."""
        waiting = [(element, path, owner, 0)]
        while waiting:
            one, at, whose, depth = waiting.pop()
            if depth > self.limits.depth:
                expected = f"at most {self.limits.depth} levels"
                self.problems.append(Problem("txlife_too_deep", path, "", expected))
                return
            given = (one.get("id") or "").strip()
            if given:
                self._identified(one, given, at)
            if not len(one) or (one.text or "").strip():
                yield one, at, given or whose
            counts: dict[str, int] = {}
            inner = []
            for child in one:
                name = self.names[child.tag]
                counts[name] = index = counts.get(name, 0) + 1
                step = f"{at}/{name}[{index}]" if index > 1 else f"{at}/{name}"
                inner.append((child, step, given or whose, depth + 1))
            waiting += reversed(inner)

    def _kept_attribute(
        self, element: Any, path: str, key: str, text: str, owner: str = ""
    ) -> None:
        if not key.startswith(_XSI):
            name = _split(key)[1]
            line = element.sourceline or 0
            self._kept(Kept(f"{path}/@{name}", text, line, name, owner))

    def _kept(self, one: Kept) -> None:
        if len(self.kept) >= self.limits.kept:
            self.kept_more += 1
            return
        shown = one.text if len(one.text) <= _TEXT_SHOWN else one.text[: _TEXT_SHOWN - 1] + "…"
        self.kept.append(replace(one, text=_SSN.sub(r"•••-••-\1", shown)))

    def _wrong(  # noqa: PLR0917 - a problem has this many parts
        self,
        child: Any,
        path: str,
        code: str,
        found: str,
        expected: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        where = f"{path} line {child.sourceline}"
        shown = found if len(found) <= 80 else found[:79] + "…"
        self.problems.append(Problem(code, where, shown, expected, severity))


def file_in(text: str) -> bytes | None:
    """The bytes that base64 stands for, lines and all; None when any sign in it is another.

    >>> file_in("QUJD\\nRA=="), file_in("QU*D")
    (b'ABCD', None)
    """
    try:
        packed = text.encode("ascii")
        content = a2b_base64(packed)  # leaves out whatever is no sign of base64
    except ValueError:
        return None
    padding = len(packed) - len(packed.rstrip(b"="))
    if len(packed) % 4 == 0 and padding <= 2 and len(content) == len(packed) // 4 * 3 - padding:
        return content
    signs = len(packed) - sum(packed.count(blank) for blank in (b"\n", b"\r", b"\t", b" "))
    padding = packed.count(b"=")
    is_whole = signs % 4 == 0 and padding <= 2 and len(content) == signs // 4 * 3 - padding
    return content if is_whole else None


def _by_name(codes: str, text: str) -> Coded:
    """A code without a number: by its name in full. What a message is, only its number says."""
    said = said_as(codes, text) if codes != "transaction" else ""
    return Coded(said) if said else Coded("", text)


def _is_words(values: Mapping[str, Any], text: str) -> bool:
    """Whether an attachment that says it is words is that, and no file in base64."""
    basic = values.get("basic")
    is_text = isinstance(basic, Coded) and basic.word == "text"
    return is_text and (" " in text or file_in(text) is None)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
