"""Records to TXLife XML. What was read and is written again is the same message."""

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from megler.exchange.txlife.codes import OTHER, OTHER_TC, label, numbers
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
from megler.exchange.txlife.reading import NAMESPACE
from megler.exchange.txlife.records import Coded, Extension, Message

Codes = Mapping[str, Mapping[str, int]]
"""The number to write for our word, for each list of codes."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def write(message: Message, codes: Codes | None = None, *, namespace: bool = True) -> bytes:
    """The message as UTF-8. `codes` are a dialect's numbers over ACORD's.

    A word without a number is written as ACORD's "other" with its text. Characters that XML cannot
    hold are left out.
    """
    writer = _Writer(codes or numbers())
    writer.out.append('<?xml version="1.0" encoding="UTF-8"?>\n')
    writer.record("TXLife", message, MESSAGE, f' xmlns="{NAMESPACE}"' if namespace else "")
    writer.out.append("\n")
    writer.settle()
    return b"".join(writer.done)


def escaped(text: str) -> str:
    """Text as it stands between tags.

    >>> escaped("Berg & Sønn <AS>")
    'Berg &amp; Sønn &lt;AS&gt;'
    """
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\r", "&#13;")


def _quoted(text: str) -> str:
    spaced = escaped(text).replace('"', "&quot;")
    return spaced.replace("\n", "&#10;").replace("\t", "&#9;")


class _Writer:
    """Gathers pieces of text; files are encoded on their own, so that each is copied once."""

    def __init__(self, codes: Codes) -> None:
        self.out: list[str] = []
        self.done: list[bytes] = []
        self.codes = codes
        self.coded: dict[tuple[str, Coded], str] = {}

    def settle(self) -> None:
        """Turn the pieces so far into bytes."""
        self.done.append(_NOT_XML.sub("", "".join(self.out)).encode("utf-8"))
        self.out.clear()

    def record(self, tag: str, record: Any, layout: Layout, more: str = "") -> None:
        self._element(tag, layout.children, layout.attributes, record, more)

    def _element(
        self,
        tag: str,
        children: Mapping[str, Part],
        attributes: Mapping[str, str],
        record: Any,
        more: str = "",
    ) -> None:
        """An element with what the record holds for it; one that would be empty is left out again."""
        out = self.out
        given = more + "".join(
            f' {key}="{_quoted(text)}"'
            for key, field in attributes.items()
            if (text := getattr(record, field))
        )
        start, settled = len(out), len(self.done)
        out.append(f"<{tag}{given}>")
        self._children(children, record)
        if len(out) == start + 1 and len(self.done) == settled:
            out[start] = f"<{tag}{given}/>"
        else:
            out.append(f"</{tag}>")

    def _children(self, children: Mapping[str, Part], record: Any) -> None:
        for tag, part in children.items():
            if type(part) is Leaf:
                if part.name and (value := getattr(record, part.name)):
                    self._leaf(tag, part, value, record)
            elif type(part) is Many:
                for one in getattr(record, part.name):
                    if tag != _other_way(one):
                        self.record(tag, one, part.layout)
            elif type(part) is Inside:
                self._inside(tag, part, record)
            elif type(part) is One:
                if (one := getattr(record, part.name)) is not None:
                    self.record(tag, one, part.layout)
            elif type(part) is Extensions:
                self._extensions(getattr(record, part.name))

    def _inside(self, tag: str, part: Inside, record: Any) -> None:
        start, settled = len(self.out), len(self.done)
        self._element(tag, part.children, part.attributes, record)
        if len(self.done) == settled and self.out[start:] == [f"<{tag}/>"]:
            del self.out[start:]

    def _leaf(self, tag: str, part: Leaf, value: Any, record: Any) -> None:
        if part.tc:
            known = self.coded.get((part.tc, value))
            if known is None:
                known = self.coded[part.tc, value] = self._code(part.tc, value)
            self.out.append(f"<{tag}{known}</{tag}>")
        elif part.kind is Kind.BASE64:
            self.out.append(f"<{tag}>")
            self.settle()
            self.done.append(b64encode(value))
            self.out.append(f"</{tag}>")
        else:
            given = "".join(
                f' {key}="{_quoted(text)}"'
                for key, field in part.attributes.items()
                if (text := getattr(record, field))
            )
            self.out.append(f"<{tag}{given}>{escaped(value)}</{tag}>")

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


def _other_way(one: Any) -> str:
    """Of requests and responses, which share a field, the tag that this one does not have."""
    way = getattr(one, "is_response", None)
    return "" if way is None else "TXLifeRequest" if way else "TXLifeResponse"
