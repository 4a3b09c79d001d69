"""Nordhavn Life, Prairie Mutual and Lofoten Mutual: every kind of life cover."""

from datetime import date

from megler.demo.rules.books.common import Dated, House
from megler.demo.rules.books.permanent import PermanentBook, Plan
from megler.demo.rules.books.term import TermBook
from megler.demo.rules.rates import Pricing
from megler.demo.rules.roster.appetites import (
    LOFOTEN_GRADED,
    LOFOTEN_HARBOUR,
    NORDHAVN_EXPRESS,
    PRAIRIE_GRADED,
    PRAIRIE_HANDSHAKE,
)
from megler.demo.rules.roster.protection import LOFOTEN_PROTECTION, PRAIRIE_PROTECTION
from megler.demo.rules.roster.savings import LOFOTEN_SAVINGS, NORDHAVN_SAVINGS, PRAIRIE_SAVINGS
from megler.demo.rules.roster.shapes import (
    FOUR_CODES,
    OPENING,
    SIX_CODES,
    TWO_CODES,
    Profile,
    bands,
    final_expense_assumptions,
    modes,
    rated,
    simplified_guide,
    term_assumptions,
    terms,
    whole_life_assumptions,
)
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line

NORDHAVN = Profile(
    house=House(
        "nordhavn-life",
        "Nordhavn Life",
        AgeBasis.NEAREST,
        ("NY",),
        "60",
        modes("0.51", "0.26", "0.0875"),
    ),
    terms=(
        TermBook(
            "level-term",
            "Nordhavn Level Term",
            (20, 75),
            (100_000, 10_000_000),
            terms((10, 75, 75), (15, 75, 70), (20, 70, 65), (25, 60, 55), (30, 55, 50)),
            bands((100_000, 1.16), (250_000, 1.05), (500_000, 1.0), (1_000_000, 0.94)),
            Pricing(
                term_assumptions(0.045, 0.05),
                rated(SIX_CODES, (0.40, 0.52, 0.67, 0.90, 0.82, 1.08)),
                (0.92, 0.99, 1.05),
            ),
            (OPENING, Dated(date(2026, 3, 1), 0.975)),
        ),
        TermBook(
            "express-term",
            "Nordhavn Express Term",
            (20, 65),
            (25_000, 500_000),
            terms((10, 65, 65), (15, 60, 60), (20, 60, 55)),
            bands((25_000, 1.30), (100_000, 1.10), (250_000, 1.0)),
            Pricing(
                term_assumptions(0.04, 0.06, 0.10), rated(TWO_CODES, (1.10, 1.25)), (1.0, 1.0, 1.1)
            ),
            (OPENING,),
            ((20, 44, 500_000), (45, 54, 250_000), (55, 65, 100_000)),
        ),
    ),
    permanent=(
        PermanentBook(
            "whole-life",
            "Nordhavn Whole Life",
            Line.WHOLE_LIFE,
            (25_000, 5_000_000),
            (
                Plan("whole-life", "Nordhavn Whole Life", (18, 80)),
                Plan("whole-life-20", "Nordhavn Whole Life 20-Pay", (18, 70), 20),
                Plan("whole-life-10", "Nordhavn Whole Life 10-Pay", (18, 70), 10),
            ),
            bands((25_000, 1.0), (100_000, 0.97), (500_000, 0.95)),
            Pricing(whole_life_assumptions(0.032, 0.14), rated(FOUR_CODES, (0.78, 1.0, 0.9, 1.08))),
            (OPENING,),
        ),
        PermanentBook(
            "final-expense",
            "Nordhavn Farewell",
            Line.FINAL_EXPENSE,
            (5_000, 35_000),
            (Plan("farewell", "Nordhavn Farewell", (50, 80)),),
            bands((5_000, 1.0)),
            Pricing(final_expense_assumptions(0.035, 0.08), rated(TWO_CODES, (1.45, 1.55))),
            (OPENING,),
        ),
    ),
    others=NORDHAVN_SAVINGS,
    guides=(
        simplified_guide(
            ("express-term", "farewell"), ("42", "40"), ("Standard", "Tobacco"), NORDHAVN_EXPRESS
        ),
    ),
    guide_folder="nordhavn-life/guide",
)

PRAIRIE = Profile(
    house=House(
        "prairie-mutual",
        "Prairie Mutual",
        AgeBasis.LAST,
        (),
        "66",
        modes("0.52", "0.265", "0.089"),
    ),
    terms=(
        TermBook(
            "homestead-term",
            "Prairie Homestead Term",
            (18, 80),
            (50_000, 5_000_000),
            terms((10, 80, 80), (15, 74, 70), (20, 68, 65), (30, 58, 52)),
            bands((50_000, 1.25), (100_000, 1.12), (250_000, 1.0), (1_000_000, 0.96)),
            Pricing(
                term_assumptions(0.042, 0.045),
                rated(SIX_CODES, (0.43, 0.53, 0.64, 0.82, 0.84, 1.02)),
                (1.04, 1.0, 0.94),
            ),
            (OPENING, Dated(date(2025, 10, 1), 1.02)),
        ),
        TermBook(
            "handshake-term",
            "Prairie Handshake Term",
            (18, 70),
            (25_000, 300_000),
            terms((10, 70, 70), (15, 70, 65), (20, 65, 60), (30, 50, 45)),
            bands((25_000, 1.25), (100_000, 1.0)),
            Pricing(term_assumptions(0.04, 0.07, 0.06), rated(TWO_CODES, (1.15, 1.22))),
            (OPENING,),
        ),
    ),
    permanent=(
        PermanentBook(
            "harvest-life",
            "Prairie Harvest Whole Life",
            Line.WHOLE_LIFE,
            (10_000, 2_000_000),
            (
                Plan("harvest-life", "Prairie Harvest Whole Life", (18, 85)),
                Plan("harvest-life-20", "Prairie Harvest 20-Pay", (18, 75), 20),
            ),
            bands((10_000, 1.06), (50_000, 1.0), (250_000, 0.98)),
            Pricing(whole_life_assumptions(0.03, 0.10), rated(FOUR_CODES, (0.82, 0.98, 0.92, 1.0))),
            (OPENING,),
        ),
        PermanentBook(
            "final-expense",
            "Prairie Peace of Mind",
            Line.FINAL_EXPENSE,
            (2_000, 40_000),
            (
                Plan("peace-level", "Prairie Peace of Mind", (45, 85)),
                Plan("peace-graded", "Prairie Peace of Mind Graded", (45, 80), None, 1.35),
            ),
            bands((2_000, 1.0), (10_000, 0.97)),
            Pricing(final_expense_assumptions(0.035, 0.05), rated(TWO_CODES, (1.40, 1.45))),
            (OPENING, Dated(date(2026, 1, 1), 1.03)),
        ),
    ),
    others=(*PRAIRIE_SAVINGS, *PRAIRIE_PROTECTION),
    guides=(
        simplified_guide(
            ("handshake-term", "peace-level"),
            ("45", "45"),
            ("Non-Tobacco", "Tobacco"),
            PRAIRIE_HANDSHAKE,
        ),
        simplified_guide(
            ("peace-graded",),
            ("45", "45"),
            ("Non-Tobacco", "Tobacco"),
            PRAIRIE_GRADED,
            "graded-guide",
        ),
    ),
    guide_folder="prairie-mutual/guide",
)

LOFOTEN = Profile(
    house=House(
        "lofoten-mutual",
        "Lofoten Mutual",
        AgeBasis.NEAREST,
        ("AK", "HI", "NY"),
        "75",
        modes("0.515", "0.2625", "0.088"),
    ),
    terms=(
        TermBook(
            "anchor-term",
            "Lofoten Anchor Term",
            (18, 75),
            (100_000, 20_000_000),
            terms((10, 75, 70), (15, 70, 65), (20, 65, 60), (25, 60, 50), (30, 55, 45)),
            bands((100_000, 1.2), (250_000, 1.08), (500_000, 1.0), (1_000_000, 0.92)),
            Pricing(
                term_assumptions(0.048, 0.05),
                rated(SIX_CODES, (0.37, 0.51, 0.70, 0.97, 0.95, 1.22)),
                (1.0, 0.98, 1.02),
            ),
            (OPENING, Dated(date(2026, 6, 1), 1.015)),
        ),
    ),
    permanent=(
        PermanentBook(
            "skipper-life",
            "Lofoten Skipper Whole Life",
            Line.WHOLE_LIFE,
            (50_000, 10_000_000),
            (
                Plan("skipper-life", "Lofoten Skipper Whole Life", (18, 80)),
                Plan("skipper-life-65", "Lofoten Skipper 15-Pay", (18, 70), 15),
                Plan("skipper-life-10", "Lofoten Skipper 10-Pay", (18, 70), 10),
            ),
            bands((50_000, 1.0), (250_000, 0.96), (1_000_000, 0.94)),
            Pricing(
                whole_life_assumptions(0.034, 0.15),
                rated(FOUR_CODES, (0.72, 0.98, 0.92, 1.12)),
                (1.0, 1.0, 0.98),
            ),
            (OPENING,),
        ),
        PermanentBook(
            "final-expense",
            "Lofoten Last Harbour",
            Line.FINAL_EXPENSE,
            (3_000, 30_000),
            (
                Plan("harbour-level", "Lofoten Last Harbour", (50, 85)),
                Plan("harbour-graded", "Lofoten Last Harbour Graded", (50, 80), None, 1.4),
            ),
            bands((3_000, 1.0)),
            Pricing(final_expense_assumptions(0.03, 0.05), rated(TWO_CODES, (1.35, 1.6))),
            (OPENING,),
        ),
    ),
    others=(*LOFOTEN_SAVINGS, *LOFOTEN_PROTECTION),
    guides=(
        simplified_guide(("harbour-level",), ("44", "43"), ("Level", "Smoker"), LOFOTEN_HARBOUR),
        simplified_guide(
            ("harbour-graded",), ("44", "43"), ("Graded", "Smoker"), LOFOTEN_GRADED, "graded-guide"
        ),
    ),
    guide_folder="lofoten-mutual/guide",
)
