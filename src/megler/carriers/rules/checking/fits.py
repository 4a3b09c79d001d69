"""The factors by which a table's payment modes hang together, read off its columns.

A carrier makes every mode's premium from one of them by a factor that its whole column shares, and
rounds. So the factors are the ones that explain the most rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.building import Built
from megler.carriers.rules.tables import MISSING, ChoiceAxis
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FEWEST_ROWS = 3
ENOUGH_ROWS = 30
"""From so many rows on, a rule that all but a few follow to the unit is taken as the carrier's."""
FEW_STRAY, MANY_STRAY = 0.05, 0.4
SHARE_PRINTED = 0.75
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Fit:
    """How the modes hang together: the base mode, each mode's factor to it and its slack.

    `exact`: every premium is the printed base times the factor, rounded; otherwise the base too may
    have been rounded from something finer. `stray` are the rows that do not follow.
    """

    base: int
    factors: Floats
    exact: bool
    stray: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Premiums:
    """Complete rows of premiums by mode, in units of the table's last decimal."""

    modes: tuple[Mode, ...]
    values: Floats
    addresses: Ints
    units: Floats
    relative: float

    def part(self, rows: NDArray[np.bool_]) -> "Premiums":
        """Only some of the rows."""
        return Premiums(
            self.modes, self.values[rows], self.addresses[rows], self.units, self.relative
        )


def premiums_of(built: Built) -> tuple[Premiums | None, Ints]:
    """The rows that have every mode, and the group (every choice but the mode) that each is in."""
    table = built.table
    names = [axis.name for axis in table.axes]
    if "mode" not in names or not table.cells.size:
        return None, np.zeros(0, np.int64)
    at = names.index("mode")
    shape = [axis.size for axis in table.axes]
    labels = [table.axes[at].label(i) for i in range(shape[at])]
    if not set(labels) <= set(Mode):
        return None, np.zeros(0, np.int64)
    modes = tuple(Mode(label) for label in labels)
    cells = np.moveaxis(table.cells.reshape(shape), at, -1).reshape(-1, len(modes))
    places = np.moveaxis(np.arange(table.cells.size).reshape(shape), at, -1)
    places = places.reshape(-1, len(modes))
    groups = np.zeros(len(cells), np.int64)
    for i, axis in enumerate(table.axes):
        if isinstance(axis, ChoiceAxis) and i != at:
            step = int(np.prod(shape[i + 1 :], dtype=np.int64))
            groups = groups * axis.size + places[:, 0] // step % axis.size
    whole = np.all((cells != MISSING) & (cells > 0), axis=1)
    tolerance = table.spec.tolerance
    values = cells[whole]
    if tolerance.unit is None:
        units = np.array([_printed_unit(values[:, m]) for m in range(len(modes))])
    else:
        units = np.full(len(modes), float(tolerance.unit.scaleb(table.scale)))
    made = Premiums(
        modes, values.astype(np.float64), places[whole], units, float(tolerance.relative)
    )
    return made, groups[whole]


def _printed_unit(column: Ints) -> float:
    """The last decimal that a column prints, whatever a few strays print."""
    unit = 1
    while len(column) and np.mean(column % (unit * 10) == 0) >= SHARE_PRINTED and unit < 10**9:
        unit *= 10
    return float(unit)


def _slack(premiums: Premiums, base: int, mode: int, ratio: float, exact: bool) -> Floats:
    """How far each row's premium may lie from factor x base by rounding alone."""
    slack = float(premiums.units[mode] / 2 + _EPSILON)
    if not exact:
        slack += float(ratio * premiums.units[base] / 2)
    return np.asarray(slack + premiums.relative * premiums.values[:, mode], np.float64)


def _factor(x: Floats, y: Floats, slack: Floats, plain: float) -> float:
    """The factor that explains the most rows: the point that most of their intervals share.

    `plain` is the factor of payments that make up the same year (26 / 12); it is taken where no
    other explains more.
    """
    lows, highs = (y - slack) / x, (y + slack) / x
    low, high = float(lows.max()), float(highs.min())
    if low <= high:  # every row agrees
        return plain if low <= plain <= high else (low + high) / 2
    lows, highs = np.sort(lows), np.sort(highs)
    points = np.concatenate([lows, highs])
    order = np.argsort(points, kind="stable")
    covered = np.cumsum(np.concatenate([np.ones(len(x)), -np.ones(len(x))])[order])
    best = int(np.argmax(covered))
    if np.count_nonzero(lows <= plain) - np.count_nonzero(highs < plain) >= covered[best]:
        return plain
    return float((points[order[best]] + points[order[min(best + 1, len(order) - 1)]]) / 2)


def _fit_on(premiums: Premiums, base: int, exact: bool) -> Fit:
    x = premiums.values[:, base]
    factors = np.ones(len(premiums.modes))
    stray = np.zeros(len(x), bool)
    for mode in range(len(premiums.modes)):
        if mode == base:
            continue
        y = premiums.values[:, mode]
        ratio = 0.0 if exact else float(np.median(y / x))
        slack = _slack(premiums, base, mode, ratio, exact)
        counts = [PAYMENTS_A_YEAR[premiums.modes[m]] for m in (base, mode)]
        factors[mode] = _factor(x, y, slack, counts[0] / counts[1])
        stray |= np.abs(y - factors[mode] * x) > slack
    return Fit(base, factors, exact, stray)


def fit_of(premiums: Premiums) -> Fit | None:
    """The simplest way the modes hang together, or None when they do not."""
    size = len(premiums.modes)
    by_size = sorted(range(size), key=lambda m: -premiums.values[:, m].mean())
    if size < 2:
        return None
    for exact in (True, False):
        if exact and len(premiums.values) < ENOUGH_ROWS:
            continue
        best = min(_fits(premiums, by_size, exact), key=_strays)
        if best.stray.mean() <= (FEW_STRAY if exact else MANY_STRAY):
            return best
    return None


def _fits(premiums: Premiums, bases: Sequence[int], exact: bool) -> Iterator[Fit]:
    """The fit on each base, up to the first that every row follows."""
    for base in bases:
        fit = _fit_on(premiums, base, exact)
        yield fit
        if not fit.stray.any():
            return


def _strays(fit: Fit) -> int:
    return int(fit.stray.sum())


def implied(premiums: Premiums, fit: Fit, premium: float) -> Floats:
    """What every mode would be for a premium of the base mode."""
    rounded = [_rounded(premium * f, u) for f, u in zip(fit.factors, premiums.units, strict=True)]
    return np.array(rounded)


def units_off(premiums: Premiums, fit: Fit, row: int, mode: int, premium: float) -> int:
    """How many rounding units a premium lies from what it would be."""
    meant = _rounded(premium * float(fit.factors[mode]), float(premiums.units[mode]))
    return round(abs(float(premiums.values[row, mode]) - meant) / float(premiums.units[mode]))


def explained(premiums: Premiums, fit: Fit, row: int) -> list[tuple[float, frozenset[int]]]:
    """Premiums of the base mode that could be meant, nearest first, and the modes that agree."""
    values, unit = premiums.values[row], premiums.units[fit.base]
    meant = {float(values[fit.base])}
    for mode, value in enumerate(values):
        near = _rounded(value / fit.factors[mode], unit)
        meant |= {near - unit, near, near + unit}
    found = []
    for premium in sorted(meant, key=lambda p: (abs(p - values[fit.base]), p)):
        agreeing = set()
        for mode, value in enumerate(values):
            ratio = fit.factors[mode]
            slack = premiums.units[mode] / 2 + premiums.relative * value + _EPSILON
            slack += 0.0 if fit.exact else ratio * unit / 2
            if mode == fit.base:
                slack = _EPSILON
            if abs(value - ratio * premium) <= slack:
                agreeing.add(mode)
        found.append((premium, frozenset(agreeing)))
    return found


def misfit(
    premiums: Premiums, fit: Fit, row: int, premium: float, agreeing: frozenset[int]
) -> float:
    """How far the modes that agree lie from what they would be, in rounding units."""
    values = premiums.values[row]
    return float(
        sum(abs(values[m] - fit.factors[m] * premium) / premiums.units[m] for m in agreeing)
    )


def _rounded(value: float, unit: float) -> float:
    return float(np.floor(value / unit + 0.5) * unit)
