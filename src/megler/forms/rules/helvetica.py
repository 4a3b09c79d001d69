"""Helvetica, in which fields are filled: how wide its letters are, and how a text breaks into lines.

Every PDF reader has it. Its letters are those of Windows-1252, as a PDF calls WinAnsiEncoding.
"""

_LETTERS: dict[int, str] = {
    191: "'",
    222: "ijl‚‘’",
    260: "|¦",
    278: " !,./:;I[\\]ft·ÌÍÎÏìíîï\u00a0",
    333: "()-`r„ˆ‹“”˜›¡¨¯²³´¸¹\u00ad",
    334: "{}",
    350: "•",
    355: '"',
    365: "º",
    370: "ª",
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyzšžçýÿ",
    537: "¶",
    556: "#$0123456789?L_abdeghnopqu€ƒ†‡–¢£¤¥§«µ»àáâãäåèéêëðñòóôõöùúûüþ",
    584: "+<=>~¬±×÷",
    611: "FTZŽ¿ßø",
    667: "&ABEKPSVXYŠŸÀÁÂÃÄÅÈÉÊËÝÞ",
    722: "CDHNRUwÇÐÑÙÚÛÜ",
    737: "©®",
    778: "GOQÒÓÔÕÖØ",
    833: "Mm",
    834: "¼½¾",
    889: "%æ",
    944: "Wœ",
    1000: "…‰Œ—™Æ",
    1015: "@",
}
"""Letters by their width in thousandths of the size. Source: Adobe core font metrics, Helvetica."""
WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
ASCENT, DESCENT = 0.718, 0.207
"""How far letters reach above and below their line, in parts of the size; same source."""
LEADING = 1.2
"""From line to line, in parts of the size."""


def has_letters(text: str) -> bool:
    """Whether every letter of the text can be written; lines may break.

    >>> has_letters("Blåbær"), has_letters("Łukasz")
    (True, False)
    """
    return all(letter in WIDTHS or letter == "\n" for letter in text)


def width_of(text: str, size: float) -> float:
    """The width of one line in points; a letter that Helvetica lacks counts as the widest.

    >>> width_of("ijl", 10)
    6.66
    """
    return sum(WIDTHS.get(letter, 1015) for letter in text) * size / 1000


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than `width`, broken between words; a longer word is broken, too.

    >>> wrapped("one two three", 10, 40)
    ['one two', 'three']
    """
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width_of(longer, size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = _broken(word, size, width)
            lines += whole
        lines.append(line)
    return lines


def _broken(word: str, size: float, width: float) -> list[str]:
    """A word in pieces that fit, each at least a letter."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width_of(piece + letter, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
