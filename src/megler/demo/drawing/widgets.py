"""The fields of an AcroForm (ISO 32000-1, 12.7), written as objects of a PDF."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from megler.demo.drawing.syntax import stream, text
from megler.demo.rules.papers.fields import Place, Widget

MULTILINE, COMB, RADIO, NO_OFF, COMBO = 1 << 12, 1 << 24, 1 << 15, 1 << 14, 1 << 17
_INK = "0.05 0.1 0.35"
_PRINT = b"/F 4"
USUAL_SIZE = 9.0
"""Size of letters that the whole form has, in points."""


@dataclass
class Node:
    """A field, or a name that several fields share: its own entries, and those below it."""

    number: int
    told: bytes = b""
    above: int = 0
    name: str = ""
    below: list[int] = field(default_factory=list)


@dataclass
class Widgets:
    """Collects the fields of one PDF. `first` is the first object number that is free."""

    first: int
    objects: dict[int, bytes] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    looks: dict[tuple[float, float, bool], int] = field(default_factory=dict)

    def add(self, body: bytes = b"") -> int:
        """Keep an object; answers its number."""
        number = self.first + len(self.objects)
        self.objects[number] = body
        return number

    def widget(self, place: Place, box: tuple[bytes, ...], page: int) -> int:
        """The widget of a place on the page with that object number, hung where its name says."""
        told = b"/Subtype/Widget/Rect[%b]%b/P %d 0 R" % (b" ".join(box), _PRINT, page)
        if place.widget in {Widget.RADIO, Widget.TICK}:
            told += self._boxed(place, box)
        if place.widget is Widget.RADIO:
            group = self.nodes.get(place.name)
            if group is None:
                group = self._hang(place.name)
                group.told = b"/FT/Btn/Ff %d/TU%b" % (
                    RADIO | NO_OFF,
                    text(place.told.rpartition(":")[0] or place.told),
                )
            number = self.add(b"<<%b/Parent %d 0 R>>" % (told, group.number))
            group.below.append(number)
            return number
        if place.widget is Widget.CHOICE:
            told += b"/AP<</N %d 0 R>>" % self._look(1, 1, False)  # or readers draw an arrow
        node = self._hang(place.name)
        node.told = told + _of_kind(place)
        return node.number

    def _hang(self, name: str) -> Node:
        """A new node of that name below its parent, which is made where it is not there yet."""
        above, _, last = name.rpartition(".")
        node = Node(self.add(), name=last)
        self.nodes[name] = node
        if above:
            parent = self.nodes.get(above) or self._hang(above)
            parent.below.append(node.number)
            node.above = parent.number
        return node

    def _boxed(self, place: Place, box: tuple[bytes, ...]) -> bytes:
        left, bottom, right, top = (float(one) for one in box)
        size = round(right - left, 1), round(top - bottom, 1)
        on, off = self._look(*size, True), self._look(*size, False)
        return b"/AS/Off/AP<</N<</%b %d 0 R/Off %d 0 R>>>>" % (place.state.encode(), on, off)

    def _look(self, width: float, height: float, on: bool) -> int:
        """A box of that size, with a cross when it is on."""
        key = (width, height, on)
        if key not in self.looks:
            right, top = width - 1.6, height - 1.6
            cross = f"q 1.3 w {_INK} RG 1.6 1.6 m {right:.1f} {top:.1f} l 1.6 {top:.1f} m {right:.1f} 1.6 l S Q"
            told = f"/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]".encode()
            self.looks[key] = self.add(stream(cross.encode() if on else b"", told))
        return self.looks[key]

    def close(self) -> int:
        """Write every field and the form's own dictionary; answers the number of the latter."""
        roots = []
        for node in self.nodes.values():
            body = b"%b/T%b" % (node.told, text(node.name))
            if node.below:
                body += b"/Kids[%b]" % _references(node.below)
            if node.above:
                body += b"/Parent %d 0 R" % node.above
            else:
                roots.append(node.number)
            self.objects[node.number] = b"<<%b>>" % body
        helvetica = b"/Encoding/WinAnsiEncoding"
        fonts = [
            self.add(b"<</Type/Font/Subtype/Type1/BaseFont/%b%b>>" % (base, more))
            for base, more in ((b"Helvetica", helvetica), (b"ZapfDingbats", b""))
        ]
        named = b"/Helv %d 0 R/ZaDb %d 0 R" % (fonts[0], fonts[1])
        return self.add(
            b"<</Fields[%b]/DR<</Font<<%b>>>>/DA(/Helv %d Tf %b rg)>>"
            % (_references(roots), named, USUAL_SIZE, _INK.encode())
        )


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _of_kind(place: Place) -> bytes:
    """What a field of the place's kind holds beside its name and box."""
    told = b"/TU" + text(place.told)
    if place.widget is Widget.SIGNATURE:
        return told + b"/FT/Sig"
    if place.widget is Widget.TICK:
        return told + b"/FT/Btn"
    if place.size != USUAL_SIZE:
        told += f"/DA(/Helv {place.size:g} Tf {_INK} rg)".encode()
    if place.widget is Widget.CHOICE:
        options = b"".join(text(one) for one in place.options)
        return told + b"/FT/Ch/Ff %d/Opt[%b]" % (COMBO, options)
    flags = MULTILINE * place.is_multiline | COMB * place.is_comb
    told += b"/FT/Tx"
    if flags:
        told += b"/Ff %d" % flags
    return told + (b"/MaxLen %d" % place.longest if place.longest else b"")
