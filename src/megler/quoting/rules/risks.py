"""What the engine prices, and what it answers: a risk, its premium by mode, and every step taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from megler.carriers.rules.tables import Fact
from megler.vocabulary.codes import Mode
from megler.vocabulary.problems import Problem, Reason

_SUMS = frozenset({"riders", "sum_lives", "reduction", "flat_extra"})
"""Steps whose figure is reckoned, not read from the edition."""


def shown(amount: Decimal) -> str:
    """An amount between steps: exact, with at least two decimals and no needless zeros.

    >>> shown(Decimal("12.50000")), shown(Decimal("0.0625"))
    ('12.50', '0.0625')
    """
    places = -amount.normalize().as_tuple().exponent  # type: ignore[operator]
    return f"{amount:.{max(2, places)}f}"


class Taken(NamedTuple):
    """A step as it ran: what it used and the amount after it, for one mode of payment.

    Before the step that makes modes, `mode` is the product's premium period. `used` is the cell,
    factor or sum used, or the place that a look-up found. `life` names whose step it is where every
    life has its own; `rider` whose cost a step `riders` adds, or whose own step it is.
    """

    step: str
    do: str
    used: Decimal | str
    amount: Decimal
    mode: Mode
    life: str = ""
    rider: str = ""

    @property
    def figure(self) -> str:
        """What was used, as text."""
        if isinstance(self.used, str):
            return self.used
        return shown(self.used) if self.do in _SUMS else f"{self.used:f}"

    @property
    def is_riders_own(self) -> bool:
        """Whether the step makes a rider's cost, and so is not one of the product's own."""
        return self.rider != "" and self.do != "riders"


class ChosenRider(NamedTuple):
    """A rider to price; `amount` is its own, None where there is none.

    `is_products`: the amount is the product's, and falls with it where the benefit is reduced.
    """

    code: str
    amount: Decimal | None = None
    is_products: bool = False


@dataclass(frozen=True, slots=True)
class LifeRisk:
    """One of several lives, each priced by its own steps. Its `facts` are all that it needs.

    A life that is not `charged` costs nothing (the fourth child of a family).
    """

    id: str
    facts: Mapping[str, Fact]
    table: int | None = None
    flat_extra: Decimal | None = None
    charged: bool = True


@dataclass(frozen=True, slots=True)
class Risk:
    """What is priced: the facts that address cells, and what the steps reckon with.

    `amount` is the product's amount (face amount, monthly benefit or deposit). `flat_extra` is per
    1,000 of it a year; `table` the table rating. `lives` belong to products that insure several,
    each by its own steps; the steps after their sum run on `facts`.
    """

    facts: Mapping[str, Fact]
    amount: Decimal | None = None
    table: int | None = None
    flat_extra: Decimal | None = None
    riders: tuple[ChosenRider, ...] = ()
    lives: tuple[LifeRisk, ...] = ()


@dataclass(frozen=True, slots=True)
class Priced:
    """What the steps end in, by mode and to the cent, and the steps that made it.

    `premium` is a premium, an income or a value, as the product yields.
    """

    premium: Mapping[Mode, Decimal]
    steps: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Why there is no premium, and what the asker could say to get one."""

    reasons: tuple[Reason, ...]
    problems: tuple[Problem, ...] = ()
