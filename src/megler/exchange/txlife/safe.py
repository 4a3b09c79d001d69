"""Bytes to an XML tree that nothing in the bytes can harm: no DTD, no entity, no network, bounded.

A parser's own guard against expanding entities is off for texts of many megabytes, so a document
type is refused before the parser sees it, and how much it may build is counted first.
"""

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from megler.vocabulary.problems import Problem

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a message may hold; more than the largest application seen."""

    message_bytes: int = 100 * _MB
    attachment_bytes: int = 50 * _MB
    """Of one file, decoded; as base64 it is a third more."""
    marks: int = 200_000
    """`<` signs, about two for each element, and `=` signs, one for each attribute."""
    marks_of_one: int = 1_000
    """Attributes of one element: a parser's time may grow with their square."""
    depth: int = 100
    kept: int = 1_000
    """Things not understood that are listed one by one; the rest are counted."""
    problems: int = 500


LIMITS = Limits()
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF8_BOM = b"\xef\xbb\xbf"
_TAKEN = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8",
    "iso-8859-1": "latin-1", "latin1": "latin-1", "windows-1252": "cp1252",
}  # fmt: skip
_ENCODINGS = "UTF-8, UTF-16, ISO-8859-1, windows-1252"
_ASIDE = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)


def parsed(data: bytes, limits: Limits = LIMITS) -> tuple[Any, list[Problem]]:
    """The root element of an XML document, or None and why it is not taken."""
    if len(data) > limits.message_bytes:
        found, most = f"{len(data):,} bytes", f"at most {limits.message_bytes:,} bytes"
        return None, [Problem("txlife_too_large", "message", found, most)]
    plain, problem = _in_utf8(data)
    problem = problem or _unsafe(plain, limits)
    if problem:
        return None, [problem]
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(plain, parser)
    except etree.XMLSyntaxError as error:
        if problem := _recoded(plain, "utf-8")[1]:
            return None, [problem]
        line = error.position[0] if error.position else 0
        where = f"message line {line}" if line else "message"
        told = (error.msg or "not XML").splitlines()[0][:160]
        code = "txlife_too_deep" if "depth" in told.lower() else "txlife_not_xml"
        expected = f"at most {limits.depth} levels" if code == "txlife_too_deep" else "XML"
        return None, [Problem(code, where, told, expected)]
    return root, []


def _in_utf8(data: bytes) -> tuple[bytes, Problem | None]:
    """The text as UTF-8 without a byte-order mark; only encodings that hide nothing are taken."""
    if encoding := _BOMS.get(data[:2]):
        return _recoded(data[2:], encoding)
    data = data.removeprefix(_UTF8_BOM)
    if not data or data.isspace():
        return b"", Problem("txlife_empty", "message", "0 bytes", "XML")
    found = _DECLARED.match(data)
    declared = found[1].decode().lower() if found else "utf-8"
    if declared not in _TAKEN:
        return b"", Problem("txlife_encoding", "message line 1", declared, _ENCODINGS)
    if _TAKEN[declared] == "utf-8" and b"\0" not in data:
        return data, None  # whether it is UTF-8 the parser sees
    return _recoded(data, _TAKEN[declared])


def _recoded(data: bytes, encoding: str) -> tuple[bytes, Problem | None]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte {data[error.start]:#04x}"
        return b"", Problem("txlife_encoding", f"message line {line}", found, encoding.upper())
    if "\0" in text:
        where = f"message line {text.count(chr(10), 0, text.index(chr(0))) + 1}"
        return b"", Problem("txlife_null_byte", where, "a null byte", _ENCODINGS)
    return data if encoding == "utf-8" else text.encode("utf-8"), None


def _unsafe(data: bytes, limits: Limits) -> Problem | None:
    """Why the parser should not see it, if it should not."""
    at = 0
    while aside := _ASIDE.match(data, at):
        at = aside.end()
    if data.startswith(b"<!", at):
        line = data.count(b"\n", 0, at) + 1
        found = data[at : at + 20].decode("utf-8", "replace").split("\n")[0]
        return Problem("txlife_doctype", f"message line {line}", found, "TXLife")
    equals = data.count(b"=")
    marks = max(data.count(b"<"), equals)
    if marks > limits.marks:
        found, most = f"{marks:,} elements", f"at most {limits.marks:,} elements"
        return Problem("txlife_too_many", "message", found, most)
    if equals > limits.marks_of_one:
        most_of_one = max(one.count(b"=") for one in data.split(b"<"))
        if most_of_one > limits.marks_of_one:
            found, most = (
                f"{most_of_one:,} attributes",
                f"at most {limits.marks_of_one:,} attributes",
            )
            return Problem("txlife_too_many", "message", found, most)
    return None
