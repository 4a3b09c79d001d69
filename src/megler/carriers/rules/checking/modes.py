"""Payment modes that contradict each other.

A carrier makes every mode's premium from one of them by a factor that its whole column shares, and
rounds. So the factors are read off the column, as the ones that explain the most rows, and a row
that no premium explains holds a misprint. Which cell it is follows from what the other modes of
the row agree on; where they cannot tell, both are named.
"""

import itertools
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.building import Built
from megler.carriers.rules.place import place
from megler.carriers.rules.tables import MISSING, ChoiceAxis
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.vocabulary.problems import Problem, Severity

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


def mode_problems(built: Built) -> list[Problem]:
    """The cells that contradict the other modes of their row; empty without a dimension mode."""
    premiums, groups = _premiums(built)
    if premiums is None or len(premiums.values) < FEWEST_ROWS:
        return []
    fit = _fit(premiums)
    if fit and (fit.exact or fit.stray.mean() <= FEW_STRAY or len(np.unique(groups)) == 1):
        return _fit_problems(built, premiums, fit)
    problems = []
    for group in np.unique(groups):
        part = premiums.part(groups == group)
        fit = _fit(part) if len(part.values) >= FEWEST_ROWS else None
        problems += (
            _fit_problems(built, part, fit) if fit else _order_problems(built, part, told=True)
        )
    return problems


def _premiums(built: Built) -> tuple[Premiums | None, Ints]:
    """The rows that have every mode, and the group (every choice but the mode) that each is in."""
    table = built.table
    names = [axis.name for axis in table.axes]
    if "mode" not in names or not table.cells.size:
        return None, np.zeros(0, np.int64)
    at = names.index("mode")
    shape = [axis.size for axis in table.axes]
    modes = tuple(Mode(table.axes[at].label(i)) for i in range(shape[at]))
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


def _factor(x: Floats, y: Floats, slack: Floats) -> float:
    """The factor that explains the most rows: the point that most of their intervals share."""
    lows, highs = np.sort((y - slack) / x), np.sort((y + slack) / x)
    points = np.concatenate([lows, highs])
    order = np.argsort(points, kind="stable")
    covered = np.cumsum(np.concatenate([np.ones(len(x)), -np.ones(len(x))])[order])
    best = int(np.argmax(covered))
    return float((points[order[best]] + points[order[min(best + 1, len(order) - 1)]]) / 2)


def _fit_on(premiums: Premiums, base: int, exact: bool) -> Fit:
    x = premiums.values[:, base]
    factors = np.ones(len(premiums.modes))
    stray = np.zeros(len(x), bool)
    for mode in range(len(premiums.modes)):
        if mode == base:
            continue
        y = premiums.values[:, mode]
        slack = _slack(premiums, base, mode, float(np.median(y / x)), exact)
        factors[mode] = _factor(x, y, slack)
        stray |= np.abs(y - factors[mode] * x) > slack
    return Fit(base, factors, exact, stray)


def _fit(premiums: Premiums) -> Fit | None:
    """The simplest way the modes hang together, or None when they do not."""
    size = len(premiums.modes)
    by_size = sorted(range(size), key=lambda m: -premiums.values[:, m].mean())
    if size < 2:
        return None
    for exact in (True, False):
        if exact and len(premiums.values) < ENOUGH_ROWS:
            continue
        best = min((_fit_on(premiums, base, exact) for base in by_size), key=_strays)
        if best.stray.mean() <= (FEW_STRAY if exact else MANY_STRAY):
            return best
    return None


def _strays(fit: Fit) -> int:
    return int(fit.stray.sum())


def _fit_problems(built: Built, premiums: Premiums, fit: Fit) -> list[Problem]:
    problems = _column_order(built, premiums, fit)
    for row in np.flatnonzero(fit.stray):
        problems.append(_row_problem(built, premiums, fit, int(row)))
    return problems


def _column_order(built: Built, premiums: Premiums, fit: Fit) -> list[Problem]:
    """Paying more often must not cost less a year: told once for the whole column."""
    order = sorted(range(len(premiums.modes)), key=lambda m: PAYMENTS_A_YEAR[premiums.modes[m]])
    yearly = [fit.factors[m] * PAYMENTS_A_YEAR[premiums.modes[m]] for m in order]
    problems = []
    for i in range(1, len(order)):
        if yearly[i] < yearly[i - 1] * 0.995:
            rarer, often = premiums.modes[order[i - 1]], premiums.modes[order[i]]
            where = place(built.sheet.file, 1, often.value)
            found = f"{yearly[i] / yearly[i - 1]:.4f} x {rarer} a year"
            problems.append(Problem("modes_out_of_order", where, found, f"at least {rarer}"))
    return problems


def _row_problem(built: Built, premiums: Premiums, fit: Fit, row: int) -> Problem:
    """The cell of a stray row that is wrong, or the row when its modes cannot tell which."""
    values = premiums.values[row]
    explained = _explained(premiums, fit, row)
    most = max(len(agreeing) for _, agreeing in explained)
    wrong = {
        tuple(m for m in range(len(values)) if m not in agreeing): premium
        for premium, agreeing in reversed(explained)
        if len(agreeing) == most
    }
    (cells, premium), *others = sorted(wrong.items(), key=lambda item: len(item[0]))
    address = premiums.addresses[row]
    implied = _implied(premiums, fit, premium)
    near = fit.exact and any(
        len(some) == 1 and _units_off(premiums, fit, row, some[0], meant) <= 1
        for some, meant in wrong.items()
    )
    severity = Severity.WARNING if near else Severity.ERROR
    if others or len(cells) != 1:
        told = sorted({m for some in wrong for m in some})
        found = _named(built, premiums, told, values)
        expected = " or ".join(
            _named(built, premiums, list(some), _implied(premiums, fit, meant))
            for some, meant in wrong.items()
        )
        where = built.place(int(address[told[0]]))
        return Problem("modes_contradict", where, found, expected, severity)
    (mode,) = cells
    return Problem(
        "mode_off_by_a_unit" if near else "mode_contradicts",
        built.place(int(address[mode])),
        _shown(built, values[mode]),
        _shown(built, implied[mode]),
        severity,
    )


def _implied(premiums: Premiums, fit: Fit, premium: float) -> Floats:
    """What every mode would be for a premium of the base mode."""
    rounded = [_rounded(premium * f, u) for f, u in zip(fit.factors, premiums.units, strict=True)]
    return np.array(rounded)


def _units_off(premiums: Premiums, fit: Fit, row: int, mode: int, premium: float) -> int:
    """How many rounding units a premium lies from what it would be."""
    meant = _rounded(premium * float(fit.factors[mode]), float(premiums.units[mode]))
    return round(abs(float(premiums.values[row, mode]) - meant) / float(premiums.units[mode]))


def _explained(premiums: Premiums, fit: Fit, row: int) -> list[tuple[float, frozenset[int]]]:
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


def _rounded(value: float, unit: float) -> float:
    return float(np.floor(value / unit + 0.5) * unit)


def _shown(built: Built, value: float) -> str:
    return format(Decimal(round(value)).scaleb(-built.table.scale), "f")


def _named(built: Built, premiums: Premiums, modes: list[int], values: Floats) -> str:
    return ", ".join(f"{premiums.modes[m]} {_shown(built, values[m])}" for m in modes)


def _order_problems(built: Built, premiums: Premiums, told: bool) -> list[Problem]:
    """Without a common factor: one warning, and each row where paying more often costs less."""
    problems = []
    if told and len(premiums.values) >= FEWEST_ROWS:
        found, expected = f"{len(premiums.values)} rows", "one factor for each mode"
        problems.append(
            Problem("modes_without_factor", built.sheet.file, found, expected, Severity.WARNING)
        )
    order = sorted(range(len(premiums.modes)), key=lambda m: PAYMENTS_A_YEAR[premiums.modes[m]])
    for rarer, often in itertools.pairwise(order):
        counts = [PAYMENTS_A_YEAR[premiums.modes[m]] for m in (rarer, often)]
        slack = sum(c * premiums.units[m] / 2 for c, m in zip(counts, (rarer, often), strict=True))
        low, high = premiums.values[:, rarer] * counts[0], premiums.values[:, often] * counts[1]
        for row in np.flatnonzero(high < low - slack - _EPSILON):
            value = premiums.values[row]
            where = built.place(int(premiums.addresses[row][often]))
            found = _named(built, premiums, [rarer, often], value)
            expected = f"{premiums.modes[often]} no cheaper a year"
            problems.append(Problem("modes_out_of_order", where, found, expected))
    return problems
