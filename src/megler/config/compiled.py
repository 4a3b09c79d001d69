"""Which code the compiled loops are made of."""

import hashlib
from pathlib import Path

PLACES = (
    "carriers/rules/bytewise.py",
    "carriers/rules/scanning.py",
    "underwriting/rules/compiled*.py",
    "quoting/rules/market/*.py",
    "quoting/rules/writing/*.py",
)
"""Files with compiled loops, and those whose figures they take in."""


def compiled_code(source: Path) -> str:
    """A digest of that code, the same wherever it lies."""
    total = hashlib.sha256()
    for place in PLACES:
        for path in sorted(source.glob(place)):
            total.update(path.relative_to(source).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:16]
