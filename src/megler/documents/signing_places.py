"""How much more ink a place of a scan holds than the same place of the empty form.

A scan is never quite where the form is: turned by a degree or two, smaller on other paper, seen
aslant by a camera. Bar codes that stand on both say roughly where it lies; then what is printed
around each place is looked for near there. Runs in a process of its own (`apart`).
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from megler.documents.looking import CODES, Grey, grey_of
from megler.documents.reading import PDFIUM
from megler.documents.rules.pages import Box

DOTS = 100
_POINTS = 72
_AROUND = 40
"""Points around a place in which what is printed tells where it is."""
_FAR = 36
"""Points by which it may lie elsewhere than the bar code, or the page's size, says."""
_ALIKE = 0.35
"""Correlation below which a place was not found."""
_PLAIN = 0.02
"""Spread of brightness below which nothing printed tells where a place is."""
_DARK = 0.6
"""Share of the paper's own brightness below which a dot is ink."""
_SCALES = (0.5, 2.0)
Place = tuple[int, int, int, Box]
"""Page of the file, page of the form (both from 1), how far the former is turned, box on the latter."""
Shades = NDArray[np.float64]


def ink_more(content: bytes, empty: bytes, places: Iterable[Place]) -> list[float | None]:
    """For each place, the share of its dots that are ink beyond the form's own; None: not found.

    Raises what its reader raises.
    """
    wanted = list(places)
    found: list[float | None] = [None] * len(wanted)
    by_page: dict[tuple[int, int, int], list[int]] = {}
    for i, (page, of_form, turned, _box) in enumerate(wanted):
        by_page.setdefault((page, of_form, turned), []).append(i)
    with PDFIUM:
        scan = pypdfium2.PdfDocument(content)
        form = pypdfium2.PdfDocument(empty)
        try:
            for (page, of_form, turned), mine in by_page.items():
                if 1 <= page <= len(scan) and 1 <= of_form <= len(form):
                    pair = _Pair(form[of_form - 1], scan[page - 1], turned)
                    for i in mine:
                        found[i] = pair.more_in(wanted[i][3])
        finally:
            scan.close()
            form.close()
    return found


class _Pair:
    """A page of the empty form and one of a scan, both upright and in the form's dots."""

    def __init__(self, form: Any, scan: Any, turned: int) -> None:
        self.height = form.get_height()
        self.form = grey_of(form, DOTS)
        upright = np.ascontiguousarray(np.rot90(grey_of(scan, 1.5 * DOTS), turned // 90))
        self.paper = round(float(np.percentile(upright, 90)))
        shape = self.form.shape
        self.laid = [_laid(upright, to, shape, self.paper) for to in _ways(self.form, upright)]

    def more_in(self, box: Box) -> float | None:
        scale = self.form.shape[0] / max(self.height, 1)
        left, right = round(box[0] * scale), round(box[2] * scale)
        top, bottom = round((self.height - box[3]) * scale), round((self.height - box[1]) * scale)
        around = round(_AROUND * scale)
        rows, columns = self.form.shape
        y0, y1 = max(top - around, 0), min(bottom + around, rows)
        x0, x1 = max(left - around, 0), min(right + around, columns)
        if y1 - y0 < 8 or x1 - x0 < 8:
            return None
        sample = _shades(self.form[y0:y1, x0:x1])
        there = self._there(sample, (y0, y1, x0, x1))
        if there is None:
            return None
        inset_x, inset_y = (right - left) // 6, (bottom - top) // 6
        inner = (
            slice(top - y0 + inset_y, max(bottom - y0 - inset_y, top - y0 + inset_y + 1)),
            slice(left - x0 + inset_x, max(right - x0 - inset_x, left - x0 + inset_x + 1)),
        )
        return round(float(_ink(there[inner]) - _ink(sample[inner])), 5)

    def _there(self, sample: Shades, at: tuple[int, int, int, int]) -> Shades | None:
        """The same piece of the scan: where it is most alike, of all the ways the scan may lie."""
        y0, y1, x0, x1 = at
        far = round(_FAR * DOTS / _POINTS)
        if sample.std() < _PLAIN:
            return _shades(self.laid[-1][y0:y1, x0:x1])
        best, found = _ALIKE, None
        for laid in self.laid:
            wide = np.pad(laid, far, constant_values=self.paper)
            window = wide[y0 : y1 + 2 * far, x0 : x1 + 2 * far]
            alike, down, across = _best_shift(_halved(_shades(window)), _halved(sample))
            down, across = 2 * down, 2 * across
            if alike > best:
                there = window[down : down + y1 - y0, across : across + x1 - x0]
                best, found = alike, _shades(there)
        return found


def _shades(grey: Grey) -> Shades:
    """Brightness as a share of the paper's own, 0 to 1: shadows and grey paper do not count."""
    paper = max(float(np.percentile(grey, 90)), 1.0)
    shades: Shades = np.minimum(grey / paper, 1.0)
    return shades


def _halved(shades: Shades) -> Shades:
    """In half the dots: fine print moves by less than one of them when a page is a little turned."""
    rows, columns = (side // 2 for side in shades.shape)
    even = shades[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2)
    half: Shades = even.mean(axis=(1, 3))
    return half


def _ink(shades: Shades) -> float:
    return float((shades < _DARK).mean()) if shades.size else 0.0


def _best_shift(window: Shades, sample: Shades) -> tuple[float, int, int]:
    """Where in the window the sample lies, and how alike it is there: normalised correlation."""
    rows, columns = sample.shape
    flat = sample - sample.mean()
    size = (_fast(window.shape[0]), _fast(window.shape[1]))
    seen = 1 - window
    spectrum = np.fft.rfft2(seen, size)
    across = np.fft.irfft2(spectrum * np.conj(np.fft.rfft2(-flat, size)), size)
    down, right = window.shape[0] - rows + 1, window.shape[1] - columns + 1
    sums, squares = _sums(seen, rows, columns), _sums(seen**2, rows, columns)
    spread = np.sqrt(np.maximum(squares - sums**2 / sample.size, 0)) * math.sqrt(
        float((flat**2).sum())
    )
    alike = across[:down, :right] / np.maximum(spread, 1e-6)
    y, x = divmod(int(alike.argmax()), right)
    return float(alike[y, x]), y, x


def _fast(size: int) -> int:
    return 1 << (size - 1).bit_length()


def _sums(values: Shades, rows: int, columns: int) -> Shades:
    total = np.pad(values.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    found: Shades = (
        total[rows:, columns:] - total[:-rows, columns:] - total[rows:, :-columns]
        + total[:-rows, :-columns]
    )  # fmt: skip
    return found


Way = tuple[float, float, float, float, float, float]
"""From a dot of the form to one of the scan: x' = a x + b y + c, y' = d x + e y + f."""


def _ways(form: Grey, scan: Grey) -> Iterator[Way]:
    """How the scan may lie: by the sheet's size, and by each bar code that both bear."""
    yield (scan.shape[1] / form.shape[1], 0, 0, 0, scan.shape[0] / form.shape[0], 0)
    there = _corners(scan)
    if not there:
        return
    for text, mine in _corners(form).items():
        theirs = there.get(text) or (next(iter(there.values())) if len(there) == 1 else None)
        if theirs and (way := _similar(mine, theirs)):
            yield way


def _corners(grey: Grey) -> dict[str, list[complex]]:
    found = {}
    for one in zxingcpp.read_barcodes(grey, formats=CODES):
        at = one.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        if one.valid:
            found[one.text] = [complex(corner.x, corner.y) for corner in corners]
    return found


def _similar(here: Sequence[complex], there: Sequence[complex]) -> Way | None:
    """The turn, size and shift that bring four corners nearest to four others (least squares)."""
    z, w = np.array(here), np.array(there)
    mid_z, mid_w = z.mean(), w.mean()
    spread = float((abs(z - mid_z) ** 2).sum())
    turn = complex(((w - mid_w) * np.conj(z - mid_z)).sum()) / spread if spread else 0j
    if not _SCALES[0] <= abs(turn) <= 2 * _SCALES[1]:
        return None
    shift = complex(mid_w) - turn * complex(mid_z)
    return (turn.real, -turn.imag, shift.real, turn.imag, turn.real, shift.imag)


def _laid(scan: Grey, way: Way, shape: tuple[int, ...], paper: int) -> Grey:
    """The scan as it lies on the form, in the form's dots."""
    picture = Image.fromarray(scan)
    size = (shape[1], shape[0])
    laid = picture.transform(
        size, Image.Transform.AFFINE, way, Image.Resampling.BILINEAR, fillcolor=paper
    )
    grey: Grey = np.asarray(laid, dtype=np.uint8)
    return grey
