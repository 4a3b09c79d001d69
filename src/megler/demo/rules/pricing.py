"""Level premiums from mortality, interest, lapses and expenses.

Present values are reckoned in float64, as actuaries do, and printed once as exact rates by
`rates.printed`; no amount of money passes through here. In every array the last axis is the policy
year, 1 first. Symbols: q rate of mortality, w rate of lapse, i interest, v = 1 / (1 + i).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Expenses:
    """What the carrier spends: shares of the premium, and dollars per 1,000 of cover.

    `first` is of the first policy year, `renewal` of every later one.
    """

    percent_first: float
    percent_renewal: float
    per_1000_first: float = 0.0
    per_1000_renewal: float = 0.0


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a price rests on: yearly interest and lapse, expenses, and a margin on the whole."""

    interest: float
    lapse: float
    expenses: Expenses
    margin: float = 0.0


def in_force(q: Values, lapse: float = 0.0) -> Values:
    """Share of policies in force at the start of each year: l(1) = 1, l(t+1) = l(t) (1-q)(1-w).

    >>> in_force(np.array([0.1, 0.5, 1.0]), lapse=0.0).tolist()
    [1.0, 0.9, 0.45]
    """
    kept = np.cumprod((1 - q) * (1 - lapse), axis=-1)
    return np.concatenate([np.ones_like(q[..., :1]), kept[..., :-1]], axis=-1)


def value_of_benefit(q: Values, interest: float, lapse: float = 0.0) -> Values:
    """A: present value of 1 paid at the end of the year of death, sum of v^t l(t) q(t).

    One year at q = 0.01 and 25 % interest: 0.01 / 1.25.

    >>> float(value_of_benefit(np.array([0.01]), 0.25))
    0.008
    """
    years = np.arange(1, q.shape[-1] + 1)
    return np.asarray((in_force(q, lapse) * q * (1 + interest) ** -years).sum(axis=-1))


def value_of_payments(q: Values, interest: float, lapse: float = 0.0) -> Values:
    """Annuity due: present value of 1 paid at the start of each year, sum of v^(t-1) l(t).

    >>> float(value_of_payments(np.array([0.1, 0.5]), 0.0))
    1.9
    """
    years = np.arange(q.shape[-1])
    return np.asarray((in_force(q, lapse) * (1 + interest) ** -years).sum(axis=-1))


def net_level_premium(
    q: Values, interest: float, lapse: float = 0.0, years_paid: int | None = None
) -> Values:
    """P = A / annuity of the paying years, for a benefit of 1.

    Two years of q = 0.1 and 0.5 at no interest: (0.1 + 0.9 x 0.5) / 1.9.

    >>> round(float(net_level_premium(np.array([0.1, 0.5]), 0.0)), 6)
    0.289474
    """
    paying = q if years_paid is None else q[..., :years_paid]
    benefit = value_of_benefit(q, interest, lapse)
    return np.asarray(benefit / value_of_payments(paying, interest, lapse))


def gross_level_premium(
    q: Values, assumptions: Assumptions, years_paid: int | None = None
) -> Values:
    """Yearly premium per 1,000 of benefit that pays for benefit, expenses and margin.

    With annuities a over the paying years and c over the covered ones, both from the first year:
    G = (1000 A + e1 + er (c - 1)) / (a - p1 - pr (a - 1)) x (1 + margin), where e is expense per
    1,000 and p share of premium, of the first year and of renewals.
    """
    spent = assumptions.expenses
    interest, lapse = assumptions.interest, assumptions.lapse
    paying = q if years_paid is None else q[..., :years_paid]
    paid = value_of_payments(paying, interest, lapse)
    covered = value_of_payments(q, interest, lapse)
    cost = 1000 * value_of_benefit(q, interest, lapse)
    cost = cost + spent.per_1000_first + spent.per_1000_renewal * (covered - 1)
    left = paid - spent.percent_first - spent.percent_renewal * (paid - 1)
    return np.asarray(cost / left * (1 + assumptions.margin))
