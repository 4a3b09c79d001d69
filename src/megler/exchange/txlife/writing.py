"""Records to TXLife XML. What was read and is written again is the same message."""

import re
from binascii import b2a_base64
from collections.abc import Mapping
from typing import Any

from megler.exchange.txlife.codes import OTHER, OTHER_TC, label, numbers
from megler.exchange.txlife.layout import (
    MESSAGE,
    Extensions,
    Inside,
    Kind,
    Leaf,
    Many,
    One,
    Part,
)
from megler.exchange.txlife.reading import NAMESPACE
from megler.exchange.txlife.records import NOTHING, Coded, Extension, Message

Codes = Mapping[str, Mapping[str, int]]
"""The number to write for our word, for each list of codes."""

_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\r")
_NOT_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def write(message: Message, codes: Codes | None = None, *, namespace: bool = True) -> bytes:
    """The message as UTF-8. `codes` are a dialect's numbers over ACORD's.

    A word without a number is written as ACORD's "other" with its text. Characters that XML cannot
    hold are left out.
    """
    writer = _Writer(codes or numbers())
    writer.out.append('<?xml version="1.0" encoding="UTF-8"?>\n')
    more = f' xmlns="{NAMESPACE}"' if namespace else ""
    writer.element("TXLife", MESSAGE.children, MESSAGE.attributes, message, more)
    writer.out.append("\n")
    writer.settle()
    return b"".join(writer.done)


def escaped(text: str) -> str:
    """Text as it stands between tags.

    >>> escaped("Berg & Sønn <AS>")
    'Berg &amp; Sønn &lt;AS&gt;'
    """
    if "&" in text or "<" in text or ">" in text or "\r" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text.replace("\r", "&#13;")
    return text


def _quoted(text: str) -> str:
    spaced = escaped(text).replace('"', "&quot;")
    return spaced.replace("\n", "&#10;").replace("\t", "&#9;")


_TEXT, _CODE, _MANY, _INSIDE, _OTHER = range(5)
_plans: dict[int, list[tuple[int, str, str, Any]]] = {}


def _plan(children: Mapping[str, Part]) -> list[tuple[int, str, str, Any]]:
    """What to write for each child of an element, in their order."""
    found = _plans.get(id(children))
    if found is None:
        found = _plans[id(children)] = [
            (_op(part), getattr(part, "name", ""), tag, part) for tag, part in children.items()
        ]  # layouts are constants: their mappings never go
    return found


def _op(part: Part) -> int:
    if isinstance(part, Leaf) and part.tc:
        return _CODE
    if isinstance(part, Leaf) and part.kind is not Kind.BASE64 and not part.attributes:
        return _TEXT
    return _MANY if isinstance(part, Many) else _INSIDE if isinstance(part, Inside) else _OTHER


class _Writer:
    """Gathers pieces of text; files are encoded on their own, so that each is copied once."""

    def __init__(self, codes: Codes) -> None:
        self.out: list[str] = []
        self.done: list[bytes] = []
        self.codes = codes
        self.coded: dict[tuple[str, Coded], str] = {}

    def settle(self) -> None:
        """Turn the pieces so far into bytes, without what XML cannot hold."""
        data = "".join(self.out).encode("utf-8", "ignore").translate(None, _CONTROLS)
        for other in _NOT_CHARACTERS:
            if other in data:
                data = data.replace(other, b"")
        self.done.append(data)
        self.out.clear()

    def element(
        self,
        tag: str,
        children: Mapping[str, Part],
        attributes: Mapping[str, str],
        record: Any,
        more: str = "",
    ) -> None:
        """An element with what the record holds for it."""
        out, done = self.out, self.done
        for key, field in attributes.items():
            if text := getattr(record, field):
                more += f' {key}="{_quoted(text)}"'
        start, settled = len(out), len(done)
        out.append(f"<{tag}{more}>")
        self._children(children, record)
        if len(out) == start + 1 and len(done) == settled:
            out[start] = f"<{tag}{more}/>"
        else:
            out.append(f"</{tag}>")

    def _children(self, children: Mapping[str, Part], record: Any) -> None:
        out, coded = self.out, self.coded
        for op, field, tag, part in _plan(children):
            value = getattr(record, field) if field else None
            if op == _INSIDE:
                self._inside(tag, part, record)
            elif value is NOTHING or not value:
                continue
            elif op == _TEXT:
                out.append(f"<{tag}>{escaped(value)}</{tag}>")
            elif op == _CODE:
                known = coded.get((part.tc, value))
                if known is None:
                    known = coded[part.tc, value] = self._code(part.tc, value)
                out.append(f"<{tag}{known}</{tag}>")
            elif op == _MANY:
                told = part.layout.given.items()
                for one in value:
                    if not told or all(getattr(one, key) == said for key, said in told):
                        self.element(tag, part.layout.children, part.layout.attributes, one)
            else:
                self._other(tag, part, value, record)

    def _other(self, tag: str, part: Part, value: Any, record: Any) -> None:
        if isinstance(part, One):
            self.element(tag, part.layout.children, part.layout.attributes, value)
        elif isinstance(part, Extensions):
            self._extensions(value)
        elif isinstance(part, Leaf) and part.kind is Kind.BASE64:
            self.out.append(f"<{tag}>")
            self.settle()
            self.done.append(b2a_base64(value, newline=False))
            self.out.append(f"</{tag}>")
        elif isinstance(part, Leaf):
            given = "".join(
                f' {key}="{_quoted(text)}"'
                for key, field in part.attributes.items()
                if (text := getattr(record, field))
            )
            self.out.append(f"<{tag}{given}>{escaped(value)}</{tag}>")

    def _inside(self, tag: str, part: Inside, record: Any) -> None:
        start, settled = len(self.out), len(self.done)
        self.element(tag, part.children, part.attributes, record)
        if len(self.done) == settled and self.out[start:] == [f"<{tag}/>"]:
            del self.out[start:]

    def _code(self, codes: str, value: Coded) -> str:
        """The end of a coded element's tag, and its text: ` tc="8">Owner`."""
        tc = value.tc if value.tc is not None else self.codes.get(codes, {}).get(value.word)
        if tc is None and not value.word:
            return f">{escaped(value.text)}"
        if tc is None:
            text = value.text if value.word == OTHER else value.text or value.word
            return f' tc="{OTHER_TC}">{escaped(text)}'
        return f' tc="{tc}">{escaped(value.text or label(codes, value.word))}'

    def _extensions(self, extensions: tuple[Extension, ...]) -> None:
        """Neighbours of one vendor and code stand in one element."""
        before: tuple[str, str] | None = None
        for one in extensions:
            whose = (one.vendor, one.code)
            if whose != before:
                if before is not None:
                    self.out.append("</OLifEExtension>")
                vendor = f' VendorCode="{_quoted(one.vendor)}"' if one.vendor else ""
                code = f' ExtensionCode="{_quoted(one.code)}"' if one.code else ""
                self.out.append(f"<OLifEExtension{vendor}{code}>")
                before = whose
            if not _NAME.fullmatch(one.name):
                raise ValueError(f"not an element's name: {one.name!r}")
            self.out.append(f"<{one.name}>{escaped(one.text)}</{one.name}>")
        if before is not None:
            self.out.append("</OLifEExtension>")
