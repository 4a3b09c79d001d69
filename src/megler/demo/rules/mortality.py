"""Mortality tables as arrays: select rates by issue age and policy year, then ultimate ones.

A rate q is the chance to die within a year. A table starts at `FIRST_AGE` and ends at `LAST_AGE`.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.guide import Nicotine
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Sex

Rates = NDArray[np.float64]
FIRST_AGE, LAST_AGE = 18, 120


@dataclass(frozen=True, slots=True, eq=False)
class Mortality:
    """One table of one sex and nicotine status.

    `select[issue age - 18, policy year - 1]`; `ultimate[attained age - 18]`. A table without a
    select period has a `select` of no columns.
    """

    select: Rates
    ultimate: Rates

    def q(self, issue_ages: Sequence[int], years: int) -> Rates:
        """Rates by issue age and policy year 1..years; 1 beyond the table's last age.

        >>> flat = Mortality(np.array([[0.001]]), np.array([0.002, 0.003]))
        >>> flat.q([18], 3).tolist()
        [[0.001, 0.003, 1.0]]
        """
        starts = np.asarray(issue_ages) - FIRST_AGE
        attained = starts[:, None] + np.arange(years)[None, :]
        padded = np.append(self.ultimate, 1.0)
        rates = padded[np.minimum(attained, len(self.ultimate))]
        selected = min(years, self.select.shape[1])
        if selected:
            rates[:, :selected] = self.select[starts, :selected]
        return rates


Key = tuple[str, AgeBasis, Sex, Nicotine]
"""Table name (`vbt2015`, `cso2017`), age basis, sex, nicotine status."""


def read_tables(
    ultimate: str, select: Mapping[AgeBasis, str], selected: str = "vbt2015"
) -> dict[Key, Mortality]:
    """The tables in the texts of `data/ultimate.csv` and of the select file of each age basis.

    `selected` names the table that the select files belong to; the others are ultimate only.
    """
    periods: dict[Key, list[list[float]]] = {}
    for basis, text in select.items():
        for row in csv.DictReader(io.StringIO(text)):
            key = (selected, basis, Sex(row["sex"]), Nicotine(row["nicotine"]))
            years = [float(q) for name, q in row.items() if name.isdigit()]
            periods.setdefault(key, []).append(years)
    tables = {}
    for row in csv.DictReader(io.StringIO(ultimate)):
        key = (row["table"], AgeBasis(row["age_basis"]), Sex(row["sex"]), Nicotine(row["nicotine"]))
        rates = np.array([float(q) for name, q in row.items() if name.isdigit()])
        none: list[list[float]] = [[] for _ in rates]
        tables[key] = Mortality(np.array(periods.get(key, none), np.float64), rates)
    return tables
