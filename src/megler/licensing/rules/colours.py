"""Colours of an agency's marks, so that what is written in them or on them can be read.

Source: Web Content Accessibility Guidelines 2.2, relative luminance and contrast ratio.
"""

import re

from megler.vocabulary.problems import Problem

CONTRAST_MIN = 4.5
"""Between text and its ground, for text of any size (success criterion 1.4.3)."""
WHITE, INK = "#ffffff", "#1d2b3a"
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_DARKER = 0.92


def colour_problem(colour: str) -> Problem | None:
    """Why this is no colour, if it is none.

    >>> colour_problem("#12332d")
    >>> colour_problem("red").code
    'colour_shape'
    """
    if _COLOUR.fullmatch(colour):
        return None
    return Problem("colour_shape", "colour", colour[:20], "#12332d")


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white).

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21.

    >>> round(contrast("#ffffff", "#000000"), 2)
    21.0
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """White or dark ink, whichever is read better on this ground.

    >>> ink_on("#12332d"), ink_on("#ffd84d")
    ('#ffffff', '#1d2b3a')
    """
    return max((WHITE, INK), key=lambda ink: contrast(ink, colour))


def readable_on_white(colour: str) -> str:
    """The colour, or the nearest darker shade of it that can be read on white.

    >>> readable_on_white("#12332d")
    '#12332d'
    """
    while contrast(colour, WHITE) < CONTRAST_MIN:
        colour = "#" + "".join(f"{int(part * _DARKER):02x}" for part in _parts(colour))
    return colour


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
