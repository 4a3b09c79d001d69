"""The few words of PDF that drawing needs (ISO 32000-1, 7.3, 7.5): strings, objects, whole files."""

import itertools
import re
import zlib
from collections.abc import Mapping

_IN_STREAM = 400
"""Objects in one object stream."""
_ENTRY = re.compile(rb"(\d{10}) \d{5} n")


def text(words: str) -> bytes:
    """A text string: as it stands where it is ASCII, otherwise UTF-16.

    >>> text("a (b)"), text("ø")
    (b'(a \\\\(b\\\\))', b'<FEFF00F8>')
    """
    if words.isascii() and words.isprintable():
        return b"(" + re.sub(r"([\\()])", r"\\\1", words).encode() + b")"
    return b"<FEFF" + words.encode("utf-16-be").hex().upper().encode() + b">"


def stream(body: bytes, told: bytes = b"") -> bytes:
    """A stream object, compressed; `told` are more entries of its dictionary."""
    packed = zlib.compress(body, 9)
    head = b"<<%b/Filter/FlateDecode/Length %d>>" % (told, len(packed))
    return b"%b\nstream\n%b\nendstream" % (head, packed)


def objects_of(pdf: bytes) -> tuple[dict[int, bytes], int]:
    """The bodies of all objects of a plainly written PDF by number, and the number of its root.

    Plain: one cross-reference table and no object streams, as the typesetter writes. ValueError
    when it is not.
    """
    at = pdf.rfind(b"startxref")
    start = int(pdf[at + 9 :].split()[0]) if at > 0 else 0
    root = re.search(rb"/Root (\d+) 0 R", pdf[start:])
    if root is None or not pdf[start:].startswith(b"xref"):
        raise ValueError("a PDF written in another way than expected")
    places = [int(one) for one in _ENTRY.findall(pdf[start:])]
    ends = dict(itertools.pairwise(sorted([*places, start])))
    found = {}
    for number, place in enumerate(places, 1):
        written = pdf[place : ends[place]]
        body = written.partition(b"obj")[2]
        found[number] = body[: body.rindex(b"endobj")].strip(b"\r\n")
    return found, int(root[1])


def whole_file(objects: Mapping[int, bytes], root: int) -> bytes:
    """The file, its many small objects in compressed object streams (7.5.7, 7.5.8)."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, tuple[int, int, int]] = {}
    small: list[tuple[int, bytes]] = []
    for number, body in sorted(objects.items()):
        if b"stream\n" in body:
            places[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        else:
            small.append((number, body))
    following = max(objects) + 1
    for start in range(0, len(small), _IN_STREAM):
        some = small[start : start + _IN_STREAM]
        offsets = [0, *itertools.accumulate(len(body) + 1 for _, body in some)]
        head = b" ".join(b"%d %d" % (n, at) for (n, _), at in zip(some, offsets, strict=False))
        told = b"/Type/ObjStm/N %d/First %d" % (len(some), len(head) + 1)
        packed = stream(head + b"\n" + b"\n".join(body for _, body in some), told)
        places |= {n: (2, following, i) for i, (n, _) in enumerate(some)}
        places[following] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (following, packed)
        following += 1
    places[following] = (1, len(out), 0)
    rows = b"".join(
        b"%c%b%b" % (kind, where.to_bytes(4, "big"), index.to_bytes(2, "big"))
        for kind, where, index in (places.get(n, (0, 0, 0)) for n in range(following + 1))
    )
    told = b"/Type/XRef/W[1 4 2]/Size %d/Root %d 0 R" % (following + 1, root)
    start = len(out)
    out += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        following,
        stream(rows, told),
        start,
    )
    return bytes(out)
