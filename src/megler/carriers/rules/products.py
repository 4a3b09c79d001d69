"""What is sold: a product, who may buy it, and the steps of its premium.

Amounts are in the edition's currency, ages whole years at the product's age basis.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.steps import Step
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line, Mode


@dataclass(frozen=True, slots=True)
class TermLimit:
    """A term the product is sold for, its ages at issue (None: the product's) and for whom."""

    term_years: int
    age_min: int | None = None
    age_max: int | None = None
    nicotine: Nicotine = Nicotine.ANY


@dataclass(frozen=True, slots=True)
class AmountLimit:
    """Bounds of the amount for ages age_min..age_max (both inclusive); None: no further bound."""

    age_min: int
    age_max: int
    min: Decimal | None = None
    max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reduction:
    """From this age the benefit falls to `percent` of itself; None: the source is silent."""

    age: int
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may buy what. Every part optional: None or empty asks nothing.

    `guaranteed_issue_max` is the largest amount without evidence of health.
    """

    age_min: int | None = None
    age_max: int | None = None
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None
    amount_step: Decimal | None = None
    jurisdictions_only: frozenset[str] | None = None
    jurisdictions_except: frozenset[str] = frozenset()
    classes: tuple[str, ...] = ()
    terms: tuple[TermLimit, ...] = ()
    amounts_by_age: tuple[AmountLimit, ...] = ()
    plans: tuple[str, ...] = ()
    guaranteed_issue_max: Decimal | None = None
    reductions: tuple[Reduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold and how its premium is reckoned.

    `fixed` holds facts that the product itself decides (its plan, its role); they address cells.
    `premium_period` is what one run of the steps yields; None when a table has the dimension mode.
    """

    code: str
    name: str
    line: Line
    age_basis: AgeBasis
    premium_period: Mode | None
    eligibility: Eligibility
    steps: tuple[Step, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
