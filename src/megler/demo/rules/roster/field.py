"""Switchgrass Life and Tundra Life: smaller amounts, sold in the country."""

from datetime import date
from decimal import Decimal

from megler.demo.rules.books.common import Dated, House
from megler.demo.rules.books.group import GroupBook, GroupPlan
from megler.demo.rules.books.permanent import PermanentBook, Plan
from megler.demo.rules.books.term import TermBook
from megler.demo.rules.guides import ClassRule, Evidence, GuideBook
from megler.demo.rules.rates import Pricing
from megler.demo.rules.roster.appetites import (
    SWITCHGRASS_APPETITE,
    TUNDRA_APPETITE,
    TUNDRA_GRADED,
    TUNDRA_WARM,
)
from megler.demo.rules.roster.protection import SWITCHGRASS_PROTECTION, TUNDRA_PROTECTION
from megler.demo.rules.roster.shapes import (
    FOUR_CODES,
    FULL_EVIDENCE,
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

SWITCHGRASS = Profile(
    house=House(
        "switchgrass-life",
        "Switchgrass Life",
        AgeBasis.LAST,
        ("CA", "NY"),
        "48",
        modes("0.52", "0.265", "0.0885"),
    ),
    terms=(
        TermBook(
            "switchgrass-term",
            "Switchgrass Term",
            (18, 70),
            (50_000, 2_000_000),
            terms((10, 70, 70), (15, 65, 65), (20, 60, 60), (30, 50, 50)),
            bands((50_000, 1.18), (100_000, 1.08), (250_000, 1.0), (500_000, 0.98)),
            Pricing(
                term_assumptions(0.041, 0.06),
                rated(SIX_CODES, (0.50, 0.58, 0.66, 0.78, 0.72, 0.9)),
                (1.02, 1.02, 1.0),
            ),
            (OPENING, Dated(date(2026, 4, 1), 1.01)),
        ),
        TermBook(
            "switchgrass-now",
            "Switchgrass Now",
            (18, 60),
            (25_000, 250_000),
            terms((10, 60, 60), (20, 55, 55)),
            bands((25_000, 1.2), (100_000, 1.0)),
            Pricing(term_assumptions(0.04, 0.07, 0.12), rated(TWO_CODES, (1.05, 1.1))),
            (OPENING,),
        ),
    ),
    permanent=(
        PermanentBook(
            "switchgrass-roots",
            "Switchgrass Roots Whole Life",
            Line.WHOLE_LIFE,
            (10_000, 500_000),
            (
                Plan("switchgrass-roots", "Switchgrass Roots", (18, 80)),
                Plan("switchgrass-roots-20", "Switchgrass Roots 20-Pay", (18, 70), 20),
            ),
            bands((10_000, 1.04), (50_000, 1.0)),
            Pricing(
                whole_life_assumptions(0.03, 0.08), rated(FOUR_CODES, (0.88, 0.96, 0.86, 0.95))
            ),
            (OPENING,),
        ),
    ),
    others=SWITCHGRASS_PROTECTION,
    guides=(
        GuideBook(
            "full-guide",
            "Field Underwriting Guide",
            (),
            (
                ClassRule("preferred_plus", "Gold", "29", (136, 86), "5.0", 36, 60, 1),
                ClassRule("preferred", "Silver", "32.5", (142, 90), "6.0", 24, 60, 1),
                ClassRule("standard_plus", "Bronze", "36", (148, 92), "7.0", 12),
                ClassRule("standard", "Standard", "42", (158, 96), "9.0", 12),
                ClassRule(
                    "preferred_tobacco", "Silver Tobacco", "32.5", (142, 90), "6.0", nicotine="user"
                ),
                ClassRule(
                    "standard_tobacco", "Standard Tobacco", "42", (158, 96), "9.0", nicotine="user"
                ),
            ),
            Evidence(
                ages=((0, 45), (46, 55), (56, 65), (66, None)),
                exam_from=(500_001, 250_001, 150_001, 50_001),
                finances_from=1_500_001,
                ecg_times=3,
                aps_times=5,
            ),
            OPENING.effective_from,
            "16",
            ((2, "44"), (4, "46.5"), (6, "49"), (8, "51")),
            320,
            SWITCHGRASS_APPETITE,
        ),
    ),
)

TUNDRA = Profile(
    house=House(
        "tundra-life",
        "Tundra Life",
        AgeBasis.LAST,
        ("NY", "WA"),
        "50",
        modes("0.515", "0.26", "0.0875"),
    ),
    terms=(
        TermBook(
            "tundra-term",
            "Tundra Straight Term",
            (18, 65),
            (50_000, 1_000_000),
            terms((10, 65, 65), (20, 60, 55), (30, 50, 45)),
            bands((50_000, 1.15), (100_000, 1.05), (250_000, 1.0)),
            Pricing(
                term_assumptions(0.042, 0.06),
                rated(FOUR_CODES, (0.56, 0.84, 0.78, 0.98)),
                (0.95, 1.03, 1.08),
            ),
            (OPENING,),
        ),
    ),
    permanent=(
        PermanentBook(
            "final-expense",
            "Tundra Warm Farewell",
            Line.FINAL_EXPENSE,
            (2_500, 25_000),
            (
                Plan("warm-level", "Tundra Warm Farewell", (45, 85)),
                Plan("warm-graded", "Tundra Warm Farewell Graded", (45, 80), None, 1.45),
            ),
            bands((2_500, 1.0)),
            Pricing(final_expense_assumptions(0.034, 0.02), rated(TWO_CODES, (1.5, 1.42))),
            (OPENING,),
        ),
    ),
    groups=(
        GroupBook(
            "voluntary-life",
            "Tundra Voluntary Life",
            (
                GroupPlan(
                    "tundra-employee",
                    "Tundra Voluntary Life, Employee",
                    (16, 79),
                    (10_000, 300_000, 10_000),
                    150_000,
                    Decimal("0.95"),
                ),
                GroupPlan(
                    "tundra-spouse",
                    "Tundra Voluntary Life, Spouse",
                    (16, 69),
                    (5_000, 100_000, 5_000),
                    30_000,
                    Decimal("1.05"),
                ),
                GroupPlan(
                    "tundra-child",
                    "Tundra Voluntary Life, Child",
                    (0, 25),
                    (2_000, 10_000, 2_000),
                    10_000,
                    flat="0.16",
                ),
            ),
            (OPENING,),
        ),
    ),
    others=TUNDRA_PROTECTION,
    guides=(
        GuideBook(
            "full-guide",
            "Underwriting Guide",
            ("tundra-term",),
            (
                ClassRule("preferred", "Preferred", "31.5", (140, 88), "5.5", 36, 60, 0),
                ClassRule("standard", "Standard", "40", (155, 94), "8.0", 12),
                ClassRule(
                    "preferred_tobacco",
                    "Preferred Tobacco",
                    "31.5",
                    (140, 88),
                    "5.5",
                    0,
                    60,
                    0,
                    "user",
                ),
                ClassRule("standard_tobacco", "Tobacco", "40", (155, 94), "8.0", nicotine="user"),
            ),
            FULL_EVIDENCE,
            OPENING.effective_from,
            "16.5",
            ((2, "42"), (4, "44")),
            300,
            TUNDRA_APPETITE,
        ),
        simplified_guide(("warm-level",), ("46", "46"), ("Standard", "Tobacco"), TUNDRA_WARM),
        simplified_guide(
            ("warm-graded",), ("46", "46"), ("Standard", "Tobacco"), TUNDRA_GRADED, "graded-guide"
        ),
    ),
)
