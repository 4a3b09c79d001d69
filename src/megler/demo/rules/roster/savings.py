"""Universal life, survivor cover and annuities of the carriers that sell them."""

from datetime import date

from megler.demo.rules.books.annuity import FixedBook, IncomeBook
from megler.demo.rules.books.common import Dated
from megler.demo.rules.books.universal import SurvivorBook, UniversalBook
from megler.demo.rules.rates import Pricing
from megler.demo.rules.roster.shapes import FOUR_CODES, OPENING, rated, whole_life_assumptions

NORDHAVN_SAVINGS = (
    UniversalBook(
        "nordhavn-flex",
        "Nordhavn Flexible Universal Life",
        (20, 80),
        (50_000, 10_000_000),
        Pricing(
            whole_life_assumptions(0.047, 0.02),
            rated(FOUR_CODES, (0.80, 1.0, 0.94, 1.1)),
            level=0.78,
        ),
        "300",
        (OPENING,),
    ),
    FixedBook(
        "nordhavn-safe-rate",
        "Nordhavn Safe Rate",
        (10_000, 1_000_000),
        ((3, 4.15, 90), (5, 4.45, 85), (7, 4.55, 80), (10, 4.60, 75)),
        (OPENING, Dated(date(2025, 9, 1), 0.98), Dated(date(2026, 4, 1), 0.955)),
    ),
)

PRAIRIE_SAVINGS = (
    IncomeBook(
        "prairie-income",
        "Prairie Harvest Income",
        (50, 85),
        (10_000, 1_000_000),
        0.047,
        0.82,
        0.05,
        (OPENING, Dated(date(2025, 11, 1), 0.97)),
    ),
    FixedBook(
        "prairie-granary",
        "Prairie Granary",
        (5_000, 500_000),
        ((3, 4.00, 85), (5, 4.35, 85), (7, 4.50, 80)),
        (OPENING, Dated(date(2026, 1, 15), 0.965)),
        0.10,
    ),
)

LOFOTEN_SAVINGS = (
    UniversalBook(
        "tide-ul",
        "Lofoten Tide Universal Life",
        (18, 80),
        (100_000, 25_000_000),
        Pricing(
            whole_life_assumptions(0.05, 0.03),
            rated(FOUR_CODES, (0.74, 0.98, 0.96, 1.14)),
            level=0.8,
        ),
        "480",
        (OPENING, Dated(date(2026, 2, 1), 1.01)),
    ),
    IncomeBook(
        "lofoten-steady-income",
        "Lofoten Steady Income",
        (55, 85),
        (25_000, 2_000_000),
        0.049,
        0.80,
        0.055,
        (OPENING,),
    ),
)

FJORDGARD_SAVINGS = (
    SurvivorBook(
        "fjord-survivor",
        "Fjordgard Survivor",
        (40, 80),
        (250_000, 25_000_000),
        whole_life_assumptions(0.048, 0.02),
        (Dated(OPENING.effective_from, 0.72),),
    ),
)
