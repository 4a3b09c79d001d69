"""Payment modes in their order: who pays more often pays less at a time, and not less a year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.problems import Severity

Floats = NDArray[np.float64]
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """A row whose mode `often` does not fit the `rarer` one, as found and as expected.

    Less a year than the rarest mode, or as much at a time as a rarer one, contradicts; less a year
    than another mode is a warning, for carriers reward payment by bank draft.
    """

    row: int
    rarer: Mode
    often: Mode
    found: str
    expected: str
    severity: Severity


def out_of_order(
    modes: Sequence[Mode], paid: Floats, units: Floats, share: float = 0.0, yearly: bool = True
) -> Iterator[OutOfOrder]:
    """Every row of `paid` (rows by modes: what one payment is) whose modes are out of order.

    `units` are the rounding units of the modes; `share` allows for a share of the figure besides.
    `yearly`: whether what a year costs is compared too; an income is only compared at a time.
    """
    order = sorted(range(len(modes)), key=lambda m: PAYMENTS_A_YEAR[modes[m]])
    for place, often in enumerate(order[1:], start=1):
        cheaper = np.zeros(len(paid), bool)
        for rarer in dict.fromkeys((order[0], order[place - 1]) if yearly else ()):
            counts = [PAYMENTS_A_YEAR[modes[m]] for m in (rarer, often)]
            low, high = paid[:, rarer] * counts[0], paid[:, often] * counts[1]
            slack = (counts[0] * units[rarer] + counts[1] * units[often]) / 2
            less = (high < low * (1 - share) - slack - _EPSILON) & ~cheaper
            cheaper |= less
            severity = Severity.ERROR if rarer == order[0] else Severity.WARNING
            for row in np.flatnonzero(less):
                found = f"{high[row] / low[row]:.4f} x {modes[rarer]} a year"
                expected = f"{modes[often]} no cheaper a year than {modes[rarer]}"
                yield OutOfOrder(int(row), modes[rarer], modes[often], found, expected, severity)
        rarer = order[place - 1]
        slack = (units[rarer] + units[often]) / 2
        dearer = paid[:, often] > paid[:, rarer] * (1 + share) + slack + _EPSILON
        for row in np.flatnonzero(dearer):
            found = f"{paid[row, often] / paid[row, rarer]:.4f} x {modes[rarer]} at a time"
            expected = f"{modes[often]} below {modes[rarer]} at a time"
            yield OutOfOrder(int(row), modes[rarer], modes[often], found, expected, Severity.ERROR)
