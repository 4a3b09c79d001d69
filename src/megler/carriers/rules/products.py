"""What is sold: a product, who may buy it, and the steps of its premium.

Amounts are in the edition's currency, ages whole years at the product's age basis.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

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

    `guaranteed_issue_max` is the largest amount without evidence of health. `income_percent_max`
    bounds twelve months' benefit, with benefits in force, by the yearly income.
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
    income_percent_max: Decimal | None = None
    reductions: tuple[Reduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """The right to convert without evidence of health: so many years from issue, until an age."""

    years: int | None = None
    until_age: int | None = None


class Lives(StrEnum):
    """Whom one policy insures: one life; two by one premium; each life by its own."""

    ONE = "one"
    JOINT = "joint"
    EACH = "each"


class AmountOf(StrEnum):
    """Which wish is the product's amount: what its rates, bounds and bands speak of."""

    FACE_AMOUNT = "face_amount"
    BENEFIT_MONTHLY = "benefit_monthly"
    PREMIUM = "premium"


class Yields(StrEnum):
    """What the steps end in: a premium to pay, an income paid out, a value at the term's end."""

    PREMIUM = "premium"
    INCOME = "income"
    VALUE = "value"


class AskKind(StrEnum):
    """How a product's own question is answered."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Ask:
    """A fact that only this product asks: `wants.details.<name>`; it addresses cells.

    `values` belong to a choice; `low` and `high` bound a number. `default` stands where the wish
    is silent, and the answer says so.
    """

    name: str
    label: str
    kind: AskKind
    values: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Charged:
    """Of the lives in `role` younger than `under_age` at most `most`, the eldest, are charged."""

    role: str
    under_age: int
    most: int


@dataclass(frozen=True, slots=True)
class Rider:
    """Cover beside the product's own, chosen by `code`, with its own steps.

    `amount`: where the wish names none; None: the product's. `percent_max` bounds it by a percent
    of the product's amount. `included`: part of every policy; without steps it costs nothing.
    """

    code: str
    name: str
    eligibility: Eligibility
    steps: tuple[Step, ...] = ()
    included: bool = False
    amount: Decimal | None = None
    percent_max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold and how its premium is reckoned.

    `fixed` holds facts that the product itself decides (its plan, its role); they address cells.
    `premium_period` is what one run of the steps yields; None when a table has the dimension mode.
    `defaults` are facts taken where the wish is silent, by dimension; the answer says so.
    """

    code: str
    name: str
    line: Line
    age_basis: AgeBasis
    premium_period: Mode | None
    eligibility: Eligibility
    steps: tuple[Step, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    lives: Lives = Lives.ONE
    amount_of: AmountOf = AmountOf.FACE_AMOUNT
    yields: Yields = Yields.PREMIUM
    defaults: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()
    charged: tuple[Charged, ...] = ()
    riders: tuple[Rider, ...] = ()
    conversion: Conversion | None = None
