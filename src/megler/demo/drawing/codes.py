"""Bar codes as black boxes on a page."""

import numpy as np
import zxingcpp

_KINDS: dict[str, tuple[str, float, float]] = {
    "qr": ("QRCode", 1.5, 1.5),
    "data_matrix": ("DataMatrix", 1.7, 1.7),
    "pdf417": ("PDF417", 1.0, 1.0),
    "code_128": ("Code128", 0.8, 0.5),
}
"""Kinds of bar code: its name, width and height of a module in points."""
_RIGHT, _BOTTOM = 576.0, 12.0


def code_drawn(kind: str, words: str) -> bytes:
    """The drawing of a bar code at the foot of a page of US letter size, to the right."""
    name, width, height = _KINDS[kind]
    made = zxingcpp.create_barcode(words, getattr(zxingcpp.BarcodeFormat, name))
    dark = np.asarray(zxingcpp.write_barcode_to_image(made)) < 128
    rows, columns = dark.shape
    left = _RIGHT - columns * width
    drawn = ["q 0 g"]
    top = 0
    for bottom in range(1, rows + 1):
        if bottom < rows and (dark[bottom] == dark[top]).all():
            continue  # rows alike are drawn as one
        edges = np.flatnonzero(np.diff(np.concatenate(([0], dark[top].astype(np.int8), [0]))))
        at, high = _BOTTOM + (rows - bottom) * height, (bottom - top) * height
        drawn += [
            f"{left + start * width:.1f} {at:.1f} {(stop - start) * width:.1f} {high:.1f} re"
            for start, stop in edges.reshape(-1, 2).tolist()
        ]
        top = bottom
    return "\n".join([*drawn, "f Q"]).encode()
