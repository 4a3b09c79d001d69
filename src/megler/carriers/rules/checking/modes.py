"""Payment modes that contradict each other.

A row that no premium explains by the factors of its columns holds a misprint. Which cell it is
follows from what the other modes of the row agree on; where they cannot tell, both are named.
"""

from decimal import Decimal

import numpy as np

from megler.carriers.rules.building import Built
from megler.carriers.rules.checking.fits import (
    FEW_STRAY,
    FEWEST_ROWS,
    Fit,
    Floats,
    Premiums,
    explained,
    fit_of,
    implied,
    misfit,
    premiums_of,
    units_off,
)
from megler.carriers.rules.checking.order import out_of_order
from megler.carriers.rules.place import place
from megler.vocabulary.problems import Problem, Severity

COLUMN_SHARE = 0.005
"""So far factors read off a column may lie from the true ones."""


def mode_problems(built: Built) -> list[Problem]:
    """The cells that contradict the other modes of their row; empty without a dimension mode."""
    premiums, groups = premiums_of(built)
    if premiums is None or len(premiums.modes) < 2:
        return []
    if len(premiums.values) < FEWEST_ROWS:
        return _order_problems(built, premiums)
    fit = fit_of(premiums)
    if fit and (fit.exact or fit.stray.mean() <= FEW_STRAY or len(np.unique(groups)) == 1):
        return _fit_problems(built, premiums, fit)
    problems = []
    for group in np.unique(groups):
        part = premiums.part(groups == group)
        fit = fit_of(part) if len(part.values) >= FEWEST_ROWS else None
        problems += _fit_problems(built, part, fit) if fit else _order_problems(built, part)
    return problems


def _fit_problems(built: Built, premiums: Premiums, fit: Fit) -> list[Problem]:
    problems = _column_order(built, premiums, fit)
    for row in np.flatnonzero(fit.stray):
        problems.append(_row_problem(built, premiums, fit, int(row)))
    return problems


def _column_order(built: Built, premiums: Premiums, fit: Fit) -> list[Problem]:
    """What is out of order between whole columns, told once at the column's header."""
    payments, units = fit.factors[np.newaxis, :], np.zeros(len(premiums.modes))
    return [
        Problem(
            "modes_out_of_order",
            place(built.sheet.file, 1, fault.often.value),
            fault.found,
            fault.expected,
            fault.severity,
        )
        for fault in out_of_order(premiums.modes, payments, units, COLUMN_SHARE)
    ]


def _row_problem(built: Built, premiums: Premiums, fit: Fit, row: int) -> Problem:
    """The cell of a stray row that is wrong, or the row when its modes cannot tell which."""
    values = premiums.values[row]
    possible = explained(premiums, fit, row)
    most = max(len(agreeing) for _, agreeing in possible)
    fitting = sorted(possible, key=lambda one: -misfit(premiums, fit, row, *one))
    wrong = {
        tuple(m for m in range(len(values)) if m not in agreeing): premium
        for premium, agreeing in fitting
        if len(agreeing) == most
    }
    (cells, premium), *others = sorted(wrong.items(), key=lambda item: len(item[0]))
    address = premiums.addresses[row]
    meant_all = implied(premiums, fit, premium)
    near = fit.exact and any(
        len(some) == 1 and units_off(premiums, fit, row, some[0], meant) <= 1
        for some, meant in wrong.items()
    )
    severity = Severity.WARNING if near else Severity.ERROR
    if others or len(cells) != 1:
        told = sorted({m for some in wrong for m in some})
        found = _named(built, premiums, told, values)
        expected = " or ".join(
            _named(built, premiums, list(some), implied(premiums, fit, meant))
            for some, meant in wrong.items()
        )
        where = built.place(int(address[told[0]]))
        return Problem("modes_contradict", where, found, expected, severity)
    (mode,) = cells
    return Problem(
        "mode_off_by_a_unit" if near else "mode_contradicts",
        built.place(int(address[mode])),
        _shown(built, values[mode]),
        _shown(built, meant_all[mode]),
        severity,
    )


def _shown(built: Built, value: float) -> str:
    return format(Decimal(round(value)).scaleb(-built.table.scale), "f")


def _named(built: Built, premiums: Premiums, modes: list[int], values: Floats) -> str:
    return ", ".join(f"{premiums.modes[m]} {_shown(built, values[m])}" for m in modes)


def _order_problems(built: Built, premiums: Premiums) -> list[Problem]:
    """Without a common factor: one warning, and each row whose modes are out of order."""
    problems = []
    if len(premiums.values) >= FEWEST_ROWS:
        found, expected = f"{len(premiums.values)} rows", "one factor for each mode"
        problems.append(
            Problem("modes_without_factor", built.sheet.file, found, expected, Severity.WARNING)
        )
    modes = list(premiums.modes)
    for fault in out_of_order(modes, premiums.values, premiums.units):
        pair = [modes.index(fault.rarer), modes.index(fault.often)]
        where = built.place(int(premiums.addresses[fault.row][pair[1]]))
        found = _named(built, premiums, pair, premiums.values[fault.row])
        problems.append(Problem("modes_out_of_order", where, found, fault.expected, fault.severity))
    return problems
