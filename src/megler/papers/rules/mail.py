"""An e-mail taken apart: who sent it, to which case, and the files it carries (RFC 5322, MIME, TNEF).

Whatever comes is read with bounds on depth, parts and sizes; nothing of it is run or followed.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from megler.vocabulary.problems import Problem

DEPTH_MAX, PARTS_MAX = 10, 200
_TEXT_MAX = 20_000
_LOGO_MAX = 20_000
"""Bytes up to which a picture that a letter shows in its text is a logo and no paper."""
_TO_CASE = re.compile(r"^case-(\d{4,9})-([a-z0-9]{16})$")
_TNEF = 0x223E9F78
_TITLE, _DATA, _BEGINS = 0x00018010, 0x0006800F, 0x00069002


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that a message carries."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: sender's address and name, everybody it was addressed to, and its files."""

    message_id: str
    sender: str
    sender_name: str
    to: tuple[str, ...]
    subject: str
    text: str
    files: tuple[MailFile, ...] = ()


def read_mail(raw: bytes) -> tuple[Mail | None, list[Problem]]:
    """A message and what is wrong with it; None when it is none.

    >>> read_mail(b"hello")[1][0].code
    'paper_mail_broken'
    """
    message = message_from_bytes(raw, policy=policy.default)
    sender_name, sender = parseaddr(_header(message, "From"))
    if "@" not in sender:
        problem = Problem("paper_mail_broken", "message", "no sender", "a From line")
        return None, [problem]
    problems: list[Problem] = []
    found: list[MailFile] = []
    texts: list[str] = []
    for count, (depth, part) in enumerate(_parts(message, 0), start=1):
        if depth > DEPTH_MAX:
            problems.append(Problem("paper_mail_deep", "message", str(depth), str(DEPTH_MAX)))
            break
        if count > PARTS_MAX:
            problems.append(Problem("paper_mail_many", "message", str(count), str(PARTS_MAX)))
            break
        _take(part, found, texts)
    headers = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
    to = [
        address.lower() for _name, address in getaddresses([_header(message, h) for h in headers])
    ]
    mail = Mail(
        _header(message, "Message-ID")[:200],
        sender.lower()[:254],
        sender_name[:200],
        tuple(dict.fromkeys(address for address in to if "@" in address))[:50],
        _header(message, "Subject")[:300],
        "\n".join(texts)[:_TEXT_MAX],
        tuple(found),
    )
    return mail, problems


def _header(message: EmailMessage, name: str) -> str:
    """A header's words on one line; what cannot be decoded is told as it stands."""
    try:
        found = ", ".join(str(one) for one in message.get_all(name, []))
    except Exception:  # the library raises many things on headers that nobody should write
        return ""
    return " ".join(found.replace("\0", "").split())


def _parts(message: EmailMessage, depth: int) -> Iterator[tuple[int, EmailMessage]]:
    """Every part that holds something, in order, messages within messages too."""
    if depth <= DEPTH_MAX and message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, EmailMessage):
                yield from _parts(part, depth + 1)
        return
    yield depth, message


def _take(part: EmailMessage, found: list[MailFile], texts: list[str]) -> None:
    kind = part.get_content_type()
    content = _content(part)
    name = _name(part)
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        found.extend(read_tnef(content))
    elif kind == "text/plain" and not name:
        texts.append(content.decode(_charset(part), "replace"))
    elif name or kind in {"application/pdf", "image/jpeg", "image/png", "image/tiff"}:
        is_logo = kind.startswith("image/") and part.get("Content-ID") and len(content) <= _LOGO_MAX
        if content and not is_logo:
            found.append(MailFile(name or "document", content))


def _charset(part: EmailMessage) -> str:
    """How its text is written; one that nobody knows is read as UTF-8."""
    try:
        named = str(part.get_content_charset("utf-8"))
        b"".decode(named)
    except (LookupError, ValueError, TypeError):
        return "utf-8"
    return named


def _name(part: EmailMessage) -> str:
    try:
        return (part.get_filename() or "").replace("\0", "")[:200]
    except Exception:
        return ""


def _content(part: EmailMessage) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except Exception:
        return b""
    return payload if isinstance(payload, bytes) else b""


def read_tnef(content: bytes) -> list[MailFile]:
    """The files in a winmail.dat; as far as it can be read, and none when it is no TNEF.

    Layout: MS-OXTNEF: a signature and a key of six bytes, then attributes of level (1), id (4),
    length (4), data and checksum (2), little-endian.
    """
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != _TNEF:
        return []
    found: list[tuple[str, bytes]] = []
    at = 6
    while at + 9 <= len(content) and len(found) <= PARTS_MAX:
        _level, attribute, size = struct.unpack_from("<BII", content, at)
        data = content[at + 9 : at + 9 + size]
        if len(data) < size:
            break
        at += 9 + size + 2
        if attribute == _BEGINS:
            found.append(("", b""))
        elif found and attribute == _TITLE:
            title = data.split(b"\0")[0].decode("utf-8", "replace")
            found[-1] = (found[-1][0] or title, found[-1][1])
        elif found and attribute == _DATA:
            found[-1] = (found[-1][0], data)
    return [MailFile(name or "document", data) for name, data in found if data]


def case_in(address: str) -> tuple[int, str] | None:
    """The case's number and its token in an address, if it is one of a case.

    >>> case_in("case-10001-abcdefgh01234567@papers.agency.example")
    (10001, 'abcdefgh01234567')
    >>> case_in("office@agency.example") is None
    True
    """
    found = _TO_CASE.match(address.partition("@")[0].lower())
    return (int(found[1]), found[2]) if found else None


def address_of(number: int, token: str, domain: str) -> str:
    """A case's own address, to which its agent sends papers."""
    return f"case-{number}-{token}@{domain}"
